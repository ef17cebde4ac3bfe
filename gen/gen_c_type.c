// gen_c_type.c -- the native types: what users fill in and get back.

#include <inttypes.h>
#include <string.h>

#include "gen/gen_c_parts.h"
#include "schema/describe.h"

// ---- Forward declarations ---------------------------------------------------

// Types refer to each other by pointer, and readers return views of types that
// come later: so all are declared first, and views, which are small and alike,
// are defined at once.
static void emit_view_type(c_out *out, const char *name, const char *member)
{
    emit_text(&out->header, EMIT_VARS({"name", name}, {"member", member}),
              "typedef struct $name$_view {\n"
              "    $member$;\n"
              "} $name$_view;\n");
}

static void emit_forward(c_out *out, const char *name)
{
    emit_text(&out->header, EMIT_VARS({"name", name}),
              "typedef struct $name$ $name$;\n");
}

static void emit_item_forward(c_out *out, const c_item *item)
{
    switch (item->kind) {
    case C_STRUCT:
        emit_forward(out, item->name);
        emit_forward(out, c_text(out->model, "%s_list", item->name));
        emit_forward(out, c_text(out->model, "%s_opt", item->name));
        break;
    case C_ENUM:
        emit_forward(out, c_text(out->model, "%s_list", item->name));
        emit_forward(out, c_text(out->model, "%s_opt", item->name));
        break;
    case C_LIST:
        emit_forward(out, item->name);
        if (item->type->kind == IR_RECORD) {
            emit_forward(out, c_text(out->model, "%s_source", item->name));
            emit_forward(out, c_text(out->model, "%s_builder", item->name));
        }
        break;
    case C_RECORD:
        emit_forward(out, item->name);
        emit_forward(out, c_text(out->model, "%s_patch", item->name));
        break;
    case C_UNION:
    case C_MAP:
    case C_ENTRY:
    case C_OPT:
        emit_forward(out, item->name);
        break;
    default:
        break;
    }
}

static void emit_item_view(c_out *out, const c_item *item)
{
    switch (item->kind) {
    case C_STRUCT:
    case C_ENUM:
        emit_view_type(out, c_text(out->model, "%s_list", item->name),
                       "inlay_bytes bytes");
        break;
    case C_RECORD:
        emit_view_type(out, item->name, "inlay_record record");
        break;
    case C_UNION:
        emit_view_type(out, item->name, "inlay_union onion");
        break;
    case C_LIST:
        emit_view_type(out, item->name,
                       item->type->kind == IR_VECTOR ? "inlay_bytes bytes"
                                                     : "inlay_list list");
        break;
    case C_MAP:
        emit_view_type(out, item->name, "inlay_list list");
        break;
    default:
        break;
    }
}

void c_emit_forwards(c_out *out)
{
    size_t i;

    for (i = 0; i < out->model->order_count; i++) {
        emit_item_forward(out, out->model->order[i]);
    }
    emit_blank(&out->header);
    emit_doc(&out->header, "What readers return: small values that borrow the "
                           "message. Their members are private.");
    for (i = 0; i < out->model->order_count; i++) {
        emit_item_view(out, out->model->order[i]);
    }
    emit_blank(&out->header);
}

// ---- Structs ----------------------------------------------------------------

static void emit_member(c_out *out, const c_field *field, bool pointer)
{
    c_model    *m = out->model;
    const char *declared = c_declare(m, field->type, field->member);

    if (pointer && field->type->kind == IR_RECORD) {
        declared =
            c_text(m, "const %s *%s", c_native(m, field->type), field->member);
    }
    emit_doc(&out->header, field->doc);
    emit_line(&out->header, c_text(m, "%s;", declared));
}

static void emit_fields(c_out *out, const c_item *item)
{
    size_t i;

    emit_indent(&out->header, 1);
    for (i = 0; i < item->field_count; i++) {
        emit_member(out, &item->fields[i], false);
    }
    emit_indent(&out->header, -1);
}

static void emit_record_fields(c_out *out, const c_item *item)
{
    const ir_record *record = item->decl->of.record;
    uint32_t         i;

    emit_indent(&out->header, 1);
    for (i = 0; i < record->field_count; i++) {
        const ir_field *field = record->declared_fields[i];

        emit_member(out, &item->fields[field - record->fields], false);
    }
    emit_line(&out->header, "const inlay_unknown *unknown; /* or NULL */");
    emit_indent(&out->header, -1);
}

