// test_figures.c -- numbers as people read them.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/report/figures.h"

static void test_time__units(void **state)
{
    (void)state;
    assert_string_equal(figure_time(0.0423, 3).text, "0.0423 ns");
    assert_string_equal(figure_time(1.2, 3).text, "1.20 ns");
    assert_string_equal(figure_time(133.4, 3).text, "133 ns");
    assert_string_equal(figure_time(133456, 3).text, "133 µs");
    assert_string_equal(figure_time(133456, 2).text, "130 µs");
    assert_string_equal(figure_time(133456, 1).text, "100 µs");
    assert_string_equal(figure_time(2.5e6, 3).text, "2.50 ms");
    assert_string_equal(figure_time(42e9, 3).text, "42.0 s");
    assert_string_equal(figure_time(NAN, 3).text, "-");
}

// Rounding may reach the next unit, or one more digit before the point.
static void test_time__rounds_up_into_a_unit(void **state)
{
    (void)state;
    assert_string_equal(figure_time(999.7, 3).text, "1.00 µs");
    assert_string_equal(figure_time(9.996, 3).text, "10.0 ns");
    assert_string_equal(figure_time(99.6, 2).text, "100 ns");
}

static void test_digits__follow_the_interval(void **state)
{
    const result_estimate exact = {127, 127, 127};
    const result_estimate fine = {127, 126.9, 127.1};
    const result_estimate ones = {127, 124.5, 129.5};
    const result_estimate tens = {127, 115, 139};
    const result_estimate none = {127, 10, 400};

    (void)state;
    assert_int_equal(figure_digits(&exact), 3);
    assert_int_equal(figure_digits(&fine), 3);
    assert_int_equal(figure_digits(&ones), 3);
    assert_int_equal(figure_digits(&tens), 2);
    assert_int_equal(figure_digits(&none), 1);
    assert_string_equal(figure_estimate(&tens).text, "130 ns");
}

static void test_counts_and_ratios(void **state)
{
    (void)state;
    assert_string_equal(figure_count(0).text, "0");
    assert_string_equal(figure_count(785).text, "785");
    assert_string_equal(figure_count(785783).text, "785,783");
    assert_string_equal(figure_count(6000002).text, "6,000,002");
    assert_string_equal(figure_ratio(1.254, 3).text, "1.25");
    assert_string_equal(figure_ratio(0.03134, 2).text, "0.031");
    assert_string_equal(figure_ratio(1480.4, 3).text, "1,480");
    assert_string_equal(figure_ratio(NAN, 3).text, "-");
    assert_string_equal(figure_bytes(32768).text, "32 KiB");
    assert_string_equal(figure_bytes(100).text, "100 bytes");
    assert_string_equal(figure_bytes(1020 * 1024).text, "1020 KiB");
}

static void test_changes(void **state)
{
    (void)state;
    assert_string_equal(figure_change(1.103).text, "+10.3 %");
    assert_string_equal(figure_change(0.9).text, "-10.0 %");
    assert_string_equal(figure_change(2.44).text, "x 2.4");
    assert_string_equal(figure_excess(1.031).text, "3.1 %");
    assert_int_equal(figure_width("133 µs"), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time__units),
        cmocka_unit_test(test_time__rounds_up_into_a_unit),
        cmocka_unit_test(test_digits__follow_the_interval),
        cmocka_unit_test(test_counts_and_ratios),
        cmocka_unit_test(test_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
