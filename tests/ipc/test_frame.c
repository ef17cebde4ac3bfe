// test_frame.c -- frames in memory: their bytes, and every way to spoil them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <inlay/frame.h>
#include <inlay/wire.h>

#include "json/json_support.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
    SIZE_MOST = 300
};

static const uint64_t type_id = UINT64_C(0x1122334455667788);
static uint8_t        bytes[INLAY_FRAME_SIZE + SIZE_MOST];

static size_t frame_made(size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        bytes[INLAY_FRAME_SIZE + i] = (uint8_t)(i * 7);
    }
    inlay_frame_seal(bytes, type_id, INLAY_COMPRESSION_NONE,
                     bytes + INLAY_FRAME_SIZE, size);
    return INLAY_FRAME_SIZE + size;
}

// Opens and checks; the offset of what is wrong goes to `*at`.
static inlay_status read_whole(const uint8_t *data, size_t size, uint64_t *at)
{
    inlay_frame  frame;
    inlay_error  error;
    inlay_status status = inlay_frame_open(data, size, type_id, &frame, &error);

    if (status == INLAY_OK) {
        status = inlay_frame_check(&frame, &error);
    }
    if (status != INLAY_OK) {
        assert_int_equal(error.status, status);
        *at = error.offset;
    }
    return status;
}

static void test_frame__is_the_bytes_of_the_format(void **state)
{
    static const uint8_t head[24] = {
        'I',  'N',  'L',  'Y',  1, 0, 0, 0, 0x88, 0x77, 0x66, 0x55,
        0x44, 0x33, 0x22, 0x11, 3, 0, 0, 0, 0,    0,    0,    0};
    uint8_t frame[INLAY_FRAME_SIZE + 3];
    uint8_t header[INLAY_FRAME_SHORT_SIZE];

    (void)state;
    memcpy(frame + INLAY_FRAME_SIZE, "abc", 3);
    inlay_frame_seal(frame, type_id, INLAY_COMPRESSION_NONE,
                     frame + INLAY_FRAME_SIZE, 3);
    assert_memory_equal(frame, head, sizeof head);
    assert_int_equal(inlay_load_u64(frame + 24),
                     XXH3_64bits_withSeed("abc", 3, XXH3_64bits(head, 24)));
    inlay_frame_short_seal(header, "abc", 3);
    assert_int_equal(inlay_load_u32(header), 3);
    assert_int_equal(inlay_load_u32(header + 4),
                     (uint32_t)XXH3_64bits_withSeed("abc", 3, 3));
}

static void test_frame__gives_payload_and_type(void **state)
{
    inlay_frame frame;
    size_t      size;

    (void)state;
    for (size = 0; size <= SIZE_MOST; size++) {
        size_t   whole = frame_made(size);
        uint64_t asked = size % 2 == 0 ? type_id : INLAY_FRAME_ANY_TYPE;

        assert_int_equal(inlay_frame_open(bytes, whole, asked, &frame, NULL),
                         INLAY_OK);
        assert_int_equal(inlay_frame_check(&frame, NULL), INLAY_OK);
        assert_ptr_equal(frame.payload.data, bytes + INLAY_FRAME_SIZE);
        assert_int_equal(frame.payload.size, size);
        assert_true(frame.type_id == type_id);
    }
}

static void test_frame__names_every_truncation(void **state)
{
    size_t   whole = frame_made(SIZE_MOST);
    size_t   size;
    uint64_t at;

    (void)state;
    for (size = 0; size < whole; size++) {
        inlay_frame frame = {.payload = {NULL, 0}};

        assert_int_equal(read_whole(bytes, size, &at), INLAY_CUT_SHORT);
        assert_int_equal(at, size);
        assert_int_equal(inlay_frame_open(bytes, size, 0, &frame, NULL),
                         INLAY_CUT_SHORT);
        assert_int_equal(frame.payload.size,
                         size < INLAY_FRAME_SIZE ? 0 : size - INLAY_FRAME_SIZE);
    }
    assert_int_equal(read_whole((const uint8_t *)"hello", 5, &at), INLAY_MAGIC);
    assert_int_equal(at, 0);
    assert_int_equal(read_whole(NULL, 0, &at), INLAY_CUT_SHORT);
}

