// gen_c_patch.c -- patches: what of a message is to be replaced.
//
// What is printed knows the native struct: its fixed part as a whole, its slots
// one by one, by the same statements as encoding. The rest is the library's
// (codec/patch.c). A patch encodes few values, once each, so these functions
// are to be small rather than fast: INLAY_COLD keeps them from taking in copies
// of what they call, which made them five times as large.

#include "gen/gen_c_element.h"

// Returns the record that a field holds, be it optional; else NULL.
static const ir_record *record_of(const c_field *field)
{
    const ir_type *type = field->type;

    if (type->kind == IR_OPTIONAL) {
        type = type->element;
    }
    return type->kind == IR_RECORD ? type->record : NULL;
}

static const char *record_name(c_model *m, const c_field *field)
{
    return c_native(m, record_of(field)->type);
}

static bool has_records(const c_item *item)
{
    size_t i;

    for (i = 0; i < item->field_count; i++) {
        if (record_of(&item->fields[i]) != NULL) {
            return true;
        }
    }
    return false;
}

// ---- The struct -------------------------------------------------------------

// A bool for each field. A record without fields has nothing to set.
static void emit_set(c_out *out, const c_item *item)
{
    size_t i;

    if (item->field_count == 0) {
        return;
    }
    emit_line(&out->header, "struct {");
    emit_indent(&out->header, 1);
    for (i = 0; i < item->field_count; i++) {
        emit_line(&out->header,
                  c_text(out->model, "bool %s;", item->fields[i].member));
    }
    emit_indent(&out->header, -1);
    emit_line(&out->header, "} set;");
}

// A pointer for each field that holds a record. `struct` finds the type even
// where a member before has its name.
static void emit_in(c_out *out, const c_item *item)
{
    c_model *m = out->model;
    size_t   i;

    if (!has_records(item)) {
        return;
    }
    emit_line(&out->header, "struct {");
    emit_indent(&out->header, 1);
    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        if (record_of(field) != NULL) {
            emit_line(&out->header,
                      c_text(m, "const struct %s_patch *%s;",
                             record_name(m, field), field->member));
        }
    }
    emit_indent(&out->header, -1);
    emit_line(&out->header, "} in;");
}

static void emit_struct(c_out *out, const c_item *item)
{
    c_model *m = out->model;

    emit_doc(&out->header,
             c_text(m,
                    "What to replace in a message, started from {0}: the "
                    "fields that are set, with their values in `to`%s.",
                    has_records(item) ? ", and what the patches under `in` "
                                        "replace in records"
                                      : ""));
    emit_line(&out->header, c_text(m, "struct %s_patch {", item->name));
    emit_indent(&out->header, 1);
    emit_line(&out->header, c_text(m, "%s to;", item->name));
    emit_set(out, item);
    emit_in(out, item);
    emit_indent(&out->header, -1);
    emit_text(&out->header, NULL, "};\n\n");
}

// ---- Functions --------------------------------------------------------------

static void emit_calls(c_out *out, const c_item *item)
{
    emit_text(
        &out->header, EMIT_VARS({"name", item->name}),
        "extern const inlay_patch_type $name$_patch_type;\n"
        "\n"
        "/* Writes the message of a record, which must be in a message that "
        "was "
        "opened\n"
        " * verified, with what the patch replaces. */\n"
        "INLAY_NODISCARD static inline inlay_status "
        "$name$_patch_encode($name$_view base, const $name$_patch *patch, void "
        "*buffer, size_t capacity, size_t *size, inlay_error *error)\n"
        "{\n"
        "    return inlay_patch_encode(&$name$_patch_type, &base.record, "
        "patch, buffer, capacity, size, error);\n"
        "}\n"
        "\n"
        "/* The two passes of that, with an encoder of yours. */\n"
        "INLAY_NODISCARD static inline inlay_status "
        "$name$_patch_measure($name$_view base, const $name$_patch *patch, "
        "inlay_encoder *encoder, size_t *size)\n"
        "{\n"
        "    return inlay_patch_measure(&$name$_patch_type, &base.record, "
        "patch, encoder, size);\n"
        "}\n"
        "\n"
        "INLAY_NODISCARD static inline inlay_status "
        "$name$_patch_write($name$_view base, const $name$_patch *patch, "
        "inlay_encoder *encoder, void *buffer, size_t capacity)\n"
        "{\n"
        "    return inlay_patch_write(&$name$_patch_type, &base.record, patch, "
        "encoder, buffer, capacity);\n"
        "}\n"
        "\n");
}

static void emit_head(c_out *out, const c_item *item, const c_element *e)
{
    emit_text(&out->source, EMIT_VARS({"name", item->name}),
              "INLAY_COLD static void $name$_patch_head(const void *to, "
              "uint8_t *head)\n"
              "{\n");
    c_emit_initial_tables(out, e);
    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name}, {"lines", c_head_write(out->model, e)}),
        "    const $name$ *self = (const $name$ *)to;\n"
        "\n"
        "    $lines$\n"
        "}\n"
        "\n");
}

