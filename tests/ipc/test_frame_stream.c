// test_frame_stream.c -- frames through descriptors: short and interrupted
// calls, damage at every byte, limits, deadlines, a peer that does not read.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include <inlay/frame.h>

#include "fault.h"
#include "json/json_support.h"

static const uint64_t type_id = 77;

// The message number `n`: its size and bytes follow from n.
static const uint8_t *message_made(size_t n, size_t *size)
{
    static uint8_t bytes[1 << 18];
    uint64_t       random = n + 1;
    size_t         i;

    *size = (size_t)(json_random(&random) % (n % 7 == 6 ? sizeof bytes : 90));
    for (i = 0; i < *size; i++) {
        bytes[i] = (uint8_t)(n + i / 5);
    }
    return bytes;
}

static void message_check(size_t n, const inlay_frame *frame)
{
    size_t         size;
    const uint8_t *bytes = message_made(n, &size);

    assert_int_equal(frame->payload.size, size);
    assert_memory_equal(frame->payload.data, bytes, size);
    assert_int_equal((uintptr_t)frame->payload.data % 64, 0);
}

static void put(inlay_frame_writer *writer, size_t n)
{
    size_t         size;
    const uint8_t *bytes = message_made(n, &size);

    assert_int_equal(
        inlay_frame_writer_put(writer, type_id, bytes, size, INLAY_NEVER),
        INLAY_OK);
}