// What a changed byte of the header must be called, and where it lies.
static void expect_fault(size_t at, inlay_status status, uint64_t offset)
{
    if (at < 4) {
        assert_int_equal(status, INLAY_MAGIC);
        assert_int_equal(offset, 0);
    } else if (at == 4) {
        assert_int_equal(status, INLAY_OTHER_VERSION);
        assert_int_equal(offset, 4);
    } else if (at == 6 || at == 7) {
        assert_int_equal(status, INLAY_FLAGS);
        assert_int_equal(offset, 6);
    } else if (at >= 8 && at < 16) {
        assert_int_equal(status, INLAY_TYPE_ID);
        assert_int_equal(offset, 8);
    } else if (at >= 24) {
        assert_int_equal(status, INLAY_CHECKSUM);
        assert_int_equal(offset, 24);
    } else {
        assert_true(status == INLAY_FLAGS || status == INLAY_CHECKSUM ||
                    status == INLAY_CUT_SHORT);
    }
}

static void test_frame__names_every_changed_byte(void **state)
{
    size_t whole = frame_made(40);
    size_t at;
    int    flip;

    (void)state;
    for (at = 0; at < whole; at++) {
        for (flip = 1; flip < 256; flip++) {
            uint64_t     offset = 0;
            inlay_status status;

            bytes[at] ^= (uint8_t)flip;
            status = read_whole(bytes, whole, &offset);
            assert_int_not_equal(status, INLAY_OK);
            expect_fault(at, status, offset);
            bytes[at] ^= (uint8_t)flip;
        }
    }
}

static void test_short_frame__refuses_all_that_is_changed(void **state)
{
    uint8_t     data[INLAY_FRAME_SHORT_SIZE + 20];
    inlay_frame frame;
    inlay_error error;
    size_t      at, size;
    int         flip;

    (void)state;
    memset(data, 5, sizeof data);
    inlay_frame_short_seal(data, data + INLAY_FRAME_SHORT_SIZE, 20);
    assert_int_equal(inlay_frame_short_open(data, sizeof data, &frame, NULL),
                     INLAY_OK);
    assert_int_equal(frame.payload.size, 20);
    for (size = 0; size < sizeof data; size++) {
        assert_int_equal(inlay_frame_short_open(data, size, &frame, &error),
                         INLAY_CUT_SHORT);
        assert_int_equal(error.offset, size);
    }
    for (at = 0; at < sizeof data; at++) {
        for (flip = 1; flip < 256; flip++) {
            inlay_status status;

            data[at] ^= (uint8_t)flip;
            status = inlay_frame_short_open(data, sizeof data, &frame, &error);
            assert_true(status == INLAY_CUT_SHORT || status == INLAY_CHECKSUM);
            data[at] ^= (uint8_t)flip;
        }
    }
}

static void test_frame_append__undoes_unpack(void **state)
{
    static uint8_t zeros[5000];
    size_t         calls;
    int            kind;

    (void)state;
    for (kind = 0; kind < 3; kind++) {
        inlay_compression how = (inlay_compression)kind;
        inlay_status      status = INLAY_OUT_OF_MEMORY;

        if (!inlay_compression_built_in(how)) {
            continue;
        }
        for (calls = 1; status == INLAY_OUT_OF_MEMORY; calls++) {
            json_memory  memory = {.fail_at = calls};
            inlay_alloc  alloc = json_memory_alloc(&memory);
            inlay_buffer packed, out;
            inlay_frame  frame;

            inlay_buffer_init(&packed, &alloc);
            inlay_buffer_init(&out, &alloc);
            status = inlay_frame_append(&packed, type_id, how, zeros, 5000);
            if (status == INLAY_OK) {
                assert_int_equal(
                    inlay_frame_open(packed.data, packed.size, 0, &frame, NULL),
                    INLAY_OK);
                assert_int_equal(frame.compression, how);
                assert_int_equal(inlay_frame_check(&frame, NULL), INLAY_OK);
                assert_int_equal(inlay_frame_unpack(&frame, 4999, &out),
                                 INLAY_OVER_LIMIT);
                status = inlay_frame_unpack(&frame, 5000, &out);
            }
            if (status == INLAY_OK) {
                assert_int_equal(out.size, 5000);
                assert_memory_equal(out.data, zeros, 5000);
            } else {
                assert_int_equal(status, INLAY_OUT_OF_MEMORY);
            }
            inlay_buffer_release(&packed);
            inlay_buffer_release(&out);
            assert_int_equal(memory.held, 0);
        }
        assert_true(calls > 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frame__is_the_bytes_of_the_format),
        cmocka_unit_test(test_frame__gives_payload_and_type),
        cmocka_unit_test(test_frame__names_every_truncation),
        cmocka_unit_test(test_frame__names_every_changed_byte),
        cmocka_unit_test(test_frame_append__undoes_unpack),
        cmocka_unit_test(test_short_frame__refuses_all_that_is_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
