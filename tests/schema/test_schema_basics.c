// test_schema_basics.c -- arena, names, maps, UTF-8, numbers and diagnostics.
#include "schema/diag.h"
#include "schema/number.h"
#include "schema/str.h"
#include "schema/utf8.h"
#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// ---- Arena ------------------------------------------------------------------

static void test_arena__aligns_and_zeroes(void **state)
{
    arena a;

    (void)state;
    arena_init(&a, NULL);
    for (size_t size = 1; size < 100000; size = size * 3 + 1) {
        unsigned char *memory = arena_alloc(&a, 1, size);

        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(memory[i], 0);
        }
        memset(memory, 0xFF, size);
    }
    arena_release(&a);
}

static void test_arena__refuses_sizes_that_overflow(void **state)
{
    arena a;

    (void)state;
    arena_init(&a, NULL);
    assert_null(arena_alloc(&a, SIZE_MAX / 2, 16));
    assert_true(a.failed);
    assert_null(arena_alloc(&a, 1, 1));
    arena_release(&a);
    assert_non_null(arena_alloc(&a, 1, 1));
    arena_release(&a);
}

// ---- Names and maps ---------------------------------------------------------

static void test_str__interns_one_copy(void **state)
{
    arena       a;
    str_table   table = {.arena = &a};
    const char *names[500];
    char        text[16];

    (void)state;
    arena_init(&a, NULL);
    for (int i = 0; i < 500; i++) {
        int size = snprintf(text, sizeof(text), "name%d", i);

        names[i] = str_intern(&table, text, (size_t)size);
    }
    for (int i = 0; i < 500; i++) {
        int size = snprintf(text, sizeof(text), "name%d", i);

        assert_ptr_equal(str_intern(&table, text, (size_t)size), names[i]);
        assert_string_equal(names[i], text);
    }
    assert_ptr_equal(str_intern(&table, "name12345", 6), names[12]);
    assert_string_equal(str_intern_qualified(&table, "a.b", "c"), "a.b.c");
    arena_release(&a);
}

static void test_str__map_keeps_the_first(void **state)
{
    arena       a;
    str_map     map = {.arena = &a};
    static char keys[300];

    (void)state;
    arena_init(&a, NULL);
    assert_null(str_map_get(&map, keys));
    for (int i = 0; i < 300; i++) {
        assert_null(str_map_add(&map, &keys[i], &keys[299 - i]));
    }
    for (int i = 0; i < 300; i++) {
        assert_ptr_equal(str_map_add(&map, &keys[i], &keys[0]), &keys[299 - i]);
        assert_ptr_equal(str_map_get(&map, &keys[i]), &keys[299 - i]);
    }
    arena_release(&a);
}

static void test_str__distance_counts_edits(void **state)
{
    (void)state;
    assert_int_equal(str_distance("Address", "Address", 9), 0);
    assert_int_equal(str_distance("Adress", "Address", 9), 1);
    assert_int_equal(str_distance("Adderss", "Address", 9), 1);
    assert_int_equal(str_distance("", "abc", 9), 3);
    assert_int_equal(str_distance("kitten", "sitting", 9), 3);
    assert_int_equal(str_distance("kitten", "sitting", 1), 2);
}

// ---- UTF-8 ------------------------------------------------------------------

