// test_source.c -- lists that are fed: the same bytes as from arrays, failures
// with their paths, and sources that do not keep to the rules.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fed.inlay.h"
#include "fed_support.h"

// ---- A tree that is given node by node --------------------------------------

enum {
    NODE_COUNT = 60,
    KIDS_MAX = 3
};

// What nodes are made of here; native nodes are made when they are asked for.
typedef struct thing {
    const struct thing  *kids;
    size_t               kid_count;
    inlay_str            name;
    fed_node_list_source source; // of its kids
    struct world        *world;
} thing;

// Goes wrong at the n-th call, from 1, or in some other way.
typedef struct world {
    thing        things[NODE_COUNT];
    size_t       calls;
    size_t       fail_at;
    inlay_status status;
    bool         shaky; // gives other nodes at every call
    uint32_t     seed;
} world;

// Gives a node something other than it had.
static void shake(world *w, fed_node *to)
{
    static const fed_node only = {.name = INLAY_STR("only")};

    switch (fed_random(&w->seed, 12)) {
    case 0:
        to->name = fed_text(fed_random(&w->seed, 600));
        break;
    case 1:
        to->kids.count = fed_random(&w->seed, (uint32_t)to->kids.count + 1);
        break;
    case 2:
        to->only = &only;
        break;
    case 3:
        to->kids.source = &w->things[0].source;
        to->kids.count = fed_random(&w->seed, KIDS_MAX);
        to->kids.count = to->kids.count < w->things[0].kid_count
                             ? to->kids.count
                             : w->things[0].kid_count;
        break;
    default:
        break;
    }
}

static inlay_status thing_give(void *context, size_t index, fed_node *to)
{
    const thing *parent = context;
    const thing *from = &parent->kids[index];
    world       *w = parent->world;
    fed_node     zero;

    memset(&zero, 0, sizeof zero);
    assert_memory_equal(&zero, to, sizeof zero);
    assert_true(index < parent->kid_count);
    if (++w->calls == w->fail_at) {
        return w->status;
    }
    to->name = from->name;
    to->kids.count = from->kid_count;
    to->kids.source = &from->source;
    if (w->shaky) {
        shake(w, to);
    }
    return INLAY_OK;
}

// Things 1 and up are kids of those before, in turn.
static world *world_new(uint32_t seed)
{
    world *w = calloc(1, sizeof *w);
    size_t next = 1;
    size_t i;

    assert_non_null(w);
    w->seed = seed;
    for (i = 0; i < NODE_COUNT; i++) {
        thing *t = &w->things[i];

        t->world = w;
        t->name = fed_text(fed_random(&w->seed, 40));
        t->kids = &w->things[next < NODE_COUNT ? next : 0];
        t->kid_count = i == 0 ? KIDS_MAX : fed_random(&w->seed, KIDS_MAX + 1);
        if (t->kid_count > NODE_COUNT - next) {
            t->kid_count = NODE_COUNT - next;
        }
        next += t->kid_count;
        t->source.get = thing_give;
        t->source.context = t;
    }
    return w;
}

// The same tree as arrays, which the caller frees: one block for all.
static fed_node *world_nodes(const world *w)
{
    fed_node *nodes = calloc(NODE_COUNT, sizeof *nodes);
    size_t    i;

    assert_non_null(nodes);
    for (i = 0; i < NODE_COUNT; i++) {
        const thing *t = &w->things[i];

        nodes[i].name = t->name;
        nodes[i].kids.items =
            t->kid_count == 0 ? NULL : &nodes[t->kids - w->things];
        nodes[i].kids.count = t->kid_count;
    }
    return nodes;
}

static fed_nodes world_root(const world *w)
{
    fed_nodes root = {.before = INLAY_STR("before"),
                      .nodes = {.count = w->things[0].kid_count,
                                .source = &w->things[0].source}};

    return root;
}

static void test_nested_sources(void **state)
{
    uint32_t seed;

    (void)state;
    for (seed = 0; seed < 50; seed++) {
        world    *w = world_new(seed);
        fed_node *nodes = world_nodes(w);
        fed_nodes fed = world_root(w);
        fed_nodes root = {.before = INLAY_STR("before"),
                          .nodes = nodes[0].kids};
        size_t    size = fed_nodes_encoded_size(&root), made_size;
        uint8_t  *expected = fed_bytes_new(size);
        uint8_t  *made = fed_bytes_new(size);

        assert_int_equal(fed_nodes_encode(&root, expected, size, &size, NULL),
                         INLAY_OK);
        assert_int_equal(fed_nodes_encode(&fed, made, size, &made_size, NULL),
                         INLAY_OK);
        assert_int_equal(size, made_size);
        assert_memory_equal(expected, made, size);
        free(expected);
        free(made);
        free(nodes);
        free(w);
    }
}

