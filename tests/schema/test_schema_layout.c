// test_schema_layout.c -- layouts worked out by hand from the format's rules.
#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

// Writes a record's layout on lines like
//
//     a bit 0.1            bool: byte and bit
//     b bit? 0.0 0.1       optional bool: present bit, value bit
//     c fixed 1            fixed, or `fixed? 0.2 1` with its present bit
//     d slot 0             `slot+ 0.3 1` has a present bit, `slot? 2` is empty
//                          when absent
//     e union 3 4          tag, slot
static void describe(const ir_record *r, char *text, size_t size)
{
    static const char *const places[] = {
        [IR_PLACE_BIT] = "bit",
        [IR_PLACE_BIT_OPTIONAL] = "bit?",
        [IR_PLACE_FIXED] = "fixed",
        [IR_PLACE_FIXED_OPTIONAL] = "fixed?",
        [IR_PLACE_SLOT] = "slot",
        [IR_PLACE_SLOT_PRESENT] = "slot+",
        [IR_PLACE_SLOT_OPTIONAL] = "slot?",
        [IR_PLACE_UNION] = "union",
    };
    size_t at = 0;

    text[0] = '\0';
    for (uint32_t i = 0; i < r->field_count; i++) {
        const ir_field *f = &r->fields[i];
        ir_place        p = f->place;

        at +=
            (size_t)snprintf(text + at, size - at, "%s %s", f->name, places[p]);
        if (p == IR_PLACE_BIT_OPTIONAL || p == IR_PLACE_FIXED_OPTIONAL ||
            p == IR_PLACE_SLOT_PRESENT) {
            at += (size_t)snprintf(text + at, size - at, " %u.%u",
                                   f->present_offset, f->present_bit);
        }
        if (p == IR_PLACE_BIT || p == IR_PLACE_BIT_OPTIONAL) {
            at += (size_t)snprintf(text + at, size - at, " %u.%u", f->offset,
                                   f->bit);
        }
        if (p == IR_PLACE_FIXED || p == IR_PLACE_FIXED_OPTIONAL ||
            p == IR_PLACE_UNION) {
            at += (size_t)snprintf(text + at, size - at, " %u", f->offset);
        }
        if (p == IR_PLACE_SLOT || p == IR_PLACE_SLOT_PRESENT ||
            p == IR_PLACE_SLOT_OPTIONAL || p == IR_PLACE_UNION) {
            at += (size_t)snprintf(text + at, size - at, " %u", f->slot);
        }
        at += (size_t)snprintf(text + at, size - at, "\n");
    }
    (void)snprintf(text + at, size - at, "F %u S %u\n", r->fixed, r->slots);
}

static void assert_layout(const char *source, const char *expected)
{
    compiled c;
    char     text[2048];

    compile_text(&c, source);
    describe(get_record(&c, "R"), text, sizeof(text));
    assert_string_equal(text, expected);
    compiled_release(&c);
}

static void test_layout__packs_bools_into_one_open_byte(void **state)
{
    (void)state;
    assert_layout("record R { a: bool; x: u16; b: bool; c: bool; d: bool;\n"
                  "e: bool; f: bool; g: bool; h: bool; y: u8; i: bool; }",
                  "a bit 0.0\nx fixed 1\nb bit 0.1\nc bit 0.2\nd bit 0.3\n"
                  "e bit 0.4\nf bit 0.5\ng bit 0.6\nh bit 0.7\ny fixed 3\n"
                  "i bit 4.0\nF 5 S 0\n");
}

static void test_layout__takes_the_present_bit_first(void **state)
{
    (void)state;
    assert_layout("record R { a: bool?; b: u32?; c: string?; d: [u8]?;\n"
                  "e: map<u8, u8>?; f: bytes?; g: bool?; h: bool?; }",
                  "a bit? 0.0 0.1\nb fixed? 0.2 1\nc slot+ 0.3 0\n"
                  "d slot+ 0.4 1\ne slot+ 0.5 2\nf slot+ 0.6 3\n"
                  "g bit? 0.7 5.0\nh bit? 5.1 5.2\nF 6 S 4\n");
}

