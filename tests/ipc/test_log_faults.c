// test_log_faults.c -- the system fails: at every call in turn, by an error, by
// doing a part, or by the end of the process. What was synced stays, what was
// not written can be written again, and nothing is left open.
#define _GNU_SOURCE
#include "log_support.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fault.h"

// How many events story() has synced so far: in memory of parent and child.
static uint64_t *promised;

static unsigned descriptors_open(void)
{
    DIR     *folder = opendir("/proc/self/fd");
    unsigned count = 0;

    if (folder == NULL) {
        return 0;
    }
    while (readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count;
}

// Some sessions of appending. Calls that fail are made again once, since the
// fault comes once; returns how many events were synced.
static uint64_t story(const char *path, inlay_status wanted)
{
    inlay_log_options how = {.chunk_size = 900};
    uint64_t          synced = 0;
    unsigned          session, i;

    for (session = 0; session < 3; session++) {
        inlay_log    log;
        inlay_status status =
            inlay_log_open(&log, path, &journal_event_desc, &how);

        if (status != INLAY_OK) {
            assert_int_equal(status, wanted);
            status = inlay_log_open(&log, path, &journal_event_desc, &how);
        }
        assert_int_equal(status, INLAY_OK);
        assert_true(log.sequence >= synced);
        for (i = 0; i < 20; i++) {
            status = log_append_next(&log);
            if (status != INLAY_OK) {
                assert_int_equal(status, wanted);
                assert_int_equal(log_append_next(&log), INLAY_OK);
            }
            if (i % 7 != 6) {
                continue;
            }
            status = inlay_log_sync(&log);
            if (status == INLAY_OK) {
                synced = log.sequence;
                *promised = synced;
            } else {
                assert_int_equal(status, wanted);
                if (inlay_log_sync(&log) == INLAY_OK) {
                    synced = log.sequence;
                } else {
                    break; // fdatasync failed: for ever
                }
            }
        }
        status = inlay_log_close(&log);
        assert_true(status == INLAY_OK || status == wanted);
    }
    return synced;
}

static void check(const char *path, uint64_t synced)
{
    log_seen seen;
    uint64_t i;

    assert_int_equal(log_scan(path, NULL, &seen), INLAY_OK);
    for (i = 0; i < synced; i++) {
        assert_true(seen.has[i]);
    }
    assert_int_equal(seen.damages, 0);
}

static void fail_at_every_call(fault_kind kind, int error)
{
    unsigned before = descriptors_open();
    uint64_t nth;
    bool     fired = true;

    for (nth = 0; fired; nth++) {
        char     path[LOG_PATH_SIZE];
        uint64_t synced;

        log_path_make(path);
        fault_arm(nth, kind, error);
        synced = story(path, INLAY_SYSTEM);
        fired = fault_disarm();
        check(path, synced);
        assert_true(synced >= 7);
        assert_int_equal(descriptors_open(), before);
        log_path_remove(path);
    }
    assert_true(nth > 40);
}

static void test_log__errors_at_every_call(void **state)
{
    (void)state;
    fail_at_every_call(FAULT_ERROR, EIO);
    fail_at_every_call(FAULT_ERROR, ENOSPC);
}

static void test_log__interruptions_at_every_call(void **state)
{
    (void)state;
    fault_only("pwrite");
    fail_at_every_call(FAULT_SHORT, 0);
}

// ---- Reading ----------------------------------------------------------------

static void test_log__errors_while_reading(void **state)
{
    inlay_log_options how = {.chunk_size = 900};
    char              path[LOG_PATH_SIZE];
    unsigned          round;

    (void)state;
    log_path_make(path);
    log_fill(path, &how, 100, 9);
    for (round = 0; round < 4; round++) {
        inlay_log_reader_options reading = {.map = round % 2 == 1};
        uint64_t                 nth;
        bool                     fired = true;

        for (nth = 0; fired; nth++) {
            inlay_log_reader reader;
            inlay_log_record record;
            inlay_status     status;
            uint64_t         count = 0;

            fault_arm(nth, round < 2 ? FAULT_ERROR : FAULT_SHORT, EIO);
            status = inlay_log_reader_open(&reader, path, &reading);
            if (status != INLAY_OK) {
                assert_int_equal(status, INLAY_SYSTEM);
                assert_true(fault_disarm());
                continue;
            }
            while ((status = inlay_log_next(&reader, &record)) !=
                   INLAY_CLOSED) {
                if (status == INLAY_OK) {
                    assert_int_equal(record.sequence, count);
                    count++;
                } else {
                    assert_int_equal(status, INLAY_SYSTEM);
                }
            }
            fired = fault_disarm();
            assert_int_equal(count, 100); // the same again, and nothing lost
            inlay_log_reader_close(&reader);
        }
    }
    log_path_remove(path);
}

// ---- The end of the process -------------------------------------------------

static void test_log__dies_at_every_call(void **state)
{
    uint64_t nth;
    bool     died = true;

    (void)state;
    for (nth = 0; died; nth++) {
        char      path[LOG_PATH_SIZE];
        int       status;
        inlay_log log;
        pid_t     child;

        log_path_make(path);
        *promised = 0;
        child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            fault_arm(nth, FAULT_KILL, 0);
            (void)story(path, INLAY_SYSTEM);
            _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        died = WIFSIGNALED(status);
        assert_true(died || WEXITSTATUS(status) == 0);

        // Nothing stands in the way of going on.
        assert_int_equal(inlay_log_open(&log, path, &journal_event_desc, NULL),
                         INLAY_OK);
        assert_int_equal(log_append_next(&log), INLAY_OK);
        assert_int_equal(inlay_log_close(&log), INLAY_OK);
        check(path, *promised + 1);
        log_path_remove(path);
    }
    assert_true(nth > 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log__errors_at_every_call),
        cmocka_unit_test(test_log__interruptions_at_every_call),
        cmocka_unit_test(test_log__errors_while_reading),
        cmocka_unit_test(test_log__dies_at_every_call),
    };
    void *memory = mmap(NULL, sizeof *promised, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED) {
        return 1;
    }
    promised = memory;

    return cmocka_run_group_tests(tests, NULL, NULL);
}
