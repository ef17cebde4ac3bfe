// test_schema_resolve.c -- names, types and declarations in the IR.
#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static const ir_type *type_of(const compiled *c, const char *field)
{
    return get_field(c, "R", field)->type;
}

static void test_resolve__gives_every_type_its_kind(void **state)
{
    static const struct {
        const char *text;
        ir_kind     kind;
        uint32_t    size;
    } cases[] = {
        {"bool", IR_BOOL, 1},
        {"u8", IR_U8, 1},
        {"u16", IR_U16, 2},
        {"u32", IR_U32, 4},
        {"u64", IR_U64, 8},
        {"i8", IR_I8, 1},
        {"i16", IR_I16, 2},
        {"i32", IR_I32, 4},
        {"i64", IR_I64, 8},
        {"f32", IR_F32, 4},
        {"f64", IR_F64, 8},
        {"E", IR_ENUM, 2},
        {"S", IR_STRUCT, 6},
        {"[S; 3]", IR_ARRAY, 18},
        {"string", IR_STRING, 0},
        {"bytes", IR_BYTES, 0},
        {"[S]", IR_VECTOR, 0},
        {"[bool]", IR_BITSET, 0},
        {"[[bool; 2]]", IR_VECTOR, 0},
        {"X", IR_RECORD, 0},
        {"[X]", IR_LIST, 0},
        {"[[u8]]", IR_LIST, 0},
        {"map<u8, X>", IR_MAP, 0},
        {"U", IR_UNION, 0},
        {"u8?", IR_OPTIONAL, 0},
        {"U?", IR_OPTIONAL, 0},
        {"E2", IR_ENUM, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        compiled       c;
        char           text[512];
        const ir_type *type;

        (void)snprintf(text, sizeof(text),
                       "enum E : i16 { A } enum E2 { A } record X { x: u8; }\n"
                       "struct S { a: u32; b: [bool; 2]; } union U { a; }\n"
                       "record R { f: %s; }",
                       cases[i].text);
        compile_text(&c, text);
        type = type_of(&c, "f");
        assert_int_equal(type->kind, cases[i].kind);
        assert_int_equal(type->size, cases[i].size);
        assert_int_equal(type->fixed, cases[i].size > 0);
        compiled_release(&c);
    }
}

static void test_resolve__makes_synthetic_records(void **state)
{
    static const char *const values[] = {"string", "bytes",       "[u8]",
                                         "[bool]", "u16?",        "X?",
                                         "U",      "map<u8, u8>", "[X]"};
    compiled                 c;

    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
        char             text[256];
        const ir_type   *type;
        const ir_record *record;

        (void)snprintf(text, sizeof(text),
                       "record X { x: u8; } union U { a; }\n"
                       "record R { f: [%s]; }",
                       values[i]);
        compile_text(&c, text);
        type = type_of(&c, "f");
        assert_int_equal(type->kind, IR_LIST);
        record = type->record;
        assert_true(record->synthetic);
        assert_string_equal(record->name, "");
        assert_string_equal(record->qualified, "");
        assert_null(record->type);
        assert_int_equal(record->field_count, 1);
        assert_string_equal(record->fields[0].name, "value");
        assert_ptr_equal(record->fields[0].type, type->element);
        assert_ptr_equal(record->declared_fields[0], &record->fields[0]);
        compiled_release(&c);
    }
    compile_text(&c, "record X { x: u8; } record R { f: map<string, X>; g: "
                     "[X]; }");
    assert_string_equal(type_of(&c, "f")->record->fields[0].name, "key");
    assert_string_equal(type_of(&c, "f")->record->fields[1].name, "value");
    assert_int_equal(type_of(&c, "f")->record->fields[1].declared, 1);
    assert_ptr_equal(type_of(&c, "g")->record, get_record(&c, "X"));
    compiled_release(&c);
}

