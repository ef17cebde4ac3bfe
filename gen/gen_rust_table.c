// gen_rust_table.c -- what a schema decides of the implementations, as tables
// for the macros of the crate, which are alike for all schemas. Macros with
// braces are left alone by rustfmt.

#include <inttypes.h>

#include "gen/gen_rust_parts.h"

static const char *quoted(rust_out *out, const char *name)
{
    return c_text(&out->model->c, "\"%s\"", name);
}

// ---- Enums and structs ------------------------------------------------------

static void emit_enum_table(rust_out *out, const rust_item *item)
{
    static const char *const words[] = {"u8", "u16", "u32", "u64",
                                        "i8", "i16", "i32", "i64"};
    const ir_enum           *enumeration = item->decl->of.enumeration;
    c_model                 *m = &out->model->c;
    uint32_t                 i;

    emit_text(
        &out->module,
        EMIT_VARS({"name", item->name},
                  {"base", words[enumeration->base - IR_U8]},
                  {"wide", enumeration->base >= IR_I8 ? "signed" : "unsigned"}),
        "\n"
        "inlay::open_enum! {\n"
        "    $name$: $base$ as $wide$ {\n");
    for (i = 0; i < enumeration->value_count; i++) {
        emit_line(&out->module,
                  c_text(m, "        %s %s;", item->fields[i].name,
                         quoted(out, enumeration->values[i].name)));
    }
    emit_text(&out->module, NULL, "    }\n}\n");
}

static void emit_struct_table(rust_out *out, const rust_item *item)
{
    const ir_struct *structure = item->decl->of.structure;
    c_model         *m = &out->model->c;
    uint32_t         i;

    emit_text(&out->module,
              EMIT_VARS({"name", item->name},
                        {"size", c_text(m, "%u", structure->size)}),
              "\n"
              "inlay::fixed_struct! {\n"
              "    $name$: $size$ {\n");
    for (i = 0; i < structure->member_count; i++) {
        const ir_member *member = &structure->members[i];

        emit_line(&out->module,
                  c_text(m, "        %s %s %u: %s;", item->fields[i].name,
                         quoted(out, member->name), member->offset,
                         rust_native(out->model, member->type, "'a")));
    }
    emit_text(&out->module, NULL, "    }\n}\n");
}

// ---- Unions -----------------------------------------------------------------

static void emit_union_table(rust_out *out, const rust_item *item)
{
    const ir_union *onion = item->decl->of.onion;
    c_model        *m = &out->model->c;
    uint32_t        i;

    emit_text(&out->module,
              EMIT_VARS({"name", item->name}, {"view", item->view},
                        {"full", rust_is_full(onion) ? " full" : ""}),
              "\n"
              "inlay::union! {\n"
              "    $name$ $view$$full$ {\n");
    for (i = 0; i < onion->variant_count; i++) {
        const ir_variant *variant = &onion->variants[i];
        const char       *type = "";

        if (variant->type != NULL) {
            type = c_text(m, ": %s",
                          rust_native(out->model, variant->type, "'static"));
        }
        emit_line(&out->module,
                  c_text(m, "        %u %s %s%s;", i + 1, item->fields[i].name,
                         quoted(out, variant->name), type));
    }
    emit_text(&out->module, NULL, "    }\n}\n");
}

// ---- Records ----------------------------------------------------------------

static const char *place_base(c_model *m, const ir_field *field)
{
    switch (field->place) {
    case IR_PLACE_BIT:
        return c_text(m, "bit(%u, %u)", field->offset, field->bit);
    case IR_PLACE_BIT_OPTIONAL:
        return c_text(m, "bit(%u, %u).present(%u, %u)", field->offset,
                      field->bit, field->present_offset, field->present_bit);
    case IR_PLACE_FIXED:
        return c_text(m, "fixed(%u)", field->offset);
    case IR_PLACE_FIXED_OPTIONAL:
        return c_text(m, "fixed(%u).present(%u, %u)", field->offset,
                      field->present_offset, field->present_bit);
    case IR_PLACE_SLOT:
        return c_text(m, "slot(%u)", field->slot);
    case IR_PLACE_SLOT_PRESENT:
        return c_text(m, "slot(%u).present(%u, %u)", field->slot,
                      field->present_offset, field->present_bit);
    case IR_PLACE_SLOT_OPTIONAL:
        return c_text(m, "slot(%u)%s", field->slot,
                      field->sparse ? ".sparse()" : "");
    default:
        return c_text(m, "tagged(%u, %u)", field->offset, field->slot);
    }
}

