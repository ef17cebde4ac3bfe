// test_verdict.c -- the rule by which claims hold, differ or do not hold here.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "bench/claims/verdict.h"

static void judged(claim_range range, double low, double high,
                   claim_verdict wanted)
{
    claim_verdict got = claim_judge(range, low, high);

    if (got != wanted) {
        fail_msg("%g to %g of %g to %g: %s, not %s", low, high, range.low,
                 range.high, claim_verdict_text(got),
                 claim_verdict_text(wanted));
    }
}

static void test_between(void **state)
{
    claim_range range = claim_between(5, 15);

    (void)state;
    judged(range, 6, 7, CLAIM_HOLDS);
    judged(range, 4, 5, CLAIM_HOLDS); // bounds belong to it
    judged(range, 15, 16, CLAIM_HOLDS);
    judged(range, 4, 20, CLAIM_HOLDS);
    judged(range, 1.1, 4.9, CLAIM_DIFFERS);
    judged(range, 15.1, 20, CLAIM_DIFFERS);
}

static void test_between__no_effect_comes_first(void **state)
{
    (void)state;
    judged(claim_between(5, 15), 0.9, 1.1, CLAIM_DOES_NOT_HOLD);
    judged(claim_between(5, 15), 0.2, 0.3, CLAIM_DOES_NOT_HOLD);
    judged(claim_between(5, 15), 1, 6, CLAIM_DOES_NOT_HOLD);
    judged(claim_between(1.1, 1.3), 0.9, 1.2, CLAIM_DOES_NOT_HOLD);
}

static void test_about__is_a_quarter_wide(void **state)
{
    (void)state;
    judged(claim_about(2), 2.4, 2.6, CLAIM_HOLDS);
    judged(claim_about(2), 1.5, 1.65, CLAIM_HOLDS);
    judged(claim_about(2), 1.4, 1.5, CLAIM_DIFFERS);
    judged(claim_about(2), 2.6, 2.7, CLAIM_DIFFERS);
}

static void test_up_to__needs_an_effect(void **state)
{
    (void)state;
    judged(claim_up_to(2), 1.1, 1.2, CLAIM_HOLDS);
    judged(claim_up_to(2), 1.9, 2.5, CLAIM_HOLDS);
    judged(claim_up_to(2), 2.1, 2.5, CLAIM_DIFFERS);
    judged(claim_up_to(2), 0.99, 1.2, CLAIM_DOES_NOT_HOLD);
}

static void test_over(void **state)
{
    (void)state;
    judged(claim_over(1), 1.01, 1.02, CLAIM_HOLDS);
    judged(claim_over(1), 50, 60, CLAIM_HOLDS);
    judged(claim_over(1), 1, 1.02, CLAIM_DOES_NOT_HOLD);
    judged(claim_over(1), 0.5, 0.6, CLAIM_DOES_NOT_HOLD);
}

static void test_free__allows_5_percent(void **state)
{
    (void)state;
    judged(claim_free(), 0.99, 1.01, CLAIM_HOLDS);
    judged(claim_free(), 1.04, 1.2, CLAIM_HOLDS);
    judged(claim_free(), 1.06, 1.2, CLAIM_DOES_NOT_HOLD);
    judged(claim_free(), 0.8, 0.9, CLAIM_HOLDS); // better than free
}

static void test_value__can_only_differ(void **state)
{
    (void)state;
    judged(claim_value(4), 3.9, 4.1, CLAIM_HOLDS);
    judged(claim_value(4), 0.5, 0.6, CLAIM_DIFFERS);
    judged(claim_value(40), 70, 80, CLAIM_DIFFERS);
}

static void test_percent__of_0_is_no_effect(void **state)
{
    (void)state;
    judged(claim_percent(30, 60), 29, 31, CLAIM_HOLDS);
    judged(claim_percent(30, 60), 5, 10, CLAIM_DIFFERS);
    judged(claim_percent(30, 60), -5, 10, CLAIM_DOES_NOT_HOLD);
    judged(claim_percent(30, 60), -50, -30, CLAIM_DOES_NOT_HOLD);
}

static void written(claim_range range, const char *unit, const char *wanted)
{
    char text[48];

    claim_range_text(range, unit, text, sizeof text);
    assert_string_equal(text, wanted);
}

static void test_text(void **state)
{
    (void)state;
    written(claim_between(1.5, 2), "x", "1.5 to 2x");
    written(claim_about(3.4), "x", "about 3.4x");
    written(claim_up_to(300), "x", "up to 300x");
    written(claim_over(1), "x", "over 1x");
    written(claim_free(), "x", "up to 1.05x");
    written(claim_value(12), " cycles", "about 12 cycles");
    written(claim_percent(30, 60), " %", "30 to 60 %");
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(claim_verdict_text(CLAIM_HOLDS), "holds");
    assert_string_equal(claim_verdict_text(CLAIM_DIFFERS), "differs");
    assert_string_equal(claim_verdict_text(CLAIM_DOES_NOT_HOLD),
                        "does not hold here");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_between),
        cmocka_unit_test(test_between__no_effect_comes_first),
        cmocka_unit_test(test_about__is_a_quarter_wide),
        cmocka_unit_test(test_up_to__needs_an_effect),
        cmocka_unit_test(test_over),
        cmocka_unit_test(test_free__allows_5_percent),
        cmocka_unit_test(test_value__can_only_differ),
        cmocka_unit_test(test_percent__of_0_is_no_effect),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
