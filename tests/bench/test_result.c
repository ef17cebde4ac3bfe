// test_result.c -- result files: what is read, and what is refused how.
#define _XOPEN_SOURCE 700
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/report/result.h"
#include "bench/sample.h"

// ---- Reading ---------------------------------------------------------------

static result *read_one(const sample *file)
{
    const char  *path = file->path;
    result_error error = {""};
    result      *self = result_read(&path, 1, &error);

    if (self == NULL) {
        fail_msg("%s", error.text);
    }
    return self;
}

static void test_read__all_parts(void **state)
{
    sample             file = sample_write(NULL, NULL);
    result            *self = read_one(&file);
    const result_cell *cell = result_measured(self, 0, 0, RESULT_ENCODE);

    (void)state;
    assert_int_equal(self->run_count, 1);
    assert_string_equal(self->runs[0].inlay_version, "0.1.0");
    assert_null(self->runs[0].inlay_commit);
    assert_true(self->runs[0].machine.hypervisor == RESULT_YES);
    assert_true(self->runs[0].machine.aslr == RESULT_UNKNOWN);
    assert_true(isnan(self->runs[0].machine.l2));
    assert_non_null(cell);
    assert_true(cell->ns.median == 20.0 && cell->ns_min == 18.0);
    assert_int_equal(cell->block_count, 5);
    assert_true(cell->anchors[4] == 11.0);
    assert_true(cell->allocations == 0.0);
    assert_true(isnan(cell->instructions));
    assert_int_equal(self->codecs[0].code_count, 1);
    assert_int_equal(self->latency[0].bucket_count, 2);
    assert_int_equal(self->skip_count, 1);
    assert_non_null(result_noise_at(self, 0, RESULT_ENCODE));
    assert_null(result_noise_at(self, 0, RESULT_DECODE));
    assert_true(result_size_at(self, 0, 0)->bytes == 42.0);
    assert_true(isnan(result_size_at(self, 0, 0)->lz4));
    result_free(self);
    sample_remove(&file);
}

static void test_read__absent_and_unmentioned_cells(void **state)
{
    sample  file = sample_write(NULL, NULL);
    result *self = read_one(&file);

    (void)state;
    assert_string_equal(result_cell_at(self, 0, 1, RESULT_OPEN)->absent,
                        "has to be parsed");
    assert_null(result_measured(self, 0, 1, RESULT_OPEN));
    assert_null(result_cell_at(self, 1, 1, RESULT_OPEN));
    assert_int_equal(result_inlay_at(self, 0, RESULT_CHECKED, RESULT_ENCODE),
                     0);
    // Writing is the same at every level; reading is not.
    assert_int_equal(result_inlay_at(self, 0, RESULT_LAZY, RESULT_ENCODE), 0);
    assert_true(result_inlay_at(self, 0, RESULT_LAZY, RESULT_DECODE) ==
                RESULT_NOT_FOUND);
    result_free(self);
    sample_remove(&file);
}

// ---- Refusing --------------------------------------------------------------

typedef struct bad {
    const char *from;
    const char *to;
    const char *says;
} bad;