static const char *size_case(c_model *m, const c_field *field, const char *x)
{
    const char *size = c_slot_size(m, field, x);

    if (field->ir->max != 0) {
        size = c_text(m, "inlay_encoder_max(encoder, %s, %s, %u)", size,
                      c_slot_length(m, field->type, x), field->ir->max);
    }
    return c_text(m, "case %u:\n    return %s;", field->ir->slot, size);
}

static const char *write_case(c_model *m, const c_field *field, const char *x)
{
    return c_text(m, "case %u:\n%s\n    break;", field->ir->slot,
                  c_indented(m, c_slot_write(m, field, x)));
}

static void emit_slots(c_out *out, const c_item *item, const c_element *e)
{
    c_model    *m = out->model;
    const char *sizes = "";
    const char *writes = "";
    size_t      i;

    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        if (field->ir->place >= IR_PLACE_SLOT) {
            sizes = c_join(m, sizes, size_case(m, field, e->exprs[i]));
            writes = c_join(m, writes, write_case(m, field, e->exprs[i]));
        }
    }
    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name}, {"cases", sizes},
                  {"unused", c_element_is_nested(e) ? "" : "(void)encoder;"}),
        "INLAY_COLD static uint64_t $name$_patch_slot_size(inlay_encoder "
        "*encoder, "
        "const void *to, uint32_t slot)\n"
        "{\n"
        "    const $name$ *self = (const $name$ *)to;\n"
        "\n"
        "    $unused$\n"
        "    switch (slot) {\n"
        "    $cases$\n"
        "    default:\n"
        "        return 0;\n"
        "    }\n"
        "}\n"
        "\n");
    emit_text(&out->source,
              EMIT_VARS({"name", item->name}, {"cases", writes},
                        {"unused",
                         c_element_uses_encoder(e) ? "" : "(void)encoder;"}),
              "INLAY_COLD static uint8_t "
              "*$name$_patch_slot_write(inlay_encoder *encoder, "
              "const void *to, uint32_t slot, uint8_t *heap)\n"
              "{\n"
              "    const $name$ *self = (const $name$ *)to;\n"
              "\n"
              "    $unused$\n"
              "    switch (slot) {\n"
              "    $cases$\n"
              "    default:\n"
              "        break;\n"
              "    }\n"
              "    return heap;\n"
              "}\n"
              "\n");
}

static void emit_in_types(c_out *out, const c_item *item)
{
    c_model    *m = out->model;
    const char *types = "";
    size_t      i;

    for (i = 0; i < item->field_count; i++) {
        if (record_of(&item->fields[i]) != NULL) {
            types = c_text(m, "%s%s&%s_patch_type", types,
                           types[0] == '\0' ? "" : ", ",
                           record_name(m, &item->fields[i]));
        }
    }
    emit_text(&out->source, EMIT_VARS({"name", item->name}, {"types", types}),
              "static const inlay_patch_type *const $name$_patch_in[] = "
              "{$types$};\n"
              "\n");
}

static void emit_type(c_out *out, const c_item *item, const c_element *e)
{
    c_model    *m = out->model;
    const char *name = item->name;
    bool        records = has_records(item);

    emit_text(
        &out->source,
        EMIT_VARS(
            {"name", name},
            {"head", e->fixed > 0 ? c_text(m, "%s_patch_head", name) : "NULL"},
            {"size",
             e->slots > 0 ? c_text(m, "%s_patch_slot_size", name) : "NULL"},
            {"write",
             e->slots > 0 ? c_text(m, "%s_patch_slot_write", name) : "NULL"},
            {"types", records ? c_text(m, "%s_patch_in", name) : "NULL"},
            {"set", item->field_count > 0
                        ? c_text(m, "offsetof(%s_patch, set)", name)
                        : "0"},
            {"in", records ? c_text(m, "offsetof(%s_patch, in)", name) : "0"},
            {"aligned",
             c_has_align(m, item->decl->of.record) ? "true" : "false"}),
        "const inlay_patch_type $name$_patch_type = {\n"
        "    &$name$_desc,\n"
        "    $head$,\n"
        "    $size$,\n"
        "    $write$,\n"
        "    $types$,\n"
        "    $set$,\n"
        "    $in$,\n"
        "    $aligned$};\n"
        "\n");
}

void c_emit_record_patch(c_out *out, const c_item *item)
{
    c_element e = c_record_element(out->model, item);

    if (e.exprs == NULL) {
        return;
    }
    emit_struct(out, item);
    emit_calls(out, item);
    if (e.fixed > 0) {
        emit_head(out, item, &e);
    }
    if (e.slots > 0) {
        emit_slots(out, item, &e);
    }
    if (has_records(item)) {
        emit_in_types(out, item);
    }
    emit_type(out, item, &e);
}
