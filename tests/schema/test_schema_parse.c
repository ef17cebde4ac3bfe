// test_schema_parse.c -- the shape of trees, and what survives an error.
#include "schema/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct bench {
    ir_file   file;
    arena     memory;
    str_table strings;
    diag_sink sink;
    ast_file *tree;
} bench;

static void bench_open(bench *b, const char *text)
{
    *b = (bench){.file = {.path = "t", .text = text}};
    b->file.text_size = strlen(text);
    arena_init(&b->memory, NULL);
    b->strings.arena = &b->memory;
    diag_init(&b->sink, NULL);
    b->tree = parse_file(&b->file, &b->memory, &b->strings, &b->sink);
    assert_non_null(b->tree);
}

static void bench_close(bench *b)
{
    diag_release(&b->sink);
    arena_release(&b->memory);
}

static void test_parse__reads_every_declaration(void **state)
{
    static const ir_decl_kind kinds[] = {IR_DECL_ENUM,  IR_DECL_STRUCT,
                                         IR_DECL_UNION, IR_DECL_RECORD,
                                         IR_DECL_ALIAS, IR_DECL_CONST};
    static const char         names[] = "ESURTC";
    const ast_decl           *decl;
    bench                     b;

    (void)state;
    bench_open(&b, "/// P.\npackage a.b.c;\nimport \"x\"; import \"y/z\";\n"
                   "enum E : u8 { A, B = -1, }\nstruct S { x: u8; }\n"
                   "union U { a: u8; none; }\nrecord R @id(1) { }\n"
                   "type T = u8;\n/// C.\nconst C: u8 = 1;");
    assert_int_equal(b.sink.count, 0);
    assert_string_equal(b.tree->package, "a.b.c");
    assert_string_equal(b.tree->doc, "P.");
    assert_int_equal(b.tree->import_count, 2);
    assert_string_equal(b.tree->imports->next->path, "y/z");
    assert_int_equal(b.tree->decl_count, 6);
    decl = b.tree->decls;
    for (int i = 0; i < 6; i++, decl = decl->next) {
        assert_int_equal(decl->kind, kinds[i]);
        assert_int_equal(decl->name[0], names[i]);
        assert_false(decl->broken);
    }
    assert_int_equal(b.tree->decls->item_count, 2);
    assert_true(b.tree->decls->items->next->value->negative);
    bench_close(&b);
}

static void test_parse__nests_types(void **state)
{
    const ast_type *type;
    bench           b;

    (void)state;
    bench_open(&b, "package t; type T = map<x.K, [[u8; N]?]>?;");
    assert_int_equal(b.sink.count, 0);
    type = b.tree->decls->type;
    assert_int_equal(type->kind, AST_TYPE_OPTIONAL);
    assert_int_equal(type->span.column, 21);
    assert_int_equal(type->span.length, 21);
    type = type->element;
    assert_int_equal(type->kind, AST_TYPE_MAP);
    assert_string_equal(type->key->name, "x.K");
    type = type->element;
    assert_int_equal(type->kind, AST_TYPE_VECTOR);
    type = type->element->element;
    assert_int_equal(type->kind, AST_TYPE_ARRAY);
    assert_string_equal(type->element->name, "u8");
    assert_int_equal(type->count->kind, AST_VALUE_NAME);
    bench_close(&b);
}

static void test_parse__takes_attributes_on_both_sides(void **state)
{
    const ast_item *item;
    bench           b;

    (void)state;
    bench_open(&b, "package t; record R { a: u8 @3 @x(5) = 7 @y; }");
    assert_int_equal(b.sink.count, 0);
    item = b.tree->decls->items;
    assert_null(item->attributes->name);
    assert_string_equal(item->attributes->argument->text, "3");
    assert_string_equal(item->attributes->next->name, "x");
    assert_string_equal(item->attributes->next->argument->text, "5");
    assert_string_equal(item->attributes->next->next->name, "y");
    assert_string_equal(item->value->text, "7");
    bench_close(&b);
}

static void test_parse__lets_soft_words_be_names(void **state)
{
    bench b;

    (void)state;
    bench_open(&b, "package type.map; record R { type: u8; map: map<u8, u8>;\n"
                   "u8: u8; inf: f32 = inf; }\nenum E { type, map }");
    assert_int_equal(b.sink.count, 0);
    assert_int_equal(b.tree->decl_count, 2);
    assert_int_equal(b.tree->decls->item_count, 4);
    bench_close(&b);
}

static void test_parse__goes_on_behind_a_wrong_field(void **state)
{
    const ast_decl *decl;
    bench           b;

    (void)state;
    bench_open(&b, "package t; record R { a: u8; b: ; c: [u8; 3;\n"
                   "d: S = { x: $, y: [1; 2] }; e: u8; }\nstruct S { x: u8; }");
    decl = b.tree->decls;
    assert_int_equal(b.sink.count, 4);
    assert_true(decl->broken);
    assert_int_equal(decl->item_count, 5);
    assert_false(decl->items->broken);
    assert_true(decl->items->next->broken);
    assert_false(decl->items->next->next->next->next->broken);
    assert_false(decl->next->broken);
    bench_close(&b);
}

static void test_parse__finds_the_next_declaration(void **state)
{
    bench b;

    (void)state;
    bench_open(&b, "package t; record A { x: u8;\nrecord B { }\nnonsense { ]\n"
                   "type C = u8; struct { } enum D { V }");
    assert_int_equal(b.sink.count, 3);
    assert_true(b.tree->lost);
    assert_int_equal(b.tree->decl_count, 4);
    bench_close(&b);
}

static void test_parse__bounds_its_recursion(void **state)
{
    static char text[200000];
    bench       b;

    (void)state;
    memcpy(text, "package t; type T = ", 20);
    memset(text + 20, '[', sizeof(text) - 21);
    bench_open(&b, text);
    assert_int_equal(b.sink.count, 1);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse__reads_every_declaration),
        cmocka_unit_test(test_parse__nests_types),
        cmocka_unit_test(test_parse__takes_attributes_on_both_sides),
        cmocka_unit_test(test_parse__lets_soft_words_be_names),
        cmocka_unit_test(test_parse__goes_on_behind_a_wrong_field),
        cmocka_unit_test(test_parse__finds_the_next_declaration),
        cmocka_unit_test(test_parse__bounds_its_recursion),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
