// gen_c_head.c -- how heads are written: bits, fixed values, tags.

#include "gen/gen_c_element.h"

static const char *shifted(c_model *m, const char *bit, unsigned places)
{
    return places == 0 ? bit : c_text(m, "%s << %u", bit, places);
}

// Returns the bits that a field puts into the byte at `offset`, or-ed to
// `bits`.
static const char *field_bits(c_model *m, const char *bits,
                              const c_field *field, const char *x,
                              uint32_t offset)
{
    const ir_field *ir = field->ir;
    const char     *has =
        ir->place == IR_PLACE_BIT ? NULL : c_member_of(m, x, "has");
    const char *value = NULL;
    const char *more = bits[0] == '\0' ? "" : " | ";

    if (ir->place == IR_PLACE_BIT) {
        value = ir->initial != NULL ? c_text(m, "(!%s)", x) : x;
    } else if (ir->place == IR_PLACE_BIT_OPTIONAL) {
        value = c_text(m, "(%s && %s)", has, c_member_of(m, x, "value"));
    }
    if (ir->place != IR_PLACE_BIT && ir->place <= IR_PLACE_SLOT_PRESENT &&
        ir->place != IR_PLACE_FIXED && ir->place != IR_PLACE_SLOT &&
        ir->present_offset == offset) {
        bits =
            c_text(m, "%s%s%s", bits, more, shifted(m, has, ir->present_bit));
        more = " | ";
    }
    if (value != NULL && ir->offset == offset) {
        bits = c_text(m, "%s%s%s", bits, more, shifted(m, value, ir->bit));
    }
    return bits;
}

// Writes the bit byte at `offset` if there is one: a statement, or "".
static const char *bit_byte(c_model *m, const c_element *e, uint32_t offset)
{
    const char *bits = "";
    size_t      i;

    for (i = 0; i < e->field_count; i++) {
        bits = field_bits(m, bits, &e->fields[i], e->exprs[i], offset);
    }
    return bits[0] == '\0'
               ? ""
               : c_text(m, "head[%u] = (uint8_t)(%s);", offset, bits);
}

const char *c_head_at(c_model *m, uint32_t offset)
{
    return offset == 0 ? "head" : c_text(m, "head + %u", offset);
}

// A fixed field that is stored XOR its default.
static const char *store_initial(c_model *m, const c_field *field,
                                 const char *to, const char *x)
{
    const ir_type *type = field->type;
    uint64_t       bits;

    if (!c_is_scalar(type)) {
        return c_text(m, "%s\ninlay_xor(%s, %s_initial, %u);",
                      c_store(m, type, to, x), to, field->member, type->size);
    }
    bits = c_scalar_bits(type, field->ir->initial);
    if (type->kind == IR_F32) {
        return c_text(m, "inlay_store_u32(%s, inlay_f32_bits(%s) ^ 0x%08llx);",
                      to, x, (unsigned long long)bits);
    }
    if (type->kind == IR_F64) {
        return c_text(m,
                      "inlay_store_u64(%s, inlay_f64_bits(%s) ^ "
                      "UINT64_C(0x%016llx));",
                      to, x, (unsigned long long)bits);
    }
    return c_text(m, "inlay_store_%s(%s, (%s)(%s ^ %s));", c_word(type), to,
                  c_native(m, type), x, c_literal(m, type, field->ir->initial));
}

static const char *store_optional(c_model *m, const c_field *field,
                                  const char *to, const char *x)
{
    const ir_type *type = field->type->element;
    const char    *has = c_member_of(m, x, "has");
    const char    *value = c_member_of(m, x, "value");

    if (c_is_scalar(type)) {
        return c_text(m, "inlay_store_%s(%s, (%s)(%s ? %s : 0));", c_word(type),
                      to, c_native(m, type), has, value);
    }
    return c_text(m,
                  "if (%s) {\n"
                  "    %s\n"
                  "} else {\n"
                  "    memset(%s, 0, %u);\n"
                  "}",
                  has, c_store(m, type, to, value), to, type->size);
}

// Writes what a field has in the head, bits excepted: statements, or "".
static const char *store_head(c_model *m, const c_field *field, const char *x)
{
    const char *to = c_head_at(m, field->ir->offset);

    switch (field->ir->place) {
    case IR_PLACE_FIXED:
        return field->ir->initial != NULL ? store_initial(m, field, to, x)
                                          : c_store(m, field->type, to, x);
    case IR_PLACE_FIXED_OPTIONAL:
        return store_optional(m, field, to, x);
    case IR_PLACE_UNION:
        return c_text(m, "head[%u] = %s;", field->ir->offset,
                      c_member_of(m, x, "tag"));
    default:
        return "";
    }
}

const char *c_head_write(c_model *m, const c_element *e)
{
    const char *lines = "";
    uint32_t    offset;
    size_t      i;

    for (offset = 0; offset < e->fixed; offset++) {
        const char *line = bit_byte(m, e, offset);

        if (line[0] != '\0') {
            lines = c_join(m, lines, line);
        }
        for (i = 0; i < e->field_count; i++) {
            const c_field *field = &e->fields[i];

            if (field->ir->offset == offset) {
                line = store_head(m, field, e->exprs[i]);
                lines = line[0] == '\0' ? lines : c_join(m, lines, line);
            }
        }
    }
    return lines;
}

void c_emit_initial_tables(c_out *out, const c_element *e)
{
    size_t i;

    for (i = 0; i < e->field_count; i++) {
        const c_field *field = &e->fields[i];

        if (field->ir->initial != NULL && !c_is_scalar(field->type)) {
            emit_line(&out->source,
                      c_text(out->model,
                             "    static const uint8_t %s_initial[%u] = {%s};",
                             field->member, field->type->size,
                             c_bytes_literal(out->model, field->ir->initial,
                                             field->type->size)));
        }
    }
}
