// desc_build.c -- runtime descriptors from a compiled schema; see desc_build.h.
//
// Types may lead back to themselves, so a named type gets its descriptor, still
// empty, when it is first met, and waits in a list until it is filled in: the
// recursion here goes no deeper than one type expression.
#include <assert.h>

#include "gen/desc_build.h"

// The IR numbers kinds and places as the descriptors do.
_Static_assert((int)IR_BOOL == (int)INLAY_KIND_BOOL, "same order");
_Static_assert((int)IR_F64 == (int)INLAY_KIND_F64, "same order");
_Static_assert((int)IR_VECTOR == (int)INLAY_KIND_VECTOR, "same order");
_Static_assert((int)IR_OPTIONAL == (int)INLAY_KIND_OPTIONAL, "same order");
_Static_assert((int)IR_PLACE_BIT == (int)INLAY_PLACE_BIT, "same order");
_Static_assert((int)IR_PLACE_SLOT == (int)INLAY_PLACE_SLOT, "same order");
_Static_assert((int)IR_PLACE_UNION == (int)INLAY_PLACE_UNION, "same order");

// A descriptor that waits to be filled in from its node.
struct desc_todo {
    desc_todo  *next;
    const void *node;
    void       *desc;
    void (*fill)(desc_build *self, const void *node, void *desc);
};

void desc_build_init(desc_build *self, const inlay_alloc *alloc)
{
    *self = (desc_build){0};
    arena_init(&self->memory, alloc);
    self->built.arena = &self->memory;
}

void desc_build_release(desc_build *self)
{
    arena_release(&self->memory);
    *self = (desc_build){0};
}

// Returns the descriptor of a node, of `size` bytes, and sees to it that it
// will be filled in; NULL when memory ran out.
static void *build_shell(desc_build *self, const void *node, size_t size,
                         void (*fill)(desc_build *self, const void *node,
                                      void *desc))
{
    void      *desc = str_map_get(&self->built, node);
    desc_todo *todo;

    if (desc != NULL) {
        return desc;
    }
    desc = arena_alloc(&self->memory, 1, size);
    todo = arena_alloc(&self->memory, 1, sizeof *todo);
    if (desc == NULL || todo == NULL) {
        return NULL;
    }
    (void)str_map_add(&self->built, node, desc);
    todo->next = self->todo;
    todo->node = node;
    todo->desc = desc;
    todo->fill = fill;
    self->todo = todo;
    return desc;
}

// ---- Types ------------------------------------------------------------------

static void fill_record(desc_build *self, const void *node, void *desc);
static void fill_struct(desc_build *self, const void *node, void *desc);
static void fill_enum(desc_build *self, const void *node, void *desc);
static void fill_union(desc_build *self, const void *node, void *desc);

// Returns the descriptor that a type leads to, NULL for those that lead to
// none.
static const void *build_target(desc_build *self, const ir_type *type)
{
    switch (type->kind) {
    case IR_ENUM:
        return build_shell(self, type->enumeration, sizeof(inlay_enum_desc),
                           fill_enum);
    case IR_STRUCT:
        return build_shell(self, type->structure, sizeof(inlay_struct_desc),
                           fill_struct);
    case IR_UNION:
        return build_shell(self, type->onion, sizeof(inlay_union_desc),
                           fill_union);
    case IR_RECORD:
    case IR_LIST:
    case IR_MAP:
        return build_shell(self, type->record, sizeof(inlay_record_desc),
                           fill_record);
    default:
        return NULL;
    }
}

static const inlay_type *build_type(desc_build *self, const ir_type *type)
{
    inlay_type *desc = str_map_get(&self->built, (const void *)type);
    bool        element = type->kind == IR_ARRAY || type->kind == IR_VECTOR ||
                   type->kind == IR_LIST || type->kind == IR_OPTIONAL;

    if (desc != NULL) {
        return desc;
    }
    desc = arena_alloc(&self->memory, 1, sizeof *desc);
    if (desc == NULL) {
        return NULL;
    }
    (void)str_map_add(&self->built, (const void *)type, desc);
    desc->kind = (inlay_kind)type->kind;
    desc->size = type->fixed ? type->size : 0;
    desc->count = type->count;
    desc->element = element ? build_type(self, type->element) : NULL;
    desc->of = build_target(self, type);
    return desc;
}

