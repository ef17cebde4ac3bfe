// test_schema_values.c -- defaults as wire bytes, and constants as bits.
#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define DECLARATIONS                                                           \
    "enum E : i16 { LOW = -5, ZERO = 0, HIGH = 500 }\n"                        \
    "struct P { x: u16; y: bool; z: [i8; 2]; }\n"                              \
    "const N: u32 = 258; const T: bool = true; const D: f64 = 0.1;\n"          \
    "const F: f32 = 0.1; const H: E = HIGH; const M: N2 = N;\n"                \
    "type N2 = u64; const NEG: i32 = -3;\n"

static void assert_default(const char *type, const char *value,
                           const char *expected, size_t size)
{
    char            text[1024];
    const ir_field *field;
    compiled        c;

    (void)snprintf(text, sizeof(text), DECLARATIONS "record R { f: %s = %s; }",
                   type, value);
    compile_text(&c, text);
    field = get_field(&c, "R", "f");
    assert_int_equal(field->type->size, size);
    assert_non_null(field->initial);
    assert_memory_equal(field->initial, expected, size);
    compiled_release(&c);
}

static void assert_zero(const char *type, const char *value)
{
    char     text[1024];
    compiled c;

    (void)snprintf(text, sizeof(text), DECLARATIONS "record R { f: %s = %s; }",
                   type, value);
    compile_text(&c, text);
    assert_null(get_field(&c, "R", "f")->initial);
    compiled_release(&c);
}

#define ASSERT_DEFAULT(type, value, bytes)                                     \
    assert_default(type, value, bytes, sizeof(bytes) - 1)

static void test_values__write_integers_little_endian(void **state)
{
    (void)state;
    ASSERT_DEFAULT("u8", "255", "\xFF");
    ASSERT_DEFAULT("u16", "0x1234", "\x34\x12");
    ASSERT_DEFAULT("u32", "4_294_967_295", "\xFF\xFF\xFF\xFF");
    ASSERT_DEFAULT("u64", "0x0102030405060708",
                   "\x08\x07\x06\x05\x04\x03\x02\x01");
    ASSERT_DEFAULT("i8", "-128", "\x80");
    ASSERT_DEFAULT("i16", "-2", "\xFE\xFF");
    ASSERT_DEFAULT("i64", "-9223372036854775808", "\0\0\0\0\0\0\0\x80");
    ASSERT_DEFAULT("u8", "0b101", "\x05");
    ASSERT_DEFAULT("bool", "true", "\x01");
}

static void test_values__round_floats_to_their_type(void **state)
{
    (void)state;
    ASSERT_DEFAULT("f32", "0.1", "\xCD\xCC\xCC\x3D");
    ASSERT_DEFAULT("f64", "0.1", "\x9A\x99\x99\x99\x99\x99\xB9\x3F");
    ASSERT_DEFAULT("f32", "-2", "\0\0\0\xC0");
    ASSERT_DEFAULT("f32", "-0.0", "\0\0\0\x80");
    ASSERT_DEFAULT("f64", "-0", "\0\0\0\0\0\0\0\x80");
    ASSERT_DEFAULT("f32", "inf", "\0\0\x80\x7F");
    ASSERT_DEFAULT("f32", "-inf", "\0\0\x80\xFF");
    ASSERT_DEFAULT("f32", "nan", "\0\0\xC0\x7F");
    ASSERT_DEFAULT("f64", "-inf", "\0\0\0\0\0\0\xF0\xFF");
    ASSERT_DEFAULT("f64", "nan", "\0\0\0\0\0\0\xF8\x7F");
}

static void test_values__are_null_when_zero(void **state)
{
    (void)state;
    assert_zero("u32", "0");
    assert_zero("bool", "false");
    assert_zero("f64", "0.0");
    assert_zero("E", "ZERO");
    assert_zero("[u8; 3]", "[0, 0, 0]");
    assert_zero("P", "{ }");
    assert_zero("f32", "1e-60");
}

static void test_values__write_enums_by_name(void **state)
{
    (void)state;
    ASSERT_DEFAULT("E", "LOW", "\xFB\xFF");
    ASSERT_DEFAULT("E", "HIGH", "\xF4\x01");
    ASSERT_DEFAULT("E", "H", "\xF4\x01");
    ASSERT_DEFAULT("[E; 2]", "[H, LOW]", "\xF4\x01\xFB\xFF");
}

static void test_values__write_aggregates(void **state)
{
    (void)state;
    ASSERT_DEFAULT("[u16; 3]", "[1, 2, 3,]", "\1\0\2\0\3\0");
    ASSERT_DEFAULT("[bool; 2]", "[false, true]", "\0\1");
    ASSERT_DEFAULT("P", "{ y: true, x: 5 }", "\5\0\1\0\0");
    ASSERT_DEFAULT("P", "{ z: [-1, 1] }", "\0\0\0\xFF\1");
    ASSERT_DEFAULT("[P; 2]", "[{ x: 1, }, { z: [2, 3] }]",
                   "\1\0\0\0\0\0\0\0\2\3");
    ASSERT_DEFAULT("[[u8; 2]; 2]", "[[1, 2], [3, 4]]", "\1\2\3\4");
}

static void test_values__take_constants(void **state)
{
    (void)state;
    ASSERT_DEFAULT("u16", "N", "\2\1");
    ASSERT_DEFAULT("u16", "test.N", "\2\1");
    ASSERT_DEFAULT("i64", "M", "\2\1\0\0\0\0\0\0");
    ASSERT_DEFAULT("i8", "NEG", "\xFD");
    ASSERT_DEFAULT("bool", "T", "\1");
    ASSERT_DEFAULT("f32", "F", "\xCD\xCC\xCC\x3D");
    ASSERT_DEFAULT("f64", "F", "\0\0\0\xA0\x99\x99\xB9\x3F");
    ASSERT_DEFAULT("f64", "D", "\x9A\x99\x99\x99\x99\x99\xB9\x3F");
    ASSERT_DEFAULT("[u16; 2]", "[N, 1]", "\2\1\1\0");
}

static void test_values__constants_hold_bits(void **state)
{
    compiled c;

    (void)state;
    compile_text(&c, "enum E : i8 { A = -1 } const A: i16 = -2;\n"
                     "const B: f32 = 1.5; const C: bool = true;\n"
                     "const D: E = A; const F: u64 = 0xFFFFFFFFFFFFFFFF;");
    assert_int_equal(get_decl(&c, "A")->of.constant->bits, (uint64_t)-2);
    assert_int_equal(get_decl(&c, "B")->of.constant->bits, 0x3FC00000);
    assert_int_equal(get_decl(&c, "C")->of.constant->bits, 1);
    assert_int_equal(get_decl(&c, "D")->of.constant->bits, UINT64_MAX);
    assert_int_equal(get_decl(&c, "D")->of.constant->type->kind, IR_ENUM);
    assert_int_equal(get_decl(&c, "F")->of.constant->bits, UINT64_MAX);
    compiled_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values__write_integers_little_endian),
        cmocka_unit_test(test_values__round_floats_to_their_type),
        cmocka_unit_test(test_values__are_null_when_zero),
        cmocka_unit_test(test_values__write_enums_by_name),
        cmocka_unit_test(test_values__write_aggregates),
        cmocka_unit_test(test_values__take_constants),
        cmocka_unit_test(test_values__constants_hold_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