static void test_resolve__aliases_have_nodes_of_their_own(void **state)
{
    compiled       c;
    const ir_type *a;

    (void)state;
    compile_text(&c, "type B = A; type A = i64; type V = [A]; record R {\n"
                     "a: A; b: B; c: A; d: i64; v: V; w: V?; }");
    a = type_of(&c, "a");
    assert_int_equal(a->kind, IR_I64);
    assert_string_equal(a->alias->name, "A");
    assert_ptr_equal(a->alias->type, a);
    assert_ptr_equal(type_of(&c, "c"), a);
    assert_string_equal(type_of(&c, "b")->alias->qualified, "test.B");
    assert_ptr_not_equal(type_of(&c, "d"), a);
    assert_null(type_of(&c, "d")->alias);
    assert_int_equal(type_of(&c, "v")->kind, IR_VECTOR);
    assert_ptr_equal(type_of(&c, "v")->element, a);
    assert_ptr_equal(type_of(&c, "w")->element, type_of(&c, "v"));
    compiled_release(&c);
}

static void test_resolve__looks_through_aliases(void **state)
{
    (void)state;
    assert_compiles("type K = string; type F = bool; record R {\n"
                    "a: map<K, u8>; b: [F]; c: F? @sparse; }");
    assert_refused("type O = u8?; record R { a: O?; }",
                   "an optional of an optional");
    assert_refused("type O = u8?; union U { a: O; }",
                   "a variant can't be optional itself");
    assert_refused("type F = bool; record R { a: [F] @align(8); }",
                   "`@align` is for `bytes` and vectors of a fixed type but "
                   "`bool`");
}

static void test_resolve__needs_no_order(void **state)
{
    compiled c;

    (void)state;
    compile_text(&c, "record R { a: A; b: [u8; N] = [M, M]; e: E = G; }\n"
                     "type A = S; struct S { t: T; } struct T { x: u32; }\n"
                     "const N: u8 = M; const M: u8 = 2; const G: E = Y;\n"
                     "enum E { X, Y }");
    assert_int_equal(type_of(&c, "a")->size, 4);
    assert_int_equal(type_of(&c, "b")->count, 2);
    assert_int_equal(get_field(&c, "R", "b")->initial[1], 2);
    assert_int_equal(get_field(&c, "R", "e")->initial[0], 1);
    compiled_release(&c);
}

static void test_resolve__numbers_enums(void **state)
{
    compiled       c;
    const ir_enum *e;

    (void)state;
    compile_text(&c, "enum E : i8 { A = -2, B, C, D, F = 0x7F, G = -128, }");
    e = get_decl(&c, "E")->of.enumeration;
    assert_int_equal(e->base, IR_I8);
    assert_int_equal(e->value_count, 6);
    assert_int_equal(e->values[0].value, (uint64_t)-2);
    assert_int_equal(e->values[1].value, UINT64_MAX);
    assert_int_equal(e->values[2].value, 0);
    assert_int_equal(e->values[3].value, 1);
    assert_int_equal(e->values[4].value, 127);
    assert_int_equal(e->values[5].value, (uint64_t)-128);
    assert_int_equal(e->type->size, 1);
    compiled_release(&c);
}

static void test_resolve__sizes_structs(void **state)
{
    compiled         c;
    const ir_struct *s;

    (void)state;
    compile_text(&c, "struct S { a: u8; b: T; c: u64; }\n"
                     "struct T { x: [i16; 3]; y: bool; }\n"
                     "struct P { a: [S; 2]; } struct Q { a: u8; }");
    s = get_decl(&c, "S")->of.structure;
    assert_int_equal(s->size, 16);
    assert_int_equal(s->type->size, 16);
    assert_int_equal(s->members[1].offset, 1);
    assert_int_equal(s->members[2].offset, 8);
    assert_true(s->has_bool && s->type->has_bool);
    assert_true(get_decl(&c, "P")->of.structure->has_bool);
    assert_false(get_decl(&c, "Q")->of.structure->has_bool);
    compiled_release(&c);
}