// ---- Failing ----------------------------------------------------------------

// Whichever call fails, in whichever pass, the status comes back with a path
// that leads to a node.
static void test_every_call_fails(void **state)
{
    world    *w = world_new(4);
    fed_nodes root = world_root(w);
    size_t    size = fed_nodes_encoded_size(&root), made_size;
    uint8_t  *bytes = fed_bytes_new(size);
    size_t    calls = w->calls, failures = 0;

    (void)state;
    assert_true(size > 0);
    for (w->fail_at = 1; failures + 1 == w->fail_at; w->fail_at++) {
        inlay_error  error = {.path = ""};
        inlay_status status;

        w->calls = 0;
        w->status = (inlay_status)77;
        status = fed_nodes_encode(&root, bytes, size, &made_size, &error);
        if (status == INLAY_OK) {
            break;
        }
        failures++;
        assert_int_equal(status, 77);
        assert_int_equal(error.status, 77);
        assert_int_equal(strncmp(error.path, "nodes[", 6), 0);
        assert_int_equal(error.path[strlen(error.path) - 1], ']');
    }
    assert_true(failures > calls * 2);
    free(bytes);
    free(w);
}

// The first elements of all levels: where the failing call leads is known.
static void test_path_while_writing(void **state)
{
    static const char *const paths[] = {"nodes[0]", "nodes[0].kids[0]",
                                        "nodes[0].kids[0].kids[0]"};
    size_t                   depth;

    (void)state;
    for (depth = 0; depth < 3; depth++) {
        world        *w = world_new(1);
        fed_nodes     root = world_root(w);
        inlay_encoder encoder;
        size_t        size, i;
        uint8_t      *bytes;

        // A chain of three below the root's source.
        for (i = 0; i < 4; i++) {
            w->things[i].kids = &w->things[i + 1];
            w->things[i].kid_count = i < 3;
        }
        root.nodes.count = 1;
        inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
        assert_int_equal(fed_nodes_measure(&root, &encoder, &size), INLAY_OK);
        bytes = fed_bytes_new(size);
        w->calls = 0;
        // Written first is what was measured last: d levels, then d - 1, ...
        w->fail_at = depth == 0 ? 1 : depth == 1 ? 4 : 6;
        w->status = INLAY_OUT_OF_MEMORY;
        assert_int_equal(fed_nodes_write(&root, &encoder, bytes, size),
                         INLAY_OUT_OF_MEMORY);
        assert_string_equal(encoder.error.path, paths[depth]);
        // What was measured can be written still.
        w->fail_at = 0;
        assert_int_equal(fed_nodes_write(&root, &encoder, bytes, size),
                         INLAY_OK);
        assert_int_equal(fed_nodes_verify_canonical(bytes, size, NULL),
                         INLAY_OK);
        free(bytes);
        inlay_encoder_release(&encoder);
        free(w);
    }
}

// ---- Rows -------------------------------------------------------------------

typedef struct rows {
    size_t   calls;
    size_t   change_at; // the call, from 1, that gives something else
    fed_row  change;
    uint32_t sizes[8];
} rows;

static inlay_status row_give(void *context, size_t index, fed_row *to)
{
    static const fed_row initial = FED_ROW_INIT;
    rows                *self = context;

    *to = initial;
    if (++self->calls == self->change_at) {
        *to = self->change;
        return INLAY_OK;
    }
    to->name = fed_text(self->sizes[index]);
    to->tail = fed_text(1);
    return INLAY_OK;
}

// Changes one call of the second pass: three rows are measured in three calls.
static inlay_status change(size_t at, fed_row to, const uint32_t sizes[3],
                           char *path)
{
    rows                context = {.change_at = at, .change = to};
    fed_row_list_source source = {row_give, &context};
    fed_rows            root = {.rows = {.count = 3, .source = &source}};
    inlay_encoder       encoder;
    inlay_status        status;
    size_t              size;
    uint8_t            *bytes;

    memcpy(context.sizes, sizes, 3 * sizeof sizes[0]);
    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    assert_int_equal(fed_rows_measure(&root, &encoder, &size), INLAY_OK);
    bytes = fed_bytes_new(size);
    status = fed_rows_write(&root, &encoder, bytes, size);
    if (status == INLAY_OK) {
        assert_int_equal(fed_rows_verify_canonical(bytes, size, NULL),
                         INLAY_OK);
    } else {
        strcpy(path, encoder.error.path);
    }
    free(bytes);
    inlay_encoder_release(&encoder);
    return status;
}