static const char *place(rust_out *out, const ir_field *field)
{
    c_model    *m = &out->model->c;
    const char *text = place_base(m, field);

    if (field->align != 0) {
        text = c_text(m, "%s.align(%u)", text, field->align);
    }
    if (field->max != 0) {
        text = c_text(m, "%s.max(%u)", text, field->max);
    }
    if (field->initial != NULL) {
        text =
            c_text(m, "%s.initial(&[%s])", text,
                   rust_bytes(out->model, field->initial, field->type->size));
    }
    return text;
}

static void emit_fields(rust_out *out, const rust_item *item)
{
    const ir_record *record = item->decl->of.record;
    c_model         *m = &out->model->c;
    uint32_t         i;

    for (i = 0; i < record->field_count; i++) {
        const ir_field   *field = &record->fields[i];
        const rust_field *named = &item->fields[i];

        emit_line(&out->module,
                  c_text(m, "        %s %s %s %u %u: %s = %s;", named->place,
                         named->name, quoted(out, field->name),
                         field->fixed_after, field->slots_after,
                         rust_native(out->model, field->type, "'static"),
                         place(out, field)));
    }
}

static void emit_shown(rust_out *out, const rust_item *item)
{
    const ir_record *record = item->decl->of.record;
    uint32_t         i;

    emit_text(&out->module, EMIT_VARS({"view", item->view}),
              "\n"
              "inlay::record_dump! {\n"
              "    $view$ {\n");
    for (i = 0; i < record->field_count; i++) {
        const ir_field   *field = record->declared_fields[i];
        const rust_field *named = &item->fields[field - record->fields];

        emit_line(&out->module, c_text(&out->model->c, "        %s %s;",
                                       named->name, quoted(out, field->name)));
    }
    emit_text(&out->module, NULL, "    }\n}\n");
}

static void emit_record_table(rust_out *out, const rust_item *item)
{
    const ir_record *record = item->decl->of.record;
    c_model         *m = &out->model->c;

    emit_text(&out->module,
              EMIT_VARS({"name", item->name}, {"view", item->view},
                        {"setter", item->setter},
                        {"qualified", quoted(out, record->qualified)},
                        {"id", c_text(m, "0x%016" PRIx64, record->id)},
                        {"fixed", c_text(m, "%u", record->fixed)},
                        {"slots", c_text(m, "%u", record->slots)},
                        {"spare", c_text(m, "%u", record->spare_offset)},
                        {"mask", c_text(m, "0x%02x", record->spare_mask)},
                        {"least", c_text(m, "%" PRIu64, record->size_least)},
                        {"largest", record->unbounded != NULL
                                        ? "None"
                                        : c_text(m, "Some(%" PRIu64 ")",
                                                 record->size_largest)}),
              "\n"
              "inlay::record! {\n"
              "    $name$ $view$ $setter$ $qualified$ $id$;\n"
              "    layout $fixed$ $slots$, spare $spare$ $mask$;\n"
              "    sizes $least$ $largest$;\n"
              "    fields {\n");
    emit_fields(out, item);
    emit_text(&out->module, NULL, "    }\n}\n");
    emit_shown(out, item);
}

void rust_emit_table(rust_out *out, const rust_item *item)
{
    switch (item->decl->kind) {
    case IR_DECL_ENUM:
        emit_enum_table(out, item);
        break;
    case IR_DECL_STRUCT:
        emit_struct_table(out, item);
        break;
    case IR_DECL_UNION:
        emit_union_table(out, item);
        break;
    case IR_DECL_RECORD:
        emit_record_table(out, item);
        break;
    default:
        break;
    }
}

// ---- C ----------------------------------------------------------------------

// What C calls the functions that encode and verify.
void rust_emit_links(rust_out *out)
{
    bool   any = false;
    size_t i;

    for (i = 0; i < out->model->order_count; i++) {
        const rust_item *item = out->model->order[i];

        if (item->decl->kind != IR_DECL_RECORD || item->c == NULL) {
            continue;
        }
        if (!any) {
            emit_text(&out->module, NULL, "\ninlay::link_c! {\n");
        }
        any = true;
        emit_text(&out->module,
                  EMIT_VARS({"name", item->name}, {"c", item->c->name}),
                  "    $name$: $c$_encode, $c$_measure, $c$_write, "
                  "$c$_desc;\n");
    }
    if (any) {
        emit_line(&out->module, "}");
    }
}