// ---- INIT -------------------------------------------------------------------

static bool has_initial(const ir_record *record)
{
    uint32_t i;

    for (i = 0; i < record->field_count; i++) {
        const ir_field *field = &record->fields[i];

        if (field->initial != NULL || (field->type->kind == IR_RECORD &&
                                       has_initial(field->type->record))) {
            return true;
        }
    }
    return false;
}

static const char *field_initial(c_model *m, const c_field *field)
{
    const ir_type *type = field->type;

    if (field->ir->initial != NULL) {
        return c_text(m, ".%s = %s", field->member,
                      c_literal(m, type, field->ir->initial));
    }
    if (type->kind == IR_RECORD && has_initial(type->record)) {
        return c_text(m, ".%s = %s_INIT", field->member,
                      c_find(m, type->record->type)->upper);
    }
    return NULL;
}

static void emit_initials(c_out *out, const c_item *item)
{
    const ir_record *record = item->decl->of.record;
    c_model         *m = out->model;
    const char      *list = "";
    uint32_t         i;

    emit_doc(&out->header, "A record of defaults.");
    if (!has_initial(record)) {
        emit_text(&out->header, EMIT_VARS({"upper", item->upper}),
                  "#define $upper$_INIT {0}\n\n");
        return;
    }
    for (i = 0; i < record->field_count; i++) {
        const ir_field *field = record->declared_fields[i];
        const char     *initial =
            field_initial(m, &item->fields[field - record->fields]);

        if (initial != NULL) {
            list = c_text(m, "%s%s%s", list,
                          list[0] == '\0' ? "" : ", \\\n     ", initial);
        }
    }
    emit_text(&out->header, EMIT_VARS({"upper", item->upper}, {"list", list}),
              "#define $upper$_INIT \\\n"
              "    {$list$}\n"
              "\n");
}

// ---- Sizes ------------------------------------------------------------------

static void emit_sizes(c_out *out, const c_item *item)
{
    const ir_record *record = item->decl->of.record;
    c_model         *m = out->model;
    emit            *h = &out->header;

    emit_doc(h, record->unbounded != NULL
                    ? "Bytes of the smallest message."
                    : "Bytes of the smallest message and of the largest: a "
                      "buffer of this size always serves.");
    emit_line(h, c_text(m, "#define %s_SIZE_MIN %llu", item->upper,
                        (unsigned long long)record->size_least));
    if (record->unbounded == NULL) {
        emit_line(h, c_text(m, "#define %s_SIZE_MAX %llu", item->upper,
                            (unsigned long long)record->size_largest));
    }
    emit_blank(h);
}

// ---- Records ----------------------------------------------------------------

static const char *layout_line(c_model *m, const ir_field *field,
                               const char *place, const char *size)
{
    arena      *a = &m->memory;
    const char *line;

    line = c_text(m, "%14s%6s  %-12s  %s", place, size, field->name,
                  ir_type_text(a, field->type));
    if (field->initial != NULL) {
        line = c_text(m, "%s, default %s", line,
                      c_literal(m, field->type, field->initial));
    }
    if (field->max != 0) {
        line = c_text(m, "%s, at most %u", line, field->max);
    }
    return c_text(m, "%s%s", line, field->deprecated ? ", deprecated" : "");
}

// One line of the table over a record: where the fixed part of a field lies.
static const char *head_line(c_model *m, const ir_field *field)
{
    const char *offset = c_text(m, "%u", field->offset);
    const char *size = c_text(m, "%u", field->type->size);

    switch (field->place) {
    case IR_PLACE_BIT:
        return layout_line(
            m, field, c_text(m, "%u.%u", field->offset, field->bit), "bit");
    case IR_PLACE_BIT_OPTIONAL:
        return layout_line(
            m, field,
            c_text(m, "%u.%u", field->present_offset, field->present_bit),
            "2 bit");
    case IR_PLACE_FIXED:
        return layout_line(m, field, offset, size);
    case IR_PLACE_FIXED_OPTIONAL:
        return layout_line(m, field, offset,
                           c_text(m, "%u", field->type->element->size));
    case IR_PLACE_UNION:
        return layout_line(m, field, offset, "tag");
    default:
        return NULL;
    }
}

