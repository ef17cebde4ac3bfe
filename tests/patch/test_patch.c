// test_patch.c -- patches by hand: the generated calls, what is refused and
// where, memory.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json/json_support.h"

#include "limits.inlay.h"
#include "rev1.inlay.h"
#include "rev4.inlay.h"

static uint8_t message[16384];
static size_t  message_size;
static uint8_t room[16384];

// A message of revision 4 with something of everything that is used here.
static rev4_root_view root_made(void)
{
    static rev4_leaf leaves[2];
    rev4_root        root = REV4_ROOT_INIT;
    rev4_root_view   view;

    leaves[0] = (rev4_leaf)REV4_LEAF_INIT;
    leaves[1] = (rev4_leaf)REV4_LEAF_INIT;
    leaves[0].label = inlay_str_from("first");
    leaves[1].note = (inlay_str_opt){true, INLAY_STR("second's note")};
    root.id = 7;
    root.text = inlay_str_from("text");
    root.leaves = (rev4_leaf_list){.items = leaves, .count = 2};
    root.inner.leaf = leaves[1];
    root.inner.maybe = &leaves[0];
    root.inner.oal = (inlay_bytes_opt){true, {(const uint8_t *)"align", 5}};
    assert_int_equal(
        rev4_root_encode(&root, message, sizeof message, &message_size, NULL),
        INLAY_OK);
    assert_int_equal(
        rev4_root_open_verified(message, message_size, &view, NULL), INLAY_OK);
    return view;
}

static rev4_root_view root_patched(rev4_root_view         base,
                                   const rev4_root_patch *patch)
{
    rev4_root_view view;
    inlay_error    error;
    size_t         size;

    if (rev4_root_patch_encode(base, patch, room, sizeof room, &size, &error) !=
        INLAY_OK) {
        fail_msg("%s: %s", error.path, inlay_status_text(error.status));
    }
    assert_int_equal(rev4_root_verify_canonical(room, size, NULL), INLAY_OK);
    assert_int_equal(rev4_root_open_verified(room, size, &view, NULL),
                     INLAY_OK);
    return view;
}

static void assert_text(inlay_str got, const char *want)
{
    assert_true(inlay_str_equal(got, inlay_str_from(want)));
}

// ---- What the header promises -----------------------------------------------

static void test_patch__fields(void **unused)
{
    rev4_root_patch patch = {.set = {.id = true, .otext = true},
                             .to = {.id = 8, .otext = {true, INLAY_STR("x")}}};
    rev4_root_view  view = root_patched(root_made(), &patch);

    (void)unused;
    assert_int_equal(rev4_root_get_id(view), 8);
    assert_text(rev4_root_get_otext(view), "x");
    assert_text(rev4_root_get_text(view), "text");
    assert_int_equal(rev4_leaf_list_count(rev4_root_get_leaves(view)), 2);
}

static void test_patch__records_inside(void **unused)
{
    rev4_leaf_patch  leaf = {.set.n = true, .to.n = 9};
    rev4_leaf_patch  maybe = {.set.label = true, .to.label = INLAY_STR("mine")};
    rev4_inner_patch inner = {.in = {.leaf = &leaf, .maybe = &maybe}};
    rev4_root_patch  patch = {.in = {.inner = &inner, .perhaps = &maybe}};
    rev4_root_view   view = root_patched(root_made(), &patch);
    rev4_inner_view  got = rev4_root_get_inner(view);

    (void)unused;
    assert_int_equal(rev4_leaf_get_n(rev4_inner_get_leaf(got)), 9);
    assert_text(rev4_leaf_get_note(rev4_inner_get_leaf(got)), "second's note");
    assert_text(rev4_leaf_get_label(rev4_inner_get_maybe(got)), "mine");
    assert_memory_equal(rev4_inner_get_oal(got).data, "align", 5);
    // The one that was absent has its defaults and the patch.
    assert_true(rev4_root_has_perhaps(view));
    assert_text(rev4_leaf_get_label(rev4_root_get_perhaps(view)), "mine");
    assert_int_equal(rev4_leaf_get_n(rev4_root_get_perhaps(view)), 500);
}

// `in` is not looked at where the field is set.
static void test_patch__set_comes_before_in(void **unused)
{
    rev4_leaf_patch  leaf = {.set.n = true, .to.n = 9};
    rev4_inner_patch inner = {.in = {.leaf = &leaf, .maybe = &leaf},
                              .set = {.leaf = true, .maybe = true},
                              .to = {.leaf = REV4_LEAF_INIT}};
    rev4_root_patch  patch = {.in = {.inner = &inner}};
    rev4_inner_view  got =
        rev4_root_get_inner(root_patched(root_made(), &patch));

    (void)unused;
    assert_int_equal(rev4_leaf_get_n(rev4_inner_get_leaf(got)), 500);
    assert_false(rev4_inner_has_maybe(got));
}

