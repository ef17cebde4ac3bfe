// test_verify_utf8.c -- UTF-8, every kernel against a slow oracle: all
// sequences of up to three bytes, those of four bytes that are near a limit, at
// every offset of a window of 64 bytes and at its end.

#include "codec/utf8.h"
#include "verify_support.h"

#include <string.h>

// ---- The oracle -------------------------------------------------------------

// A line of Unicode's table 3-7, well-formed UTF-8 byte sequences.
typedef struct form {
    size_t  size;
    uint8_t low[4];
    uint8_t high[4];
} form;

static const form forms[] = {
    {1, {0x00}, {0x7f}},
    {2, {0xc2, 0x80}, {0xdf, 0xbf}},
    {3, {0xe0, 0xa0, 0x80}, {0xe0, 0xbf, 0xbf}},
    {3, {0xe1, 0x80, 0x80}, {0xec, 0xbf, 0xbf}},
    {3, {0xed, 0x80, 0x80}, {0xed, 0x9f, 0xbf}},
    {3, {0xee, 0x80, 0x80}, {0xef, 0xbf, 0xbf}},
    {4, {0xf0, 0x90, 0x80, 0x80}, {0xf0, 0xbf, 0xbf, 0xbf}},
    {4, {0xf1, 0x80, 0x80, 0x80}, {0xf3, 0xbf, 0xbf, 0xbf}},
    {4, {0xf4, 0x80, 0x80, 0x80}, {0xf4, 0x8f, 0xbf, 0xbf}},
};

static bool form_matches(const form *f, const uint8_t *data, size_t size)
{
    size_t i;

    for (i = 0; i < f->size; i++) {
        if (i >= size || data[i] < f->low[i] || data[i] > f->high[i]) {
            return false;
        }
    }
    return true;
}

static size_t oracle_prefix(const uint8_t *data, size_t size)
{
    size_t at = 0, i;

    while (at < size) {
        for (i = 0; i < sizeof forms / sizeof forms[0]; i++) {
            if (form_matches(&forms[i], data + at, size - at)) {
                break;
            }
        }
        if (i == sizeof forms / sizeof forms[0]) {
            return at;
        }
        at += forms[i].size;
    }
    return size;
}

// ---- The kernels ------------------------------------------------------------

typedef inlay_utf8 kernel(const uint8_t *data, size_t size);

static inlay_utf8 kernel_look(const uint8_t *data, size_t size)
{
    return inlay_utf8_look(data, size);
}

static size_t kernels_get(kernel *kernels[4])
{
    size_t count = 0;

    kernels[count++] = kernel_look;
    kernels[count++] = inlay_utf8_scan_portable;
#if INLAY_UTF8_X86
    if (__builtin_cpu_supports("ssse3")) {
        kernels[count++] = inlay_utf8_scan_ssse3;
    }
    if (__builtin_cpu_supports("avx2")) {
        kernels[count++] = inlay_utf8_scan_avx2;
    }
#endif
    return count;
}

// A text inside memory of its own, which ends with it.
static void expect(kernel *k, const uint8_t *data, size_t size, bool valid)
{
    if ((k(data, size) != INLAY_UTF8_BAD) != valid) {
        fail_msg("size %zu, begins %02x %02x %02x", size, data[0],
                 size > 1 ? data[1] : 0, size > 2 ? data[2] : 0);
    }
}

#define WINDOW 64

static void window_clear(uint8_t *window)
{
    memset(window, 'a', WINDOW);
}

// ---- Tests ------------------------------------------------------------------

static void test_utf8__all_of_up_to_three_bytes(void **state)
{
    uint8_t *window = test_calloc(WINDOW, 1);
    kernel  *kernels[4];
    size_t   count = kernels_get(kernels), size, i;
    uint32_t bits;

    (void)state;
    window_clear(window);
    for (size = 1; size <= 3; size++) {
        for (bits = 0; bits < 1u << (8 * size); bits++) {
            uint8_t *at = window + bits * 7 % (WINDOW - 3);
            bool     valid;

            at[0] = (uint8_t)bits;
            at[1] = size > 1 ? (uint8_t)(bits >> 8) : 'a';
            at[2] = size > 2 ? (uint8_t)(bits >> 16) : 'a';
            valid = oracle_prefix(at, size) == size;
            for (i = 0; i < count; i++) {
                expect(kernels[i], window, WINDOW, valid);
            }
            memset(at, 'a', 3);
        }
    }
    test_free(window);
}

static const uint8_t limits[] = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf,
                                 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xee,
                                 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff};

#define LIMIT_COUNT (sizeof limits / sizeof limits[0])

