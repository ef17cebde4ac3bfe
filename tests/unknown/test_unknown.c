// test_unknown.c -- messages of all revisions through programs of all others.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "random_json.h"
#include "rev.h"
#include "json/json_support.h"

// How many messages a test makes.
#define ROUNDS 800

static const rev_ops *const revisions[REV_COUNT] = {&rev1_ops, &rev2_ops,
                                                    &rev3_ops, &rev4_ops};

static const rev_job unchanged = {
    .keep = true, .alloc = &inlay_alloc_heap, .limit = INLAY_ARENA_NO_LIMIT};

// ---- Messages ---------------------------------------------------------------

// Makes up a canonical message of a revision.
static inlay_buffer made_up(uint64_t *state, const rev_ops *rev)
{
    inlay_buffer json;
    inlay_buffer message;
    inlay_error  error;

    inlay_buffer_init(&json, NULL);
    inlay_buffer_init(&message, NULL);
    random_json_record(state, rev->desc, 1 + (int64_t)random_below(state, 150),
                       &json);
    if (inlay_json_read(rev->desc, (const char *)json.data, json.size, NULL,
                        &message, &error) != INLAY_OK) {
        fail_msg("made up: %s: %s", error.path,
                 inlay_status_text(error.status));
    }
    inlay_buffer_release(&json);
    return message;
}

static inlay_bytes bytes_of(const inlay_buffer *buffer)
{
    return (inlay_bytes){buffer->data, buffer->size};
}

// Returns what a message says to a reader of a revision.
static inlay_buffer text_of(const rev_ops *rev, inlay_bytes message)
{
    inlay_buffer text;
    inlay_error  error;

    inlay_buffer_init(&text, NULL);
    if (inlay_json_write(rev->desc, message.data, message.size, NULL,
                         inlay_sink_buffer(&text), &error) != INLAY_OK) {
        fail_msg("%s: %s", error.path, inlay_status_text(error.status));
    }
    return text;
}

static void assert_buffers_equal(const inlay_buffer *a, const inlay_buffer *b)
{
    assert_int_equal(a->size, b->size);
    assert_memory_equal(a->data, b->data, a->size);
}

static void assert_says_the_same(const rev_ops *rev, inlay_bytes a,
                                 inlay_bytes b)
{
    inlay_buffer left = text_of(rev, a);
    inlay_buffer right = text_of(rev, b);

    assert_buffers_equal(&left, &right);
    inlay_buffer_release(&left);
    inlay_buffer_release(&right);
}

// Sends a message through a revision.
static inlay_buffer passed(const rev_ops *rev, const inlay_buffer *message,
                           const rev_job *job)
{
    inlay_buffer out;

    inlay_buffer_init(&out, NULL);
    assert_int_equal(rev->pass(bytes_of(message), job, &out), INLAY_OK);
    return out;
}

// ---- Nothing changed --------------------------------------------------------

// A canonical message comes out of every older revision byte for byte the same.
static void test_unchanged_is_the_same_bytes(void **unused)
{
    uint64_t state = 1;

    (void)unused;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t newer = 0; newer < REV_COUNT; newer++) {
            inlay_buffer message = made_up(&state, revisions[newer]);

            for (size_t older = 0; older <= newer; older++) {
                inlay_buffer out =
                    passed(revisions[older], &message, &unchanged);

                assert_buffers_equal(&message, &out);
                inlay_buffer_release(&out);
            }
            inlay_buffer_release(&message);
        }
    }
}

// A newer revision, too, leaves what the message said to all who knew its every
// field. (Others see payloads of unknown variants as bytes, which a newer
// revision may lay out anew.)
static void test_unchanged_says_the_same(void **unused)
{
    uint64_t state = 2;

    (void)unused;
    for (int round = 0; round < ROUNDS / 5; round++) {
        for (size_t from = 0; from < REV_COUNT; from++) {
            inlay_buffer message = made_up(&state, revisions[from]);

            for (size_t by = 0; by < REV_COUNT; by++) {
                inlay_buffer out = passed(revisions[by], &message, &unchanged);

                for (size_t to = from; to < REV_COUNT; to++) {
                    assert_says_the_same(revisions[to], bytes_of(&message),
                                         bytes_of(&out));
                }
                inlay_buffer_release(&out);
            }
            inlay_buffer_release(&message);
        }
    }
}

