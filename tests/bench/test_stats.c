// test_stats.c -- medians, quantiles, intervals, outliers with known answers.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "bench/harness/stats.h"

enum {
    MANY = 1000
};

static void near(double got, double wanted, double by)
{
    if (!(fabs(got - wanted) <= by)) {
        fail_msg("%.17g is not %.17g, by %g", got, wanted, by);
    }
}

static void test_median__odd_even_one(void **state)
{
    const double odd[] = {5, 1, 3};
    const double even[] = {4, 1, 3, 2};
    const double one[] = {-7};

    (void)state;
    near(stats_median(odd, 3), 3, 0);
    near(stats_median(even, 4), 2.5, 0);
    near(stats_median(one, 1), -7, 0);
}

static void test_median__leaves_the_order(void **state)
{
    const double wanted[] = {9, 1, 5};
    double       values[] = {9, 1, 5};

    (void)state;
    near(stats_median(values, 3), 5, 0);
    assert_memory_equal(values, wanted, sizeof wanted);
}

// What R prints for quantile(c(15, 20, 35, 40, 50), q) and NumPy by default.
static void test_quantile__interpolates(void **state)
{
    const double values[] = {50, 40, 35, 20, 15};

    (void)state;
    near(stats_quantile(values, 5, 0.0), 15, 0);
    near(stats_quantile(values, 5, 0.05), 16, 1e-12);
    near(stats_quantile(values, 5, 0.3), 23, 1e-12);
    near(stats_quantile(values, 5, 0.4), 29, 1e-12);
    near(stats_quantile(values, 5, 0.5), 35, 0);
    near(stats_quantile(values, 5, 1.0), 50, 0);
}

static void test_bootstrap__of_one_value(void **state)
{
    const double one[] = {42};
    double       low = 0;
    double       high = 0;

    (void)state;
    stats_bootstrap_median(one, 1, 100, 1, &low, &high);
    near(low, 42, 0);
    near(high, 42, 0);
}

// The exact distribution is known for odd counts: the resample's median is at
// most the k-th of n values when at least (n + 1) / 2 of n draws are. For n = 3
// that is 7/27, 20/27, 1; for n = 25 the 2.5 % and 97.5 % points lie at the
// 8th and the 18th value (binomial sums: 0.0096 up to the 7th, 0.0299 up to
// the 8th).
static void test_bootstrap__against_the_exact_distribution(void **state)
{
    const double three[] = {3, 1, 2};
    double       values[25];
    double       low;
    double       high;
    size_t       i;

    (void)state;
    stats_bootstrap_median(three, 3, STATS_RESAMPLES, 7, &low, &high);
    near(low, 1, 0);
    near(high, 3, 0);
    for (i = 0; i < 25; i++) {
        values[i] = (double)(i * 7 % 25 + 1);
    }
    stats_bootstrap_median(values, 25, STATS_RESAMPLES, 1, &low, &high);
    near(low, 8, 0);
    near(high, 18, 0);
}

static void test_bootstrap__even_count_stays_between(void **state)
{
    const double values[] = {1, 2, 3, 4};
    double       low;
    double       high;

    (void)state;
    stats_bootstrap_median(values, 4, STATS_RESAMPLES, 3, &low, &high);
    near(low, 1, 0.5);
    near(high, 4, 0.5);
}

static void test_bootstrap__same_seed_same_interval(void **state)
{
    double values[MANY];
    double first[2];
    double second[2];
    size_t i;

    (void)state;
    for (i = 0; i < MANY; i++) {
        values[i] = sin((double)i) * 100;
    }
    stats_bootstrap_median(values, MANY, 500, 9, &first[0], &first[1]);
    stats_bootstrap_median(values, MANY, 500, 9, &second[0], &second[1]);
    assert_memory_equal(first, second, sizeof first);
    stats_bootstrap_median(values, MANY, 500, 10, &second[0], &second[1]);
    assert_memory_not_equal(first, second, sizeof first);
    assert_true(first[0] < stats_median(values, MANY));
    assert_true(first[1] > stats_median(values, MANY));
}

static void test_change__same_values_include_zero(void **state)
{
    double       values[25];
    stats_change change;
    size_t       i;

    (void)state;
    for (i = 0; i < 25; i++) {
        values[i] = (double)(i * 7 % 25);
    }
    change = stats_bootstrap_change(values, 25, values, 25, STATS_RESAMPLES, 1);
    near(change.median, 0, 0);
    assert_true(change.low < 0 && change.high > 0);
    assert_true(change.error > 0);
}

static void test_change__finds_a_shift(void **state)
{
    double       before[25];
    double       after[31];
    stats_change change;
    size_t       i;

    (void)state;
    for (i = 0; i < 25; i++) {
        before[i] = (double)(i * 7 % 25) / 25;
    }
    for (i = 0; i < 31; i++) {
        after[i] = 10 + (double)(i * 7 % 31) / 31;
    }
    change = stats_bootstrap_change(before, 25, after, 31, STATS_RESAMPLES, 1);
    near(change.median, 10, 0.1);
    assert_true(change.low > 9 && change.low < change.median);
    assert_true(change.high < 11 && change.high > change.median);
    assert_true(change.error > 0.05 && change.error < 0.3);
}

static void test_change__of_constants_is_exact(void **state)
{
    const double before[] = {2, 2, 2};
    const double after[] = {5};
    stats_change change = stats_bootstrap_change(before, 3, after, 1, 100, 1);

    (void)state;
    near(change.median, 3, 0);
    near(change.low, 3, 0);
    near(change.high, 3, 0);
    near(change.error, 0, 0);
}

// The wild ones have the quartiles 2.25 and 8.75: mild beyond -7.5 and 18.5,
// severe beyond -17.25 and 28.25.
static void test_outliers__classes(void **state)
{
    const double values[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    const double wild[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 20, -8, 100, -100, 200};
    const double flat[] = {5, 5, 5, 5, 5, 5, 6};

    (void)state;
    stats_outliers none = stats_outliers_count(values, 9);
    stats_outliers some = stats_outliers_count(wild, 14);
    stats_outliers jump = stats_outliers_count(flat, 7);

    assert_int_equal(
        none.low_severe + none.low_mild + none.high_mild + none.high_severe, 0);
    assert_int_equal(some.low_severe, 1);
    assert_int_equal(some.low_mild, 1);
    assert_int_equal(some.high_mild, 1);
    assert_int_equal(some.high_severe, 2);
    assert_int_equal(jump.high_severe, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_median__odd_even_one),
        cmocka_unit_test(test_median__leaves_the_order),
        cmocka_unit_test(test_quantile__interpolates),
        cmocka_unit_test(test_bootstrap__of_one_value),
        cmocka_unit_test(test_bootstrap__against_the_exact_distribution),
        cmocka_unit_test(test_bootstrap__even_count_stays_between),
        cmocka_unit_test(test_bootstrap__same_seed_same_interval),
        cmocka_unit_test(test_change__same_values_include_zero),
        cmocka_unit_test(test_change__finds_a_shift),
        cmocka_unit_test(test_change__of_constants_is_exact),
        cmocka_unit_test(test_outliers__classes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
