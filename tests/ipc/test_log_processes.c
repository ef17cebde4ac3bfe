// test_log_processes.c -- a writer in one process, readers in another: while it
// appends, and when it is killed at any moment.
#define _GNU_SOURCE
#include "log_support.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    KILLS = 700,
    EVENTS = LOG_NUMBERS - 100
};

// What the writer tells: in memory of both.
typedef struct told {
    atomic_uint_fast64_t synced;
    atomic_bool          done;
} told;

static told *told_make(void)
{
    void *memory = mmap(NULL, sizeof(told), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    assert_true(memory != MAP_FAILED);
    return memory;
}

// Appends and syncs until there are EVENTS; only _exit leads out.
static void writer_run(const char *path, told *out, unsigned seed)
{
    bool              large = seed % 2 == 1;
    inlay_log_options how = {.chunk_size = large ? 200000 : 2000};
    inlay_log         log;

    if (inlay_log_open(&log, path, &journal_event_desc, &how) != INLAY_OK) {
        _exit(1);
    }
    while (log.sequence < EVENTS) {
        seed = seed * 1103515245u + 12345u;
        if (log_append_next(&log) != INLAY_OK) {
            _exit(2);
        }
        if ((seed >> 16 & (large ? 511 : 1)) != 0) {
            continue;
        }
        if ((seed >> 26 & 3) == 0) {
            if (inlay_log_sync(&log) != INLAY_OK) {
                _exit(3);
            }
            atomic_store(&out->synced, log.sequence);
        } else if (inlay_log_flush(&log) != INLAY_OK) {
            _exit(4);
        }
    }
    if (inlay_log_close(&log) != INLAY_OK) {
        _exit(5);
    }
    atomic_store(&out->done, true);
    _exit(0);
}

// ---- Reading meanwhile ------------------------------------------------------

static void read_while_written(bool map)
{
    inlay_log_reader_options how = {.map = map};
    char                     path[LOG_PATH_SIZE];
    told                    *out = told_make();
    inlay_log_reader         reader;
    inlay_log_record         record;
    uint64_t                 count = 0;
    uint8_t                  bytes[LOG_EVENT_MAX];
    int                      status;
    pid_t                    child;

    log_path_make(path);
    log_fill(path, NULL, 1, 1);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        writer_run(path, out, 2);
    }
    assert_int_equal(inlay_log_reader_open(&reader, path, &how), INLAY_OK);
    while (count < EVENTS) {
        uint64_t     synced = atomic_load(&out->synced);
        bool         done = atomic_load(&out->done);
        inlay_status got = inlay_log_next(&reader, &record);

        if (got == INLAY_CLOSED) {
            assert_true(count >= synced); // all that was synced was to be had
            assert_false(done);
            continue;
        }
        assert_int_equal(got, INLAY_OK);
        assert_int_equal(record.sequence, count);
        assert_int_equal(record.size, log_event(count, bytes));
        assert_memory_equal(record.data, bytes, record.size);
        count++;
    }
    inlay_log_reader_close(&reader);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    munmap(out, sizeof *out);
    log_path_remove(path);
}

static void test_log__is_read_while_another_process_appends(void **state)
{
    (void)state;
    read_while_written(false);
    read_while_written(true);
}

// ---- Killing ----------------------------------------------------------------

static void nap(long microseconds)
{
    struct timespec time = {.tv_nsec = microseconds * 1000};

    nanosleep(&time, NULL);
}

static void test_log__keeps_what_was_synced_when_killed(void **state)
{
    char     path[LOG_PATH_SIZE];
    told    *out = told_make();
    log_seen seen;
    uint64_t torn = 0;
    uint64_t i;
    int      round;

    (void)state;
    log_path_make(path);
    srand(1);
    for (round = 0; round < KILLS; round++) {
        int      status;
        uint64_t synced;
        pid_t    child = fork();

        assert_true(child >= 0);
        if (child == 0) {
            writer_run(path, out, (unsigned)round);
        }
        nap(200 + rand() % 1500);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);

        synced = atomic_load(&out->synced);
        if (log_scan(path, NULL, &seen) != INLAY_OK) {
            assert_int_equal(synced, 0);
            continue;
        }
        assert_int_equal(seen.damages, 0);
        torn += seen.tail > 0;
        for (i = 0; i < synced; i++) {
            assert_true(seen.has[i]);
        }
        if (seen.count > EVENTS - 200) { // from the start
            remove(path);
            atomic_store(&out->synced, 0);
            atomic_store(&out->done, false);
        }
    }
    print_message("%d kills, %d of them in the middle of a chunk\n", KILLS,
                  (int)torn);
    munmap(out, sizeof *out);
    log_path_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log__is_read_while_another_process_appends),
        cmocka_unit_test(test_log__keeps_what_was_synced_when_killed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