static void test_layout__puts_large_and_sparse_optionals_in_slots(void **state)
{
    (void)state;
    assert_layout("struct Eight { a: u64; } struct Nine { a: u64; b: u8; }\n"
                  "record R { a: Eight?; b: Nine?; c: [u8; 8]?;\n"
                  "d: [u8; 9]?; e: u8? @sparse; f: bool? @sparse; g: u64?; }",
                  "a fixed? 0.0 1\nb slot? 0\nc fixed? 0.1 9\nd slot? 1\n"
                  "e slot? 2\nf slot? 3\ng fixed? 0.2 17\nF 25 S 4\n");
}

static void test_layout__gives_records_and_unions_slots(void **state)
{
    (void)state;
    assert_layout("record Q { x: u8; } union U { a; }\n"
                  "record R { a: Q; b: Q?; c: U; d: U?; e: [Q]; f: [Q]?;\n"
                  "g: map<u8, Q>; }",
                  "a slot 0\nb slot? 1\nc union 0 2\nd union 1 3\ne slot 4\n"
                  "f slot+ 2.0 5\ng slot 6\nF 3 S 7\n");
}

static void test_layout__keeps_structs_and_arrays_whole(void **state)
{
    (void)state;
    assert_layout("struct P { x: f32; y: f32; on: bool; }\n"
                  "enum E : i32 { A }\n"
                  "record R { a: u8; p: P; q: [P; 2]; e: E; b: [bool; 3]; }",
                  "a fixed 0\np fixed 1\nq fixed 10\ne fixed 28\nb fixed 32\n"
                  "F 35 S 0\n");
}

static void test_layout__of_nothing_is_nothing(void **state)
{
    (void)state;
    assert_layout("record R { }", "F 0 S 0\n");
}

static void test_layout__tells_the_prefixes(void **state)
{
    const ir_record *r;
    compiled         c;

    (void)state;
    compile_text(&c,
                 "union U { a; }\n"
                 "record R { a: bool; b: u16; c: bool?; d: U; e: string; }");
    r = get_record(&c, "R");
    assert_int_equal(r->fields[0].fixed_after, 1);
    assert_int_equal(r->fields[1].fixed_after, 3);
    assert_int_equal(r->fields[2].fixed_after, 3);
    assert_int_equal(r->fields[3].fixed_after, 4);
    assert_int_equal(r->fields[3].slots_after, 1);
    assert_int_equal(r->fields[4].fixed_after, 4);
    assert_int_equal(r->fields[4].slots_after, 2);
    compiled_release(&c);
}

static void assert_spare(const char *fields, uint32_t offset, uint8_t mask)
{
    const ir_record *r;
    compiled         c;
    char             text[512];

    (void)snprintf(text, sizeof(text), "record R { %s }", fields);
    compile_text(&c, text);
    r = get_record(&c, "R");
    assert_int_equal(r->spare_offset, offset);
    assert_int_equal(r->spare_mask, mask);
    compiled_release(&c);
}

static void test_layout__tells_the_spare_bits(void **state)
{
    (void)state;
    assert_spare("", 0, 0);
    assert_spare("x: u8;", 0, 0);
    assert_spare("x: u8; a: bool;", 1, 0xFE);
    assert_spare("x: u8; a: bool?; y: u16?;", 1, 0xF8);
    assert_spare("a: bool?; b: bool?; c: bool?; d: bool?;", 0, 0);
    assert_spare("a: bool?; b: bool?; c: bool?; d: bool?; e: bool;", 1, 0xFE);
    assert_spare("a: bool?; b: bool?; c: bool?; e: bool;", 0, 0x80);
}

static void assert_summary(const char *fields, bool all_strings, bool checked)
{
    const ir_record *r;
    compiled         c;
    char             text[512];

    (void)snprintf(text, sizeof(text),
                   "struct B { b: bool; } record Q { x: u8; } union U { a; }\n"
                   "record R { %s }",
                   fields);
    compile_text(&c, text);
    r = get_record(&c, "R");
    assert_int_equal(r->all_strings, all_strings);
    assert_int_equal(r->checked, checked);
    compiled_release(&c);
}