// ---- Named types ------------------------------------------------------------

static void fill_enum(desc_build *self, const void *node, void *desc)
{
    const ir_enum    *from = node;
    inlay_enum_desc  *to = desc;
    inlay_value_desc *values =
        arena_alloc(&self->memory, from->value_count, sizeof *values);
    uint32_t i;

    if (values == NULL) {
        return;
    }
    for (i = 0; i < from->value_count; i++) {
        values[i].name = from->values[i].name;
        values[i].value = from->values[i].value;
    }
    to->name = from->qualified;
    to->base = (inlay_kind)from->base;
    to->values = values;
    to->value_count = from->value_count;
}

static void fill_struct(desc_build *self, const void *node, void *desc)
{
    const ir_struct   *from = node;
    inlay_struct_desc *to = desc;
    inlay_member_desc *members =
        arena_alloc(&self->memory, from->member_count, sizeof *members);
    uint32_t i;

    if (members == NULL) {
        return;
    }
    for (i = 0; i < from->member_count; i++) {
        members[i].name = from->members[i].name;
        members[i].type = build_type(self, from->members[i].type);
        members[i].offset = from->members[i].offset;
    }
    to->name = from->qualified;
    to->members = members;
    to->member_count = from->member_count;
    to->size = from->size;
    to->has_bool = from->has_bool;
}

static void fill_union(desc_build *self, const void *node, void *desc)
{
    const ir_union     *from = node;
    inlay_union_desc   *to = desc;
    inlay_variant_desc *variants =
        arena_alloc(&self->memory, from->variant_count, sizeof *variants);
    uint32_t i;

    if (variants == NULL) {
        return;
    }
    for (i = 0; i < from->variant_count; i++) {
        const ir_type *type = from->variants[i].type;

        variants[i].name = from->variants[i].name;
        variants[i].type = type != NULL ? build_type(self, type) : NULL;
    }
    to->name = from->qualified;
    to->variants = variants;
    to->variant_count = from->variant_count;
}

static void fill_field(desc_build *self, const ir_field *from,
                       inlay_field_desc *to)
{
    to->name = from->name;
    to->type = build_type(self, from->type);
    to->place = (inlay_place)from->place;
    to->offset = from->offset;
    to->bit = from->bit;
    to->present_bit = from->present_bit;
    to->present_offset = from->present_offset;
    to->slot = from->slot;
    to->align = from->align;
    to->max = from->max;
    to->fixed_after = from->fixed_after;
    to->slots_after = from->slots_after;
    to->declared = from->declared;
    to->initial = from->initial;
}

static void fill_record(desc_build *self, const void *node, void *desc)
{
    const ir_record   *from = node;
    inlay_record_desc *to = desc;
    inlay_field_desc  *fields =
        arena_alloc(&self->memory, from->field_count, sizeof *fields);
    uint32_t i;

    if (fields == NULL) {
        return;
    }
    for (i = 0; i < from->field_count; i++) {
        fill_field(self, &from->fields[i], &fields[i]);
    }
    to->name = from->qualified;
    to->fields = fields;
    to->field_count = from->field_count;
    to->fixed = from->fixed;
    to->slots = from->slots;
    to->flags = (from->synthetic ? (uint32_t)INLAY_RECORD_SYNTHETIC : 0) |
                (from->all_strings ? (uint32_t)INLAY_RECORD_STRINGS : 0) |
                (from->checked ? (uint32_t)INLAY_RECORD_CHECKED : 0);
    to->spare_offset = from->spare_offset;
    to->spare_mask = from->spare_mask;
    to->id = from->synthetic ? 0 : from->id;
}

const inlay_record_desc *desc_build_record(desc_build      *self,
                                           const ir_record *record)
{
    const inlay_record_desc *desc =
        build_shell(self, record, sizeof(inlay_record_desc), fill_record);

    while (self->todo != NULL && !self->memory.failed) {
        desc_todo *todo = self->todo;

        self->todo = todo->next;
        todo->fill(self, todo->node, todo->desc);
    }
    return self->memory.failed ? NULL : desc;
}
