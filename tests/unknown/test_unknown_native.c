// test_unknown_native.c -- what is kept, as the program that keeps it sees it.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "rev1.inlay.h"
#include "rev4.inlay.h"

// ---- Support ----------------------------------------------------------------

typedef struct kept {
    inlay_arena arena;
    uint8_t     message[4096];
    size_t      size;
    rev1_root   root;
} kept;

// Encodes by revision 4, decodes by revision 1.
static void kept_init(kept *self, const rev4_root *root, bool keep)
{
    inlay_arena_init(&self->arena, NULL, 0, &inlay_alloc_heap,
                     INLAY_ARENA_NO_LIMIT);
    inlay_arena_keep_unknown(&self->arena, keep);
    assert_int_equal(rev4_root_encode(root, self->message, sizeof self->message,
                                      &self->size, NULL),
                     INLAY_OK);
    assert_int_equal(rev1_root_decode(self->message, self->size, &self->arena,
                                      &self->root, NULL),
                     INLAY_OK);
}

// Encodes what there is by revision 1 and opens it by revision 4.
static rev4_root_view kept_again(kept *self)
{
    static uint8_t message[sizeof self->message];
    rev4_root_view view;
    size_t         size;

    assert_int_equal(
        rev1_root_encode(&self->root, message, sizeof message, &size, NULL),
        INLAY_OK);
    assert_int_equal(rev4_root_open_verified(message, size, &view, NULL),
                     INLAY_OK);
    return view;
}

static void kept_release(kept *self)
{
    inlay_arena_release(&self->arena);
}

// ---- Records ----------------------------------------------------------------

static void test_nothing_unknown_is_null(void **unused)
{
    const rev1_root empty = REV1_ROOT_INIT;
    rev4_root       root = REV4_ROOT_INIT;
    uint8_t         message[64];
    size_t          size;
    rev1_root       back;
    kept            k;

    (void)unused;
    assert_null(empty.unknown);
    assert_null(empty.leaf.unknown);
    kept_init(&k, &root, false);
    assert_null(k.root.unknown);
    assert_int_equal(
        rev1_root_encode(&empty, message, sizeof message, &size, NULL),
        INLAY_OK);
    inlay_arena_keep_unknown(&k.arena, true);
    assert_int_equal(rev1_root_decode(message, size, &k.arena, &back, NULL),
                     INLAY_OK);
    assert_null(back.unknown);
    assert_null(back.leaf.unknown);
    kept_release(&k);
}

static void test_defaults_with_something_unknown_are_written(void **unused)
{
    rev4_root root = REV4_ROOT_INIT;
    kept      k;

    (void)unused;
    root.leaf.n = 1;
    root.leaf.flag = true;
    root.inner.leaf.n = 1;
    kept_init(&k, &root, true);
    assert_false(rev1_leaf_is_default(&k.root.leaf));
    k.root.leaf.n = 500;
    assert_false(rev1_leaf_is_default(&k.root.leaf));
    // Unknown defaults are nothing to write a record for.
    assert_non_null(k.root.inner.leaf.unknown);
    k.root.inner.leaf.n = 500;
    assert_true(rev1_leaf_is_default(&k.root.inner.leaf));
    assert_true(rev4_leaf_get_flag(rev4_root_get_leaf(kept_again(&k))));
    k.root.leaf.unknown = NULL;
    assert_true(rev1_leaf_is_default(&k.root.leaf));
    assert_false(rev4_leaf_get_flag(rev4_root_get_leaf(kept_again(&k))));
    kept_release(&k);
}

// One element keeps a bit, one some slots; the one that keeps nothing, and is
// long, decides on how wide the splits of slots behind its own are.
static void test_elements_of_all_widths(void **unused)
{
    static char    text[300];
    rev4_root      root = REV4_ROOT_INIT;
    rev4_leaf      leaf = REV4_LEAF_INIT;
    rev1_text      texts[3] = {{.s = {NULL, 0}}};
    rev4_text      newer = REV4_TEXT_INIT;
    rev4_root_view view;
    kept           k;

    (void)unused;
    memset(text, 'x', sizeof text);
    leaf.note = (inlay_str_opt){true, INLAY_STR("note")};
    newer.s = (inlay_str)INLAY_STR("s");
    newer.t = (inlay_bytes_opt){true, {(const uint8_t *)"t", 1}};
    newer.big[259] = 7;
    root.leaves = (rev4_leaf_list){.items = &leaf, .count = 1};
    root.texts = (rev4_text_list){.items = &newer, .count = 1};
    kept_init(&k, &root, true);
    texts[1] = k.root.texts.items[0];
    texts[2].s = (inlay_str){text, sizeof text};
    k.root.texts = (rev1_text_list){.items = texts, .count = 3};
    view = kept_again(&k);
    for (size_t i = 0; i < 3; i++) {
        rev4_text_view at = rev4_text_list_at(rev4_root_get_texts(view), i);

        assert_int_equal(rev4_text_get_s(at).size, texts[i].s.size);
        assert_int_equal(rev4_text_has_t(at), i == 1);
        assert_int_equal(rev4_text_get_t(at).size, i == 1);
        assert_int_equal(rev4_text_get_big(at, 259), i == 1 ? 7 : 0);
    }
    kept_release(&k);
}

