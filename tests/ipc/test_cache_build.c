// test_cache_build.c -- builders that meet duplicates, failing calls, no memory
// and kill -9: what was there stays, and nothing is left behind.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cache_support.h"
#include "fault.h"
#include "json/json_support.h"

enum {
    COUNT = 200
};

// Opens what is there and checks which generation it is.
static void expect_generation(unsigned generation)
{
    inlay_cache cache;

    assert_int_equal(inlay_cache_open(&cache, cache_path, NULL, NULL),
                     INLAY_OK);
    assert_int_equal(inlay_cache_check(&cache, NULL), INLAY_OK);
    cache_expect(&cache, COUNT, generation);
    inlay_cache_close(&cache);
}

// Returns whether it is that generation that is there.
static bool is_generation(unsigned generation)
{
    inlay_cache cache;
    inlay_bytes want = cache_value(1, generation);
    inlay_bytes key = cache_key(1), value;
    bool        same;

    assert_int_equal(inlay_cache_open(&cache, cache_path, NULL, NULL),
                     INLAY_OK);
    assert_int_equal(inlay_cache_get(&cache, key.data, key.size, &value),
                     INLAY_OK);
    same = memcmp(value.data, want.data, want.size) == 0;
    inlay_cache_close(&cache);
    return same;
}

static void expect_alone(void)
{
    int beside;

    assert_int_equal(cache_folder_count(&beside), 1);
    assert_int_equal(beside, 0);
}

static void test_builder__names_a_duplicate(void **state)
{
    inlay_cache_builder builder;
    inlay_error         error;
    char                key[20];
    uint64_t            n;

    (void)state;
    assert_int_equal(cache_build(COUNT, 1, NULL, NULL), INLAY_OK);
    assert_int_equal(inlay_cache_builder_init(&builder, cache_path, NULL),
                     INLAY_OK);
    for (n = 0; n < 5000; n++) {
        size_t size = (size_t)snprintf(key, sizeof key, "k%d",
                                       (int)(n == 4999 ? 1234 : n));

        assert_int_equal(
            inlay_cache_builder_add(&builder, key, size, &n, sizeof n),
            INLAY_OK);
    }
    assert_int_equal(inlay_cache_builder_publish(&builder, &error),
                     INLAY_DUPLICATE);
    assert_string_equal(error.path, "key \"k1234\"");
    inlay_cache_builder_release(&builder);
    expect_generation(1);
    expect_alone();
}

static void test_builder__refuses_what_is_too_long(void **state)
{
    static char         key[INLAY_CACHE_KEY_SIZE_MAX + 1];
    inlay_cache_builder builder;
    inlay_cache         cache;
    inlay_bytes         value;

    (void)state;
    assert_int_equal(inlay_cache_builder_init(&builder, cache_path, NULL),
                     INLAY_OK);
    assert_int_equal(inlay_cache_builder_add(&builder, key, sizeof key, "v", 1),
                     INLAY_TOO_LONG);
    assert_int_equal(
        inlay_cache_builder_add(&builder, key, sizeof key - 1, "v", 1),
        INLAY_OK);
    assert_int_equal(inlay_cache_builder_publish(&builder, NULL), INLAY_OK);
    inlay_cache_builder_release(&builder);
    assert_int_equal(inlay_cache_open(&cache, cache_path, NULL, NULL),
                     INLAY_OK);
    assert_int_equal(inlay_cache_get(&cache, key, sizeof key - 1, &value),
                     INLAY_OK);
    assert_int_equal(value.size, 1);
    inlay_cache_close(&cache);
}

static void test_builder__keeps_sixteen_bytes_an_entry(void **state)
{
    enum {
        ENTRIES = 50000,
        SIZE = 1000
    };
    static uint8_t              value[SIZE];
    json_memory                 memory = {0};
    inlay_alloc                 alloc = json_memory_alloc(&memory);
    inlay_cache_builder_options options = {.entries_expected = ENTRIES,
                                           .alloc = &alloc};
    inlay_cache_builder         builder;
    uint32_t                    n;

    (void)state;
    assert_int_equal(inlay_cache_builder_init(&builder, cache_path, &options),
                     INLAY_OK);
    for (n = 0; n < ENTRIES; n++) {
        assert_int_equal(
            inlay_cache_builder_add(&builder, &n, sizeof n, value, SIZE),
            INLAY_OK);
    }
    assert_true(memory.held < ENTRIES * 16 + (1 << 20) + 1000);
    assert_int_equal(inlay_cache_builder_publish(&builder, NULL), INLAY_OK);
    inlay_cache_builder_release(&builder);
    assert_int_equal(memory.held, 0);
}

