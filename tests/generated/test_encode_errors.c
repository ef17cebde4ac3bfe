// test_encode_errors.c -- what native structs can't be written as, and where
// the errors say that it lies.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "nested.inlay.h"
#include "pin.inlay.h"
#include "wide.inlay.h"

#define STR(literal) ((inlay_str)INLAY_STR(literal))
#define BAD_TEXT     ((inlay_str){"ab\xff", 3})

static uint8_t room[1 << 16];

// Encodes a Bag, which is to fail with that status at that path.
static void refuse_bag(const vec_nested_bag *bag, inlay_status expected,
                       const char *path)
{
    inlay_error error;
    size_t      size = 77;

    assert_int_equal(
        vec_nested_bag_encode(bag, room, sizeof room, &size, &error), expected);
    assert_int_equal(error.status, expected);
    assert_string_equal(error.path, path);
    assert_int_equal(size, 77);
    assert_int_equal(vec_nested_bag_encode(bag, room, sizeof room, &size, NULL),
                     expected);
    if (expected != INLAY_UTF8) {
        assert_true(error.offset == INLAY_NO_OFFSET);
        assert_int_equal(vec_nested_bag_encoded_size(bag), 0);
    } else {
        assert_true(error.offset < sizeof room);
        assert_int_equal(room[error.offset], 0xff);
    }
}

// ---- Maps -------------------------------------------------------------------

static void test_encode__keys_must_ascend(void **state)
{
    const vec_nested_bag_m1_entry m1[3] = {
        {1, STR("a")}, {3, STR("b")}, {2, STR("c")}};
    const vec_nested_bag_m1_entry twice[2] = {{1, STR("a")}, {1, STR("b")}};
    const vec_nested_bag_m3_entry m3[2] = {{.key = 0}, {.key = -1}};
    const vec_nested_bag_m2_entry m2[3] = {
        {.key = STR("a")}, {.key = STR("ab")}, {.key = STR("aa")}};
    const vec_nested_bag_m2_entry empty[2] = {{.key = STR("")},
                                              {.key = STR("")}};
    vec_nested_bag                bag = VEC_NESTED_BAG_INIT;

    (void)state;
    bag.m1 = (vec_nested_bag_m1){m1, 3};
    refuse_bag(&bag, INLAY_MAP_ORDER, "m1[2]");
    bag.m1 = (vec_nested_bag_m1){twice, 2};
    refuse_bag(&bag, INLAY_MAP_ORDER, "m1[1]");
    bag.m1.count = 1;
    bag.m3 = (vec_nested_bag_m3){m3, 2};
    refuse_bag(&bag, INLAY_MAP_ORDER, "m3[1]");
    bag.m3.count = 0;
    bag.m2 = (vec_nested_bag_m2){m2, 3};
    refuse_bag(&bag, INLAY_MAP_ORDER, "m2[2]");
    bag.m2 = (vec_nested_bag_m2){empty, 2};
    refuse_bag(&bag, INLAY_MAP_ORDER, "m2[1]");
}

static void test_encode__keys_of_a_variant(void **state)
{
    const vec_nested_node_dict_entry entries[2] = {{.key = STR("b")},
                                                   {.key = STR("a")}};
    vec_nested_node                  nodes[3];
    vec_nested_bag                   bag = VEC_NESTED_BAG_INIT;

    (void)state;
    memset(nodes, 0, sizeof nodes);
    nodes[2].tag = VEC_NESTED_NODE_DICT;
    nodes[2].dict = (vec_nested_node_dict){entries, 2};
    bag.nodes = (vec_nested_node_list){nodes, 3};
    refuse_bag(&bag, INLAY_MAP_ORDER, "nodes[2].dict[1]");
}

// ---- Text -------------------------------------------------------------------