static void test_resolve__keeps_documentation(void **state)
{
    compiled c;

    (void)state;
    compile_text(&c, "\n/// An enum.\nenum E {\n/// A value.\nA }\n"
                     "/// A record.\n/// More.\nrecord R {\n/// A field.\n"
                     "f: u8; g: u8; }\n/// A struct.\nstruct S {\n"
                     "/// A member.\nm: u8; }\n/// A union.\nunion U {\n"
                     "/// A variant.\nv; }\n/// An alias.\ntype T = u8;\n"
                     "/// A constant.\nconst C: u8 = 1;");
    assert_string_equal(get_decl(&c, "E")->of.enumeration->doc, "An enum.");
    assert_string_equal(get_decl(&c, "E")->of.enumeration->values[0].doc,
                        "A value.");
    assert_string_equal(get_record(&c, "R")->doc, "A record.\nMore.");
    assert_string_equal(get_field(&c, "R", "f")->doc, "A field.");
    assert_null(get_field(&c, "R", "g")->doc);
    assert_string_equal(get_decl(&c, "S")->of.structure->doc, "A struct.");
    assert_string_equal(get_decl(&c, "S")->of.structure->members[0].doc,
                        "A member.");
    assert_string_equal(get_decl(&c, "U")->of.onion->doc, "A union.");
    assert_string_equal(get_decl(&c, "U")->of.onion->variants[0].doc,
                        "A variant.");
    assert_string_equal(get_decl(&c, "T")->of.alias->doc, "An alias.");
    assert_string_equal(get_decl(&c, "C")->of.constant->doc, "A constant.");
    compiled_release(&c);
}

static void test_resolve__identifies_records(void **state)
{
    compiled c;

    (void)state;
    compile_text(&c, "record R { } record Q @id(0x10) { }");
    assert_false(get_record(&c, "R")->has_id);
    assert_int_equal(get_record(&c, "R")->id, XXH3_64bits("test.R", 6));
    assert_true(get_record(&c, "test.Q")->has_id);
    assert_int_equal(get_record(&c, "Q")->id, 16);
    assert_null(schema_find_record(schema_ir(c.handle), "other.R"));
    assert_null(schema_find_record(schema_ir(c.handle), "S"));
    compiled_release(&c);
}

static void test_resolve__orders_fields_by_ordinal(void **state)
{
    const ir_record *r;
    compiled         c;

    (void)state;
    compile_text(&c, "record R { c: u8 @2; a: u16 @0; b: bool @1; }");
    r = get_record(&c, "R");
    assert_string_equal(r->fields[0].name, "a");
    assert_string_equal(r->fields[1].name, "b");
    assert_string_equal(r->fields[2].name, "c");
    assert_int_equal(r->fields[0].declared, 1);
    assert_ptr_equal(r->declared_fields[0], &r->fields[2]);
    assert_ptr_equal(r->declared_fields[1], &r->fields[0]);
    assert_int_equal(r->fields[2].offset, 3);
    compiled_release(&c);
}

static void test_resolve__takes_attributes(void **state)
{
    compiled c;

    (void)state;
    compile_text(&c, "record R { a: [f32]? @align(64) @deprecated;\n"
                     "b: u16? @sparse; c: u8 = 1 @deprecated; }");
    assert_int_equal(get_field(&c, "R", "a")->align, 64);
    assert_true(get_field(&c, "R", "a")->deprecated);
    assert_true(get_field(&c, "R", "b")->sparse);
    assert_true(get_field(&c, "R", "c")->deprecated);
    assert_int_equal(get_field(&c, "R", "c")->initial[0], 1);
    compiled_release(&c);
}

static void test_resolve__points_to_the_source(void **state)
{
    const ir_field *field;
    compiled        c;

    (void)state;
    compile_text(&c, "\nrecord R {\n    long_name: u8;\n}");
    field = get_field(&c, "R", "long_name");
    assert_int_equal(field->span.line, 3);
    assert_int_equal(field->span.column, 5);
    assert_int_equal(field->span.length, 9);
    assert_string_equal(field->span.file->path, "test.inlay");
    compiled_release(&c);
}