static void test_read__bad_files(void **state)
{
    static const bad all[] = {
        {"\"format\": \"inlay-bench 1\"", "\"format\": \"inlay-bench 2\"",
         "format: this program reads \"inlay-bench 1\", not \"inlay-bench 2\""},
        {"\"format\"", "\"form\"", "format: is missing"},
        {"\"cores\": 2", "\"cores\": \"2\"",
         "machine.cores: has to be a number, not a text"},
        {"\"cpu\": \"A\"", "\"cpu\": \"\"", "machine.cpu: must not be empty"},
        {"\"cpu\": \"A\"", "\"cpu\": null", "machine.cpu: is missing"},
        {"\"hypervisor\": true", "\"hypervisor\": 1",
         "machine.hypervisor: has to be true or false, not a number"},
        {"\"caches\": {\"l1d\": 32768}", "\"caches\": []",
         "machine.caches: has to be an object, not a list"},
        {"{\"name\": \"rpc\"}", "{\"name\": \"log\"}",
         "sets[1]: a set of this name was there before"},
        {"{\"name\": \"rpc\"}", "7",
         "sets[1]: has to be an object, not a number"},
        {"\"id\": \"two\"", "\"id\": \"one\"",
         "codecs[1]: a codec of this id was there before"},
        {"\"trust\": \"lazy\"", "\"trust\": \"blind\"",
         "codecs[1].trust: there is no `blind`, only checked, lazy, once, "
         "unchecked, floor"},
        {"\"code_bytes\": {\"log\": 100", "\"code_bytes\": {\"log\": \"1\"",
         "codecs[0].code_bytes.log: has to be a number, not a text"},
        {"\"codec\": \"two\"", "\"codec\": \"three\"",
         "cells[1].codec: no `three` among the codecs of the file"},
        {"\"op\": \"encode\"", "\"op\": \"encde\"",
         "cells[0].op: there is no `encde`, only build, encode,"},
        {"\"low\": 19", "\"low\": 20.5",
         "cells[0].ns: low <= median <= high does not hold"},
        {"\"median\": 20", "\"median\": 0",
         "cells[0].ns.median: has to be above 0"},
        {"\"low\": 19", "\"low\": -1", "cells[0].ns.low: has to be 0 or more"},
        {"\"low\": 19", "\"low\": 1e999", "cells[0].ns.low: has to be 0 or"},
        {"\"ns\": {", "\"nanos\": {", "cells[0].ns: is missing"},
        {"[10, 10, 10, 9, 11]", "[10, 10, 10, 9]",
         "cells[0]: there have to be as many anchors as blocks"},
        {"[10, 10, 10, 9, 11]", "[10, 10, 0, 9, 11]",
         "cells[0].anchors[2]: has to be above 0"},
        {"\"absent\": \"has to be parsed\"", "\"absent\": 1",
         "cells[1].absent: has to be a text, not a number"},
        {"\"codec\": \"two\", \"op\": \"open\",\n     \"absent\": \"has to be "
         "parsed\"",
         "\"codec\": \"one\", \"op\": \"encode\", \"ns\": {\"median\": 1, "
         "\"low\": 1, \"high\": 1}",
         "cells: encode of one on log was measured before, in /tmp/"},
        {"[[1, 6], [5, 4]]", "[[5, 6], [5, 4]]",
         "latency[0].histogram[1]: times have to ascend"},
        {"[[1, 6], [5, 4]]", "[[1, 6], 5]",
         "latency[0].histogram[1]: has to be a pair"},
        {"\"low\": 0.98", "\"low\": 1.98",
         "noise[0]: low <= high does not hold"},
        {"\"cells\": [", "\"cells\": 3, \"more\": [",
         "cells: has to be a list, not a number"},
        {"\"high\": 1.02}]\n}", "\"high\": 1.02}]\n", "not JSON: "},
        {"{\n  \"format\"", "[\n  \"format\"", "not JSON: "},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof all / sizeof all[0]; i++) {
        sample       file = sample_write(all[i].from, all[i].to);
        const char  *path = file.path;
        result_error error = {""};

        assert_null(result_read(&path, 1, &error));
        if (strstr(error.text, all[i].says) == NULL ||
            strncmp(error.text, path, strlen(path)) != 0 ||
            strchr(error.text, '\n') != NULL) {
            fail_msg("\"%s\" does not say \"%s\"", error.text, all[i].says);
        }
        sample_remove(&file);
    }
}

static void test_read__no_file(void **state)
{
    const char  *path = "/tmp/there-is-no-such-result.json";
    result_error error = {""};

    (void)state;
    assert_null(result_read(&path, 1, &error));
    assert_non_null(strstr(error.text, "No such file"));
    assert_null(result_read(NULL, 0, &error));
}

// A text that is its own object is no object: every part refuses every type.
static void test_read__other_roots(void **state)
{
    static const char *const texts[] = {"",     "1",  "\"x\"",           "[]",
                                        "null", "{}", "{\"format\": {}}"};
    size_t                   i;

    (void)state;
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        sample       file = sample_write(sample_text, texts[i]);
        const char  *path = file.path;
        result_error error = {""};

        assert_null(result_read(&path, 1, &error));
        assert_true(strlen(error.text) > strlen(path) + 5);
        sample_remove(&file);
    }
}