static void emit_layout(c_out *out, const c_item *item)
{
    const ir_record *record = item->decl->of.record;
    c_model         *m = out->model;
    emit            *h = &out->header;
    bool             titled = false;
    uint32_t         i;

    for (i = 0; i < record->field_count; i++) {
        const char *line = head_line(m, &record->fields[i]);

        if (line != NULL) {
            if (!titled) {
                emit_line(h, " *   head offset  size  field");
            }
            titled = true;
            emit_line(h, c_text(m, " *%s", line));
        }
    }
    for (i = 0, titled = false; i < record->field_count; i++) {
        const ir_field *field = &record->fields[i];

        if (field->place >= IR_PLACE_SLOT) {
            if (!titled) {
                emit_line(h, " *          slot");
            }
            titled = true;
            emit_line(h, c_text(m, " *%s",
                                layout_line(m, field,
                                            c_text(m, "%u", field->slot), "")));
        }
    }
}

static void emit_record(c_out *out, const c_item *item)
{
    const ir_record *record = item->decl->of.record;
    c_model         *m = out->model;
    emit            *h = &out->header;
    size_t           used = strlen("/* ---- ") + strlen(item->title) + 1;
    const char      *dashes = "------------------------------------------------"
                              "------------------------------";

    emit_line(h, c_text(m, "/* ---- %s %s", item->title,
                        used < 78 ? dashes + used : ""));
    emit_line(h, " *");
    emit_layout(out, item);
    emit_text(h,
              EMIT_VARS({"fixed", c_text(m, "%u", record->fixed)},
                        {"slots", c_text(m, "%u", record->slots)}),
              " *\n"
              " *   fixed part $fixed$ bytes, slots $slots$\n"
              " */\n\n");
    emit_doc(h, item->doc != NULL ? item->doc
                                  : c_text(m, "One %s.", record->qualified));
    emit_line(h, c_text(m, "struct %s {", item->name));
    emit_record_fields(out, item);
    emit_text(h, NULL, "};\n\n");
    emit_initials(out, item);
    emit_text(h,
              EMIT_VARS({"upper", item->upper}, {"name", record->qualified},
                        {"id", c_text(m, "%016" PRIx64, record->id)}),
              "/* Type id of $name$, as frames carry it. */\n"
              "#define $upper$_TYPE_ID UINT64_C(0x$id$)\n\n");
    emit_sizes(out, item);
}

// ---- Unions -----------------------------------------------------------------

static void emit_tags(c_out *out, const c_item *item)
{
    emit  *h = &out->header;
    size_t i;

    emit_doc(h,
             c_text(out->model, "Tags of %s. Later revisions may bring more.",
                    item->title));
    emit_line(h, "enum {");
    emit_indent(h, 1);
    emit_line(h, c_text(out->model, "%s_UNSET = 0,", item->upper));
    for (i = 0; i < item->field_count; i++) {
        emit_line(h, c_text(out->model, "%s = %zu%s", item->fields[i].constant,
                            i + 1, i + 1 < item->field_count ? "," : ""));
    }
    emit_indent(h, -1);
    emit_text(h, NULL, "};\n\n");
}

static void emit_union(c_out *out, const c_item *item)
{
    emit  *h = &out->header;
    size_t i;

    emit_rule(h, item->title);
    emit_tags(out, item);
    emit_doc(h, item->doc != NULL
                    ? item->doc
                    : c_text(out->model, "One of the variants of %s.",
                             item->decl->of.onion->qualified));
    emit_line(h, c_text(out->model, "struct %s {", item->name));
    emit_indent(h, 1);
    emit_line(h, c_text(out->model, "uint8_t tag; /* %s_... */", item->upper));
    emit_line(h, "bool kept; /* `unknown`, which goes with a later tag */");
    emit_line(h, "union {");
    emit_indent(h, 1);
    for (i = 0; i < item->field_count; i++) {
        if (item->fields[i].type != NULL) {
            emit_member(out, &item->fields[i], true);
        }
    }
    emit_line(h, "inlay_bytes unknown;");
    emit_indent(h, -1);
    emit_line(h, "};");
    emit_indent(h, -1);
    emit_text(h, NULL, "};\n\n");
}

// ---- Containers -------------------------------------------------------------

