// test_fault.c -- that faults come where they are ordered, and nowhere else;
// with it, what codec/io does about them.
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "codec/io/io.h"
#include "fault.h"

static void test_fault__fails_the_nth_call_only(void **state)
{
    char byte = 'x';
    int  ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    fault_arm(1, FAULT_ERROR, EIO);
    assert_int_equal(write(ends[1], &byte, 1), 1);
    assert_int_equal(write(ends[1], &byte, 1), -1);
    assert_int_equal(errno, EIO);
    assert_int_equal(write(ends[1], &byte, 1), 1);
    assert_int_equal(fault_calls(), 3);
    assert_true(fault_disarm());
    assert_string_equal(fault_last(), "write");
    fault_only("read");
    fault_arm(0, FAULT_NAMED, EBADF);
    assert_int_equal(write(ends[1], &byte, 1), 1);
    assert_int_equal(read(ends[0], &byte, 1), -1);
    assert_int_equal(errno, EBADF);
    assert_true(fault_disarm());
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(close(ends[1]), 0);
}

static void test_fault__kills_before_the_call(void **state)
{
    char byte = 'x';
    int  ends[2];
    int  how;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    if (fork() == 0) {
        fault_arm(0, FAULT_KILL, 0);
        _exit(write(ends[1], &byte, 1) == 1);
    }
    assert_true(wait(&how) > 0);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
    close(ends[1]);
    assert_int_equal(read(ends[0], &byte, 1), 0);
    close(ends[0]);
}

// Writes and reads through a socket and a pipe with each call made short or
// interrupted: all arrives. With another error: it is reported.
static void move(int from, int to, fault_kind kind, int error)
{
    static const char text[] = "one two three";
    char              head[4], tail[9], got[13];
    uint64_t          n;

    for (n = 0; n < 40; n++) {
        struct iovec parts[] = {{head, 4}, {tail, 9}};
        size_t       done = 0, count;
        bool         fired;

        memcpy(head, text, 4);
        memcpy(tail, text + 4, 9);
        fault_arm(n, kind, error);
        assert_int_equal(io_write(to, parts, 2, IO_NEVER, NULL), INLAY_OK);
        while (done < 13) {
            assert_int_equal(
                io_read(from, got + done, 13 - done, IO_NEVER, &count),
                INLAY_OK);
            done += count;
        }
        fired = fault_disarm();
        assert_memory_equal(got, text, 13);
        if (!fired) {
            assert_true(n > 1);
            return;
        }
    }
    fail();
}

static void test_io__survives_short_and_interrupted_calls(void **state)
{
    int pair[2];

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    move(pair[0], pair[1], FAULT_SHORT, 0);
    move(pair[0], pair[1], FAULT_ERROR, EINTR);
    close(pair[0]);
    close(pair[1]);
    assert_int_equal(pipe(pair), 0);
    move(pair[0], pair[1], FAULT_SHORT, 0);
    close(pair[0]);
    close(pair[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fault__fails_the_nth_call_only),
        cmocka_unit_test(test_fault__kills_before_the_call),
        cmocka_unit_test(test_io__survives_short_and_interrupted_calls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