// A file without a name that holds `count` messages, to be read from its start.
static int file_made(size_t count, const inlay_frame_options *options)
{
    int                fd = memfd_create("frames", 0);
    inlay_frame_writer writer;
    size_t             n;

    assert_true(fd >= 0);
    inlay_frame_writer_init(&writer, fd, options);
    for (n = 0; n < count; n++) {
        put(&writer, n);
    }
    assert_int_equal(inlay_frame_writer_flush(&writer, INLAY_NEVER), INLAY_OK);
    assert_int_equal(inlay_frame_writer_pending(&writer), 0);
    inlay_frame_writer_release(&writer);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static void read_all(int fd, size_t count, const inlay_frame_options *options)
{
    inlay_frame_reader reader;
    inlay_frame        frame;
    size_t             n;

    inlay_frame_reader_init(&reader, fd, options);
    for (n = 0; n < count; n++) {
        assert_int_equal(
            inlay_frame_reader_next(&reader, INLAY_NEVER, &frame, NULL),
            INLAY_OK);
        message_check(n, &frame);
    }
    assert_int_equal(
        inlay_frame_reader_next(&reader, INLAY_NEVER, &frame, NULL),
        INLAY_CLOSED);
    assert_int_equal(inlay_frame_reader_offset(&reader),
                     lseek(fd, 0, SEEK_END));
    inlay_frame_reader_release(&reader);
}

static void test_stream__gives_back_what_was_written(void **state)
{
    static const size_t buffers[] = {0, 1, 300, 1000, 4096, 1 << 20};
    size_t              i;
    int                 how;

    (void)state;
    for (i = 0; i < 6; i++) {
        for (how = 0; how < 4; how++) {
            inlay_frame_options options = {
                .buffer_size = buffers[i],
                .type_id = type_id,
                .short_frames = how == 3,
                .compression =
                    how < 3 ? (inlay_compression)how : INLAY_COMPRESSION_NONE};
            int fd;

            if (!inlay_compression_built_in(options.compression)) {
                continue;
            }
            fd = file_made(150, &options);
            read_all(fd, 150, &options);
            close(fd);
        }
    }
}

static void test_reader__keeps_packed_payloads_if_asked(void **state)
{
    inlay_frame_options options = {.compression = INLAY_COMPRESSION_ZSTD,
                                   .packed = true};
    inlay_frame_reader  reader;
    inlay_frame         frame;
    int                 fd;

    (void)state;
    if (!inlay_compression_built_in(INLAY_COMPRESSION_ZSTD)) {
        skip();
    }
    fd = file_made(7, &options);
    inlay_frame_reader_init(&reader, fd, &options);
    for (size_t n = 0; n < 7; n++) {
        assert_int_equal(
            inlay_frame_reader_next(&reader, INLAY_NEVER, &frame, NULL),
            INLAY_OK);
    }
    assert_int_equal(frame.compression, INLAY_COMPRESSION_ZSTD);
    assert_int_equal(inlay_frame_check(&frame, NULL), INLAY_OK);
    assert_int_equal((uintptr_t)frame.payload.data % 64, 0);
    inlay_frame_reader_release(&reader);
    close(fd);
}

// ---- Calls that go wrong ----------------------------------------------------

enum {
    SOME = 30
};

static void test_stream__survives_short_and_interrupted_calls(void **state)
{
    inlay_frame_options options = {.buffer_size = 500};
    fault_kind          kind;
    uint64_t            n;

    (void)state;
    for (kind = FAULT_ERROR; kind <= FAULT_SHORT; kind++) {
        bool fired = true;

        for (n = 0; fired; n++) {
            int fd;

            fault_arm(n, kind, EINTR);
            fd = file_made(SOME, &options);
            fired = fault_disarm();
            fault_arm(n, kind, EINTR);
            read_all(fd, SOME, &options);
            fired |= fault_disarm();
            close(fd);
        }
        assert_true(n > 5);
    }
}

static void test_writer__reports_failing_calls_and_stays_broken(void **state)
{
    inlay_frame_options options = {.buffer_size = 500};
    uint64_t            n;
    bool                fired = true;

    (void)state;
    for (n = 0; fired; n++) {
        int                fd = memfd_create("frames", 0);
        inlay_frame_writer writer;
        inlay_status       status = INLAY_OK;
        size_t             i, size;

        inlay_frame_writer_init(&writer, fd, &options);
        fault_only("writev");
        fault_arm(n, FAULT_NAMED, ENOSPC);
        for (i = 0; i < SOME && status == INLAY_OK; i++) {
            const uint8_t *bytes = message_made(i, &size);

            status = inlay_frame_writer_put(&writer, type_id, bytes, size,
                                            INLAY_NEVER);
        }
        if (status == INLAY_OK) {
            status = inlay_frame_writer_flush(&writer, INLAY_NEVER);
        }
        fired = fault_disarm();
        assert_int_equal(status, fired ? INLAY_SYSTEM : INLAY_OK);
        assert_int_equal(inlay_frame_writer_flush(&writer, INLAY_NEVER),
                         status);
        inlay_frame_writer_release(&writer);
        close(fd);
    }
    assert_true(n > 5);
}

static void test_reader__goes_on_after_a_failing_call(void **state)
{
    int      fd = file_made(SOME, NULL);
    uint64_t n;
    bool     fired = true;

    (void)state;
    for (n = 0; fired; n++) {
        inlay_frame_options options = {.buffer_size = 500};
        inlay_frame_reader  reader;
        inlay_frame         frame;
        size_t              i = 0;

        lseek(fd, 0, SEEK_SET);
        inlay_frame_reader_init(&reader, fd, &options);
        fault_arm(n, FAULT_ERROR, EIO);
        while (i < SOME) {
            inlay_status status =
                inlay_frame_reader_next(&reader, INLAY_NEVER, &frame, NULL);

            if (status == INLAY_SYSTEM) {
                assert_int_equal(errno, EIO);
                continue;
            }
            assert_int_equal(status, INLAY_OK);
            message_check(i++, &frame);
        }
        fired = fault_disarm();
        inlay_frame_reader_release(&reader);
    }
    assert_true(n > 3);
    close(fd);
}

// ---- Damage -----------------------------------------------------------------

// Frames of `count` messages in memory, and where each one starts.
static uint8_t *stream_made(const inlay_frame_options *options, size_t count,
                            size_t *starts)
{
    int                fd = memfd_create("frames", 0);
    inlay_frame_writer writer;
    uint8_t           *data;
    size_t             n;

    inlay_frame_writer_init(&writer, fd, options);
    for (n = 0; n < count; n++) {
        starts[n] = (size_t)lseek(fd, 0, SEEK_END);
        assert_int_equal(inlay_frame_writer_put(&writer, type_id,
                                                "some twenty and more bytes",
                                                20 + n, INLAY_NEVER),
                         INLAY_OK);
        assert_int_equal(inlay_frame_writer_flush(&writer, INLAY_NEVER),
                         INLAY_OK);
    }
    starts[count] = (size_t)lseek(fd, 0, SEEK_END);
    inlay_frame_writer_release(&writer);
    data = malloc(starts[count]);
    assert_int_equal(pread(fd, data, starts[count], 0), starts[count]);
    close(fd);
    return data;
}

// Reads a damaged stream: how many frames came before the end, and what it was.
static inlay_status read_damaged(int fd, const inlay_frame_options *options,
                                 size_t *count, inlay_error *error)
{
    inlay_frame_reader reader;
    inlay_frame        frame;
    inlay_status       status;

    inlay_frame_reader_init(&reader, fd, options);
    for (*count = 0;; (*count)++) {
        status = inlay_frame_reader_next(&reader, INLAY_NEVER, &frame, error);
        if (status != INLAY_OK) {
            break;
        }
        assert_memory_equal(frame.payload.data, "some twenty and more bytes",
                            20 + *count);
    }
    assert_int_equal(error->status, status);
    assert_int_equal(
        inlay_frame_reader_next(&reader, INLAY_NEVER, &frame, NULL), status);
    inlay_frame_reader_release(&reader);
    return status;
}

static void damage_everywhere(const inlay_frame_options *options)
{
    enum {
        COUNT = 4
    };
    size_t   starts[COUNT + 1];
    uint8_t *data = stream_made(options, COUNT, starts);
    size_t   size = starts[COUNT];
    int      fd = memfd_create("damaged", 0);
    size_t   at, whole, count;

    for (at = 0; at <= size; at++) {
        inlay_error error;

        for (whole = 0; whole < COUNT && starts[whole + 1] <= at; whole++) {
        }
        assert_int_equal(pwrite(fd, data, size, 0), size);
        assert_int_equal(ftruncate(fd, (off_t)at), 0);
        lseek(fd, 0, SEEK_SET);
        assert_int_equal(read_damaged(fd, options, &count, &error),
                         at == starts[whole] ? INLAY_CLOSED : INLAY_CUT_SHORT);
        assert_int_equal(count, whole);
        assert_int_equal(error.offset, at);
        if (at == size) {
            break;
        }
        data[at] ^= 0x41;
        assert_int_equal(pwrite(fd, data, size, 0), size);
        data[at] ^= 0x41;
        lseek(fd, 0, SEEK_SET);
        assert_int_not_equal(read_damaged(fd, options, &count, &error),
                             INLAY_CLOSED);
        assert_int_equal(count, whole);
        assert_true(error.offset >= starts[whole]);
        assert_true(error.offset <= size);
    }
    close(fd);
    free(data);
}

static void test_reader__names_damage_at_every_byte(void **state)
{
    inlay_frame_options options = {.type_id = type_id, .size_limit = 1 << 20};

    (void)state;
    damage_everywhere(&options);
    options.buffer_size = 256;
    damage_everywhere(&options);
    options.short_frames = true;
    damage_everywhere(&options);
    options.short_frames = false;
    options.compression = INLAY_COMPRESSION_LZ4;
    if (inlay_compression_built_in(options.compression)) {
        damage_everywhere(&options);
    }
}

// ---- Limits and memory ------------------------------------------------------

static void test_reader__refuses_a_length_before_it_allocates(void **state)
{
    static const uint64_t lengths[] = {1001, UINT32_MAX, UINT64_MAX,
                                       UINT64_MAX - 31, INT64_MAX};
    size_t                i;

    (void)state;
    for (i = 0; i < 5; i++) {
        json_memory        memory = {0};
        inlay_alloc        alloc = json_memory_alloc(&memory);
        int                fd = memfd_create("frames", 0);
        inlay_frame_reader reader;
        inlay_frame        frame;
        inlay_error        error;
        uint8_t            header[INLAY_FRAME_SIZE];

        inlay_frame_seal(header, type_id, INLAY_COMPRESSION_NONE, NULL, 0);
        memcpy(header + 16, &lengths[i], 8);
        assert_int_equal(write(fd, header, sizeof header), sizeof header);
        lseek(fd, 0, SEEK_SET);
        inlay_frame_reader_init(&reader, fd,
                                &(inlay_frame_options){.size_limit = 1000,
                                                       .buffer_size = 256,
                                                       .alloc = &alloc});
        assert_int_equal(
            inlay_frame_reader_next(&reader, INLAY_NEVER, &frame, &error),
            INLAY_OVER_LIMIT);
        assert_int_equal(error.offset, 16);
        assert_true(memory.held < 512);
        inlay_frame_reader_release(&reader);
        assert_int_equal(memory.held, 0);
        close(fd);
    }
}

static void test_writer__refuses_what_is_over_its_limit(void **state)
{
    inlay_frame_options options = {.size_limit = 10};
    inlay_frame_writer  writer;

    (void)state;
    inlay_frame_writer_init(&writer, -1, &options);
    assert_int_equal(
        inlay_frame_writer_put(&writer, 1, "12345678901", 11, INLAY_NEVER),
        INLAY_OVER_LIMIT);
    assert_int_equal(
        inlay_frame_writer_put(&writer, 1, "1234567890", 10, INLAY_NEVER),
        INLAY_OK);
    inlay_frame_writer_release(&writer);
}

static void test_stream__survives_each_failing_allocation(void **state)
{
    uint64_t calls;
    int      kind;

    (void)state;
    for (kind = 0; kind < 3; kind++) {
        int fd;

        if (!inlay_compression_built_in((inlay_compression)kind)) {
            continue;
        }
        fd = file_made(SOME, &(inlay_frame_options){
                                 .compression = (inlay_compression)kind});
        for (calls = 1;; calls++) {
            json_memory         memory = {.fail_at = calls};
            inlay_alloc         alloc = json_memory_alloc(&memory);
            inlay_frame_options options = {.buffer_size = 256, .alloc = &alloc};
            inlay_frame_reader  reader;
            inlay_frame         frame;
            bool                failed = false;
            size_t              n = 0;

            lseek(fd, 0, SEEK_SET);
            inlay_frame_reader_init(&reader, fd, &options);
            while (n < SOME) {
                inlay_status status =
                    inlay_frame_reader_next(&reader, INLAY_NEVER, &frame, NULL);

                if (status == INLAY_OUT_OF_MEMORY) {
                    failed = true;
                    memory.fail_at = 0; // and again
                    continue;
                }
                assert_int_equal(status, INLAY_OK);
                message_check(n++, &frame);
            }
            inlay_frame_reader_release(&reader);
            assert_int_equal(memory.held, 0);
            if (!failed) {
                break;
            }
        }
        assert_true(calls > 2);
        close(fd);
    }
}

static void test_reader__bounds_what_packed_payloads_unpack_to(void **state)
{
    enum {
        LARGE = 32 << 20
    };
    void *zeros = calloc(1, LARGE);
    int   kind;

    (void)state;
    assert_non_null(zeros);
    for (kind = INLAY_COMPRESSION_LZ4; kind <= INLAY_COMPRESSION_ZSTD; kind++) {
        inlay_frame_options options = {.compression = (inlay_compression)kind};
        json_memory         memory = {0};
        inlay_alloc         alloc = json_memory_alloc(&memory);
        int                 fd = memfd_create("bomb", 0);
        inlay_frame_writer  writer;
        inlay_frame_reader  reader;
        inlay_frame         frame;
        inlay_error         error;

        if (!inlay_compression_built_in((inlay_compression)kind)) {
            continue;
        }
        inlay_frame_writer_init(&writer, fd, &options);
        assert_int_equal(
            inlay_frame_writer_put(&writer, 1, zeros, LARGE, INLAY_NEVER),
            INLAY_OK);
        assert_int_equal(inlay_frame_writer_flush(&writer, INLAY_NEVER),
                         INLAY_OK);
        inlay_frame_writer_release(&writer);
        lseek(fd, 0, SEEK_SET);
        options.size_limit = LARGE - 1;
        options.alloc = &alloc;
        inlay_frame_reader_init(&reader, fd, &options);
        assert_int_equal(
            inlay_frame_reader_next(&reader, INLAY_NEVER, &frame, &error),
            INLAY_OVER_LIMIT);
        assert_int_equal(error.offset, INLAY_FRAME_SIZE);
        assert_true(memory.held < LARGE / 2);
        inlay_frame_reader_release(&reader);
        close(fd);
    }
    free(zeros);
}

// ---- Waiting ----------------------------------------------------------------

static void pair_made(int ends[2], int flags)
{
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | flags, 0, ends), 0);
}

