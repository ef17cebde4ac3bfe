// test_verify_faults.c -- valid messages, cut and damaged in every place: the
// verifier reads no byte outside them and never contradicts itself. What it
// reads is for the sanitizers to judge: each message fills memory of its own.

#include "verify_support.h"

#include <string.h>

// Larger messages are damaged at some places only, so that a run under
// sanitizers stays short.
#define PLACES_MAX 700

static size_t places_step(size_t size)
{
    return size / PLACES_MAX + 1;
}

static void visit_cuts(const test_vector *vector, void *context)
{
    size_t  size, step = places_step(vector->bytes.size);
    size_t *count = context;

    for (size = 0; size < vector->bytes.size; size += step) {
        test_bytes  cut = test_bytes_copy(vector->bytes.data, size);
        inlay_error error = {0};

        // A shorter message may be a message: without a length of its own, its
        // last slice just ends sooner.
        (void)test_verify(vector->desc, cut, &error);
        test_bytes_free(cut);
        ++*count;
    }
}

static void test_faults__cuts(void **state)
{
    size_t count = 0;

    (void)state;
    test_vectors_visit("valid", visit_cuts, &count);
    assert_true(count > 50000);
}

static void visit_flips(const test_vector *vector, void *context)
{
    static const uint8_t masks[] = {1, 2, 4, 8, 16, 32, 64, 128, 255, 0x7f};
    test_bytes bytes = test_bytes_copy(vector->bytes.data, vector->bytes.size);
    size_t     at, i, step = places_step(bytes.size);
    size_t    *count = context;

    for (at = 0; at < bytes.size; at += step) {
        for (i = 0; i < sizeof masks; i++) {
            inlay_error error = {0};

            bytes.data[at] ^= masks[i];
            (void)test_verify(vector->desc, bytes, &error);
            bytes.data[at] ^= masks[i];
            ++*count;
        }
    }
    test_bytes_free(bytes);
}

static void test_faults__flips(void **state)
{
    size_t count = 0;

    (void)state;
    test_vectors_visit("valid", visit_flips, &count);
    test_vectors_visit("read", visit_flips, &count);
    assert_true(count > 500000);
}

static void visit_offsets(const test_vector *vector, void *context)
{
    size_t      size = vector->bytes.size, offset;
    inlay_error error;

    (void)context;
    for (offset = 0; offset < 16; offset++) {
        uint8_t   *memory = test_calloc(size + offset, 1);
        test_bytes moved = {memory + offset, size};

        memcpy(moved.data, vector->bytes.data, size);
        assert_int_equal(test_verify(vector->desc, moved, &error), INLAY_OK);
        test_free(memory);
    }
}

static void test_faults__any_address_serves(void **state)
{
    (void)state;
    test_vectors_visit("valid", visit_offsets, NULL);
}

// Every string of up to two bytes, as the message of every root.
static void visit_tiny(const test_vector *vector, void *context)
{
    const inlay_record_desc **seen = context;
    uint32_t                  bits;
    size_t                    size;

    if (*seen == vector->desc) {
        return; // vectors of a root stand together
    }
    *seen = vector->desc;
    for (size = 0; size <= 2; size++) {
        for (bits = 0; bits < 1u << (8 * size); bits++) {
            uint8_t     tiny[2] = {(uint8_t)bits, (uint8_t)(bits >> 8)};
            test_bytes  bytes = {tiny, size};
            inlay_error error = {0};

            (void)test_verify(vector->desc, bytes, &error);
        }
    }
}

static void test_faults__tiny_messages(void **state)
{
    const inlay_record_desc *seen = NULL;

    (void)state;
    test_vectors_visit("valid", visit_tiny, &seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults__cuts),
        cmocka_unit_test(test_faults__flips),
        cmocka_unit_test(test_faults__any_address_serves),
        cmocka_unit_test(test_faults__tiny_messages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
