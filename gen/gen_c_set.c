// gen_c_set.c -- setters: fields of fixed size, and text and bytes of the size
// they have, rewritten where they lie.
//
// A setter changes no size and no other field, so a verified message stays
// verified. It returns false when the message has no room for the field,
// because an older writer made it or because an optional in a slot is absent.

#include "gen/gen_c_parts.h"

static void emit_setter(c_out *out, const char *doc, const char *name,
                        const char *verb, const c_field *field,
                        const char *params, const char *body)
{
    emit_doc(&out->header, doc);
    emit_text(
        &out->header,
        EMIT_VARS({"name", name}, {"verb", verb}, {"field", field->name},
                  {"params", params}, {"body", body}),
        "static inline bool $name$_$verb$_$field$($name$_view self$params$)\n"
        "{\n"
        "    $body$\n"
        "}\n"
        "\n");
}

// Stores `value` at `at`, which is not NULL: statements.
static const char *store_value(c_model *m, const c_field *field,
                               const ir_type *type)
{
    const uint8_t *initial = field->ir->initial;

    if (initial == NULL) {
        return c_store(m, type, "at", "value");
    }
    if (type->kind == IR_STRUCT) {
        return c_text(m, "%s_store(at, &value);\ninlay_xor(at, initial, %u);",
                      c_native(m, type), type->size);
    }
    if (type->kind == IR_F32 || type->kind == IR_F64) {
        return c_text(m, "inlay_store_%s(at, inlay_%s_bits(value) ^ 0x%llx);",
                      type->kind == IR_F32 ? "u32" : "u64", c_word(type),
                      (unsigned long long)c_scalar_bits(type, initial));
    }
    return c_text(m, "inlay_store_%s(at, (%s)(value ^ %s));", c_word(type),
                  c_native(m, type), c_literal(m, type, initial));
}

static const char *initial_table(c_model *m, const c_field *field)
{
    if (field->ir->initial == NULL || field->type->kind != IR_STRUCT) {
        return "";
    }
    return c_text(m, "static const uint8_t initial[%u] = {%s};\n",
                  field->type->size,
                  c_bytes_literal(m, field->ir->initial, field->type->size));
}

static const char *target(c_model *m, const c_field *field, const ir_type *type)
{
    return c_text(m, "uint8_t *at = inlay_record_target(self.record, %u, %u);",
                  field->ir->offset, type->size);
}

static const char *value_param(c_model *m, const ir_type *type)
{
    return c_text(m, ", %s value", c_native(m, type));
}

static void emit_fixed(c_out *out, const c_item *item, const c_field *field)
{
    c_model       *m = out->model;
    const ir_type *type = field->type;

    emit_setter(out, NULL, item->name, "set", field, value_param(m, type),
                c_text(m,
                       "%s%s\n"
                       "\n"
                       "if (at == NULL) {\n"
                       "    return false;\n"
                       "}\n"
                       "%s\n"
                       "return true;",
                       initial_table(m, field), target(m, field, type),
                       store_value(m, field, type)));
}

// An optional in the head: the value and its bit.
static void emit_optional(c_out *out, const c_item *item, const c_field *field)
{
    const ir_field *ir = field->ir;
    c_model        *m = out->model;
    const ir_type  *type = field->type->element;
    const char     *clear =
        c_text(m,
               "%s\n"
               "\n"
               "if (at == NULL) {\n"
               "    return false;\n"
               "}\n"
               "memset(at, 0, %u);\n"
               "return inlay_record_set_bit(self.record, %u, %u, false);",
               target(m, field, type), type->size, ir->present_offset,
               ir->present_bit);

    if (type->kind != IR_ARRAY) {
        emit_setter(out, NULL, item->name, "set", field, value_param(m, type),
                    c_text(m,
                           "%s\n"
                           "\n"
                           "if (at == NULL) {\n"
                           "    return false;\n"
                           "}\n"
                           "%s\n"
                           "return inlay_record_set_bit(self.record, %u, %u, "
                           "true);",
                           target(m, field, type), store_value(m, field, type),
                           ir->present_offset, ir->present_bit));
    }
    emit_setter(out, "Makes it absent.", item->name, "clear", field, "", clear);
}

static void emit_bit(c_out *out, const c_item *item, const c_field *field)
{
    c_model *m = out->model;

    emit_setter(out, NULL, item->name, "set", field, ", bool value",
                c_text(m,
                       "return inlay_record_set_bit(self.record, %u, %u, "
                       "%svalue);",
                       field->ir->offset, field->ir->bit,
                       field->ir->initial != NULL ? "!" : ""));
}

