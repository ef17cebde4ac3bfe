// gen_c_literal.c -- wire bytes as C constants.

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gen/gen_c_parts.h"

uint64_t c_scalar_bits(const ir_type *type, const uint8_t *bytes)
{
    uint64_t bits = 0;
    uint32_t i;

    for (i = 0; i < type->size; i++) {
        bits |= (uint64_t)bytes[i] << (8 * i);
    }
    return bits;
}

// Sign-extends the bits of a signed kind.
static int64_t signed_bits(ir_kind kind, uint64_t bits)
{
    switch (kind) {
    case IR_I8:
        return (int8_t)bits;
    case IR_I16:
        return (int16_t)bits;
    case IR_I32:
        return (int32_t)bits;
    default:
        return (int64_t)bits;
    }
}

// The shortest of the precisions that reads back to the same value, with a
// point, since C wants one.
static const char *float_literal(c_model *m, double value, bool single)
{
    const char *text = "";
    int         digits;

    if (isnan(value)) {
        return single ? "NAN" : "(double)NAN";
    }
    if (isinf(value)) {
        return c_text(m, "%s%s", value < 0 ? "-" : "",
                      single ? "INFINITY" : "(double)INFINITY");
    }
    for (digits = 1; digits <= 17; digits++) {
        double back;

        text = c_text(m, "%.*g", digits, value);
        back = single ? (double)strtof(text, NULL) : strtod(text, NULL);
        if (memcmp(&back, &value, sizeof back) == 0) {
            break;
        }
    }
    if (strpbrk(text, ".e") == NULL) {
        text = c_text(m, "%s.0", text);
    }
    return single ? c_text(m, "%sf", text) : text;
}

const char *c_scalar_literal(c_model *m, ir_kind kind, uint64_t bits)
{
    int64_t value = signed_bits(kind, bits);
    float   single;
    double  real;

    switch (kind) {
    case IR_BOOL:
        return bits != 0 ? "true" : "false";
    case IR_F32: {
        uint32_t half = (uint32_t)bits;

        memcpy(&single, &half, sizeof single);
        return float_literal(m, (double)single, true);
    }
    case IR_F64:
        memcpy(&real, &bits, sizeof real);
        return float_literal(m, real, false);
    case IR_U64:
        return c_text(m, "UINT64_C(%" PRIu64 ")", bits);
    case IR_U32:
        return c_text(
            m, bits > INT32_MAX ? "UINT32_C(%" PRIu64 ")" : "%" PRIu64, bits);
    case IR_I64:
        return value == INT64_MIN ? "INT64_MIN"
                                  : c_text(m, "INT64_C(%" PRId64 ")", value);
    case IR_I32:
        return value == INT32_MIN ? "INT32_MIN" : c_text(m, "%" PRId64, value);
    case IR_I8:
    case IR_I16:
        return c_text(m, "%" PRId64, value);
    default:
        return c_text(m, "%" PRIu64, bits);
    }
}

// Names an enum's value where it has a name.
static const char *enum_literal(c_model *m, const ir_type *type, uint64_t bits)
{
    const c_item *item = c_find(m, type->enumeration->type);
    ir_kind       base = type->enumeration->base;
    uint32_t      i;

    for (i = 0; i < type->enumeration->value_count; i++) {
        if ((type->enumeration->values[i].value ^ bits)
                << (64 - 8 * type->size) ==
            0) {
            return item->fields[i].constant;
        }
    }
    return c_scalar_literal(m, base, bits);
}

const char *c_literal(c_model *m, const ir_type *type, const uint8_t *bytes)
{
    const char *text = "{";
    uint32_t    i;

    if (type->kind == IR_ENUM) {
        return enum_literal(m, type, c_scalar_bits(type, bytes));
    }
    if (c_is_scalar(type)) {
        return c_scalar_literal(m, type->kind, c_scalar_bits(type, bytes));
    }
    if (type->kind == IR_ARRAY) {
        for (i = 0; i < type->count; i++) {
            text = c_text(m, "%s%s%s", text, i > 0 ? ", " : "",
                          c_literal(m, type->element,
                                    bytes + (size_t)i * type->element->size));
        }
        return c_text(m, "%s}", text);
    }
    for (i = 0; i < type->structure->member_count; i++) {
        const ir_member *member = &type->structure->members[i];

        text = c_text(m, "%s%s%s", text, i > 0 ? ", " : "",
                      c_literal(m, member->type, bytes + member->offset));
    }
    return c_text(m, "%s}", text);
}

const char *c_bytes_literal(c_model *m, const uint8_t *bytes, uint32_t size)
{
    const char *text = "";
    uint32_t    i;

    for (i = 0; i < size; i++) {
        text = c_text(m, "%s%s%u", text, i > 0 ? ", " : "", bytes[i]);
    }
    return text;
}
