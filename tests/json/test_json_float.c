// test_json_float.c -- decimal text of floats, both ways.
#include <stdlib.h>
#include <string.h>

#include "codec/json_float.h"
#include "json_support.h"

static void check_write(const inlay_float_format *format, uint64_t bits,
                        const char *expected)
{
    char   text[INLAY_FLOAT_TEXT_MAX + 1];
    size_t size = inlay_float_write(format, bits, text);

    text[size] = '\0';
    assert_string_equal(text, expected);
}

static void check_read(const inlay_float_format *format, const char *text,
                       uint64_t expected)
{
    uint64_t bits = 0;

    if (!inlay_float_read(format, text, strlen(text), &bits) ||
        bits != expected) {
        fail_msg("%s: %llx, not %llx", text, (unsigned long long)bits,
                 (unsigned long long)expected);
    }
}

static void check_too_large(const inlay_float_format *format, const char *text)
{
    uint64_t bits;

    assert_false(inlay_float_read(format, text, strlen(text), &bits));
}

static void test_float__shortest_f64(void **state)
{
    static const struct {
        double      value;
        const char *text;
    } cases[] = {
        {0.0, "0"},
        {-0.0, "-0.0"},
        {1.0, "1"},
        {-1.5, "-1.5"},
        {0.1, "0.1"},
        {1.0 / 3, "0.3333333333333333"},
        {100.0, "100"},
        {1000000.0, "1000000"},
        {0.0001, "0.0001"},
        {0.00001, "1e-5"},
        {1e15, "1000000000000000"},
        {1e16, "1e16"},
        {1e300, "1e300"},
        {123456.789, "123456.789"},
        {9007199254740991.0, "9007199254740991"},
        {9007199254740992.0, "9007199254740992"},
        {9007199254740994.0, "9007199254740994"},
        {1.7976931348623157e308, "1.7976931348623157e308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {5e-324, "5e-324"},
        {9.5367431640625e-7, "9.5367431640625e-7"},
        {2.9802322387695312e-08, "2.9802322387695312e-8"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t bits;

        memcpy(&bits, &cases[i].value, sizeof bits);
        check_write(&inlay_float_64, bits, cases[i].text);
    }
}

static void test_float__shortest_f32_is_of_f32(void **state)
{
    (void)state;
    check_write(&inlay_float_32, 0x3dcccccd, "0.1");
    check_write(&inlay_float_32, 0x3eaaaaab, "0.33333334");
    check_write(&inlay_float_32, 0x4b800000, "16777216");
    check_write(&inlay_float_32, 0x7f7fffff, "3.4028235e38");
    check_write(&inlay_float_32, 0x00800000, "1.1754944e-38");
    check_write(&inlay_float_32, 0x00000001, "1e-45");
    check_write(&inlay_float_32, 0x80000000, "-0.0");
    check_write(&inlay_float_32, 0x48dc8fa6, "451709.2");
}

static void test_float__rounds_once(void **state)
{
    (void)state;
    // Just above the middle of two f32, by less than an f64 can tell.
    check_read(&inlay_float_32, "1.000000059604644775390625", 0x3f800000);
    check_read(&inlay_float_32, "1.00000005960464477539062500000000001",
               0x3f800001);
    check_read(&inlay_float_32, "1.00000005960464477539062499999999999",
               0x3f800000);
    // A tie goes to the even mantissa.
    check_read(&inlay_float_32, "1.000000178813934326171875", 0x3f800002);
    check_read(&inlay_float_64, "9007199254740993", 0x4340000000000000);
    check_read(&inlay_float_64, "9007199254740995", 0x4340000000000002);
    check_read(&inlay_float_64, "9007199254740993.00000000000000000000000001",
               0x4340000000000001);
}

static void test_float__limits(void **state)
{
    (void)state;
    check_read(&inlay_float_32, "3.4028235e38", 0x7f7fffff);
    check_read(&inlay_float_32, "3.40282356e38", 0x7f7fffff);
    check_read(&inlay_float_32, "3.4028235677973366e38", 0x7f7fffff);
    check_too_large(&inlay_float_32, "3.4028235677973367e38");
    check_too_large(&inlay_float_32, "-1e39");
    check_read(&inlay_float_64, "1.7976931348623158e308", 0x7fefffffffffffff);
    check_too_large(&inlay_float_64, "1.7976931348623159e308");
    check_too_large(&inlay_float_64, "1e309");
    check_too_large(&inlay_float_64, "1e999999999999999999999999999");
    check_read(&inlay_float_64, "2.4703282292062327e-324", 0);
    check_read(&inlay_float_64, "2.4703282292062328e-324", 1);
    check_read(&inlay_float_64, "4.9e-324", 1);
    check_read(&inlay_float_64, "2.2250738585072011e-308", 0x000fffffffffffff);
    check_read(&inlay_float_64, "-1e-999999999999999999999999",
               0x8000000000000000);
    check_read(&inlay_float_64, "-0", 0x8000000000000000);
    check_read(&inlay_float_64, "0e999999999999", 0);
    check_read(&inlay_float_32, "7.006492321624085e-46", 0);
    check_read(&inlay_float_32, "7.006492321624086e-46", 1);
}

// Digits beyond those that are kept still break a tie.
static void test_float__long_text(void **state)
{
    enum {
        SIZE = 20000
    };
    char *text = malloc(SIZE + 32);

    (void)state;
    assert_non_null(text);
    memset(text, '0', SIZE);
    memcpy(text, "9007199254740993.", 17);
    text[SIZE] = '\0';
    check_read(&inlay_float_64, text, 0x4340000000000000);
    text[SIZE - 1] = '1';
    check_read(&inlay_float_64, text, 0x4340000000000001);

    memset(text, '0', SIZE);
    text[1] = '.';
    strcpy(text + SIZE, "1e19999");
    check_read(&inlay_float_64, text, 0x3ff0000000000000);

    memset(text, '1', SIZE);
    strcpy(text + SIZE, "e-19999");
    check_read(&inlay_float_32, text, 0x3f8e38e4);
    free(text);
}

// What is written reads back to the same bits, here and with strtod.
static void test_float__round_trip(void **state)
{
    uint64_t seed = 0x9e3779b97f4a7c15;
    int      i;

    (void)state;
    for (i = 0; i < 50000; i++) {
        bool                      wide = i % 2 == 0;
        uint64_t                  bits = json_random(&seed);
        char                      text[INLAY_FLOAT_TEXT_MAX + 1];
        const inlay_float_format *format =
            wide ? &inlay_float_64 : &inlay_float_32;
        uint64_t fraction = ((uint64_t)1 << (format->precision - 1)) - 1;
        uint64_t back = 0;

        bits = wide ? bits : bits & 0xffffffff;
        if (i % 3 == 1) {
            bits &= ~fraction; // powers of two have uneven neighbours
        } else if (i % 7 == 1) {
            bits &= fraction >> i % 23; // denormals
        }
        if ((bits >> (format->precision - 1) & format->exponent_all) ==
            format->exponent_all) {
            continue;
        }
        text[inlay_float_write(format, bits, text)] = '\0';
        check_read(format, text, bits);
        if (wide) {
            double value = strtod(text, NULL);
            memcpy(&back, &value, sizeof value);
        } else {
            float    value = strtof(text, NULL);
            uint32_t narrow;
            memcpy(&narrow, &value, sizeof value);
            back = narrow;
        }
        assert_true(back == bits);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_float__shortest_f64),
        cmocka_unit_test(test_float__shortest_f32_is_of_f32),
        cmocka_unit_test(test_float__rounds_once),
        cmocka_unit_test(test_float__limits),
        cmocka_unit_test(test_float__long_text),
        cmocka_unit_test(test_float__round_trip),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
