// test_schema_bounds.c -- sizes worked out by hand from the format's rules.
// That encoders come to the same is tests/max's business.
#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TYPES                                                                  \
    "struct P { x: f32; y: f32; } enum E : i16 { A } record Empty { }"         \
    "record Q { n: u8; } record Name { s: string @max(20); }"

static void assert_sizes(const char *fields, uint64_t least, uint64_t largest)
{
    const ir_record *r;
    compiled         c;
    char             text[2048];

    (void)snprintf(text, sizeof(text), TYPES " record R { %s }", fields);
    compile_text(&c, text);
    r = get_record(&c, "R");
    assert_null(r->unbounded);
    assert_int_equal(r->size_least, least);
    assert_int_equal(r->size_largest, largest);
    compiled_release(&c);
}

static void assert_unbounded(const char *text, const char *path)
{
    const ir_record *r;
    compiled         c;

    compile_text(&c, text);
    r = get_record(&c, "R");
    assert_non_null(r->unbounded);
    assert_string_equal(r->unbounded, path);
    assert_int_equal(r->size_largest, 0);
    compiled_release(&c);
}

static void test_bounds__of_heads(void **state)
{
    (void)state;
    assert_sizes("", 2, 2);
    assert_sizes("a: u8; b: bool; c: u32?;", 2 + 6, 2 + 6);
    assert_sizes("a: [u8; 254];", 2 + 254, 2 + 254);
    assert_sizes("a: [u8; 255];", 2 + 4 + 255, 2 + 4 + 255);
}

static void test_bounds__of_slices(void **state)
{
    (void)state;
    assert_sizes("a: string @max(7);", 2, 2 + 7);
    assert_sizes("a: bytes? @max(7);", 2 + 1, 2 + 1 + 7);
    assert_sizes("a: [P] @max(3);", 2, 2 + 24);
    assert_sizes("a: [bool] @max(8);", 2, 2 + 2);
    assert_sizes("a: [bool] @max(9);", 2, 2 + 3);
    assert_sizes("a: [u16] @max(3) @align(64);", 2, 2 + 65 + 6);
    assert_sizes("a: [u8; 9]?; b: u8? @sparse;", 2 + 1, 2 + 1 + 9 + 1);
}

static void test_bounds__of_splits(void **state)
{
    (void)state;
    assert_sizes("a: bytes @max(255); b: bytes @max(900);", 3, 3 + 255 + 900);
    assert_sizes("a: bytes @max(256); b: bytes @max(1);", 3, 2 + 2 + 257);
    assert_sizes("a: bytes @max(65536); b: P? @sparse; c: P;", 11,
                 2 + 8 + 3 + 65536 + 8);
}

static void test_bounds__of_blocks(void **state)
{
    (void)state;
    assert_sizes("a: Name;", 2, 2 + 22);
    assert_sizes("a: Q?; b: Q;", 3, 3 + 3 + 3);
    // Whatever is all defaults is the empty slice where it is required.
    assert_sizes("a: Empty;", 2, 2);
    assert_sizes("a: Empty?;", 2, 2 + 2);
    // Header 3, count 1, heads with anchors of a byte, then two.
    assert_sizes("a: [Name] @max(12);", 2, 2 + 4 + 12 * 1 + 240);
    assert_sizes("a: [Name] @max(13);", 2, 2 + 4 + 13 * 1 + 260);
    assert_sizes("a: [Name] @max(14);", 2, 2 + 4 + 14 * 2 + 280);
    assert_sizes("a: [Q] @max(255);", 2, 2 + 4 + 255);
    assert_sizes("a: [Q] @max(256);", 2, 2 + 5 + 256);
    assert_sizes("a: [Q?] @max(2);", 2, 2 + 4 + 2 * 1 + 2 * 3);
}

static void test_bounds__of_maps(void **state)
{
    (void)state;
    assert_sizes("a: map<u8, u16>;", 2, 2 + 5 + 256 * 3);
    assert_sizes("a: map<u8, u16> @max(999);", 2, 2 + 5 + 256 * 3);
    assert_sizes("a: map<E, Empty> @max(2);", 2, 2 + 4 + 2 * (2 + 1));
    assert_sizes("a: map<[u8; 20], bool> @max(2);", 2, 2 + 4 + 2 * 21);
    assert_sizes("a: map<u32, u8>;", 2, 2 + 8 + (UINT64_C(5) << 32));
}

static void test_bounds__of_unions(void **state)
{
    compiled c;

    (void)state;
    compile_text(&c, "union U { a; b: [u8; 9]; c: N; d: E; } record E { }"
                     "record N { s: string @max(4); } record R { u: U; v: U?;"
                     "l: [U] @max(2); }");
    assert_int_equal(get_record(&c, "R")->size_least, 2 + 2 + 2);
    assert_int_equal(get_record(&c, "R")->size_largest,
                     2 + 2 + 2 + 9 + 9 + 4 + 2 * (1 + 1 + 9));
    compiled_release(&c);
}

