// test_compare.c -- verdicts on one cell whose blocks are known.
#define _XOPEN_SOURCE 700
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/report/compare.h"
#include "bench/sample.h"

// Verdict on the sample's cell against itself with other blocks.
static compare_row verdict_of(const char *blocks, const char *anchors,
                              double threshold)
{
    sample       old = sample_write("[20, 19, 21, 20, 20], \"anchors\": [10, "
                                          "10, 10, 9, 11]",
                                    "[200, 201, 199, 200, 200], \"anchors\": "
                                          "[10, 10, 10, 10, 10]");
    char         text[300];
    const char  *old_path = old.path;
    const char  *new_path;
    result_error error = {""};
    result      *before;
    result      *after;
    compare      all;
    compare_row  row = {0};
    sample new;

    snprintf(text, sizeof text, "[%s], \"anchors\": [%s]", blocks, anchors);
    new = sample_write("[20, 19, 21, 20, 20], \"anchors\": [10, 10, 10, 9, 11]",
                       text);
    new_path = new.path;
    before = result_read(&old_path, 1, &error);
    after = result_read(&new_path, 1, &error);
    assert_non_null(before);
    assert_non_null(after);
    compare_init(&all, before, after, threshold);
    if (all.row_count == 1) {
        row = all.rows[0];
    }
    compare_release(&all);
    result_free(before);
    result_free(after);
    sample_remove(&old);
    sample_remove(&new);
    return row;
}

// A tenth of a set takes a tenth of the time, and is no faster for that.
static void test_compare__another_number_of_records(void **state)
{
    sample       old = sample_write(NULL, NULL);
    sample       smaller = sample_write("\"records\": 10", "\"records\": 1");
    const char  *old_path = old.path;
    const char  *smaller_path = smaller.path;
    result_error error = {""};
    result      *before = result_read(&old_path, 1, &error);
    result      *after = result_read(&smaller_path, 1, &error);
    compare      all;

    (void)state;
    assert_non_null(before);
    assert_non_null(after);
    compare_init(&all, before, after, 5.0);
    assert_int_equal(all.row_count, 0);
    assert_int_equal(all.left_count, 1);
    assert_string_equal(all.left[0].reason, "of another number of records");
    compare_release(&all);
    result_free(before);
    result_free(after);
    sample_remove(&old);
    sample_remove(&smaller);
}

#define TENS "10, 10, 10, 10, 10"

static void test_compare__same(void **state)
{
    compare_row row = verdict_of("200, 201, 199, 200, 200", TENS, 5.0);

    (void)state;
    assert_true(row.verdict == COMPARE_INDISTINGUISHABLE);
    assert_true(fabs(row.ratio.median - 1.0) < 1e-12);
    assert_true(row.detectable > 1.0 && row.detectable < 1.05);
}

static void test_compare__ten_percent(void **state)
{
    (void)state;
    assert_true(verdict_of("220, 221, 219, 220, 220", TENS, 5.0).verdict ==
                COMPARE_REGRESSED);
    assert_true(verdict_of("180, 181, 179, 180, 180", TENS, 5.0).verdict ==
                COMPARE_IMPROVED);
    assert_true(verdict_of("220, 221, 219, 220, 220", TENS, 15.0).verdict ==
                COMPARE_INDISTINGUISHABLE);
}

// A machine that is slower throughout is slower at the anchor too.
static void test_compare__drift_cancels(void **state)
{
    compare_row row =
        verdict_of("400, 402, 398, 400, 400", "20, 20, 20, 20, 20", 5.0);

    (void)state;
    assert_true(row.verdict == COMPARE_INDISTINGUISHABLE);
}

static void test_compare__wide_interval_decides_nothing(void **state)
{
    compare_row row = verdict_of("120, 190, 230, 400, 290", TENS, 5.0);

    (void)state;
    assert_true(row.ratio.median > 1.1 && row.ratio.low < 1.0);
    assert_true(row.verdict == COMPARE_INDISTINGUISHABLE);
    assert_true(row.detectable > 1.2);
}

// The sample's noise is 0.98 to 1.02.
static void test_compare__noise_is_no_change(void **state)
{
    (void)state;
    assert_true(verdict_of("203, 203, 203, 203, 203", TENS, 1.0).verdict ==
                COMPARE_INDISTINGUISHABLE);
    assert_true(verdict_of("205, 205, 205, 205, 205", TENS, 1.0).verdict ==
                COMPARE_REGRESSED);
}

static void test_compare__too_few_blocks(void **state)
{
    (void)state;
    assert_null(verdict_of("300, 300", "10, 10", 5.0).set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compare__same),
        cmocka_unit_test(test_compare__another_number_of_records),
        cmocka_unit_test(test_compare__ten_percent),
        cmocka_unit_test(test_compare__drift_cancels),
        cmocka_unit_test(test_compare__wide_interval_decides_nothing),
        cmocka_unit_test(test_compare__noise_is_no_change),
        cmocka_unit_test(test_compare__too_few_blocks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