// A view that nobody verified can't be trusted to say the same twice.
static void test_only_verified_views_are_read(void **unused)
{
    rev4_root root = REV4_ROOT_INIT;
    rev1_root back;
    kept      k;

    (void)unused;
    root.code = 7;
    kept_init(&k, &root, true);
    assert_non_null(k.root.unknown);
    assert_int_equal(
        rev1_root_read(rev1_root_open(k.message, k.size), &k.arena, &back),
        INLAY_NOT_VERIFIED);
    kept_release(&k);
}

// ---- Unions -----------------------------------------------------------------

static void test_unions(void **unused)
{
    rev4_root      root = REV4_ROOT_INIT;
    uint8_t        message[256];
    size_t         size;
    inlay_error    error;
    rev4_text      text = REV4_TEXT_INIT;
    rev4_root_view view;
    kept           k;

    (void)unused;
    text.s = (inlay_str)INLAY_STR("inside");
    root.shape.tag = REV4_SHAPE_TEXT;
    root.shape.text = &text;
    kept_init(&k, &root, true);
    view = kept_again(&k);
    assert_int_equal(rev4_shape_tag(rev4_root_get_shape(view)),
                     REV4_SHAPE_TEXT);
    assert_int_equal(
        rev4_text_get_s(rev4_shape_get_text(rev4_root_get_shape(view))).size,
        6);
    // A known tag is what it says, whatever was kept.
    k.root.shape.tag = REV1_SHAPE_UNSET;
    assert_int_equal(rev4_shape_tag(rev4_root_get_shape(kept_again(&k))), 0);
    k.root.shape.tag = REV1_SHAPE_NONE;
    assert_int_equal(rev4_shape_tag(rev4_root_get_shape(kept_again(&k))),
                     REV1_SHAPE_NONE);
    k.root.shape = (rev1_shape){.tag = 77};
    assert_int_equal(
        rev1_root_encode(&k.root, message, sizeof message, &size, &error),
        INLAY_TAG_RANGE);
    assert_string_equal(error.path, "shape");
    kept_release(&k);
}

// ---- What can't be written --------------------------------------------------

// Errors in wide blocks have their paths, too.
static void test_errors_have_paths(void **unused)
{
    rev4_inner  inner = REV4_INNER_INIT;
    rev4_root   root = REV4_ROOT_INIT;
    rev1_inner  inners[2];
    uint8_t     message[512];
    size_t      size;
    inlay_error error;
    kept        k;

    (void)unused;
    inner.leaf.n = 2;
    inner.one = NULL;
    root.inners = (rev4_inner_list){.items = &inner, .count = 1};
    kept_init(&k, &root, true);
    inners[0] = k.root.inners.items[0];
    inners[1] = k.root.inners.items[0];
    inners[1].leaves = (rev1_leaf_list){.items = NULL, .count = 3};
    k.root.inners = (rev1_inner_list){.items = inners, .count = 2};
    assert_int_equal(
        rev1_root_encode(&k.root, message, sizeof message, &size, &error),
        INLAY_NULL_ITEMS);
    assert_string_equal(error.path, "inners[1].leaves");
    kept_release(&k);
}

// ---- Sources and builders ---------------------------------------------------

static inlay_status kept_leaf(void *context, size_t index, rev1_leaf *out)
{
    const kept *k = context;

    *out = index == 0 ? k->root.leaf : (rev1_leaf)REV1_LEAF_INIT;
    return INLAY_OK;
}

static void test_sources_and_builders_refuse_what_is_kept(void **unused)
{
    rev4_root              root = REV4_ROOT_INIT;
    rev1_root              fed = REV1_ROOT_INIT;
    const rev1_leaf        plain = REV1_LEAF_INIT;
    rev1_leaf_list_builder builder;
    inlay_error            error;
    uint8_t                message[64];
    size_t                 size;
    kept                   k;
    rev1_leaf_list_source  source = {.get = kept_leaf, .context = &k};

    (void)unused;
    root.leaf.flag = true;
    kept_init(&k, &root, true);
    assert_non_null(k.root.leaf.unknown);
    fed.leaves = (rev1_leaf_list){.count = 2, .source = &source};
    assert_int_equal(
        rev1_root_encode(&fed, message, sizeof message, &size, &error),
        INLAY_UNKNOWN_FED);
    assert_string_equal(error.path, "leaves[0]");

    rev1_leaf_list_builder_init(&builder, NULL, 0, &inlay_alloc_heap);
    assert_int_equal(
        rev1_leaf_list_builder_push(&builder, &k.root.leaf, &error),
        INLAY_UNKNOWN_FED);
    assert_int_equal(rev1_leaf_list_builder_push(&builder, &plain, &error),
                     INLAY_OK);
    assert_int_equal(rev1_leaf_list_builder_count(&builder), 1);
    rev1_leaf_list_builder_release(&builder);
    kept_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_unknown_is_null),
        cmocka_unit_test(test_defaults_with_something_unknown_are_written),
        cmocka_unit_test(test_elements_of_all_widths),
        cmocka_unit_test(test_only_verified_views_are_read),
        cmocka_unit_test(test_unions),
        cmocka_unit_test(test_errors_have_paths),
        cmocka_unit_test(test_sources_and_builders_refuse_what_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
