// gen_c_desc.c -- the descriptor tables, which verification, JSON and whatever
// works on any message read.
//
// Types come first, since fields point to them; they point to descriptors,
// which the header declares. Synthetic records have no name in the header: they
// stand in one array, declared before the types.

#include <inttypes.h>

#include "gen/gen_c_parts.h"
#include "schema/describe.h"

// The types and synthetic records that the file's descriptors need, numbered as
// they are first reached.
typedef struct tables {
    c_out          *out;
    const ir_type **types;
    size_t          type_count;
    size_t          type_capacity;
    const ir_type **elements; // LIST and MAP nodes with a synthetic record
    size_t          element_count;
    size_t          element_capacity;
} tables;

static size_t find(const ir_type *const *list, size_t count,
                   const ir_type *type)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (list[i] == type) {
            return i;
        }
    }
    return count;
}

static bool push(c_model *m, const ir_type ***list, size_t *count,
                 size_t *capacity, const ir_type *type)
{
    const ir_type **grown =
        arena_grow(&m->memory, *list, *count, capacity, sizeof *grown);

    if (grown == NULL) {
        return false;
    }
    *list = grown;
    (*list)[(*count)++] = type;
    return true;
}

static void reach(tables *t, const ir_type *type)
{
    c_model *m = t->out->model;

    if (type == NULL || m->memory.failed ||
        find(t->types, t->type_count, type) < t->type_count) {
        return;
    }
    push(m, &t->types, &t->type_count, &t->type_capacity, type);
    reach(t, type->element);
    if ((type->kind == IR_LIST || type->kind == IR_MAP) &&
        type->record->synthetic) {
        push(m, &t->elements, &t->element_count, &t->element_capacity, type);
        reach(t, type->record->fields[0].type);
    }
}

static const char *type_ref(tables *t, const ir_type *type)
{
    if (type == NULL) {
        return "NULL";
    }
    return c_text(t->out->model, "&types[%zu]",
                  find(t->types, t->type_count, type));
}

static const char *elements_name(c_model *m)
{
    return c_text(m, "%s_%s_elements",
                  names_snake(&m->memory, m->file->package),
                  names_snake(&m->memory, m->stem));
}

// What a type is `of`.
static const char *of_ref(tables *t, const ir_type *type)
{
    c_model *m = t->out->model;

    switch (type->kind) {
    case IR_ENUM:
    case IR_STRUCT:
    case IR_RECORD:
    case IR_UNION:
        return c_text(m, "&%s_desc", c_native(m, type));
    case IR_LIST:
    case IR_MAP:
        if (type->record->synthetic) {
            return c_text(m, "&%s[%zu]", elements_name(m),
                          find(t->elements, t->element_count, type));
        }
        return c_text(m, "&%s_desc", c_find(m, type->record->type)->name);
    default:
        return "NULL";
    }
}

static const char *kind_name(ir_kind kind)
{
    static const char *const kinds[] = {
        "BOOL",   "U8",    "U16",    "U32",   "U64",     "I8",
        "I16",    "I32",   "I64",    "F32",   "F64",     "ENUM",
        "STRUCT", "ARRAY", "STRING", "BYTES", "VECTOR",  "BITSET",
        "RECORD", "LIST",  "MAP",    "UNION", "OPTIONAL"};
    return kinds[kind];
}

static const char *place_name(ir_place place)
{
    static const char *const places[] = {
        "BIT",  "BIT_OPTIONAL", "FIXED",         "FIXED_OPTIONAL",
        "SLOT", "SLOT_PRESENT", "SLOT_OPTIONAL", "UNION"};
    return places[place];
}

static void emit_types(tables *t)
{
    c_model *m = t->out->model;
    emit    *s = &t->out->source;
    size_t   i;

    if (t->element_count > 0) {
        emit_text(s,
                  EMIT_VARS({"name", elements_name(m)},
                            {"count", c_text(m, "%zu", t->element_count)}),
                  "/* The elements of lists and maps that are no records of "
                  "the schema. */\n"
                  "extern const inlay_record_desc $name$[$count$];\n\n");
    }
    if (t->type_count == 0) {
        return;
    }
    emit_line(
        s, c_text(m, "static const inlay_type types[%zu] = {", t->type_count));
    emit_indent(s, 1);
    for (i = 0; i < t->type_count; i++) {
        const ir_type *type = t->types[i];

        emit_line(
            s, c_text(m, "/* %zu: %s */", i, ir_type_text(&m->memory, type)));
        emit_line(
            s,
            c_text(m, "{INLAY_KIND_%s, %u, %u, %s, %s},", kind_name(type->kind),
                   type->size, type->count,
                   type_ref(t, type->kind == IR_BITSET ? NULL : type->element),
                   of_ref(t, type)));
    }
    emit_indent(s, -1);
    emit_text(s, NULL, "};\n\n");
}