static fed_row row_of(size_t name, size_t tail)
{
    return (fed_row){.id = 9, .name = fed_text(name), .tail = fed_text(tail)};
}

static void test_changes(void **state)
{
    static const uint32_t sizes[3] = {10, 100, 20};
    static const uint32_t wide[3] = {10, 300, 20};
    char                  path[INLAY_PATH_SIZE] = "";

    (void)state;
    // Other values of the same size.
    assert_int_equal(change(4, row_of(10, 1), sizes, path), INLAY_OK);
    assert_int_equal(change(4, row_of(5, 6), sizes, path), INLAY_OK);
    // Less, which shows at the end; more, as soon as it does not fit.
    assert_int_equal(change(4, row_of(5, 5), sizes, path),
                     INLAY_SOURCE_CHANGED);
    assert_string_equal(path, "rows");
    assert_int_equal(change(6, row_of(20, 2), sizes, path),
                     INLAY_SOURCE_CHANGED);
    assert_string_equal(path, "rows[2]");
    assert_int_equal(change(4, row_of(120, 2), sizes, path),
                     INLAY_SOURCE_CHANGED);
    assert_string_equal(path, "rows[1]");
    assert_int_equal(change(4, row_of(100000, 2), sizes, path),
                     INLAY_SOURCE_CHANGED);
    assert_string_equal(path, "rows[0]");
    assert_int_equal(
        change(4, (fed_row){.name = {"x", SIZE_MAX}, .tail = {"x", 12}}, sizes,
               path),
        INLAY_SOURCE_CHANGED);
    assert_string_equal(path, "rows[0]");
    // The same size, but splits that are too wide, or too narrow.
    assert_int_equal(change(5, row_of(1, 300), wide, path),
                     INLAY_SOURCE_CHANGED);
    assert_string_equal(path, "rows");
}

static void test_anchors_change(void **state)
{
    static const uint32_t sizes[3] = {10, 20, 900};
    static const uint32_t other[3] = {10, 900, 20};
    rows                  context = {0};
    fed_row_list_source   source = {row_give, &context};
    fed_rows              root = {.rows = {.count = 3, .source = &source}};
    inlay_encoder         encoder;
    size_t                size;
    uint8_t              *bytes;

    (void)state;
    memcpy(context.sizes, sizes, sizeof sizes);
    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    assert_int_equal(fed_rows_measure(&root, &encoder, &size), INLAY_OK);
    bytes = fed_bytes_new(size);
    memcpy(context.sizes, other, sizeof other);
    assert_int_equal(fed_rows_write(&root, &encoder, bytes, size),
                     INLAY_SOURCE_CHANGED);
    assert_string_equal(encoder.error.path, "rows[2]");
    assert_int_equal(fed_rows_measure(&root, &encoder, &size), INLAY_OK);
    free(bytes);
    bytes = fed_bytes_new(size);
    memcpy(context.sizes, sizes, sizeof sizes);
    assert_int_equal(fed_rows_write(&root, &encoder, bytes, size),
                     INLAY_SOURCE_CHANGED);
    free(bytes);
    inlay_encoder_release(&encoder);
}

// Sources that give something else at every call, at all depths: whatever comes
// out, it stays in the buffer.
static void test_shaky(void **state)
{
    size_t   good = 0, bad = 0;
    uint32_t seed;

    (void)state;
    for (seed = 0; seed < 4000; seed++) {
        world        *w = world_new(seed);
        fed_nodes     root = world_root(w);
        inlay_encoder encoder;
        inlay_status  status;
        size_t        size;
        uint8_t      *bytes;

        inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
        w->shaky = seed % 4 == 0;
        if (fed_nodes_measure(&root, &encoder, &size) != INLAY_OK) {
            assert_int_equal(encoder.error.status, INLAY_TOO_DEEP);
            inlay_encoder_release(&encoder);
            free(w);
            continue;
        }
        bytes = fed_bytes_new(size);
        w->shaky = true;
        status = fed_nodes_write(&root, &encoder, bytes, size);
        if (status == INLAY_OK) {
            good++;
            assert_int_equal(fed_nodes_verify_canonical(bytes, size, NULL),
                             INLAY_OK);
        } else {
            bad++;
            assert_true(status == INLAY_SOURCE_CHANGED ||
                        status == INLAY_TOO_DEEP);
        }
        free(bytes);
        inlay_encoder_release(&encoder);
        free(w);
    }
    assert_true(bad > 100);
    (void)good;
}

