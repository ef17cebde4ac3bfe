// gen_rust_type.c -- the native types: what users fill in.

#include <string.h>

#include "gen/gen_rust_parts.h"
#include "schema/describe.h"

static const char *qualified(const rust_item *item)
{
    return ir_decl_qualified(item->decl);
}

// Prints a public member; rustfmt breaks a long one behind its name.
static void emit_member(rust_out *out, const char *name, const char *type)
{
    c_model    *m = &out->model->c;
    const char *line = c_text(m, "pub %s: %s,", name, type);

    if (strlen(line) + 4 > RUST_COLUMNS) {
        emit_line(&out->module, c_text(m, "pub %s:", name));
        line = c_text(m, "    %s,", type);
    }
    emit_line(&out->module, line);
}

// ---- Enums ------------------------------------------------------------------

static void emit_enum(rust_out *out, const rust_item *item)
{
    static const char *const words[] = {"u8", "u16", "u32", "u64",
                                        "i8", "i16", "i32", "i64"};
    const ir_enum           *enumeration = item->decl->of.enumeration;
    c_model                 *m = &out->model->c;
    const char              *base = words[enumeration->base - IR_U8];
    uint32_t                 i;

    emit_blank(&out->module);
    rust_emit_doc(out, enumeration->doc,
                  c_text(m,
                         "The enum `%s`. Later revisions may have more "
                         "values.",
                         qualified(item)));
    emit_text(&out->module, EMIT_VARS({"name", item->name}, {"base", base}),
              "#[repr(transparent)]\n"
              "#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, "
              "Hash)]\n"
              "pub struct $name$(\n"
              "    /// The value, perhaps one of a later revision.\n"
              "    pub $base$,\n"
              ");\n"
              "\n"
              "impl $name$ {\n");
    emit_indent(&out->module, 1);
    for (i = 0; i < enumeration->value_count; i++) {
        const ir_value *value = &enumeration->values[i];
        uint8_t         bytes[8];
        uint32_t        j;
        ir_type         type = *enumeration->type;

        for (j = 0; j < 8; j++) {
            bytes[j] = (uint8_t)(value->value >> (8 * j));
        }
        type.kind = enumeration->base;
        rust_emit_doc(out, value->doc, c_text(m, "`%s`.", value->name));
        emit_line(&out->module, c_text(m, "pub const %s: Self = Self(%s);",
                                       item->fields[i].name,
                                       rust_literal(out->model, &type, bytes)));
    }
    emit_indent(&out->module, -1);
    emit_line(&out->module, "}");
}

// ---- Structs ----------------------------------------------------------------

static void emit_struct(rust_out *out, const rust_item *item)
{
    const ir_struct *structure = item->decl->of.structure;
    c_model         *m = &out->model->c;
    uint32_t         i;

    emit_blank(&out->module);
    rust_emit_doc(out, structure->doc,
                  c_text(m, "The struct `%s`.", qualified(item)));
    emit_text(&out->module, EMIT_VARS({"name", item->name}),
              "#[repr(C)]\n"
              "#[derive(Clone, Copy, Debug, PartialEq)]\n"
              "pub struct $name$ {\n");
    emit_indent(&out->module, 1);
    for (i = 0; i < structure->member_count; i++) {
        const ir_member *member = &structure->members[i];

        rust_emit_doc(out, member->doc, c_text(m, "`%s`.", member->name));
        emit_member(out, item->fields[i].name,
                    rust_native(out->model, member->type, "'a"));
    }
    emit_indent(&out->module, -1);
    emit_line(&out->module, "}");
}

// ---- Unions -----------------------------------------------------------------

// Records are held by reference.
static const char *variant_native(rust_out *out, const ir_type *type,
                                  const char *life)
{
    return c_text(&out->model->c, "%s%s",
                  type->kind == IR_RECORD ? c_text(&out->model->c, "&%s ", life)
                                          : "",
                  rust_native(out->model, type, life));
}

// The variant that nobody can make gives the type the room that C's has, where
// the payload of a later revision's variant can be.
// Where a later revision can't add a variant there is no number left for
// `Later`; the room that this keeps is then part of `Unset`.
static void emit_union_start(rust_out *out, const rust_item *item, bool full)
{
    emit_text(
        &out->module,
        EMIT_VARS({"name", item->name}, {"default", full ? "" : ", Default"}),
        "#[repr(C, u8)]\n"
        "#[derive(Clone, Copy, Debug$default$)]\n"
        "pub enum $name$<'a> {\n");
    emit_text(&out->module, NULL,
              full ? "    /// None of them: made by `Default`.\n"
                     "    Unset(inlay::generated::Room<'a>),\n"
                   : "    /// None of them.\n"
                     "    #[default]\n"
                     "    Unset,\n");
}

static void emit_union(rust_out *out, const rust_item *item)
{
    const ir_union *onion = item->decl->of.onion;
    c_model        *m = &out->model->c;
    bool            full = rust_is_full(onion);
    uint32_t        i;

    emit_blank(&out->module);
    rust_emit_doc(out, onion->doc,
                  c_text(m, "The union `%s`.", qualified(item)));
    emit_union_start(out, item, full);
    emit_indent(&out->module, 1);
    for (i = 0; i < onion->variant_count; i++) {
        const ir_variant *variant = &onion->variants[i];

        rust_emit_doc(out, variant->doc, c_text(m, "`%s`.", variant->name));
        emit_line(&out->module,
                  variant->type == NULL
                      ? c_text(m, "%s,", item->fields[i].name)
                      : c_text(m, "%s(%s),", item->fields[i].name,
                               variant_native(out, variant->type, "'a")));
    }
    emit_indent(&out->module, -1);
    emit_text(&out->module, NULL,
              full ? "}\n"
                   : "    #[doc(hidden)]\n"
                     "    Later(inlay::Bytes<'a>, inlay::generated::Never),\n"
                     "}\n");
}

