// layout.c -- the walk over a record's fields that gives each its place.
//
// Bits are taken from one open byte; it stays open behind whatever fields come
// after it until all eight are taken, so at most one byte has bits to spare:
//
//     a: bool   b: u16   c: bool   d: u8?
//
//     offset  0          1 2     3
//             |......cba|  b  |  d  |      bit 0 a, 1 c, 2 d is present
//
// What is appended later never moves what is there: it takes bits of the open
// byte, bytes at the end and slots at the end.
#include "schema/layout.h"

#include "schema/resolve.h"

#include <assert.h>

// An optional up to this size lies in the head, a larger one in a slot.
#define OPTIONAL_FIXED_SIZE_MAX 8

typedef struct head {
    uint64_t offset; // one byte per bit at most and FIXED_SIZE_MAX a field, so
                     // it can't overflow before it is checked
    uint64_t slot;
    uint64_t bit_offset; // of the open byte
    uint8_t  bits_taken; // of the open byte; 8 when none is open
} head;

// ---- Places -----------------------------------------------------------------

static ir_place place_of_optional(const ir_type *type, bool sparse)
{
    if (type->kind == IR_RECORD) {
        return IR_PLACE_SLOT_OPTIONAL;
    }
    if (type->kind == IR_UNION) {
        return IR_PLACE_UNION;
    }
    if (!type->fixed) {
        return IR_PLACE_SLOT_PRESENT;
    }
    if (sparse || type->size > OPTIONAL_FIXED_SIZE_MAX) {
        return IR_PLACE_SLOT_OPTIONAL;
    }
    return type->kind == IR_BOOL ? IR_PLACE_BIT_OPTIONAL
                                 : IR_PLACE_FIXED_OPTIONAL;
}

static ir_place place_of(const ir_field *field)
{
    switch (field->type->kind) {
    case IR_OPTIONAL:
        return place_of_optional(field->type->element, field->sparse);
    case IR_BOOL:
        return IR_PLACE_BIT;
    case IR_UNION:
        return IR_PLACE_UNION;
    default:
        return field->type->fixed ? IR_PLACE_FIXED : IR_PLACE_SLOT;
    }
}

// ---- Taking room ------------------------------------------------------------

static void head_take_bit(head *h, uint32_t *offset, uint8_t *bit)
{
    if (h->bits_taken == 8) {
        h->bit_offset = h->offset++;
        h->bits_taken = 0;
    }
    *offset = (uint32_t)h->bit_offset;
    *bit = h->bits_taken++;
}

static uint32_t head_take_bytes(head *h, uint32_t size)
{
    uint32_t offset = (uint32_t)h->offset;

    h->offset += size;
    return offset;
}

static uint32_t head_take_slot(head *h)
{
    return (uint32_t)h->slot++;
}

static void head_take_present(head *h, ir_field *field)
{
    head_take_bit(h, &field->present_offset, &field->present_bit);
}

static void head_place(head *h, ir_field *field)
{
    field->place = place_of(field);
    switch (field->place) {
    case IR_PLACE_BIT:
        head_take_bit(h, &field->offset, &field->bit);
        break;
    case IR_PLACE_BIT_OPTIONAL:
        head_take_present(h, field);
        head_take_bit(h, &field->offset, &field->bit);
        break;
    case IR_PLACE_FIXED:
        field->offset = head_take_bytes(h, field->type->size);
        break;
    case IR_PLACE_FIXED_OPTIONAL:
        head_take_present(h, field);
        field->offset = head_take_bytes(h, field->type->element->size);
        break;
    case IR_PLACE_SLOT:
    case IR_PLACE_SLOT_OPTIONAL:
        field->slot = head_take_slot(h);
        break;
    case IR_PLACE_SLOT_PRESENT:
        head_take_present(h, field);
        field->slot = head_take_slot(h);
        break;
    case IR_PLACE_UNION:
        field->offset = head_take_bytes(h, 1);
        field->slot = head_take_slot(h);
        break;
    }
    field->fixed_after = (uint32_t)h->offset;
    field->slots_after = (uint32_t)h->slot;
}

// ---- What the whole record is like ------------------------------------------

// Says whether verifying the field means looking at bytes of the head, or at
// the length of a slice.
static bool field_is_checked(const ir_field *field)
{
    if (field->max != 0) {
        return true;
    }
    switch (field->place) {
    case IR_PLACE_BIT_OPTIONAL:
    case IR_PLACE_FIXED_OPTIONAL:
    case IR_PLACE_SLOT_PRESENT:
    case IR_PLACE_UNION:
        return true;
    case IR_PLACE_FIXED:
        return field->type->has_bool;
    case IR_PLACE_BIT:
    case IR_PLACE_SLOT:
    case IR_PLACE_SLOT_OPTIONAL:
        break;
    }
    return false;
}

static bool field_takes_slot(const ir_field *field)
{
    return field->place == IR_PLACE_SLOT ||
           field->place == IR_PLACE_SLOT_PRESENT ||
           field->place == IR_PLACE_SLOT_OPTIONAL ||
           field->place == IR_PLACE_UNION;
}

static bool field_is_string(const ir_field *field)
{
    const ir_type *type = field->type;

    return type->kind == IR_STRING ||
           (type->kind == IR_OPTIONAL && type->element->kind == IR_STRING);
}

static void record_summarise(ir_record *record)
{
    record->all_strings = record->slots > 0;
    record->checked = false;
    for (uint32_t i = 0; i < record->field_count; i++) {
        const ir_field *field = &record->fields[i];

        record->checked = record->checked || field_is_checked(field);
        if (field_takes_slot(field) && !field_is_string(field)) {
            record->all_strings = false;
        }
    }
}

layout_status layout_record(ir_record *record, ir_field *fields,
                            uint32_t *index)
{
    head h = {.bits_taken = 8};

    assert(record->fields == fields);
    for (uint32_t i = 0; i < record->field_count; i++) {
        *index = i;
        head_place(&h, &fields[i]);
        if (h.offset > FIXED_SIZE_MAX) {
            return LAYOUT_FIXED_TOO_LARGE;
        }
        if (h.slot > LAYOUT_SLOTS_MAX) {
            return LAYOUT_TOO_MANY_SLOTS;
        }
    }
    record->fixed = (uint32_t)h.offset;
    record->slots = (uint32_t)h.slot;
    if (h.bits_taken < 8) {
        record->spare_offset = (uint32_t)h.bit_offset;
        record->spare_mask = (uint8_t)(0xFF << h.bits_taken);
    }
    record_summarise(record);
    return LAYOUT_OK;
}