static void test_encode__text_must_be_utf8(void **state)
{
    const char *const bad[] = {
        "\x80",
        "\xc0\x80",
        "\xc1\xbf",
        "\xe0\x80\x80",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xf4\x90\x80",
        "\xf5\x80\x80\x80",
        "\xc3",
        "\xe2\x82",
        "\xf0\x9f\x98",
        "0123456789012345678901234567890\xff",
        "01234567890123456789012345678901234567890123456789\xc3"};
    size_t      i, size;
    inlay_error error;

    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        vec_nested_tree tree = VEC_NESTED_TREE_INIT;

        tree.label = inlay_str_from(bad[i]);
        assert_int_equal(
            vec_nested_tree_encode(&tree, room, sizeof room, &size, &error),
            INLAY_UTF8);
        assert_string_equal(error.path, "label");
        tree.label = STR("\xf4\x8f\xbf\xbf\xee\x80\x80");
        assert_int_equal(
            vec_nested_tree_encode(&tree, room, sizeof room, &size, &error),
            INLAY_OK);
    }
}

static void test_encode__paths_of_bad_text(void **state)
{
    vec_nested_tree         grandkids[4], kids[1];
    inlay_str               names[2] = {STR("fine"), BAD_TEXT};
    inlay_str_opt           opts[2] = {{true, STR("x")}, {true, BAD_TEXT}};
    vec_nested_bag_m2_entry entries[2];
    vec_nested_pair         pair;
    vec_nested_bag          bag = VEC_NESTED_BAG_INIT;

    (void)state;
    memset(grandkids, 0, sizeof grandkids);
    memset(kids, 0, sizeof kids);
    memset(&pair, 0, sizeof pair);
    memset(entries, 0, sizeof entries);
    grandkids[3].label = BAD_TEXT;
    kids[0].kids = (vec_nested_tree_list){.items = grandkids, .count = 4};
    bag.tree.kids = (vec_nested_tree_list){.items = kids, .count = 1};
    refuse_bag(&bag, INLAY_UTF8, "tree.kids[0].kids[3].label");
    bag.tree.kids.count = 0;
    bag.names = (inlay_str_list){names, 2};
    refuse_bag(&bag, INLAY_UTF8, "names[1]");
    bag.names.count = 1;
    bag.optstr = (vec_nested_bag_optstr){opts, 2};
    refuse_bag(&bag, INLAY_UTF8, "optstr[1]");
    bag.optstr.count = 1;
    entries[1].key = STR("k");
    entries[1].value = kids[0];
    bag.m2 = (vec_nested_bag_m2){entries, 2};
    refuse_bag(&bag, INLAY_UTF8, "m2[1].value.kids[3].label");
    entries[1].key = BAD_TEXT;
    entries[1].value.kids.count = 0;
    refuse_bag(&bag, INLAY_UTF8, "m2[1].key");
    bag.m2.count = 0;
    pair.right.tag = VEC_NESTED_NODE_NAME;
    pair.right.name = BAD_TEXT;
    bag.node.tag = VEC_NESTED_NODE_PAIR;
    bag.node.pair = &pair;
    refuse_bag(&bag, INLAY_UTF8, "node.pair.right.name");
}

// What is absent or unset is not looked at.
static void test_encode__absent_text_may_be_anything(void **state)
{
    const inlay_str_opt opts[1] = {{false, BAD_TEXT}};
    vec_nested_bag      bag = VEC_NESTED_BAG_INIT;
    size_t              size;

    (void)state;
    bag.optstr = (vec_nested_bag_optstr){opts, 1};
    bag.node.name = BAD_TEXT;
    assert_int_equal(
        vec_nested_bag_encode(&bag, room, sizeof room, &size, NULL), INLAY_OK);
    assert_int_equal(vec_nested_bag_verify_canonical(room, size, NULL),
                     INLAY_OK);
}

// ---- Tags -------------------------------------------------------------------