static void test_utf8__accepts_well_formed_only(void **state)
{
    static const struct {
        const char *text;
        size_t      valid;
    } cases[] = {
        {"plain", 5},
        {"\xC3\xA9", 2},
        {"\xE2\x82\xAC", 3},
        {"\xF0\x9F\x98\x80", 4},
        {"a\xC3", 1},
        {"\xC0\x80", 0},
        {"\xE0\x80\x80", 0},
        {"\xED\xA0\x80", 0},
        {"\xF4\x90\x80\x80", 0},
        {"\xF5\x80\x80\x80", 0},
        {"a\x80", 1},
        {"\xF0\x8F\xBF\xBF", 0},
        {"\xEF\xBF\xBF", 3},
        {"\xF4\x8F\xBF\xBF", 4},
        {"\xE2\x82", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_int_equal(utf8_check(cases[i].text, strlen(cases[i].text)),
                         cases[i].valid);
    }
}

// ---- Numbers ----------------------------------------------------------------

static void test_number__reads_integers(void **state)
{
    static const struct {
        const char   *text;
        number_status status;
        uint64_t      value;
    } cases[] = {
        {"0", NUMBER_OK, 0},
        {"1_000_000", NUMBER_OK, 1000000},
        {"0xFf", NUMBER_OK, 255},
        {"0b1010", NUMBER_OK, 10},
        {"18446744073709551615", NUMBER_OK, UINT64_MAX},
        {"18446744073709551616", NUMBER_TOO_LARGE, 0},
        {"0x10000000000000000", NUMBER_TOO_LARGE, 0},
        {"1.0", NUMBER_FLOAT, 0},
        {"1e3", NUMBER_FLOAT, 0},
        {"01", NUMBER_MALFORMED, 0},
        {"0x", NUMBER_MALFORMED, 0},
        {"0x_1", NUMBER_MALFORMED, 0},
        {"1__0", NUMBER_MALFORMED, 0},
        {"1_", NUMBER_MALFORMED, 0},
        {"12ab", NUMBER_MALFORMED, 0},
        {"0b2", NUMBER_MALFORMED, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        uint64_t value = 0;

        assert_int_equal(number_integer(cases[i].text, &value),
                         cases[i].status);
        assert_int_equal(value, cases[i].value);
    }
}

static void test_number__rounds_floats_once(void **state)
{
    static const struct {
        const char *text;
        uint64_t    narrow;
        uint64_t    wide;
    } cases[] = {
        {"0.1", 0x3DCCCCCD, 0x3FB999999999999A},
        {"1_0.2_5", 0x41240000, 0x4024800000000000},
        {"1e-7", 0x33D6BF95, 0x3E7AD7F29ABCAF48},
        {"1.5E+3", 0x44BB8000, 0x4097700000000000},
        {"0", 0, 0},
        // Halfway between two f32 but for a last digit that a double loses:
        // rounding twice would give 3F800000.
        {"1.000000059604644775390625000001", 0x3F800001, 0x3FF0000010000000},
    };
    arena a;

    (void)state;
    arena_init(&a, NULL);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        uint64_t narrow = 1;
        uint64_t wide = 1;

        assert_int_equal(number_f32(&a, cases[i].text, &narrow), NUMBER_OK);
        assert_int_equal(number_f64(&a, cases[i].text, &wide), NUMBER_OK);
        assert_int_equal(narrow, cases[i].narrow);
        assert_int_equal(wide, cases[i].wide);
    }
    arena_release(&a);
}

static void test_number__refuses_other_floats(void **state)
{
    uint64_t bits;
    arena    a;

    (void)state;
    arena_init(&a, NULL);
    assert_int_equal(number_f32(&a, "3.5e38", &bits), NUMBER_TOO_LARGE);
    assert_int_equal(number_f64(&a, "1e309", &bits), NUMBER_TOO_LARGE);
    assert_int_equal(number_f64(&a, "1e99999999999999999999", &bits),
                     NUMBER_TOO_LARGE);
    assert_int_equal(number_f64(&a, "1e-99999999999999999999", &bits),
                     NUMBER_OK);
    assert_int_equal(bits, 0);
    assert_int_equal(number_f64(&a, "0x10", &bits), NUMBER_INTEGER);
    assert_int_equal(number_f64(&a, "1.", &bits), NUMBER_MALFORMED);
    assert_int_equal(number_f64(&a, "1e", &bits), NUMBER_MALFORMED);
    assert_int_equal(number_f64(&a, "00.5", &bits), NUMBER_MALFORMED);
    assert_int_equal(number_f64(&a, "1.5f", &bits), NUMBER_MALFORMED);
    arena_release(&a);
}

// ---- Diagnostics ------------------------------------------------------------

static void test_diag__lines_the_caret_up(void **state)
{
    static const char text[] = "first\n\tx: \xC3\xA9\xC3\xA9 wrong;\r\n";
    ir_file           file = {.path = "a.inlay", .text = text};
    diag_sink         sink;
    char              out[200];

    (void)state;
    file.text_size = sizeof(text) - 1;
    diag_init(&sink, NULL);
    diag_error(&sink, (ir_span){&file, 2, 10, 5}, "no %s", "such thing");
    diag_hint(&sink, "try another");
    diag_render(&sink.list[0], out, sizeof(out));
    assert_string_equal(out, "a.inlay:2:10: error: no such thing\n"
                             "\tx: \xC3\xA9\xC3\xA9 wrong;\n"
                             "\t      ^~~~~\n"
                             "hint: try another\n");
    diag_release(&sink);
}

static void test_diag__cuts_to_the_buffer(void **state)
{
    diag_sink sink;
    char      out[8];

    (void)state;
    diag_init(&sink, NULL);
    diag_error_path(&sink, "a.inlay", "the file is gone");
    assert_int_equal(diag_render_all(&sink, NULL, 0), 33);
    assert_int_equal(diag_render_all(&sink, out, sizeof(out)), 33);
    assert_string_equal(out, "a.inlay");
    diag_release(&sink);
}

static void test_diag__stops_after_the_most(void **state)
{
    diag_sink sink;
    char      out[4096];

    (void)state;
    diag_init(&sink, NULL);
    for (int i = 0; i <= DIAG_MAX; i++) {
        assert_false(sink.stopped);
        diag_error_path(&sink, "a", "number %d", i);
    }
    diag_hint(&sink, "belongs to the one that was dropped");
    assert_true(sink.stopped);
    assert_int_equal(sink.count, DIAG_MAX);
    assert_null(sink.list[DIAG_MAX - 1].hint);
    diag_render_all(&sink, out, sizeof(out));
    assert_non_null(strstr(out, "stopped after 20 errors; there are more\n"));
    diag_release(&sink);
}

static void test_diag__sorts_by_place_within_files(void **state)
{
    static const ir_file b = {.path = "b", .text = "\n\n\n", .text_size = 3};
    static const ir_file a = {.path = "a", .text = "\n\n\n", .text_size = 3};
    diag_sink            sink;

    (void)state;
    diag_init(&sink, NULL);
    diag_error(&sink, (ir_span){&b, 3, 1, 1}, "four");
    diag_error(&sink, (ir_span){&a, 1, 1, 1}, "five");
    diag_error(&sink, (ir_span){&b, 1, 1, 1}, "one");
    diag_error(&sink, (ir_span){&b, 1, 1, 1}, "two");
    diag_error(&sink, (ir_span){&b, 2, 1, 1}, "three");
    diag_sort(&sink);
    assert_string_equal(sink.list[0].message, "one");
    assert_string_equal(sink.list[1].message, "two");
    assert_string_equal(sink.list[2].message, "three");
    assert_string_equal(sink.list[3].message, "four");
    assert_string_equal(sink.list[4].message, "five");
    diag_release(&sink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena__aligns_and_zeroes),
        cmocka_unit_test(test_arena__refuses_sizes_that_overflow),
        cmocka_unit_test(test_str__interns_one_copy),
        cmocka_unit_test(test_str__map_keeps_the_first),
        cmocka_unit_test(test_str__distance_counts_edits),
        cmocka_unit_test(test_utf8__accepts_well_formed_only),
        cmocka_unit_test(test_number__reads_integers),
        cmocka_unit_test(test_number__rounds_floats_once),
        cmocka_unit_test(test_number__refuses_other_floats),
        cmocka_unit_test(test_diag__lines_the_caret_up),
        cmocka_unit_test(test_diag__cuts_to_the_buffer),
        cmocka_unit_test(test_diag__stops_after_the_most),
        cmocka_unit_test(test_diag__sorts_by_place_within_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
