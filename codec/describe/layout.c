// layout.c -- the walk over a record's fields that gives each its place; see
// layout.h, and the picture in schema/layout.c.
#include "codec/describe/layout.h"

#include "codec/verifier.h"

// An optional up to this size lies in the head, a larger one in a slot.
#define OPTIONAL_FIXED_SIZE_MAX 8

typedef struct head {
    uint64_t offset; // grows by a fixed value at most before it is looked at
    uint64_t slot;
    uint64_t bit_offset; // of the open byte
    uint8_t  bits_taken; // of the open byte; 8 when none is open
} head;

static const inlay_type *type_inner(const inlay_type *type)
{
    return type->kind == INLAY_KIND_OPTIONAL ? type->element : type;
}

static inlay_place place_of_optional(const inlay_type *type, bool sparse)
{
    if (type->kind == INLAY_KIND_RECORD) {
        return INLAY_PLACE_SLOT_OPTIONAL;
    }
    if (type->kind == INLAY_KIND_UNION) {
        return INLAY_PLACE_UNION;
    }
    if (type->size == 0) {
        return INLAY_PLACE_SLOT_PRESENT;
    }
    if (sparse || type->size > OPTIONAL_FIXED_SIZE_MAX) {
        return INLAY_PLACE_SLOT_OPTIONAL;
    }
    return type->kind == INLAY_KIND_BOOL ? INLAY_PLACE_BIT_OPTIONAL
                                         : INLAY_PLACE_FIXED_OPTIONAL;
}

static inlay_place place_of(const inlay_type *type, bool sparse)
{
    switch (type->kind) {
    case INLAY_KIND_OPTIONAL:
        return place_of_optional(type->element, sparse);
    case INLAY_KIND_BOOL:
        return INLAY_PLACE_BIT;
    case INLAY_KIND_UNION:
        return INLAY_PLACE_UNION;
    default:
        return type->size > 0 ? INLAY_PLACE_FIXED : INLAY_PLACE_SLOT;
    }
}

static void take_bit(head *h, uint32_t *offset, uint8_t *bit)
{
    if (h->bits_taken == 8) {
        h->bit_offset = h->offset++;
        h->bits_taken = 0;
    }
    *offset = (uint32_t)h->bit_offset;
    *bit = h->bits_taken++;
}

static uint32_t take_bytes(head *h, uint32_t size)
{
    uint32_t offset = (uint32_t)h->offset;

    h->offset += size;
    return offset;
}

static void take_place(head *h, inlay_field_desc *field)
{
    switch (field->place) {
    case INLAY_PLACE_BIT_OPTIONAL:
    case INLAY_PLACE_FIXED_OPTIONAL:
    case INLAY_PLACE_SLOT_PRESENT:
        take_bit(h, &field->present_offset, &field->present_bit);
        break;
    default:
        break;
    }
    switch (field->place) {
    case INLAY_PLACE_BIT:
    case INLAY_PLACE_BIT_OPTIONAL:
        take_bit(h, &field->offset, &field->bit);
        break;
    case INLAY_PLACE_FIXED:
    case INLAY_PLACE_FIXED_OPTIONAL:
        field->offset = take_bytes(h, type_inner(field->type)->size);
        break;
    case INLAY_PLACE_UNION:
        field->offset = take_bytes(h, 1);
        field->slot = (uint32_t)h->slot++;
        break;
    case INLAY_PLACE_SLOT:
    case INLAY_PLACE_SLOT_PRESENT:
    case INLAY_PLACE_SLOT_OPTIONAL:
        field->slot = (uint32_t)h->slot++;
        break;
    }
    field->fixed_after = (uint32_t)h->offset;
    field->slots_after = (uint32_t)h->slot;
}

// ---- Flags ------------------------------------------------------------------

static bool field_is_checked(const inlay_field_desc *field)
{
    switch (field->place) {
    case INLAY_PLACE_BIT_OPTIONAL:
    case INLAY_PLACE_FIXED_OPTIONAL:
    case INLAY_PLACE_SLOT_PRESENT:
    case INLAY_PLACE_UNION:
        return true;
    case INLAY_PLACE_FIXED:
        return inlay_type_has_bool(field->type) || field->max != 0;
    default:
        return field->max != 0;
    }
}

static uint32_t record_flags(const inlay_record_desc *record)
{
    bool     strings = record->slots > 0;
    bool     checked = false;
    uint32_t i;

    for (i = 0; i < record->field_count; i++) {
        const inlay_field_desc *field = &record->fields[i];

        checked = checked || field_is_checked(field);
        if (field->place >= INLAY_PLACE_SLOT &&
            type_inner(field->type)->kind != INLAY_KIND_STRING) {
            strings = false;
        }
    }
    return (strings ? (uint32_t)INLAY_RECORD_STRINGS : 0) |
           (checked ? (uint32_t)INLAY_RECORD_CHECKED : 0);
}

bool describe_layout(inlay_record_desc *record, inlay_field_desc *fields,
                     const bool *sparse)
{
    head     h = {.bits_taken = 8};
    uint32_t i;

    for (i = 0; i < record->field_count; i++) {
        fields[i].place = place_of(fields[i].type, sparse && sparse[i]);
        take_place(&h, &fields[i]);
        if (h.offset > LAYOUT_FIXED_MAX || h.slot > LAYOUT_SLOTS_MAX) {
            return false;
        }
    }
    record->fields = fields;
    record->fixed = (uint32_t)h.offset;
    record->slots = (uint32_t)h.slot;
    if (h.bits_taken < 8) {
        record->spare_offset = (uint32_t)h.bit_offset;
        record->spare_mask = (uint8_t)(0xFF << h.bits_taken);
    }
    record->flags |= record_flags(record);
    return true;
}