static void test_encode__tags_have_a_range(void **state)
{
    vec_nested_node nodes[2];
    vec_nested_pair pair;
    vec_nested_bag  bag = VEC_NESTED_BAG_INIT;

    (void)state;
    memset(nodes, 0, sizeof nodes);
    memset(&pair, 0, sizeof pair);
    bag.node.tag = VEC_NESTED_NODE_DICT + 1;
    refuse_bag(&bag, INLAY_TAG_RANGE, "node");
    bag.node.tag = 255;
    refuse_bag(&bag, INLAY_TAG_RANGE, "node");
    bag.node.tag = VEC_NESTED_NODE_PAIR;
    bag.node.pair = &pair;
    pair.left.tag = 77;
    refuse_bag(&bag, INLAY_TAG_RANGE, "node.pair.left");
    bag.node.tag = 0;
    nodes[1].tag = 9;
    bag.nodes = (vec_nested_node_list){nodes, 2};
    refuse_bag(&bag, INLAY_TAG_RANGE, "nodes[1]");
}

// ---- Depth ------------------------------------------------------------------

// Encodes a chain of `depth` blocks; the result is verified and decoded.
static inlay_status encode_chain(unsigned depth, inlay_error *error)
{
    vec_pin_deep chain[100];
    inlay_arena  arena;
    size_t       size;
    unsigned     i;
    inlay_status status;

    memset(chain, 0, sizeof chain);
    for (i = 0; i + 1 < depth; i++) {
        chain[i].next = &chain[i + 1];
    }
    status = vec_pin_deep_encode(&chain[0], room, sizeof room, &size, error);
    if (status == INLAY_OK) {
        inlay_arena_init(&arena, NULL, 0, &inlay_alloc_heap,
                         INLAY_ARENA_NO_LIMIT);
        assert_int_equal(
            vec_pin_deep_decode(room, size, &arena, &chain[0], error),
            INLAY_OK);
        inlay_arena_release(&arena);
    }
    return status;
}

// The same, of lists: the list in the last one is empty, and no block.
static inlay_status encode_lists(unsigned depth, inlay_error *error)
{
    vec_pin_deep chain[100];
    size_t       size;
    unsigned     i;
    inlay_status status;

    memset(chain, 0, sizeof chain);
    for (i = 0; i + 1 < depth; i++) {
        chain[i].kids = (vec_pin_deep_list){.items = &chain[i + 1], .count = 1};
    }
    status = vec_pin_deep_encode(&chain[0], room, sizeof room, &size, error);
    if (status == INLAY_OK) {
        assert_int_equal(vec_pin_deep_verify_canonical(room, size, error),
                         INLAY_OK);
    }
    return status;
}

static void test_encode__64_levels_and_no_more(void **state)
{
    inlay_error error;

    (void)state;
    assert_int_equal(encode_chain(1, &error), INLAY_OK);
    assert_int_equal(encode_chain(64, &error), INLAY_OK);
    assert_int_equal(encode_chain(65, &error), INLAY_TOO_DEEP);
    assert_int_equal(error.status, INLAY_TOO_DEEP);
    assert_memory_equal(error.path, "...", 3);
    assert_int_equal(encode_lists(64, &error), INLAY_OK);
    assert_int_equal(encode_lists(65, &error), INLAY_TOO_DEEP);
}

static void test_encode__cycles_end(void **state)
{
    vec_nested_tree tree = VEC_NESTED_TREE_INIT;
    vec_nested_bag  bag = VEC_NESTED_BAG_INIT;
    vec_nested_pair pair;
    vec_nested_node node;
    inlay_error     error;
    size_t          size;

    (void)state;
    tree.parent = &tree;
    assert_int_equal(
        vec_nested_tree_encode(&tree, room, sizeof room, &size, &error),
        INLAY_TOO_DEEP);
    assert_int_equal(strlen(error.path), INLAY_PATH_SIZE - 1);
    assert_memory_equal(error.path, "...", 3);
    assert_string_equal(error.path + strlen(error.path) - 14, ".parent.parent");
    tree.parent = NULL;
    tree.kids = (vec_nested_tree_list){.items = &tree, .count = 1};
    assert_int_equal(vec_nested_tree_encoded_size(&tree), 0);
    memset(&pair, 0, sizeof pair);
    pair.left.tag = VEC_NESTED_NODE_PAIR;
    pair.left.pair = &pair;
    assert_int_equal(
        vec_nested_pair_encode(&pair, room, sizeof room, &size, &error),
        INLAY_TOO_DEEP);
    memset(&node, 0, sizeof node);
    node.tag = VEC_NESTED_NODE_LIST;
    node.list = (vec_nested_node_list){&node, 1};
    bag.node = node;
    assert_int_equal(
        vec_nested_bag_encode(&bag, room, sizeof room, &size, &error),
        INLAY_TOO_DEEP);
}