// Who doesn't ask gets a message of his own revision, or learns of a tag that
// he can't write.
static void test_not_kept(void **unused)
{
    rev_job  job = unchanged;
    uint64_t state = 3;

    (void)unused;
    job.keep = false;
    for (int round = 0; round < ROUNDS / 5; round++) {
        inlay_buffer message = made_up(&state, &rev4_ops);
        inlay_buffer out;
        inlay_status status;

        inlay_buffer_init(&out, NULL);
        status = rev1_ops.pass(bytes_of(&message), &job, &out);
        if (status == INLAY_OK) {
            assert_int_equal(
                inlay_verify_canonical(rev1_ops.desc, out.data, out.size, NULL),
                INLAY_OK);
            assert_says_the_same(&rev1_ops, bytes_of(&message), bytes_of(&out));
        } else {
            assert_int_equal(status, INLAY_TAG_RANGE);
        }
        inlay_buffer_release(&out);
        inlay_buffer_release(&message);
    }
}

// ---- Changes ----------------------------------------------------------------

// What an older revision changes, adds, drops and moves leaves what the newest
// one leaves when it does the same, knowing everything.
static void test_changed_by_one(void **unused)
{
    rev_job  job = unchanged;
    uint64_t state = 4;

    (void)unused;
    for (int round = 0; round < ROUNDS; round++) {
        inlay_buffer message =
            made_up(&state, revisions[random_below(&state, REV_COUNT)]);
        inlay_buffer expected;

        job.seed = random_next(&state) | 1;
        expected = passed(&rev4_ops, &message, &job);
        for (size_t by = 0; by < REV_COUNT - 1; by++) {
            inlay_buffer out = passed(revisions[by], &message, &job);

            assert_says_the_same(&rev4_ops, bytes_of(&expected),
                                 bytes_of(&out));
            inlay_buffer_release(&out);
        }
        inlay_buffer_release(&expected);
        inlay_buffer_release(&message);
    }
}

// Through any number of revisions in any order.
static void test_changed_by_many(void **unused)
{
    rev_job  job = unchanged;
    uint64_t state = 5;

    (void)unused;
    for (int round = 0; round < ROUNDS; round++) {
        inlay_buffer message = made_up(&state, &rev4_ops);
        inlay_buffer expected = passed(&rev4_ops, &message, &unchanged);

        for (size_t hops = 1 + random_below(&state, 4); hops > 0; hops--) {
            const rev_ops *by = revisions[random_below(&state, REV_COUNT)];
            inlay_buffer   before = message;
            inlay_buffer   expected_before = expected;

            job.seed = random_next(&state) | 1;
            message = passed(by, &before, &job);
            expected = passed(&rev4_ops, &expected_before, &job);
            inlay_buffer_release(&before);
            inlay_buffer_release(&expected_before);
        }
        assert_says_the_same(&rev4_ops, bytes_of(&expected),
                             bytes_of(&message));
        inlay_buffer_release(&expected);
        inlay_buffer_release(&message);
    }
}

// Lists that hold elements of all revisions at once.
static void test_merged(void **unused)
{
    rev_job  job = unchanged;
    uint64_t state = 9;

    (void)unused;
    for (int round = 0; round < ROUNDS * 2; round++) {
        inlay_buffer message =
            made_up(&state, revisions[random_below(&state, REV_COUNT)]);
        inlay_buffer other =
            made_up(&state, revisions[random_below(&state, REV_COUNT)]);
        inlay_buffer expected;
        inlay_buffer out;

        job.seed = random_below(&state, 2) == 0 ? 0 : random_next(&state);
        job.other = bytes_of(&other);
        expected = passed(&rev4_ops, &message, &job);
        out = passed(&rev1_ops, &message, &job);
        assert_says_the_same(&rev4_ops, bytes_of(&expected), bytes_of(&out));
        inlay_buffer_release(&out);
        inlay_buffer_release(&expected);
        inlay_buffer_release(&other);
        inlay_buffer_release(&message);
    }
}