static void test_reader__waits_for_the_last_byte(void **state)
{
    size_t             starts[4];
    uint8_t           *data = stream_made(NULL, 3, starts);
    inlay_frame_reader reader;
    inlay_frame        frame;
    size_t             at, n = 0;
    int                ends[2];
    int                flags;

    (void)state;
    for (flags = 0; flags <= SOCK_NONBLOCK; flags += SOCK_NONBLOCK) {
        pair_made(ends, flags);
        inlay_frame_reader_init(&reader, ends[0], NULL);
        for (at = 0, n = 0; at < starts[3]; at++) {
            assert_int_equal(
                inlay_frame_reader_next(&reader, INLAY_AT_ONCE, &frame, NULL),
                INLAY_WOULD_WAIT);
            assert_int_equal(write(ends[1], data + at, 1), 1);
            if (at + 1 == starts[n + 1]) {
                assert_int_equal(inlay_frame_reader_next(
                                     &reader, inlay_deadline_after(1000000000),
                                     &frame, NULL),
                                 INLAY_OK);
                assert_int_equal(frame.offset, starts[n]);
                assert_int_equal(frame.payload.size, 20 + n);
                n++;
            }
        }
        assert_int_equal(n, 3);
        assert_int_equal(inlay_frame_reader_next(&reader,
                                                 inlay_deadline_after(2000000),
                                                 &frame, NULL),
                         INLAY_DEADLINE);
        close(ends[1]);
        assert_int_equal(
            inlay_frame_reader_next(&reader, INLAY_NEVER, &frame, NULL),
            INLAY_CLOSED);
        inlay_frame_reader_release(&reader);
        close(ends[0]);
    }
    free(data);
}