// ---- Sizes ------------------------------------------------------------------

static void test_encode__items_must_be_there(void **state)
{
    vec_nested_bag bag = VEC_NESTED_BAG_INIT;

    (void)state;
    bag.trees.count = 1;
    refuse_bag(&bag, INLAY_NULL_ITEMS, "trees");
    bag.trees.count = 0;
    bag.names.count = 2;
    refuse_bag(&bag, INLAY_NULL_ITEMS, "names");
    bag.names.count = 0;
    bag.blobs.count = 2;
    refuse_bag(&bag, INLAY_NULL_ITEMS, "blobs");
    bag.blobs.count = 0;
    bag.m2.count = 1;
    refuse_bag(&bag, INLAY_NULL_ITEMS, "m2");
    bag.m2.count = 0;
    bag.opts.count = 1;
    refuse_bag(&bag, INLAY_NULL_ITEMS, "opts");
    bag.opts.count = 0;
    bag.nodes.count = 1;
    refuse_bag(&bag, INLAY_NULL_ITEMS, "nodes");
    bag.nodes.count = 0;
    bag.deep.count = SIZE_MAX;
    refuse_bag(&bag, INLAY_NULL_ITEMS, "deep");
    bag.deep.count = 0;
    bag.tree.kids.count = 1;
    refuse_bag(&bag, INLAY_NULL_ITEMS, "tree.kids");
}

static void test_encode__absurd_sizes(void **state)
{
    static const inlay_u32_packed one[1] = {0};
    const inlay_u32_list          rows[1] = {{one, SIZE_MAX}};
    const bool                    bits[1] = {false};
    inlay_str                     names[2] = {{"x", SIZE_MAX}, {"x", 2}};
    vec_nested_bag                bag = VEC_NESTED_BAG_INIT;
    vec_wide_wide                 wide = VEC_WIDE_WIDE_INIT;
    inlay_str                    *first = &wide.s0;
    size_t                        size, i;

    (void)state;
    bag.jag = (vec_nested_bag_jag){rows, 1};
    refuse_bag(&bag, INLAY_TOO_LARGE, "jag");
    bag.jag.count = 0;
    bag.bits = (inlay_bool_list){bits, SIZE_MAX};
    refuse_bag(&bag, INLAY_TOO_LARGE, "");
    bag.bits.count = 0;
    bag.names = (inlay_str_list){names, 2};
    refuse_bag(&bag, INLAY_TOO_LARGE, "names");
    bag.names.count = 0;
    bag.tree.label = (inlay_str){"x", (size_t)INLAY_MESSAGE_LIMIT};
    refuse_bag(&bag, INLAY_TOO_LARGE, "tree");
    // Sums that overflow are no smaller for it.
    for (i = 0; i < 40; i++) {
        first[i] = (inlay_str){"x", SIZE_MAX / 2 + 1};
    }
    assert_int_equal(
        vec_wide_wide_encode(&wide, room, sizeof room, &size, NULL),
        INLAY_TOO_LARGE);
    assert_int_equal(vec_wide_wide_encoded_size(&wide), 0);
}

// ---- Encoders ---------------------------------------------------------------