// ---- Merging ---------------------------------------------------------------

#define OTHER_CELLS                                                            \
    "\"codec\": \"one\", \"op\": \"encode\",\n     \"ns\": {\"median\": 20"
#define OTHER_CELLS_TO                                                         \
    "\"codec\": \"one\", \"op\": \"decode\",\n     \"ns\": {\"median\": 20"

static result *read_two(const sample *one, const sample *other,
                        result_error *error)
{
    const char *paths[] = {one->path, other->path};

    return result_read(paths, 2, error);
}

static void test_merge__joins_by_name(void **state)
{
    sample       one = sample_write(NULL, NULL);
    sample       other = sample_write(OTHER_CELLS, OTHER_CELLS_TO);
    result_error error = {""};
    result      *self = read_two(&one, &other, &error);

    (void)state;
    if (self == NULL) {
        fail_msg("%s", error.text);
        return;
    }
    assert_int_equal(self->run_count, 2);
    assert_int_equal(self->set_count, 2);
    assert_int_equal(self->codec_count, 2);
    assert_int_equal(self->skip_count, 1);
    assert_int_equal(self->noise_count, 1);
    assert_int_equal(self->size_count, 1);
    assert_int_equal(result_measured(self, 0, 0, RESULT_ENCODE)->run, 0);
    assert_int_equal(result_measured(self, 0, 0, RESULT_DECODE)->run, 1);
    result_free(self);
    sample_remove(&one);
    sample_remove(&other);
}

static void test_merge__refuses(void **state)
{
    static const bad all[] = {
        {"\"cpu\": \"A\"", "\"cpu\": \"B\"", "machine.cpu: \"B\", not \"A\""},
        {"\"cores\": 2", "\"cores\": 4", "machine.cores: 4, not 2"},
        {"\"kernel\": \"K\"", "\"kernel\": \"L\"",
         "machine.kernel: \"L\", not \"K\""},
        {"\"name\": \"Two\"", "\"name\": \"Zwei\"",
         "codecs[1]: the codec `two` has another name"},
        {"\"records\": 10", "\"records\": 11",
         "sets[0]: the same set has another number of records"},
        {"\"bytes\": 42", "\"bytes\": 43", "sizes[0]: this size was given"},
        {"\"unknown\"", "\"unheard\"", "encode of one on log was measured"},
    };
    sample one = sample_write(NULL, NULL);
    size_t i;

    (void)state;
    for (i = 0; i < sizeof all / sizeof all[0]; i++) {
        sample       other = sample_write(all[i].from, all[i].to);
        result_error error = {""};

        assert_null(read_two(&one, &other, &error));
        if (strstr(error.text, all[i].says) == NULL ||
            strncmp(error.text, other.path, strlen(other.path)) != 0) {
            fail_msg("\"%s\" does not say \"%s\"", error.text, all[i].says);
        }
        sample_remove(&other);
    }
    sample_remove(&one);
}

// ---- Ratios ----------------------------------------------------------------

static void test_quotient__by_anchors_or_times(void **state)
{
    result_cell     cell = {.ns = {30, 29, 31}, .ratio = {3, 2.8, 3.2}};
    result_cell     base = {.ns = {20, 19, 21}, .ratio = {2, 1.9, 2.1}};
    result_estimate got = result_quotient(&cell, &base);

    (void)state;
    assert_true(got.median == 1.5);
    assert_true(got.low == 2.8 / 2.1 && got.high == 3.2 / 1.9);
    base.ratio.median = NAN;
    got = result_quotient(&cell, &base);
    assert_true(got.low == 29.0 / 21.0 && got.high == 31.0 / 19.0);
    got = result_quotient(&cell, &cell);
    assert_true(got.low == 1.0 && got.high == 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read__all_parts),
        cmocka_unit_test(test_read__absent_and_unmentioned_cells),
        cmocka_unit_test(test_read__bad_files),
        cmocka_unit_test(test_read__no_file),
        cmocka_unit_test(test_read__other_roots),
        cmocka_unit_test(test_merge__joins_by_name),
        cmocka_unit_test(test_merge__refuses),
        cmocka_unit_test(test_quotient__by_anchors_or_times),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