// ---- Records ----------------------------------------------------------------

static void emit_initials(tables *t, const char *name, const ir_record *record)
{
    c_model *m = t->out->model;
    uint32_t i;

    for (i = 0; i < record->field_count; i++) {
        const ir_field *field = &record->fields[i];

        if (field->initial != NULL) {
            emit_line(
                &t->out->source,
                c_text(m, "static const uint8_t %s_%s_initial[%u] = {%s};",
                       name, field->name, field->type->size,
                       c_bytes_literal(m, field->initial, field->type->size)));
        }
    }
}

static void emit_fields(tables *t, const char *name, const ir_record *record)
{
    c_model *m = t->out->model;
    emit    *s = &t->out->source;
    uint32_t i;

    if (record->field_count == 0) {
        return;
    }
    emit_initials(t, name, record);
    emit_line(s, c_text(m, "static const inlay_field_desc %s_fields[%u] = {",
                        name, record->field_count));
    emit_indent(s, 1);
    for (i = 0; i < record->field_count; i++) {
        const ir_field *f = &record->fields[i];

        emit_line(s, c_text(m,
                            "{\"%s\", %s, INLAY_PLACE_%s, %u, %u, %u, %u, %u, "
                            "%u, %u, %u, %u, %u, %s},",
                            f->name, type_ref(t, f->type), place_name(f->place),
                            f->offset, f->bit, f->present_bit,
                            f->present_offset, f->slot, f->align, f->max,
                            f->fixed_after, f->slots_after, f->declared,
                            f->initial == NULL
                                ? "NULL"
                                : c_text(m, "%s_%s_initial", name, f->name)));
    }
    emit_indent(s, -1);
    emit_text(s, NULL, "};\n\n");
}

static const char *record_flags(c_model *m, const ir_record *record)
{
    const char *flags = "";

    if (record->synthetic) {
        flags = "INLAY_RECORD_SYNTHETIC";
    }
    if (record->all_strings) {
        flags = c_text(m, "%s%sINLAY_RECORD_STRINGS", flags,
                       flags[0] == '\0' ? "" : " | ");
    }
    if (record->checked) {
        flags = c_text(m, "%s%sINLAY_RECORD_CHECKED", flags,
                       flags[0] == '\0' ? "" : " | ");
    }
    return flags[0] == '\0' ? "0" : flags;
}

// The inside of a record's descriptor.
static const char *record_values(c_model *m, const char *name,
                                 const ir_record *record)
{
    return c_text(
        m, "\"%s\", %s, %u, %u, %u, %s, %u, %u, UINT64_C(0x%016" PRIx64 ")",
        record->qualified,
        record->field_count == 0 ? "NULL" : c_text(m, "%s_fields", name),
        record->field_count, record->fixed, record->slots,
        record_flags(m, record), record->spare_offset, record->spare_mask,
        record->synthetic ? 0 : record->id);
}

static void emit_record(tables *t, const c_item *item)
{
    c_model         *m = t->out->model;
    const ir_record *record = item->decl->of.record;

    emit_fields(t, item->name, record);
    emit_text(&t->out->source,
              EMIT_VARS({"name", item->name},
                        {"values", record_values(m, item->name, record)}),
              "const inlay_record_desc $name$_desc = {$values$};\n\n");
}

static void emit_elements(tables *t)
{
    c_model *m = t->out->model;
    emit    *s = &t->out->source;
    size_t   i;

    if (t->element_count == 0) {
        return;
    }
    for (i = 0; i < t->element_count; i++) {
        emit_fields(t, c_text(m, "element_%zu", i), t->elements[i]->record);
    }
    emit_line(s, c_text(m, "const inlay_record_desc %s[%zu] = {",
                        elements_name(m), t->element_count));
    emit_indent(s, 1);
    for (i = 0; i < t->element_count; i++) {
        emit_line(s, c_text(m, "/* of %s */",
                            ir_type_text(&m->memory, t->elements[i])));
        emit_line(s, c_text(m, "{%s},",
                            record_values(m, c_text(m, "element_%zu", i),
                                          t->elements[i]->record)));
    }
    emit_indent(s, -1);
    emit_text(s, NULL, "};\n\n");
}