// After a failure, of whatever kind, an encoder serves again.
static void test_encode__encoders_recover(void **state)
{
    const vec_nested_tree kids[3] = {VEC_NESTED_TREE_INIT, VEC_NESTED_TREE_INIT,
                                     VEC_NESTED_TREE_INIT};
    vec_nested_tree       good = {.value = 3, .label = STR("x")};
    vec_nested_tree       bad = {.label = BAD_TEXT};
    vec_nested_tree       cycle = {.parent = &cycle};
    uint8_t               tape[4];
    uint8_t               first[200];
    inlay_encoder         encoder;
    size_t                size = 0, again;

    (void)state;
    good.kids = (vec_nested_tree_list){.items = kids, .count = 3};
    inlay_encoder_init(&encoder, tape, sizeof tape, NULL);
    assert_int_equal(vec_nested_tree_measure(&cycle, &encoder, &size),
                     INLAY_SCRATCH_TOO_SMALL);
    assert_int_not_equal(
        vec_nested_tree_write(&cycle, &encoder, room, sizeof room), INLAY_OK);
    assert_int_equal(size, 0);
    assert_int_equal(vec_nested_tree_measure(&good, &encoder, &size), INLAY_OK);
    assert_int_equal(vec_nested_tree_write(&good, &encoder, room, size - 1),
                     INLAY_BUFFER_TOO_SMALL);
    // Measured once, it can be written many times.
    assert_int_equal(vec_nested_tree_write(&good, &encoder, first, size),
                     INLAY_OK);
    assert_int_equal(vec_nested_tree_write(&good, &encoder, room, size),
                     INLAY_OK);
    assert_memory_equal(first, room, size);
    assert_int_equal(vec_nested_tree_measure(&bad, &encoder, &again), INLAY_OK);
    assert_int_equal(vec_nested_tree_write(&bad, &encoder, room, sizeof room),
                     INLAY_UTF8);
    assert_string_equal(encoder.error.path, "label");
    assert_int_equal(vec_nested_tree_measure(&good, &encoder, &again),
                     INLAY_OK);
    assert_int_equal(again, size);
    assert_int_equal(vec_nested_tree_write(&good, &encoder, room, size),
                     INLAY_OK);
    assert_memory_equal(first, room, size);
    inlay_encoder_release(&encoder);
}

// Required records of defaults are not written, wherever they stand.
static void test_encode__defaults_take_no_room(void **state)
{
    vec_pin_req req = VEC_PIN_REQ_INIT;
    vec_pin_n   n = VEC_PIN_N_INIT;
    size_t      size;

    (void)state;
    assert_int_equal(req.r.n, 7);
    assert_int_equal(vec_pin_req_encode(&req, room, sizeof room, &size, NULL),
                     INLAY_OK);
    assert_int_equal(vec_pin_req_verify_canonical(room, size, NULL), INLAY_OK);
    assert_false(vec_pin_req_has_q(vec_pin_req_open(room, size)));
    req.q = &n;
    assert_int_equal(vec_pin_req_encode(&req, room, sizeof room, &size, NULL),
                     INLAY_OK);
    assert_true(vec_pin_req_has_q(vec_pin_req_open(room, size)));
    assert_int_equal(vec_pin_req_verify_canonical(room, size, NULL), INLAY_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encode__keys_must_ascend),
        cmocka_unit_test(test_encode__keys_of_a_variant),
        cmocka_unit_test(test_encode__text_must_be_utf8),
        cmocka_unit_test(test_encode__paths_of_bad_text),
        cmocka_unit_test(test_encode__absent_text_may_be_anything),
        cmocka_unit_test(test_encode__tags_have_a_range),
        cmocka_unit_test(test_encode__64_levels_and_no_more),
        cmocka_unit_test(test_encode__cycles_end),
        cmocka_unit_test(test_encode__items_must_be_there),
        cmocka_unit_test(test_encode__absurd_sizes),
        cmocka_unit_test(test_encode__encoders_recover),
        cmocka_unit_test(test_encode__defaults_take_no_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
