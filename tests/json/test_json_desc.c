// test_json_desc.c -- descriptors that are built at run time.
#include <string.h>

#include "json_support.h"

static const char schema_source[] =
    "package test;\n"
    "enum Color : i16 { RED = -1, GREEN }\n"
    "struct Point { x: i32; on: bool; }\n"
    "union Shape { point: Point; tree: Tree; none; }\n"
    "record Tree { kids: [Tree]; parent: Tree?; shape: Shape; at: [Point; 3];\n"
    "  colors: map<string, Color?>; code: u16 = 200 ; raw: bytes @align(8); "
    "}\n";

static void test_desc__says_what_the_schema_says(void **state)
{
    json_schema              types;
    const inlay_record_desc *tree;
    const inlay_field_desc  *field;
    const inlay_record_desc *entry;
    const inlay_union_desc  *shape;

    (void)state;
    json_schema_text(&types, schema_source);
    tree = json_schema_record(&types, "Tree");
    assert_ptr_equal(tree, json_schema_record(&types, "test.Tree"));
    assert_string_equal(tree->name, "test.Tree");
    assert_int_equal(tree->field_count, 7);

    // The two ways back to the record are the record itself.
    field = tree->fields;
    assert_int_equal(field->type->kind, INLAY_KIND_LIST);
    assert_ptr_equal(field->type->of, tree);
    assert_int_equal(field[1].type->kind, INLAY_KIND_OPTIONAL);
    assert_ptr_equal(field[1].type->element->of, tree);
    shape = field[2].type->of;
    assert_int_equal(shape->variant_count, 3);
    assert_ptr_equal(shape->variants[1].type->of, tree);
    assert_null(shape->variants[2].type);

    assert_int_equal(field[3].type->count, 3);
    assert_int_equal(field[3].type->size, 15);
    entry = field[4].type->of;
    assert_int_equal(entry->flags & INLAY_RECORD_SYNTHETIC,
                     INLAY_RECORD_SYNTHETIC);
    assert_int_equal(entry->field_count, 2);
    assert_int_equal(field[5].initial[0], 200);
    assert_int_equal(field[6].align, 8);
    json_schema_release(&types);
}

static void test_desc__every_allocation_may_fail(void **state)
{
    json_schema              types;
    const ir_record         *record;
    const inlay_record_desc *desc = NULL;
    size_t                   n;

    (void)state;
    json_schema_text(&types, schema_source);
    record = schema_find_record(schema_ir(types.compiled), "Tree");
    for (n = 1; desc == NULL; n++) {
        json_memory memory = {.fail_at = n};
        inlay_alloc alloc = json_memory_alloc(&memory);
        desc_build  build;

        desc_build_init(&build, &alloc);
        desc = desc_build_record(&build, record);
        desc_build_release(&build);
        assert_int_equal(memory.held, 0);
        assert_true(n < 1000);
    }
    json_schema_release(&types);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_desc__says_what_the_schema_says),
        cmocka_unit_test(test_desc__every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