static void test_cache__survives_each_failing_allocation(void **state)
{
    inlay_status status = INLAY_OUT_OF_MEMORY;
    size_t       n;

    (void)state;
    for (n = 1; status != INLAY_OK; n++) {
        json_memory memory = {.fail_at = n};
        inlay_alloc alloc = json_memory_alloc(&memory);

        assert_int_equal(cache_build(COUNT, 1, NULL, NULL), INLAY_OK);
        status = cache_build(COUNT, 2, &alloc, NULL);
        assert_true(status == INLAY_OK || status == INLAY_OUT_OF_MEMORY);
        assert_int_equal(memory.held, 0);
        expect_generation(status == INLAY_OK ? 2 : 1);
        expect_alone();
    }
    assert_true(n > 5);
    status = INLAY_OUT_OF_MEMORY;
    for (n = 1; status != INLAY_OK; n++) {
        json_memory         memory = {.fail_at = n};
        inlay_alloc         alloc = json_memory_alloc(&memory);
        inlay_cache_options options = {.alloc = &alloc};
        inlay_cache         cache;

        status = inlay_cache_open(&cache, cache_path, &options, NULL);
        if (status == INLAY_OK) {
            inlay_cache_close(&cache);
        } else {
            assert_int_equal(status, INLAY_OUT_OF_MEMORY);
        }
        assert_int_equal(memory.held, 0);
    }
}

// ---- Calls that fail --------------------------------------------------------

static void fail_each_call(fault_kind kind, int failure)
{
    uint64_t n;
    bool     fired = true;

    for (n = 0; fired; n++) {
        inlay_error  error;
        inlay_status status;
        int          seen, files, beside;

        assert_int_equal(cache_build(COUNT, 1, NULL, NULL), INLAY_OK);
        fault_arm(n, kind, failure);
        status = cache_build(COUNT, 2, NULL, &error);
        seen = errno;
        fired = fault_disarm();
        if (status != INLAY_OK) {
            assert_int_equal(status, INLAY_SYSTEM);
            assert_int_equal(seen, failure);
        }
        // Only the sync of the folder can fail when all else is done.
        files = cache_folder_count(&beside);
        if (files != 1 || beside != 0) {
            fail_msg("call %d (%s) leaves something", (int)n, fault_last());
        }
        if (status == INLAY_OK || is_generation(2)) {
            assert_true(status == INLAY_OK || !fired ||
                        strcmp(fault_last(), "fsync") == 0 ||
                        strcmp(fault_last(), "open") == 0);
            expect_generation(2);
        } else {
            expect_generation(1);
        }
    }
    assert_true(n > 8);
}

static void test_builder__survives_each_failing_call(void **state)
{
    (void)state;
    fail_each_call(FAULT_ERROR, EIO);
    fail_each_call(FAULT_ERROR, ENOSPC);
    fail_each_call(FAULT_ERROR, EINTR);
    fail_each_call(FAULT_SHORT, 0);
}

static void test_reader__survives_each_failing_call(void **state)
{
    int copy;

    (void)state;
    assert_int_equal(cache_build(COUNT, 1, NULL, NULL), INLAY_OK);
    for (copy = 0; copy < 2; copy++) {
        uint64_t n;
        bool     fired = true;

        for (n = 0; fired; n++) {
            inlay_cache_options options = {.copy = copy};
            inlay_cache         cache;
            inlay_status        status;

            fault_arm(n, FAULT_ERROR, EIO);
            status = inlay_cache_open(&cache, cache_path, &options, NULL);
            fired = fault_disarm();
            assert_int_equal(status, fired ? INLAY_SYSTEM : INLAY_OK);
            if (status == INLAY_OK) {
                cache_expect(&cache, COUNT, 1);
                inlay_cache_close(&cache);
            }
        }
        assert_true(n > 3);
    }
}

// ---- Kill -------------------------------------------------------------------

// Builds in another process, which kills itself before its call number `n`.
// Returns whether it did.
static bool build_killed(uint64_t n, unsigned generation)
{
    pid_t child = fork();
    int   how;

    if (child == 0) {
        fault_arm(n, FAULT_KILL, 0);
        _exit(cache_build(COUNT, generation, NULL, NULL) != INLAY_OK);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how) || WEXITSTATUS(how) == 0);
    return WIFSIGNALED(how);
}