static void test_utf8__four_bytes_near_limits(void **state)
{
    uint8_t *window = test_calloc(WINDOW, 1);
    kernel  *kernels[4];
    size_t   count = kernels_get(kernels), i, pick, rest, offset;

    (void)state;
    window_clear(window);
    for (pick = 0; pick < LIMIT_COUNT * LIMIT_COUNT * LIMIT_COUNT * LIMIT_COUNT;
         pick++) {
        uint8_t *at;
        bool     valid;

        offset = pick * 11 % (WINDOW - 3);
        at = window + offset;
        for (i = 0, rest = pick; i < 4; i++, rest /= LIMIT_COUNT) {
            at[i] = limits[rest % LIMIT_COUNT];
        }
        valid = oracle_prefix(at, 4) == 4;
        for (i = 0; i < count; i++) {
            expect(kernels[i], window, WINDOW, valid);
        }
        memset(at, 'a', 4);
    }
    test_free(window);
}

// Sequences that must be told apart wherever a vector ends, and wherever the
// text does: nothing follows them here.
static void test_utf8__every_offset_and_end(void **state)
{
    static const char *const sequences[] = {
        "\xc3\xa9",
        "\xe2\x82\xac",
        "\xf0\x9f\x98\x80",
        "\xc3",
        "\xe2\x82",
        "\xf0\x9f\x98",
        "\xe2",
        "\xf0\x9f",
        "\xf0",
        "\x80",
        "\xc1\xbf",
        "\xe0\x9f\xbf",
        "\xed\xa0\x80",
        "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xc3\xa9\xa9",
        "\xe2\x82\xac\x82",
        "\xf0\x9f\x98\x80\x80",
    };
    kernel *kernels[4];
    size_t  count = kernels_get(kernels), size, offset, i, k;

    (void)state;
    for (i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
        const uint8_t *sequence = (const uint8_t *)sequences[i];
        size_t         length = strlen(sequences[i]);

        for (size = length; size <= 4 * WINDOW + 3; size++) {
            uint8_t *text = test_malloc(size);

            for (offset = 0; offset + length <= size; offset++) {
                size_t expected = offset + oracle_prefix(sequence, length);

                memset(text, 'a', size);
                memcpy(text + offset, sequence, length);
                if (expected == offset + length) {
                    expected = size;
                }
                for (k = 0; k < count; k++) {
                    expect(kernels[k], text, size, expected == size);
                }
                assert_int_equal(inlay_utf8_valid_prefix(text, size), expected);
            }
            test_free(text);
        }
    }
}

// Text of characters of all sizes, then damaged in one byte.
static void test_utf8__mixed_text(void **state)
{
    static const char *const characters[] = {"a", "\xc3\xa9", "\xe2\x82\xac",
                                             "\xf0\x9f\x98\x80"};
    uint64_t                 random = 12345;
    uint8_t                  text[400];
    kernel                  *kernels[4];
    size_t count = kernels_get(kernels), size, round, k, expected;

    (void)state;
    for (round = 0; round < 20000; round++) {
        size_t want = round % 390;

        for (size = 0; size < want;) {
            const char *c;

            random =
                random * UINT64_C(6364136223846793005) + 1442695040888963407;
            c = characters[random >> 62];
            memcpy(text + size, c, strlen(c));
            size += strlen(c);
        }
        if (round % 3 != 0 && size > 0) {
            text[(random >> 20) % size] = (uint8_t)(random >> 40);
        }
        expected = oracle_prefix(text, size);
        for (k = 0; k < count; k++) {
            expect(kernels[k], text, size, expected == size);
        }
        assert_int_equal(inlay_utf8_valid_prefix(text, size), expected);
        assert_int_equal(inlay_utf8_valid(text, size), expected == size);
    }
}

static void test_utf8__ascii_is_reported(void **state)
{
    uint8_t text[300];
    size_t  size;

    (void)state;
    memset(text, 'z', sizeof text);
    for (size = 0; size <= sizeof text; size++) {
        assert_int_equal(inlay_utf8_look(text, size), INLAY_UTF8_ASCII);
    }
    text[298] = 0xc3;
    text[299] = 0xa9;
    for (size = 2; size <= sizeof text; size++) {
        assert_int_equal(inlay_utf8_look(text + 300 - size, size),
                         INLAY_UTF8_MIXED);
    }
    assert_true(inlay_utf8_valid(NULL, 0));
    assert_int_equal(inlay_utf8_valid_prefix(NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8__all_of_up_to_three_bytes),
        cmocka_unit_test(test_utf8__four_bytes_near_limits),
        cmocka_unit_test(test_utf8__every_offset_and_end),
        cmocka_unit_test(test_utf8__mixed_text),
        cmocka_unit_test(test_utf8__ascii_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