static void test_bounds__name_what_has_none(void **state)
{
    (void)state;
    assert_unbounded("record R { a: u8; b: string; c: bytes; }", "b");
    assert_unbounded("record R { a: [string] @max(2); }", "a[]");
    assert_unbounded("record R { a: [[u8]?] @max(2); }", "a[]");
    assert_unbounded("record R { a: [Q]; } record Q { n: u8; }", "a");
    assert_unbounded("record R { a: map<string, u8> @max(2); }", "a[].key");
    assert_unbounded("record R { a: map<u8, bytes>; }", "a[].value");
    assert_unbounded("record R { a: map<u64, u8>; }", "a");
    assert_unbounded("record R { a: map<u8, [Q]>; } record Q { n: u8; }",
                     "a[].value");
    assert_unbounded("union U { a; b: string; } record R { u: [U] @max(2); }",
                     "u[].b");
    assert_unbounded("record Q { x: string; } record R { a: Q; }", "a.x");
    assert_unbounded("record Q { x: string; } record R { a: [Q] @max(2); }",
                     "a[].x");
}

static void test_bounds__end_at_what_leads_back(void **state)
{
    (void)state;
    assert_unbounded("record R { a: u8; next: R?; }", "next");
    assert_unbounded("record R { kids: [R] @max(2); }", "kids");
    assert_unbounded("record R { kids: map<u8, R>; }", "kids[].value");
    assert_unbounded("union U { r: R; } record R { u: U; }", "u");
    assert_unbounded("record R { u: U; } union U { r: R; }", "u.r");
    assert_unbounded("record R { q: Q?; } record Q { r: R?; }", "q.r");
    assert_unbounded("record Q { r: R?; } record R { q: Q?; }", "q");
}

static void test_bounds__end_where_messages_do(void **state)
{
    (void)state;
    assert_sizes("a: [u64] @max(0xffffffff);", 2, 2 + (UINT64_C(8) << 32) - 8);
    assert_unbounded("record R { a: [[u8; 65536]] @max(0xffffffff); }", "a");
    assert_unbounded("struct P { a: [u8; 20000]; } record Q { p: [P] "
                     "@max(0xffffffff); } record R { a: Q; b: Q; }",
                     "b");
    assert_unbounded("record Q { p: [u8] @max(0xffffffff); } record R { "
                     "l: [Q] @max(0xffffffff); }",
                     "l");
    assert_unbounded("record Q { p: u8; } record R { m: map<u64, map<u32, u8>> "
                     "@max(0xffffffff); }",
                     "m");
}

// A chain of records, each with a field of the next: it takes no stack, and
// paths are cut.
static void test_bounds__chains_may_be_long(void **state)
{
    static char text[1 << 20];
    size_t      size = 0;
    compiled    c;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        size += (size_t)snprintf(text + size, sizeof(text) - size,
                                 "record R%d { next: R%d?; }\n", i, i + 1);
    }
    (void)snprintf(text + size, sizeof(text) - size,
                   "record R20000 { n: u8; } record R { l: [R0] @max(1); }");
    compile_text(&c, text);
    assert_null(get_record(&c, "R0")->unbounded);
    assert_int_equal(get_record(&c, "R0")->size_largest, 2 * 20000 + 3);
    compiled_release(&c);
    (void)snprintf(text + size, sizeof(text) - size,
                   "record R20000 { n: bytes; }");
    compile_text(&c, text);
    assert_string_equal(get_record(&c, "R19998")->unbounded, "next.next.n");
    assert_true(strlen(get_record(&c, "R0")->unbounded) < 200);
    compiled_release(&c);
}

static void test_bounds__max_is_in_the_ir(void **state)
{
    compiled c;

    (void)state;
    compile_text(&c, "const N: u8 = 3; type T = [u8]; record R { a: string; "
                     "b: T? @max(N) @align(4); c: bool; d: [bool] @max(0x10); "
                     "}");
    assert_int_equal(get_field(&c, "R", "a")->max, 0);
    assert_int_equal(get_field(&c, "R", "b")->max, 3);
    assert_int_equal(get_field(&c, "R", "d")->max, 16);
    assert_true(get_record(&c, "R")->checked);
    compiled_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds__of_heads),
        cmocka_unit_test(test_bounds__of_slices),
        cmocka_unit_test(test_bounds__of_splits),
        cmocka_unit_test(test_bounds__of_blocks),
        cmocka_unit_test(test_bounds__of_maps),
        cmocka_unit_test(test_bounds__of_unions),
        cmocka_unit_test(test_bounds__name_what_has_none),
        cmocka_unit_test(test_bounds__end_at_what_leads_back),
        cmocka_unit_test(test_bounds__end_where_messages_do),
        cmocka_unit_test(test_bounds__chains_may_be_long),
        cmocka_unit_test(test_bounds__max_is_in_the_ir),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