static void test_builder__leaves_nothing_when_killed(void **state)
{
    uint64_t n;
    bool     killed = true;
    int      left = 0;

    (void)state;
    for (n = 0; killed; n++) {
        inlay_cache cache;
        int         files, beside;

        assert_int_equal(cache_build(COUNT, 1, NULL, NULL), INLAY_OK);
        killed = build_killed(n, 2);
        files = cache_folder_count(&beside);
        assert_int_equal(files - beside, 1);
        left += beside;
        assert_int_equal(inlay_cache_open(&cache, cache_path, NULL, NULL),
                         INLAY_OK);
        assert_int_equal(inlay_cache_check(&cache, NULL), INLAY_OK);
        inlay_cache_close(&cache);
        if (beside > 0) {
            assert_int_equal(cache_build(COUNT, 3, NULL, NULL), INLAY_OK);
            expect_generation(3);
            expect_alone();
        }
    }
    assert_true(n > 8);
    assert_true(left <= 1); // between linkat and rename, see cache.h
}

static void test_builder__leaves_nothing_when_killed_at_the_first(void **state)
{
    uint64_t n;
    bool     killed = true;

    (void)state;
    for (n = 0; killed; n++) {
        int files, beside;

        unlink(cache_path);
        killed = build_killed(n, 1);
        files = cache_folder_count(&beside);
        assert_int_equal(beside, 0);
        assert_true(files <= 1);
        if (files == 1) {
            expect_generation(1);
        }
    }
    assert_true(n > 8);
}

// ---- Without O_TMPFILE ------------------------------------------------------

// Builds where the first open fails as on such a file system.
static inlay_status build_named(unsigned generation)
{
    inlay_status status;

    fault_only("open");
    fault_arm(0, FAULT_NAMED, EOPNOTSUPP);
    status = cache_build(COUNT, generation, NULL, NULL);
    assert_true(fault_disarm());
    return status;
}

static void test_builder__works_by_a_name_as_well(void **state)
{
    char beside[100];
    int  fd;

    (void)state;
    snprintf(beside, sizeof beside, "%s.new", cache_path);
    assert_int_equal(cache_build(COUNT, 1, NULL, NULL), INLAY_OK);
    assert_int_equal(build_named(2), INLAY_OK);
    expect_generation(2);
    expect_alone();
    // Left by somebody who died: taken away, whatever it is.
    fd = open(beside, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(fd, "half of something, and more than that", 37),
                     37);
    // Held by somebody who lives: left alone.
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_int_equal(build_named(3), INLAY_REFUSED);
    expect_generation(2);
    close(fd);
    assert_int_equal(build_named(3), INLAY_OK);
    expect_generation(3);
    expect_alone();
}

static void test_builder__says_where_it_cannot_build(void **state)
{
    inlay_cache_builder builder;

    (void)state;
    assert_int_equal(
        inlay_cache_builder_init(&builder, "/nowhere/at/all", NULL),
        INLAY_SYSTEM);
    assert_int_equal(errno, ENOENT);
}

// Two at once: the last to publish is seen, whole, and nothing is left.
static void test_builders__do_not_disturb_each_other(void **state)
{
    pid_t children[2];
    int   i, how;

    (void)state;
    assert_int_equal(cache_build(COUNT, 1, NULL, NULL), INLAY_OK);
    for (i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            int turn;

            for (turn = 0; turn < 100; turn++) {
                if (cache_build(COUNT, 1, NULL, NULL) != INLAY_OK) {
                    _exit(1);
                }
            }
            _exit(0);
        }
    }
    for (i = 0; i < 2; i++) {
        assert_int_equal(waitpid(children[i], &how, 0), children[i]);
        assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    }
    expect_generation(1);
    expect_alone();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_builder__names_a_duplicate),
        cmocka_unit_test(test_builder__refuses_what_is_too_long),
        cmocka_unit_test(test_builder__keeps_sixteen_bytes_an_entry),
        cmocka_unit_test(test_cache__survives_each_failing_allocation),
        cmocka_unit_test(test_builder__survives_each_failing_call),
        cmocka_unit_test(test_reader__survives_each_failing_call),
        cmocka_unit_test(test_builder__leaves_nothing_when_killed),
        cmocka_unit_test(test_builder__leaves_nothing_when_killed_at_the_first),
        cmocka_unit_test(test_builder__works_by_a_name_as_well),
        cmocka_unit_test(test_builder__says_where_it_cannot_build),
        cmocka_unit_test(test_builders__do_not_disturb_each_other),
    };

    return cmocka_run_group_tests(tests, cache_folder_make,
                                  cache_folder_remove);
}