// A peer that reads only now and then: what was taken arrives, in order.
static void test_writer__takes_frames_whole_or_not_at_all(void **state)
{
    inlay_frame_options options = {.buffer_size = 1000};
    inlay_frame_writer  writer;
    inlay_frame_reader  reader;
    inlay_frame         frame;
    int                 ends[2];
    size_t              taken = 0, given = 0, refused = 0;

    (void)state;
    pair_made(ends, SOCK_NONBLOCK);
    inlay_frame_writer_init(&writer, ends[1], &options);
    inlay_frame_reader_init(&reader, ends[0], NULL);
    while (given < 300) {
        size_t         size;
        const uint8_t *bytes = message_made(taken, &size);
        inlay_status   status = inlay_frame_writer_put(&writer, type_id, bytes,
                                                       size, INLAY_AT_ONCE);

        if (status == INLAY_OK) {
            taken++;
            continue;
        }
        assert_int_equal(status, INLAY_WOULD_WAIT);
        refused++;
        status = inlay_frame_reader_next(&reader, INLAY_AT_ONCE, &frame, NULL);
        if (status == INLAY_OK) {
            message_check(given++, &frame);
        } else {
            assert_int_equal(status, INLAY_WOULD_WAIT);
        }
    }
    assert_true(refused > 10);
    while (given < taken) {
        inlay_status status = inlay_frame_writer_flush(&writer, INLAY_AT_ONCE);

        assert_true(status == INLAY_OK || status == INLAY_WOULD_WAIT);
        while (inlay_frame_reader_next(&reader, INLAY_AT_ONCE, &frame, NULL) ==
               INLAY_OK) {
            message_check(given++, &frame);
        }
    }
    assert_int_equal(inlay_frame_writer_pending(&writer), 0);
    inlay_frame_writer_release(&writer);
    inlay_frame_reader_release(&reader);
    close(ends[0]);
    close(ends[1]);
}