// ---- Hostile messages -------------------------------------------------------

// Whatever the older revision accepts it can write again, and whatever the
// newer one accepts says the same to it afterwards.
static void test_mutations(void **unused)
{
    uint64_t state = 6;
    size_t   accepted = 0;
    size_t   by_both = 0;

    (void)unused;
    for (int round = 0; round < ROUNDS * 20; round++) {
        inlay_buffer message = made_up(&state, &rev4_ops);
        inlay_bytes  bytes = bytes_of(&message);
        size_t       flips = 1 + random_below(&state, 3);
        size_t       head = bytes.size < 200 ? bytes.size : 200;

        for (; flips > 0; flips--) {
            message.data[random_below(&state, head)] ^=
                (uint8_t)(1u << random_below(&state, 8));
        }
        for (size_t by = 0; by < REV_COUNT - 1; by++) {
            const rev_ops *rev = revisions[by];

            if (inlay_verify(rev->desc, bytes.data, bytes.size, NULL) ==
                INLAY_OK) {
                inlay_buffer out = passed(rev, &message, &unchanged);

                accepted++;
                assert_says_the_same(rev, bytes, bytes_of(&out));
                if (inlay_verify(rev4_ops.desc, bytes.data, bytes.size, NULL) ==
                    INLAY_OK) {
                    by_both++;
                    assert_says_the_same(&rev4_ops, bytes, bytes_of(&out));
                }
                inlay_buffer_release(&out);
            }
        }
        inlay_buffer_release(&message);
    }
    assert_true(accepted > 100 && by_both > 100);
}

// ---- Memory -----------------------------------------------------------------

static void test_allocations_fail(void **unused)
{
    uint64_t state = 7;

    (void)unused;
    for (int round = 0; round < 40; round++) {
        inlay_buffer message = made_up(&state, &rev4_ops);
        inlay_status status = INLAY_OUT_OF_MEMORY;

        for (size_t fail_at = 1; status != INLAY_OK; fail_at++) {
            json_memory  memory = {.fail_at = fail_at};
            inlay_alloc  alloc = json_memory_alloc(&memory);
            rev_job      job = unchanged;
            inlay_buffer out;

            job.alloc = &alloc;
            inlay_buffer_init(&out, NULL);
            status = rev1_ops.pass(bytes_of(&message), &job, &out);
            assert_true(status == INLAY_OK || status == INLAY_OUT_OF_MEMORY);
            assert_int_equal(memory.held, 0);
            inlay_buffer_release(&out);
        }
        inlay_buffer_release(&message);
    }
}

static void test_the_limit_counts_what_is_kept(void **unused)
{
    uint64_t     state = 8;
    inlay_buffer message = made_up(&state, &rev4_ops);
    inlay_status status = INLAY_MEMORY_LIMIT;
    rev_job      job = unchanged;
    size_t       most[2];

    (void)unused;
    for (int keep = 0; keep < 2; keep++) {
        job.keep = keep == 1;
        for (job.limit = 0, status = INLAY_MEMORY_LIMIT;
             status == INLAY_MEMORY_LIMIT; job.limit += 16) {
            inlay_buffer out;

            inlay_buffer_init(&out, NULL);
            status = rev1_ops.pass(bytes_of(&message), &job, &out);
            inlay_buffer_release(&out);
        }
        most[keep] = job.limit;
    }
    assert_true(most[1] > most[0]);
    inlay_buffer_release(&message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unchanged_is_the_same_bytes),
        cmocka_unit_test(test_unchanged_says_the_same),
        cmocka_unit_test(test_not_kept),
        cmocka_unit_test(test_changed_by_one),
        cmocka_unit_test(test_changed_by_many),
        cmocka_unit_test(test_merged),
        cmocka_unit_test(test_mutations),
        cmocka_unit_test(test_allocations_fail),
        cmocka_unit_test(test_the_limit_counts_what_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