// Both bits, or neither when the second is not there.
static void emit_bit_optional(c_out *out, const c_item *item,
                              const c_field *field)
{
    const ir_field *ir = field->ir;
    c_model        *m = out->model;
    const char     *format =
        "return inlay_record_set_bit(self.record, %u, %u, %s) && "
        "inlay_record_set_bit(self.record, %u, %u, %s);";

    emit_setter(out, NULL, item->name, "set", field, ", bool value",
                c_text(m, format, ir->offset, ir->bit, "value",
                       ir->present_offset, ir->present_bit, "true"));
    emit_setter(out, "Makes it absent.", item->name, "clear", field, "",
                c_text(m, format, ir->offset, ir->bit, "false",
                       ir->present_offset, ir->present_bit, "false"));
}

// An optional with a slot to itself can change its value, not its presence.
static void emit_slot(c_out *out, const c_item *item, const c_field *field)
{
    c_model       *m = out->model;
    const ir_type *type = field->type->element;

    if (type->kind == IR_RECORD || type->kind == IR_ARRAY) {
        return;
    }
    emit_setter(out, "False, too, when it is absent.", item->name, "set", field,
                value_param(m, type),
                c_text(m,
                       "inlay_bytes slice = inlay_record_slot(self.record, "
                       "%u);\n"
                       "uint8_t *at = inlay_slice_target(slice, %u);\n"
                       "\n"
                       "if (at == NULL) {\n"
                       "    return false;\n"
                       "}\n"
                       "%s\n"
                       "return true;",
                       field->ir->slot, type->size,
                       store_value(m, field, type)));
}

// Text and bytes can change to others of the same size.
static void emit_span(c_out *out, const c_item *item, const c_field *field)
{
    const ir_field *ir = field->ir;
    c_model        *m = out->model;
    bool            optional = field->type->kind == IR_OPTIONAL;
    const ir_type  *type = optional ? field->type->element : field->type;
    const char     *slice =
        c_text(m, "inlay_record_slot(self.record, %u)", ir->slot);
    const char *present = "";

    if (type->kind != IR_STRING && type->kind != IR_BYTES) {
        return;
    }
    if (ir->align != 0) {
        slice = c_text(m, "inlay_slice_aligned(%s, %u)", slice, ir->align);
    }
    if (optional) {
        present = c_text(
            m, "inlay_record_has_slot(self.record, %u, %u, %u) &&\n       ",
            ir->present_offset, ir->present_bit, ir->slot);
    }
    emit_setter(out,
                type->kind == IR_STRING
                    ? "To text of the same size; false when it is not, or no "
                      "UTF-8."
                    : "To as many bytes; false when they are not.",
                item->name, "set", field, value_param(m, type),
                c_text(m, "return %sinlay_slice_set%s(%s, value);", present,
                       type->kind == IR_STRING ? "_str" : "", slice));
}

// One element of an array in the head.
static void emit_array(c_out *out, const c_item *item, const c_field *field)
{
    c_model       *m = out->model;
    const ir_type *type = field->type;
    uint32_t       count;
    const ir_type *base = c_array_base(type, &count);
    const char    *initial = "";
    const char    *apply = "";

    if (field->ir->initial != NULL) {
        initial =
            c_text(m, "static const uint8_t initial[%u] = {%s};\n", type->size,
                   c_bytes_literal(m, field->ir->initial, type->size));
        apply = c_text(m, "\ninlay_xor(at, initial + index * %u, %u);",
                       base->size, base->size);
    }
    emit_setter(out,
                type->element->kind == IR_ARRAY
                    ? "The index counts the innermost elements."
                    : NULL,
                item->name, "set", field,
                c_text(m, ", size_t index, %s value", c_native(m, base)),
                c_text(m,
                       "%s%s\n"
                       "\n"
                       "if (at == NULL || index >= %u) {\n"
                       "    return false;\n"
                       "}\n"
                       "at += index * %u;\n"
                       "%s%s\n"
                       "return true;",
                       initial, target(m, field, type), count, base->size,
                       c_store(m, base, "at", "value"), apply));
}

void c_emit_setters(c_out *out, const c_item *item, const c_field *field)
{
    switch (field->ir->place) {
    case IR_PLACE_BIT:
        emit_bit(out, item, field);
        break;
    case IR_PLACE_BIT_OPTIONAL:
        emit_bit_optional(out, item, field);
        break;
    case IR_PLACE_FIXED:
        if (field->type->kind == IR_ARRAY) {
            emit_array(out, item, field);
        } else {
            emit_fixed(out, item, field);
        }
        break;
    case IR_PLACE_FIXED_OPTIONAL:
        emit_optional(out, item, field);
        break;
    case IR_PLACE_SLOT:
    case IR_PLACE_SLOT_PRESENT:
        emit_span(out, item, field);
        break;
    case IR_PLACE_SLOT_OPTIONAL:
        emit_slot(out, item, field);
        break;
    default:
        break;
    }
}
