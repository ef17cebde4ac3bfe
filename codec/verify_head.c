// verify_head.c -- fields whose values lie in heads: structs and arrays with
// bools, optionals, and the bits that no field takes.

#include "verifier.h"

bool inlay_verifier_fixed(verifier *v, block *b,
                          const inlay_field_desc *field)
{
    const inlay_type *type = field->type;
    const uint8_t    *bad;

    if (type->kind == INLAY_KIND_OPTIONAL) {
        type = type->element;
    }
    if ((b->record->flags & INLAY_RECORD_CHECKED) == 0 ||
        (uint64_t)field->offset + type->size > b->fixed ||
        !inlay_type_has_bool(type)) {
        return true;
    }
    bad = inlay_type_bad_bool(type, b->heads + field->offset, b->stride,
                              b->count);
    if (bad != NULL) {
        return inlay_verifier_fail_at(
            v, b, (uint64_t)(bad - b->heads) / b->stride, INLAY_BOOL, bad);
    }
    return true;
}

// Returns whether a value of `size` bytes in a head is zero.
static bool fixed_is_zero(const uint8_t *data, uint32_t size)
{
    uint8_t bits = 0;

    for (; size > 0; size--) {
        bits |= *data++;
    }
    return bits == 0;
}

bool inlay_verifier_optional(verifier *v, block *b,
                             const inlay_field_desc *field)
{
    uint32_t       size = field->type->element->size;
    bool           inside = (uint64_t)field->offset + size <= b->fixed, present;
    const uint8_t *value;
    uint64_t       i;

    if (field->present_offset >= b->fixed ||
        (inside && inlay_column_optionals(b, field))) {
        return inlay_verifier_fixed(v, b, field);
    }
    for (i = 0; i < b->count; i++) {
        present = block_bit(b, i, field->present_offset, field->present_bit);
        value = block_head(b, i) + field->offset;
        if (present && !inside) {
            return inlay_verifier_fail_at(v, b, i, INLAY_PRESENCE,
                                          block_head(b, i) +
                                              field->present_offset);
        }
        if (!present && inside && !fixed_is_zero(value, size)) {
            return inlay_verifier_fail_at(v, b, i, INLAY_ABSENT_VALUE, value);
        }
    }
    return inlay_verifier_fixed(v, b, field);
}

bool inlay_verifier_optional_bit(verifier *v, block *b,
                                 const inlay_field_desc *field)
{
    bool     present, value;
    uint64_t i;

    if (field->present_offset >= b->fixed) {
        return true;
    }
    for (i = 0; i < b->count; i++) {
        present = block_bit(b, i, field->present_offset, field->present_bit);
        value = block_bit(b, i, field->offset, field->bit);
        if (present && field->offset >= b->fixed) {
            return inlay_verifier_fail_at(v, b, i, INLAY_PRESENCE,
                                          block_head(b, i) +
                                              field->present_offset);
        }
        if (!present && value) {
            return inlay_verifier_fail_at(v, b, i, INLAY_ABSENT_VALUE,
                                          block_head(b, i) + field->offset);
        }
    }
    return true;
}

// Verifies the bits that no field takes: a synthetic record never gets any.
bool inlay_verifier_spares(verifier *v, block *b)
{
    const inlay_record_desc *record = b->record;
    bool     synthetic = (record->flags & INLAY_RECORD_SYNTHETIC) != 0;
    uint64_t i;

    for (i = 0; i < b->count; i++) {
        const uint8_t *bits = block_head(b, i) + record->spare_offset;

        if ((*bits & record->spare_mask) != 0) {
            return inlay_verifier_fail_at(
                v, b, i, synthetic ? INLAY_UNKNOWN_BITS : INLAY_NOT_CANONICAL,
                bits);
        }
    }
    return true;
}