// ---- Memory and text --------------------------------------------------------

static void test_every_allocation_fails(void **state)
{
    world *w = world_new(8);
    size_t n, failures = 1;

    (void)state;
    for (n = 1; failures > 0; n++) {
        fed_nodes     root = world_root(w);
        fed_memory    memory;
        inlay_encoder encoder;
        inlay_status  status;
        size_t        size;

        failures = 0;
        fed_memory_init(&memory);
        memory.fail_at = n;
        inlay_encoder_init(&encoder, NULL, 0, &memory.alloc);
        status = fed_nodes_measure(&root, &encoder, &size);
        if (status == INLAY_OK) {
            uint8_t *bytes = fed_bytes_new(size);

            status = fed_nodes_write(&root, &encoder, bytes, size);
            free(bytes);
        }
        if (status != INLAY_OK) {
            assert_int_equal(status, INLAY_OUT_OF_MEMORY);
            failures++;
        }
        inlay_encoder_release(&encoder);
        assert_int_equal(memory.held, 0);
    }
    assert_true(n > 2);
    free(w);
}

// Any tape that measuring got along with does for writing, or says so.
static void test_short_tapes(void **state)
{
    world *w = world_new(8);
    size_t tape_size, good = 0;

    (void)state;
    for (tape_size = 0; tape_size < 200; tape_size++) {
        fed_nodes     root = world_root(w);
        uint8_t      *tape = fed_bytes_new(tape_size);
        inlay_encoder encoder;
        inlay_status  status;
        size_t        size;

        inlay_encoder_init(&encoder, tape, tape_size, NULL);
        status = fed_nodes_measure(&root, &encoder, &size);
        if (status == INLAY_OK) {
            uint8_t *bytes = fed_bytes_new(size);

            status = fed_nodes_write(&root, &encoder, bytes, size);
            good += status == INLAY_OK;
            free(bytes);
        }
        assert_true(status == INLAY_OK || status == INLAY_SCRATCH_TOO_SMALL);
        inlay_encoder_release(&encoder);
        free(tape);
    }
    assert_true(good > 50);
    free(w);
}

static inlay_status text_give(void *context, size_t index, fed_row *to)
{
    (void)context;
    to->name = index == 2 ? (inlay_str){"\xff", 1} : fed_text(3);
    return INLAY_OK;
}

static void test_text_and_null(void **state)
{
    const fed_row_list_source source = {text_give, NULL};
    fed_rows                  root = {.rows = {.count = 4, .source = &source}};
    uint8_t                   bytes[200];
    inlay_error               error;
    size_t                    size;

    (void)state;
    assert_int_equal(fed_rows_encode(&root, bytes, sizeof bytes, &size, &error),
                     INLAY_UTF8);
    assert_string_equal(error.path, "rows[2].name");
    root.rows.source = NULL;
    assert_int_equal(fed_rows_encode(&root, bytes, sizeof bytes, &size, &error),
                     INLAY_NULL_ITEMS);
    assert_string_equal(error.path, "rows");
    root.rows.count = 0;
    root.rows.source = &source;
    assert_int_equal(fed_rows_encode(&root, bytes, sizeof bytes, &size, &error),
                     INLAY_OK);
}

// A decoded list is an array, whatever was there before.
static void test_decoded(void **state)
{
    rows                context = {.sizes = {1, 2, 3}};
    fed_row_list_source source = {row_give, &context};
    fed_rows            root = {.rows = {.count = 3, .source = &source}};
    uint8_t             bytes[200], room[2000];
    inlay_arena         arena;
    fed_rows            decoded;
    size_t              size;

    (void)state;
    memset(&decoded, 0xa5, sizeof decoded);
    assert_int_equal(fed_rows_encode(&root, bytes, sizeof bytes, &size, NULL),
                     INLAY_OK);
    inlay_arena_init(&arena, room, sizeof room, NULL, sizeof room);
    assert_int_equal(fed_rows_decode(bytes, size, &arena, &decoded, NULL),
                     INLAY_OK);
    assert_int_equal(decoded.rows.count, 3);
    assert_null(decoded.rows.source);
    assert_int_equal(decoded.rows.items[2].id, 7);
    assert_int_equal(decoded.rows.items[2].name.size, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nested_sources),
        cmocka_unit_test(test_every_call_fails),
        cmocka_unit_test(test_path_while_writing),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_anchors_change),
        cmocka_unit_test(test_shaky),
        cmocka_unit_test(test_every_allocation_fails),
        cmocka_unit_test(test_short_tapes),
        cmocka_unit_test(test_text_and_null),
        cmocka_unit_test(test_decoded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