static void test_resolve__reports_no_followers(void **state)
{
    (void)state;
    // One mistake each, used in several places.
    assert_refused("struct S { x: Nothing; } record R { s: S; t: [S]; u: S?; "
                   "v: [S; 3] = [{ x: 1 }, 2, 3]; }",
                   "there is no type `Nothing`");
    assert_refused("const N: u8 = 300; record R { a: [u8; N]; b: u8 = N; }",
                   "300 does not fit `u8`");
    assert_refused("type A = [u8; 0]; record R { a: A; b: A?; c: [A]; }",
                   "an array has at least one element");
    assert_refused("enum E { X = 256, Y } record R { e: E = Y; f: E = X; }",
                   "256 does not fit `u8`");
    assert_refused("record A { x ; } record R { a: [A]; b: A; }",
                   "expected `:` after the name, found `;`");
    assert_refused("record { x: u8; } record R { a: Lost; b: [u8; ALSO]; }",
                   "expected the name of a record, found `{`");
}

static void append(char *text, size_t *size, const char *more)
{
    memcpy(text + *size, more, strlen(more) + 1);
    *size += strlen(more);
}

static void test_resolve__bounds_chains_of_declarations(void **state)
{
    static char text[1 << 19];
    size_t      size = 0;
    char        line[64];
    compiled    c;

    (void)state;
    // The same chain is fine when the innermost comes first: an alias of an
    // alias is no deeper.
    for (int i = 0; i < 5000; i++) {
        (void)snprintf(line, sizeof(line), "type A%d = A%d;\n", i + 1, i);
        append(text, &size, line);
        if (i == 0) {
            append(text, &size, "type A0 = u8;\n");
        }
    }
    assert_compiles(text);
    size = 0;
    for (int i = 0; i < 5000; i++) {
        (void)snprintf(line, sizeof(line), "type A%d = A%d;\n", i, i + 1);
        append(text, &size, line);
    }
    append(text, &size, "type A5000 = u8;\n");
    compile_text(&c, text);
    assert_null(c.handle);
    assert_string_equal(c.sink.list[0].message,
                        "too many declarations that lean on one another");
    compiled_release(&c);
}

static void test_resolve__bounds_structs_in_structs(void **state)
{
    static char text[1 << 16];
    size_t      size = 0;
    char        line[64];

    (void)state;
    append(text, &size, "struct S0 { x: u8; }\n");
    for (int i = 1; i < 63; i++) {
        (void)snprintf(line, sizeof(line), "struct S%d { s: S%d; }\n", i,
                       i - 1);
        append(text, &size, line);
    }
    assert_compiles(text);
    append(text, &size, "struct S63 { s: S62; }\n");
    assert_refused(text, "types nest at most 64 levels deep, aliases and "
                         "structs included");
}

static void test_resolve__follows_long_chains_of_records(void **state)
{
    static char text[1 << 20];
    size_t      size = 0;
    char        line[64];
    compiled    c;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        (void)snprintf(line, sizeof(line), "record R%d { r: R%d; }\n", i,
                       i + 1);
        append(text, &size, line);
    }
    append(text, &size, "record R20000 { r: R0?; }\n");
    compile_text(&c, text);
    assert_string_equal(c.errors, "");
    compiled_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resolve__gives_every_type_its_kind),
        cmocka_unit_test(test_resolve__makes_synthetic_records),
        cmocka_unit_test(test_resolve__aliases_have_nodes_of_their_own),
        cmocka_unit_test(test_resolve__looks_through_aliases),
        cmocka_unit_test(test_resolve__needs_no_order),
        cmocka_unit_test(test_resolve__numbers_enums),
        cmocka_unit_test(test_resolve__sizes_structs),
        cmocka_unit_test(test_resolve__keeps_documentation),
        cmocka_unit_test(test_resolve__identifies_records),
        cmocka_unit_test(test_resolve__orders_fields_by_ordinal),
        cmocka_unit_test(test_resolve__takes_attributes),
        cmocka_unit_test(test_resolve__points_to_the_source),
        cmocka_unit_test(test_resolve__reports_no_followers),
        cmocka_unit_test(test_resolve__bounds_chains_of_declarations),
        cmocka_unit_test(test_resolve__bounds_structs_in_structs),
        cmocka_unit_test(test_resolve__follows_long_chains_of_records),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