// ---- Structs, enums, unions -------------------------------------------------

static void emit_struct(tables *t, const c_item *item)
{
    const ir_struct *structure = item->decl->of.structure;
    c_model         *m = t->out->model;
    emit            *s = &t->out->source;
    uint32_t         i;

    emit_line(s, c_text(m, "static const inlay_member_desc %s_members[%u] = {",
                        item->name, structure->member_count));
    emit_indent(s, 1);
    for (i = 0; i < structure->member_count; i++) {
        const ir_member *member = &structure->members[i];

        emit_line(s, c_text(m, "{\"%s\", %s, %u},", member->name,
                            type_ref(t, member->type), member->offset));
    }
    emit_indent(s, -1);
    emit_text(s,
              EMIT_VARS({"name", item->name}, {"title", structure->qualified},
                        {"count", c_text(m, "%u", structure->member_count)},
                        {"size", c_text(m, "%u", structure->size)},
                        {"bool", structure->has_bool ? "true" : "false"}),
              "};\n\n"
              "const inlay_struct_desc $name$_desc = {\"$title$\", "
              "$name$_members, $count$, $size$, $bool$};\n\n");
}

static void emit_enum(tables *t, const c_item *item)
{
    const ir_enum *enumeration = item->decl->of.enumeration;
    c_model       *m = t->out->model;
    emit          *s = &t->out->source;
    uint32_t       i;

    emit_line(s, c_text(m, "static const inlay_value_desc %s_values[%u] = {",
                        item->name, enumeration->value_count));
    emit_indent(s, 1);
    for (i = 0; i < enumeration->value_count; i++) {
        emit_line(s, c_text(m, "{\"%s\", UINT64_C(0x%" PRIx64 ")},",
                            enumeration->values[i].name,
                            enumeration->values[i].value));
    }
    emit_indent(s, -1);
    emit_text(s,
              EMIT_VARS({"name", item->name}, {"title", enumeration->qualified},
                        {"kind", kind_name(enumeration->base)},
                        {"count", c_text(m, "%u", enumeration->value_count)}),
              "};\n\n"
              "const inlay_enum_desc $name$_desc = {\"$title$\", "
              "INLAY_KIND_$kind$, $name$_values, $count$};\n\n");
}

static void emit_union(tables *t, const c_item *item)
{
    const ir_union *onion = item->decl->of.onion;
    c_model        *m = t->out->model;
    emit           *s = &t->out->source;
    uint32_t        i;

    emit_line(s,
              c_text(m, "static const inlay_variant_desc %s_variants[%u] = {",
                     item->name, onion->variant_count));
    emit_indent(s, 1);
    for (i = 0; i < onion->variant_count; i++) {
        emit_line(s, c_text(m, "{\"%s\", %s},", onion->variants[i].name,
                            type_ref(t, onion->variants[i].type)));
    }
    emit_indent(s, -1);
    emit_text(s,
              EMIT_VARS({"name", item->name}, {"title", onion->qualified},
                        {"count", c_text(m, "%u", onion->variant_count)}),
              "};\n\n"
              "const inlay_union_desc $name$_desc = {\"$title$\", "
              "$name$_variants, $count$};\n\n");
}

static void reach_item(tables *t, const c_item *item)
{
    size_t i;

    for (i = 0; i < item->field_count; i++) {
        reach(t, item->fields[i].type);
    }
}

void c_emit_descriptors(c_out *out)
{
    tables  t = {.out = out};
    c_item *item;

    for (item = out->model->first; item != NULL; item = item->next) {
        if (item->kind == C_RECORD || item->kind == C_STRUCT ||
            item->kind == C_UNION) {
            reach_item(&t, item);
        }
    }
    emit_rule(&out->source, "Descriptors");
    emit_types(&t);
    for (item = out->model->first; item != NULL; item = item->next) {
        if (item->kind == C_RECORD) {
            emit_record(&t, item);
        } else if (item->kind == C_STRUCT) {
            emit_struct(&t, item);
        } else if (item->kind == C_ENUM) {
            emit_enum(&t, item);
        } else if (item->kind == C_UNION) {
            emit_union(&t, item);
        }
    }
    emit_elements(&t);
}