// ---- Records ----------------------------------------------------------------

static const char *field_doc(c_model *m, const ir_field *field)
{
    const char *doc = field->doc;

    if (doc == NULL || doc[0] == '\0') {
        doc = c_text(m, "`%s: %s`", field->name,
                     ir_type_text(&m->memory, field->type));
        doc = c_text(m, "%s.", doc);
    }
    return doc;
}

static const char *field_initial(rust_model *m, const ir_field *field)
{
    return field->initial != NULL ? rust_literal(m, field->type, field->initial)
                                  : "inlay::Init::INIT";
}

static void emit_record_init(rust_out *out, const rust_item *item)
{
    const ir_record *record = item->decl->of.record;
    c_model         *m = &out->model->c;
    uint32_t         i;

    emit_text(&out->module, EMIT_VARS({"name", item->name}),
              "\n"
              "#[rustfmt::skip]\n"
              "impl inlay::Init for $name$<'_> {\n"
              "    const INIT: Self = $name$ {\n");
    emit_indent(&out->module, 2);
    for (i = 0; i < record->field_count; i++) {
        const ir_field   *field = record->declared_fields[i];
        const rust_field *named = &item->fields[field - record->fields];

        emit_line(&out->module, c_text(m, "%s: %s,", named->name,
                                       field_initial(out->model, field)));
    }
    emit_indent(&out->module, -2);
    emit_text(&out->module, NULL,
              "        unknown: None,\n"
              "    };\n"
              "}\n");
}

static void emit_record(rust_out *out, const rust_item *item)
{
    const ir_record *record = item->decl->of.record;
    c_model         *m = &out->model->c;
    uint32_t         i;

    emit_blank(&out->module);
    rust_emit_doc(out, record->doc,
                  c_text(m, "The record `%s`.", qualified(item)));
    emit_text(&out->module, EMIT_VARS({"name", item->name}),
              "#[repr(C)]\n"
              "#[derive(Clone, Copy, Debug)]\n"
              "pub struct $name$<'a> {\n");
    emit_indent(&out->module, 1);
    for (i = 0; i < record->field_count; i++) {
        const ir_field   *field = record->declared_fields[i];
        const rust_field *named = &item->fields[field - record->fields];

        emit_doc(&out->module, field_doc(m, field));
        emit_member(out, named->name,
                    rust_native(out->model, field->type, "'a"));
    }
    emit_text(&out->module, NULL,
              "/// What C programs keep of later revisions; `None` here.\n"
              "pub unknown: Option<&'a inlay::Unknown>,\n");
    emit_indent(&out->module, -1);
    emit_line(&out->module, "}");
    emit_record_init(out, item);
}

// ---- Constants --------------------------------------------------------------

static void emit_const(rust_out *out, const rust_item *item)
{
    const ir_const *constant = item->decl->of.constant;
    c_model        *m = &out->model->c;
    uint8_t         bytes[8];
    uint32_t        i;

    for (i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(constant->bits >> (8 * i));
    }
    emit_blank(&out->module);
    rust_emit_doc(out, constant->doc,
                  c_text(m, "The constant `%s`.", qualified(item)));
    emit_line(&out->module,
              c_text(m, "pub const %s: %s = %s;", item->name,
                     rust_native(out->model, constant->type, "'a"),
                     rust_literal(out->model, constant->type, bytes)));
}

// Aliases stand for their types wherever they are used; the name itself is for
// those who write the type down.
static void emit_alias(rust_out *out, const rust_item *item)
{
    const ir_alias *alias = item->decl->of.alias;
    c_model        *m = &out->model->c;
    const char     *head, *type;

    type = rust_native(out->model, alias->type, "'a");
    head = c_text(m, "pub type %s%s =", item->name,
                  rust_borrows(alias->type) ? "<'a>" : "");
    emit_blank(&out->module);
    rust_emit_doc(out, alias->doc,
                  c_text(m, "The type `%s`.", qualified(item)));
    if (strlen(head) + strlen(type) + 2 > RUST_COLUMNS) {
        emit_line(&out->module, head);
        emit_line(&out->module, c_text(m, "    %s;", type));
    } else {
        emit_line(&out->module, c_text(m, "%s %s;", head, type));
    }
}

void rust_emit_type(rust_out *out, const rust_item *item)
{
    switch (item->decl->kind) {
    case IR_DECL_ENUM:
        emit_enum(out, item);
        break;
    case IR_DECL_STRUCT:
        emit_struct(out, item);
        break;
    case IR_DECL_UNION:
        emit_union(out, item);
        break;
    case IR_DECL_RECORD:
        emit_record(out, item);
        break;
    case IR_DECL_ALIAS:
        emit_alias(out, item);
        break;
    case IR_DECL_CONST:
        emit_const(out, item);
        break;
    }
}
