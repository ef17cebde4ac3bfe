// test_patch_revisions.c -- messages of every revision, patched by programs of
// every other: at the root, in records inside and in elements of lists.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "generated/random_json.h"
#include "patch_check.h"
#include "json/json_support.h"

#define REV_COUNT 4

extern const walk_root walk_roots_rev1[], walk_roots_rev2[], walk_roots_rev3[],
    walk_roots_rev4[];
extern const size_t walk_root_count_rev1, walk_root_count_rev2,
    walk_root_count_rev3, walk_root_count_rev4;

static const walk_root *const revisions[REV_COUNT] = {
    walk_roots_rev1, walk_roots_rev2, walk_roots_rev3, walk_roots_rev4};
static const size_t *const counts[REV_COUNT] = {
    &walk_root_count_rev1, &walk_root_count_rev2, &walk_root_count_rev3,
    &walk_root_count_rev4};

static const walk_root *find(size_t rev, const char *name)
{
    for (size_t i = 0; i < *counts[rev]; i++) {
        if (strcmp(revisions[rev][i].name, name) == 0) {
            return &revisions[rev][i];
        }
    }
    fail_msg("no %s in revision %zu", name, rev + 1);
    return NULL;
}

static inlay_buffer made_up(uint64_t *state, const inlay_record_desc *desc,
                            int64_t size)
{
    inlay_buffer json;
    inlay_buffer message;
    inlay_error  error;

    inlay_buffer_init(&json, NULL);
    inlay_buffer_init(&message, NULL);
    random_json_record(state, desc, size, &json);
    if (inlay_json_read(desc, (const char *)json.data, json.size, NULL,
                        &message, &error) != INLAY_OK) {
        fail_msg("made up: %s: %s", error.path,
                 inlay_status_text(error.status));
    }
    inlay_buffer_release(&json);
    return message;
}

static patch_check check_start(size_t rev, uint64_t seed)
{
    return (patch_check){
        .roots = revisions[rev], .root_count = *counts[rev], .random = seed};
}

// A message of revision `from`, with fields of one of revision `other`, patched
// by revision `by`. When neither is older the bytes are settled, too.
static size_t pass(uint64_t *state, const char *name, size_t from, size_t other,
                   size_t by, bool pairs)
{
    const walk_root *root = find(by, name);
    int64_t          size = 1 + (int64_t)random_below(state, 60);
    inlay_buffer     message = made_up(state, find(from, name)->desc, size);
    inlay_buffer     second = made_up(state, find(other, name)->desc, size);
    patch_check      check = check_start(by, *state);
    inlay_record     base = inlay_record_open(message.data, message.size, true);

    check.exact = from >= by && other >= by;
    patch_check_record(&check, root, base,
                       inlay_record_open(second.data, second.size, true),
                       pairs);
    if (random_below(state, 4) == 0) {
        check.exact = from >= by;
        patch_check_below(&check, root, base);
    }
    inlay_buffer_release(&second);
    inlay_buffer_release(&message);
    return check.inside;
}

static void test_patch__every_pair_of_revisions(void **unused)
{
    static const char *const names[] = {"Root", "Inner", "Leaf", "Text",
                                        "Bits", "Count", "Many", "Nothing"};
    uint64_t                 state = 11;
    size_t                   inside = 0;

    (void)unused;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        for (size_t from = 0; from < REV_COUNT; from++) {
            for (size_t other = 0; other < REV_COUNT; other++) {
                for (size_t by = 0; by < REV_COUNT; by++) {
                    inside += pass(&state, names[i], from, other, by,
                                   from == other && i > 0);
                }
            }
        }
    }
    assert_true(inside > 100);
}

// What an older program replaces by patching, the newest reads as if it had
// done the same itself.
static void test_patch__newest_reads_the_same(void **unused)
{
    uint64_t state = 12;

    (void)unused;
    for (int round = 0; round < 300; round++) {
        const walk_root *old = find(random_below(&state, 3), "Root");
        const walk_root *newest = find(3, "Root");
        inlay_buffer     message = made_up(&state, newest->desc, 40);
        inlay_buffer     second = made_up(&state, old->desc, 40);
        inlay_record base = inlay_record_open(message.data, message.size, true);
        inlay_buffer text[2];
        // `id` and `color`, known to all, are the same bytes in all revisions.
        for (int i = 0; i < 2; i++) {
            const walk_root *by = i == 0 ? old : newest;
            uint8_t         *patch = calloc(1, by->patch_size);
            size_t           size = message.size + 100;
            uint8_t         *room = malloc(size);
            inlay_arena      region;

            assert_non_null(patch);
            assert_non_null(room);
            inlay_arena_init(&region, NULL, 0, &inlay_alloc_heap,
                             INLAY_ARENA_NO_LIMIT);
            assert_int_equal(
                by->read(inlay_record_open(second.data, second.size, true),
                         &region, patch),
                INLAY_OK);
            for (uint32_t j = 0; j < by->desc->field_count; j++) {
                const char *name = by->desc->fields[j].name;

                patch[by->patch->set + j] =
                    strcmp(name, "id") == 0 || strcmp(name, "color") == 0;
            }
            assert_int_equal(inlay_patch_encode(by->patch, &base, patch, room,
                                                size, &size, NULL),
                             INLAY_OK);
            inlay_buffer_init(&text[i], NULL);
            assert_int_equal(inlay_json_write(newest->desc, room, size, NULL,
                                              inlay_sink_buffer(&text[i]),
                                              NULL),
                             INLAY_OK);
            inlay_arena_release(&region);
            free(room);
            free(patch);
        }
        assert_int_equal(text[0].size, text[1].size);
        assert_memory_equal(text[0].data, text[1].data, text[0].size);
        inlay_buffer_release(&text[0]);
        inlay_buffer_release(&text[1]);
        inlay_buffer_release(&second);
        inlay_buffer_release(&message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patch__every_pair_of_revisions),
        cmocka_unit_test(test_patch__newest_reads_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
