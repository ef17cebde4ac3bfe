// describe_support.c -- see describe_support.h.
#include "describe_support.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- All schemas ------------------------------------------------------------

static void schema_visit(const char *path, describe_visit *visit, void *context)
{
    json_schema    from;
    const ir_file *file;
    uint32_t       i;

    json_schema_load(&from, path);
    file = schema_ir(from.compiled)->files[0];
    for (i = 0; i < file->decl_count; i++) {
        if (file->decls[i].kind == IR_DECL_RECORD) {
            visit(desc_build_record(&from.build, file->decls[i].of.record),
                  path, context);
        }
    }
    json_schema_release(&from);
}

void describe_each(describe_visit *visit, void *context)
{
    static const char *const patterns[] = {
        "/tests/*/*.inlay", "/tests/golden/c/*.inlay", "/examples/*/*.inlay",
        "/bench/*/*.inlay", "/codec/describe/*.inlay"};
    size_t i, j;

    for (i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        char   pattern[1000];
        glob_t found;

        snprintf(pattern, sizeof pattern, "%s%s", INLAY_SOURCE_DIR,
                 patterns[i]);
        assert_int_equal(glob(pattern, 0, NULL, &found), 0);
        for (j = 0; j < found.gl_pathc; j++) {
            schema_visit(found.gl_pathv[j], visit, context);
        }
        globfree(&found);
    }
}

// ---- Comparing --------------------------------------------------------------

// Pairs of descriptors that are being compared, or were.
typedef struct comparison {
    const void *pairs[4000][2];
    size_t      count;
} comparison;

// Returns whether the pair is new, and notes it.
static bool pair_add(comparison *self, const void *a, const void *b)
{
    size_t i;

    for (i = 0; i < self->count; i++) {
        if (self->pairs[i][0] == a && self->pairs[i][1] == b) {
            return false;
        }
    }
    assert_true(self->count < sizeof self->pairs / sizeof *self->pairs);
    self->pairs[self->count][0] = a;
    self->pairs[self->count][1] = b;
    self->count++;
    return true;
}

static void compare_record(comparison *self, const inlay_record_desc *a,
                           const inlay_record_desc *b);
static void compare_type(comparison *self, const inlay_type *a,
                         const inlay_type *b);

static void compare_enum(const inlay_enum_desc *a, const inlay_enum_desc *b)
{
    uint32_t i;

    assert_string_equal(a->name, b->name);
    assert_int_equal(a->base, b->base);
    assert_int_equal(a->value_count, b->value_count);
    for (i = 0; i < a->value_count; i++) {
        assert_string_equal(a->values[i].name, b->values[i].name);
        assert_true(a->values[i].value == b->values[i].value);
    }
}

static void compare_struct(comparison *self, const inlay_struct_desc *a,
                           const inlay_struct_desc *b)
{
    uint32_t i;

    assert_string_equal(a->name, b->name);
    assert_int_equal(a->size, b->size);
    assert_int_equal(a->has_bool, b->has_bool);
    assert_int_equal(a->member_count, b->member_count);
    for (i = 0; i < a->member_count; i++) {
        assert_string_equal(a->members[i].name, b->members[i].name);
        assert_int_equal(a->members[i].offset, b->members[i].offset);
        compare_type(self, a->members[i].type, b->members[i].type);
    }
}

static void compare_union(comparison *self, const inlay_union_desc *a,
                          const inlay_union_desc *b)
{
    uint32_t i;

    assert_string_equal(a->name, b->name);
    assert_int_equal(a->variant_count, b->variant_count);
    for (i = 0; i < a->variant_count; i++) {
        assert_string_equal(a->variants[i].name, b->variants[i].name);
        compare_type(self, a->variants[i].type, b->variants[i].type);
    }
}

static void compare_type(comparison *self, const inlay_type *a,
                         const inlay_type *b)
{
    assert_int_equal(a == NULL, b == NULL);
    if (a == NULL || !pair_add(self, a, b)) {
        return;
    }
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->size, b->size);
    assert_int_equal(a->count, b->count);
    compare_type(self, a->element, b->element);
    assert_int_equal(a->of == NULL, b->of == NULL);
    if (a->of == NULL || !pair_add(self, a->of, b->of)) {
        return;
    }
    switch (a->kind) {
    case INLAY_KIND_ENUM:
        compare_enum(a->of, b->of);
        break;
    case INLAY_KIND_STRUCT:
        compare_struct(self, a->of, b->of);
        break;
    case INLAY_KIND_UNION:
        compare_union(self, a->of, b->of);
        break;
    default:
        compare_record(self, a->of, b->of);
        break;
    }
}

static void compare_field(comparison *self, const inlay_field_desc *a,
                          const inlay_field_desc *b)
{
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->place, b->place);
    assert_int_equal(a->offset, b->offset);
    assert_int_equal(a->bit, b->bit);
    assert_int_equal(a->present_bit, b->present_bit);
    assert_int_equal(a->present_offset, b->present_offset);
    assert_int_equal(a->slot, b->slot);
    assert_int_equal(a->align, b->align);
    assert_int_equal(a->max, b->max);
    assert_int_equal(a->fixed_after, b->fixed_after);
    assert_int_equal(a->slots_after, b->slots_after);
    assert_int_equal(a->declared, b->declared);
    assert_int_equal(a->initial == NULL, b->initial == NULL);
    if (a->initial != NULL) {
        assert_memory_equal(a->initial, b->initial, a->type->size);
    }
    compare_type(self, a->type, b->type);
}

static void compare_record(comparison *self, const inlay_record_desc *a,
                           const inlay_record_desc *b)
{
    uint32_t i;

    assert_string_equal(a->name, b->name);
    assert_int_equal(a->field_count, b->field_count);
    assert_int_equal(a->fixed, b->fixed);
    assert_int_equal(a->slots, b->slots);
    assert_int_equal(a->flags, b->flags);
    assert_int_equal(a->spare_offset, b->spare_offset);
    assert_int_equal(a->spare_mask, b->spare_mask);
    assert_true(a->id == b->id);
    for (i = 0; i < a->field_count; i++) {
        compare_field(self, &a->fields[i], &b->fields[i]);
    }
}

void describe_compare(const inlay_record_desc *a, const inlay_record_desc *b)
{
    comparison *self = calloc(1, sizeof *self);

    assert_non_null(self);
    compare_record(self, a, b);
    free(self);
}