static void test_writer__tells_a_peer_that_is_gone(void **state)
{
    int ends[2];

    (void)state;
    pair_made(ends, 0);
    close(ends[0]);
    assert_int_equal(inlay_frame_write(ends[1], 1, "x", 1, INLAY_NEVER),
                     INLAY_CLOSED);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stream__gives_back_what_was_written),
        cmocka_unit_test(test_reader__keeps_packed_payloads_if_asked),
        cmocka_unit_test(test_stream__survives_short_and_interrupted_calls),
        cmocka_unit_test(test_writer__reports_failing_calls_and_stays_broken),
        cmocka_unit_test(test_reader__goes_on_after_a_failing_call),
        cmocka_unit_test(test_reader__names_damage_at_every_byte),
        cmocka_unit_test(test_reader__refuses_a_length_before_it_allocates),
        cmocka_unit_test(test_writer__refuses_what_is_over_its_limit),
        cmocka_unit_test(test_stream__survives_each_failing_allocation),
        cmocka_unit_test(test_reader__bounds_what_packed_payloads_unpack_to),
        cmocka_unit_test(test_reader__waits_for_the_last_byte),
        cmocka_unit_test(test_writer__takes_frames_whole_or_not_at_all),
        cmocka_unit_test(test_writer__tells_a_peer_that_is_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