// One element of a list: only the list is read.
static void test_patch__an_element(void **unused)
{
    rev4_root_view  base = root_made();
    rev4_root_patch patch = {.set.leaves = true};
    rev4_leaf       leaves[2];
    rev4_leaf_list  list;
    inlay_arena     region;
    rev4_root_view  view;

    (void)unused;
    inlay_arena_init(&region, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    inlay_arena_keep_unknown(&region, true);
    assert_int_equal(
        rev4_leaf_list_read(rev4_root_get_leaves(base), &region, &list),
        INLAY_OK);
    memcpy(leaves, list.items, sizeof leaves);
    leaves[0].n = 3;
    patch.to.leaves = (rev4_leaf_list){.items = leaves, .count = 2};
    view = root_patched(base, &patch);
    inlay_arena_release(&region);
    assert_int_equal(
        rev4_leaf_get_n(rev4_leaf_list_at(rev4_root_get_leaves(view), 0)), 3);
    assert_text(
        rev4_leaf_get_label(rev4_leaf_list_at(rev4_root_get_leaves(view), 0)),
        "first");
}

// A required record that has become one of defaults is not written, whether it
// is set or patched; what is unknown in it counts.
static void test_patch__to_defaults(void **unused)
{
    rev4_root_view   base = root_made();
    rev4_leaf_patch  leaf = {.set.note = true};
    rev4_inner_patch inner = {.set = {.oal = true, .maybe = true},
                              .in.leaf = &leaf};
    rev4_root_patch  patch = {.in.inner = &inner};
    rev4_root_patch  set = {.set.inner = true, .to.inner = REV4_INNER_INIT};
    size_t           size = root_patched(base, &patch).record.share_size;

    (void)unused;
    assert_int_equal(size, root_patched(base, &set).record.share_size);

    // An older program drops all it knows of the record and leaves the rest.
    rev1_inner_patch old_inner = {.set = {.leaf = true, .maybe = true},
                                  .to.leaf = REV1_LEAF_INIT};
    rev1_root_patch  old_patch = {.in.inner = &old_inner};
    rev1_root_view   old;

    root_made();
    assert_int_equal(rev1_root_open_verified(message, message_size, &old, NULL),
                     INLAY_OK);
    assert_int_equal(
        rev1_root_patch_encode(old, &old_patch, room, sizeof room, &size, NULL),
        INLAY_OK);
    assert_int_equal(rev4_root_verify(room, size, NULL), INLAY_OK);
    assert_memory_equal(
        rev4_inner_get_oal(rev4_root_get_inner(rev4_root_open(room, size)))
            .data,
        "align", 5);
}

// ---- What is refused --------------------------------------------------------

static void assert_refused(const rev4_root_patch *patch, inlay_status status,
                           const char *path)
{
    rev4_root_view base = root_made();
    inlay_error    error;
    size_t         size = 77;

    assert_int_equal(
        rev4_root_patch_encode(base, patch, room, sizeof room, &size, &error),
        status);
    assert_int_equal(error.status, status);
    assert_string_equal(error.path, path);
    assert_int_equal(size, 77);
}

static void test_patch__not_verified(void **unused)
{
    rev4_root_view  base = root_made();
    rev4_root_patch patch = {0};
    inlay_encoder   encoder;
    inlay_error     error;
    size_t          size = 77;

    (void)unused;
    base.record.verified = false;
    assert_int_equal(
        rev4_root_patch_encode(base, &patch, room, sizeof room, &size, &error),
        INLAY_NOT_VERIFIED);
    assert_int_equal(error.status, INLAY_NOT_VERIFIED);
    assert_int_equal(size, 77);
    inlay_encoder_init(&encoder, NULL, 0, NULL);
    assert_int_equal(rev4_root_patch_measure(base, &patch, &encoder, &size),
                     INLAY_NOT_VERIFIED);
    assert_int_equal(
        rev4_root_patch_write(base, &patch, &encoder, room, sizeof room),
        INLAY_NOT_VERIFIED);
    inlay_encoder_release(&encoder);
}

static void test_patch__bad_values(void **unused)
{
    rev4_root_m_entry entries[] = {{.key = 2}, {.key = 1}};
    rev4_leaf_patch   leaf = {.set.label = true, .to.label = INLAY_STR("\xff")};
    rev4_inner_patch  inner = {.in.leaf = &leaf};
    rev4_root_patch   text = {.in.inner = &inner};
    rev4_root_patch   map = {.set.m = true, .to.m = {entries, 2}};
    rev4_root_patch   null = {.set.leaves = true, .to.leaves.count = 1};
    rev4_root_patch   tag = {.set.shape = true, .to.shape.tag = 99};
    rev4_root_patch   large = {.set.v = true, .to.v.count = SIZE_MAX / 8};

    (void)unused;
    assert_refused(&text, INLAY_UTF8, "inner.leaf.label");
    assert_refused(&map, INLAY_MAP_ORDER, "m[1]");
    assert_refused(&null, INLAY_NULL_ITEMS, "leaves");
    assert_refused(&tag, INLAY_TAG_RANGE, "shape");
    assert_refused(&large, INLAY_TOO_LARGE, "");
}

// A patch that contains itself ends at the limit of depth.
static void test_patch__without_end(void **unused)
{
    rev4_root_patch patch = {0};
    rev4_root_view  base = root_made();
    size_t          size;
    inlay_error     error;

    (void)unused;
    patch.in.child = &patch;
    assert_int_equal(
        rev4_root_patch_encode(base, &patch, room, sizeof room, &size, &error),
        INLAY_TOO_DEEP);
    assert_memory_equal(error.path, "...", 3);
}

// Records that are left out take nothing off the depth that is left.
static void test_patch__deep(void **unused)
{
    rev4_leaf_patch    leaf = {.set.n = true, .to.n = 500};
    rev4_nothing_patch nothing = {.set.seen = true};
    rev4_root_patch    patches[60] = {0};
    rev4_root_view     view = root_made();

    (void)unused;
    for (size_t i = 0; i < 60; i++) {
        patches[i].in.leaf = &leaf;
        patches[i].in.one = &leaf;
        patches[i].in.nothing = &nothing;
        patches[i].in.child = i < 59 ? &patches[i + 1] : NULL;
    }
    view = root_patched(view, &patches[0]);
    for (size_t i = 0; i < 59; i++) {
        assert_true(rev4_root_has_child(view));
        view = rev4_root_get_child(view);
    }
    assert_false(rev4_root_has_child(view));
}

static void test_patch__limits(void **unused)
{
    limits_entry       entry = {.text = INLAY_STR("12345")};
    limits_entry_patch patch = {.set.text = true,
                                .to.text = INLAY_STR("abcde")};
    limits_name_patch  name = {.set.last = true,
                               .to.last = {true, INLAY_STR("1234567890123456"
                                                            "789012345678901")}};
    limits_entry_view  base;
    inlay_error        error;
    size_t             size;

    (void)unused;
    assert_int_equal(
        limits_entry_encode(&entry, message, sizeof message, &size, NULL),
        INLAY_OK);
    assert_int_equal(limits_entry_open_verified(message, size, &base, NULL),
                     INLAY_OK);
    assert_int_equal(
        limits_entry_patch_encode(base, &patch, room, sizeof room, &size, NULL),
        INLAY_OK);
    assert_int_equal(limits_entry_verify_canonical(room, size, NULL), INLAY_OK);
    patch.to.text.size++;
    assert_int_equal(limits_entry_patch_encode(base, &patch, room, sizeof room,
                                               &size, &error),
                     INLAY_TOO_LONG);
    assert_string_equal(error.path, "text");
    patch.set.text = false;
    patch.in.name = &name;
    assert_int_equal(limits_entry_patch_encode(base, &patch, room, sizeof room,
                                               &size, &error),
                     INLAY_TOO_LONG);
    assert_string_equal(error.path, "name.last");
}

// ---- Lists that are no arrays -----------------------------------------------

// Gives leaves; from the `fickle`-th call on with another label each time.
typedef struct giver {
    size_t calls;
    size_t fickle;
} giver;

static inlay_status leaf_give(void *context, size_t index, rev4_leaf *leaf)
{
    giver *self = context;

    *leaf = (rev4_leaf)REV4_LEAF_INIT;
    leaf->n = (uint16_t)index;
    self->calls++;
    if (self->calls >= self->fickle) {
        leaf->label = (inlay_str){"abcdefghijklmnopqrstuvwxyz", self->calls};
    }
    return INLAY_OK;
}

static void test_patch__sources(void **unused)
{
    giver                 steady = {0, SIZE_MAX};
    giver                 fickle = {0, 5};
    rev4_leaf_list_source source = {.get = leaf_give, .context = &steady};
    rev4_inner_patch      inner = {.set.leaves = true,
                                   .to.leaves = {.count = 3, .source = &source}};
    rev4_root_patch       patch = {.in.inner = &inner};
    rev4_inner_view       view;

    (void)unused;
    view = rev4_root_get_inner(root_patched(root_made(), &patch));
    assert_int_equal(rev4_leaf_list_count(rev4_inner_get_leaves(view)), 3);
    source.context = &fickle;
    assert_refused(&patch, INLAY_SOURCE_CHANGED, "inner.leaves[1]");
}

// ---- Memory -----------------------------------------------------------------

// With no tape at all every block asks for it; the default check does, too.
static void test_patch__allocations_fail(void **unused)
{
    rev4_leaf        many[600];
    rev4_leaf_patch  leaf = {.set.note = true};
    rev4_inner_patch inner = {.in.leaf = &leaf, .set.one = true};
    rev4_root_patch  patch = {.in.inner = &inner, .set.maybes = true};
    const rev4_leaf *maybes[600];
    rev4_root_view   base = root_made();
    inlay_status     status = INLAY_OUT_OF_MEMORY;
    size_t           fail_at;

    (void)unused;
    for (size_t i = 0; i < 600; i++) {
        many[i] = (rev4_leaf)REV4_LEAF_INIT;
        maybes[i] = &many[i];
    }
    patch.to.maybes = (rev4_root_maybes){maybes, 600};
    for (fail_at = 1; status != INLAY_OK; fail_at++) {
        json_memory   memory = {.fail_at = fail_at};
        inlay_alloc   alloc = json_memory_alloc(&memory);
        inlay_encoder encoder;
        size_t        size = 77;

        inlay_encoder_init(&encoder, NULL, 0, &alloc);
        status = rev4_root_patch_measure(base, &patch, &encoder, &size);
        if (status == INLAY_OK) {
            assert_int_equal(
                rev4_root_patch_write(base, &patch, &encoder, room, size - 1),
                INLAY_BUFFER_TOO_SMALL);
        } else {
            assert_int_equal(status, INLAY_OUT_OF_MEMORY);
            assert_int_equal(encoder.error.status, INLAY_OUT_OF_MEMORY);
            assert_int_equal(size, 77);
        }
        inlay_encoder_release(&encoder);
        assert_int_equal(memory.held, 0);
    }
    assert_true(fail_at > 2);
}

// A tape of one byte per block serves, but for finding out about defaults.
static void test_patch__small_tape(void **unused)
{
    rev4_leaf_patch  leaf = {.set.n = true, .to.n = 500};
    rev4_inner_patch inner = {.in.leaf = &leaf};
    rev4_root_patch  patch = {.in.inner = &inner};
    rev4_root_view   base = root_made();
    uint8_t          tape[64];
    inlay_encoder    encoder;
    size_t           size;

    (void)unused;
    inlay_encoder_init(&encoder, tape, 3, NULL);
    assert_int_equal(rev4_root_patch_measure(base, &patch, &encoder, &size),
                     INLAY_OK);
    assert_int_equal(rev4_root_patch_write(base, &patch, &encoder, room, size),
                     INLAY_OK);
    leaf.set.note = true;
    assert_int_equal(rev4_root_patch_measure(base, &patch, &encoder, &size),
                     INLAY_SCRATCH_TOO_SMALL);
    assert_string_equal(encoder.error.path, "inner.leaf");
    inlay_encoder_init(&encoder, tape, sizeof tape, NULL);
    assert_int_equal(rev4_root_patch_measure(base, &patch, &encoder, &size),
                     INLAY_OK);
    assert_int_equal(rev4_root_patch_write(base, &patch, &encoder, room, size),
                     INLAY_OK);
    assert_int_equal(rev4_root_verify_canonical(room, size, NULL), INLAY_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patch__fields),
        cmocka_unit_test(test_patch__records_inside),
        cmocka_unit_test(test_patch__set_comes_before_in),
        cmocka_unit_test(test_patch__an_element),
        cmocka_unit_test(test_patch__to_defaults),
        cmocka_unit_test(test_patch__not_verified),
        cmocka_unit_test(test_patch__bad_values),
        cmocka_unit_test(test_patch__without_end),
        cmocka_unit_test(test_patch__deep),
        cmocka_unit_test(test_patch__limits),
        cmocka_unit_test(test_patch__sources),
        cmocka_unit_test(test_patch__allocations_fail),
        cmocka_unit_test(test_patch__small_tape),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