// Declares what the items of a list point to.
static const char *items_declared(c_model *m, const c_item *item)
{
    const ir_type *element = item->type->element;

    if (item->type->kind == IR_RECORD || item->type->kind == IR_UNION) {
        return c_text(m, "const %s *items", c_native(m, item->type));
    }
    if (element->kind == IR_OPTIONAL && element->element->kind == IR_RECORD) {
        return c_declare(m, element, "const *items");
    }
    if (element->kind == IR_ARRAY) {
        return c_text(m, "const %s", c_declare(m, element, "(*items)"));
    }
    return c_text(m, "const %s *items", c_native(m, element));
}

static void emit_list(c_out *out, const c_item *item)
{
    bool fed = item->type->kind == IR_RECORD;

    if (fed) {
        c_emit_list_source(out, item);
    }
    emit_doc(&out->header,
             item->doc == NULL && fed
                 ? "An array; or items is NULL, and source gives the elements."
                 : item->doc);
    emit_text(
        &out->header,
        EMIT_VARS(
            {"name", item->name}, {"items", items_declared(out->model, item)},
            {"source",
             fed ? c_text(out->model, "const %s_source *source;", item->name)
                 : ""}),
        "struct $name$ {\n"
        "    $items$;\n"
        "    size_t count;\n"
        "    $source$\n"
        "};\n\n");
    if (fed) {
        c_emit_list_builder(out, item);
    }
}

static void emit_map(c_out *out, const c_item *item)
{
    emit_doc(&out->header, item->doc != NULL
                               ? item->doc
                               : "Entries in strictly ascending order of "
                                 "their keys.");
    emit_text(&out->header, EMIT_VARS({"name", item->name}),
              "struct $name$ {\n"
              "    const $name$_entry *items;\n"
              "    size_t count;\n"
              "};\n\n");
}

static void emit_entry(c_out *out, const c_item *item)
{
    emit_line(&out->header, c_text(out->model, "struct %s {", item->name));
    emit_fields(out, item);
    emit_text(&out->header, NULL, "};\n\n");
}

static void emit_opt(c_out *out, const c_item *item)
{
    emit_doc(&out->header, item->doc);
    emit_text(&out->header,
              EMIT_VARS({"name", item->name},
                        {"value",
                         c_declare(out->model, item->type->element, "value")}),
              "struct $name$ {\n"
              "    bool has;\n"
              "    $value$;\n"
              "};\n\n");
}

// ---- Aliases and constants --------------------------------------------------

static void emit_alias(c_out *out, const c_item *item)
{
    const ir_type *type = item->type;
    const char    *target;

    // Arrays and pointers hide badly behind a name.
    if (type->kind == IR_ARRAY ||
        (type->kind == IR_OPTIONAL && type->element->kind == IR_RECORD)) {
        return;
    }
    target = c_is_scalar(type) && type->kind != IR_ENUM
                 ? c_scalar_type(type->kind)
                 : c_native(out->model, type);
    emit_doc(&out->header, item->doc);
    emit_text(&out->header, EMIT_VARS({"target", target}, {"name", item->name}),
              "typedef $target$ $name$;\n\n");
}

static void emit_const(c_out *out, const c_item *item)
{
    const ir_const *constant = item->decl->of.constant;
    uint8_t         bytes[8];
    uint32_t        i;

    for (i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(constant->bits >> (8 * i));
    }
    emit_doc(&out->header, item->doc);
    emit_text(
        &out->header,
        EMIT_VARS({"name", item->name},
                  {"value", c_literal(out->model, constant->type, bytes)}),
        "#define $name$ $value$\n\n");
}

void c_emit_type(c_out *out, const c_item *item)
{
    switch (item->kind) {
    case C_ENUM:
        c_emit_enum(out, item);
        break;
    case C_STRUCT:
        c_emit_struct(out, item);
        break;
    case C_UNION:
        emit_union(out, item);
        break;
    case C_RECORD:
        emit_record(out, item);
        break;
    case C_ALIAS:
        emit_alias(out, item);
        break;
    case C_CONST:
        emit_const(out, item);
        break;
    case C_LIST:
        emit_list(out, item);
        break;
    case C_MAP:
        emit_map(out, item);
        break;
    case C_ENTRY:
        emit_entry(out, item);
        break;
    case C_OPT:
        emit_opt(out, item);
        break;
    }
}
