// test_hash.c -- identity: equal values are equal bytes and equal hashes,
// whether they are native structs or messages.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "web.inlay.h"

static web_entry entry_of(uint16_t code)
{
    web_entry entry = WEB_ENTRY_INIT;

    entry.request = (inlay_str)INLAY_STR("GET /");
    entry.code = code;
    return entry;
}

static size_t encode(const web_entry *entry, uint8_t *buffer, size_t capacity)
{
    size_t size;

    assert_int_equal(web_entry_encode(entry, buffer, capacity, &size, NULL),
                     INLAY_OK);
    return size;
}

static void test_hash__native_and_message_agree(void **state)
{
    const web_entry entry = entry_of(404);
    uint8_t         buffer[64];
    size_t          size = encode(&entry, buffer, sizeof buffer);
    inlay_encoder   encoder;
    uint64_t        native, message;
    inlay_hash128   wide_native, wide_message;

    (void)state;
    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    assert_int_equal(web_entry_hash64(&entry, &encoder, &native), INLAY_OK);
    assert_int_equal(web_entry_message_hash64(buffer, size, &message, NULL),
                     INLAY_OK);
    assert_true(native == message);
    assert_true(native == inlay_bytes_hash64(buffer, size));
    assert_int_equal(web_entry_hash128(&entry, &encoder, &wide_native),
                     INLAY_OK);
    assert_int_equal(
        web_entry_message_hash128(buffer, size, &wide_message, NULL), INLAY_OK);
    assert_true(inlay_hash128_equal(wide_native, wide_message));
    inlay_encoder_release(&encoder);
}

static void test_hash__equal_is_of_values(void **state)
{
    const web_entry one = entry_of(200);
    const web_entry same = entry_of(200);
    const web_entry other = entry_of(500);
    uint8_t         a[64], b[64];
    inlay_bytes     left = {a, encode(&one, a, sizeof a)};
    inlay_bytes     right = {b, encode(&other, b, sizeof b)};
    inlay_encoder   encoder;
    bool            equal = false;

    (void)state;
    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    assert_int_equal(web_entry_equal(&one, &same, &encoder, &equal), INLAY_OK);
    assert_true(equal);
    assert_int_equal(web_entry_equal(&one, &other, &encoder, &equal), INLAY_OK);
    assert_false(equal);
    assert_int_equal(web_entry_message_equal(left, left, &equal, NULL),
                     INLAY_OK);
    assert_true(equal);
    assert_int_equal(web_entry_message_equal(left, right, &equal, NULL),
                     INLAY_OK);
    assert_false(equal);
    inlay_encoder_release(&encoder);
}

// A known value, so that no revision of the library changes hashes unseen:
// XXH3-64 and XXH3-128 of nothing.
static void test_hash__known_values(void **state)
{
    inlay_hash128 wide = inlay_bytes_hash128("", 0);

    (void)state;
    assert_true(inlay_bytes_hash64("", 0) == UINT64_C(0x2d06800538d394c2));
    assert_true(wide.high == UINT64_C(0x99aa06d3014798d8));
    assert_true(wide.low == UINT64_C(0x6001c324468d497f));
}

static void test_hash__refuses_what_is_not_canonical(void **state)
{
    const web_entry      entry = entry_of(200);
    uint8_t              buffer[64];
    size_t               size = encode(&entry, buffer, sizeof buffer);
    inlay_encoder        encoder;
    inlay_error          error;
    uint64_t             hash = 7;
    web_entry            bad = entry;
    static const uint8_t older[] = {0, 0}; // of a revision without fields

    (void)state;
    assert_int_equal(web_entry_message_hash64(older, 2, &hash, &error),
                     INLAY_NOT_CANONICAL);
    assert_int_not_equal(
        web_entry_message_hash64(buffer, size - 6, &hash, NULL), INLAY_OK);
    bad.request = (inlay_str)INLAY_STR("\xff");
    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    assert_int_equal(web_entry_hash64(&bad, &encoder, &hash), INLAY_UTF8);
    assert_string_equal(encoder.error.path, "request");
    inlay_encoder_release(&encoder);
    assert_true(hash == 7);
}

// ---- Memory -----------------------------------------------------------------

typedef struct budget {
    size_t left; // allocations that succeed
} budget;

static void *budget_resize(void *context, void *memory, size_t old_size,
                           size_t new_size)
{
    budget *self = context;

    if (new_size > 0 && self->left-- == 0) {
        self->left = 0;
        return NULL;
    }
    return inlay_alloc_heap.resize(inlay_alloc_heap.context, memory, old_size,
                                   new_size);
}

static void test_hash__nth_allocation_fails(void **state)
{
    const web_entry entry = entry_of(1);
    inlay_status    status = INLAY_OUT_OF_MEMORY;
    size_t          n;

    (void)state;
    for (n = 0; status != INLAY_OK; n++) {
        budget            left = {n};
        const inlay_alloc alloc = {budget_resize, &left};
        inlay_encoder     encoder;
        bool              equal = false;

        assert_true(n < 16);
        inlay_encoder_init(&encoder, NULL, 0, &alloc);
        status = web_entry_equal(&entry, &entry, &encoder, &equal);
        assert_true(status == INLAY_OK || status == INLAY_OUT_OF_MEMORY);
        assert_true(equal == (status == INLAY_OK));
        inlay_encoder_release(&encoder);
    }
    assert_true(n > 2);
}

static void test_hash__write_wants_a_measure(void **state)
{
    const web_entry entry = entry_of(1);
    inlay_encoder   encoder;
    uint8_t         buffer[64];

    (void)state;
    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    assert_int_equal(web_entry_write(&entry, &encoder, buffer, sizeof buffer),
                     INLAY_NOT_MEASURED);
    inlay_encoder_release(&encoder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash__native_and_message_agree),
        cmocka_unit_test(test_hash__equal_is_of_values),
        cmocka_unit_test(test_hash__known_values),
        cmocka_unit_test(test_hash__refuses_what_is_not_canonical),
        cmocka_unit_test(test_hash__nth_allocation_fails),
        cmocka_unit_test(test_hash__write_wants_a_measure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