static void test_layout__summarises_records(void **state)
{
    (void)state;
    assert_summary("", false, false);
    assert_summary("a: u8; b: bool;", false, false);
    assert_summary("a: string; b: u8;", true, false);
    assert_summary("a: string; b: string?;", true, true);
    assert_summary("a: string; b: bytes;", false, false);
    assert_summary("a: string; b: U;", false, true);
    assert_summary("a: string; b: u8? @sparse;", false, false);
    assert_summary("a: Q?; b: [Q];", false, false);
    assert_summary("a: u8?;", false, true);
    assert_summary("a: bool?;", false, true);
    assert_summary("a: B;", false, true);
    assert_summary("a: [B];", false, false);
    assert_summary("a: [[bool; 2]; 2];", false, true);
}

static void test_layout__lays_out_synthetic_records(void **state)
{
    compiled c;
    char     text[256];

    (void)state;
    compile_text(&c, "enum E : u16 { A } union U { a; } record R {\n"
                     "a: [u16?]; b: map<E, E?>; c: [U]; d: map<u8, bool>; }");
    describe(get_field(&c, "R", "a")->type->record, text, sizeof(text));
    assert_string_equal(text, "value fixed? 0.0 1\nF 3 S 0\n");
    describe(get_field(&c, "R", "b")->type->record, text, sizeof(text));
    assert_string_equal(text, "key fixed 0\nvalue fixed? 2.0 3\nF 5 S 0\n");
    describe(get_field(&c, "R", "c")->type->record, text, sizeof(text));
    assert_string_equal(text, "value union 0 0\nF 1 S 1\n");
    describe(get_field(&c, "R", "d")->type->record, text, sizeof(text));
    assert_string_equal(text, "key fixed 0\nvalue bit 1.0\nF 2 S 0\n");
    compiled_release(&c);
}

static void test_layout__bounds_the_slots(void **state)
{
    static char text[1 << 20];
    size_t      size = 0;
    compiled    c;

    (void)state;
    size = (size_t)snprintf(text, sizeof(text), "record R {");
    for (int i = 0; i < 65535; i++) {
        size +=
            (size_t)snprintf(text + size, sizeof(text) - size, "f%x:bytes;", i);
    }
    memcpy(text + size, "}", 2);
    compile_text(&c, text);
    assert_int_equal(get_record(&c, "R")->slots, 65535);
    compiled_release(&c);
    memcpy(text + size, "more: u8; last: string; }", 26);
    assert_refused(text, "a record has at most 65535 fields of variable size, "
                         "and `last` is one more");
}

static void test_layout__bounds_the_fixed_part(void **state)
{
    (void)state;
    assert_compiles("record R { a: [u8; 1048576]; s: string; }");
    assert_refused("record R { a: [u8; 1048576]; s: bool; }",
                   "the fixed part of a record takes at most 1048576 bytes, "
                   "and `s` is beyond");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout__packs_bools_into_one_open_byte),
        cmocka_unit_test(test_layout__takes_the_present_bit_first),
        cmocka_unit_test(test_layout__puts_large_and_sparse_optionals_in_slots),
        cmocka_unit_test(test_layout__gives_records_and_unions_slots),
        cmocka_unit_test(test_layout__keeps_structs_and_arrays_whole),
        cmocka_unit_test(test_layout__of_nothing_is_nothing),
        cmocka_unit_test(test_layout__tells_the_prefixes),
        cmocka_unit_test(test_layout__tells_the_spare_bits),
        cmocka_unit_test(test_layout__summarises_records),
        cmocka_unit_test(test_layout__lays_out_synthetic_records),
        cmocka_unit_test(test_layout__bounds_the_slots),
        cmocka_unit_test(test_layout__bounds_the_fixed_part),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
