// verify_column.c -- columns that are well: fast answers without a culprit.
//
// Each function here looks at one field of all elements of a block and returns
// whether all are well. None says which is not: when one returns false,
// verify.c goes through the column again, one element at a time, and finds out.
// So the loops need no branch that depends on the message: they gather a bit.
//
// Loops over slots read slices in order, with 8-byte loads (see block_load),
// and know when compiled whether the slot is the first or the last: that keeps
// what they need in registers.

#include "verifier.h"

#include "utf8.h"

// ---- Slots ------------------------------------------------------------------

// What is asked of each slice.
typedef enum slot_test {
    SLOT_ASCII,
    SLOT_LENGTH, // a multiple of a power of two
    SLOT_BITSET,
    SLOT_PRESENCE // empty unless a bit is set
} slot_test;

// Where things are, counted from an element's anchor, and what to keep of them.
typedef struct slot_plan {
    const uint8_t *from; // the first anchor
    const uint8_t *heap;
    uint64_t       heap_size;
    uint64_t       count;
    uint64_t       stride;
    uint64_t       anchor_mask;
    uint64_t       split_mask;
    uint64_t       start_at; // the split that the slice starts with
    uint64_t       end_at;   // the one it ends with
    ptrdiff_t      bits_at;  // of SLOT_PRESENCE
    uint8_t        bit;
    uint64_t       low_bits; // of SLOT_LENGTH: the element's size - 1
} slot_plan;

ALWAYS_INLINE slot_plan plan_make(const block *b, uint32_t slot)
{
    slot_plan plan = {0};

    plan.from = b->heads + b->fixed;
    plan.heap = b->heap;
    plan.heap_size = b->heap_size;
    plan.count = b->count;
    plan.stride = b->stride;
    plan.anchor_mask = b->anchor_mask;
    plan.split_mask = b->split_mask;
    plan.end_at = b->anchor_width + (uint64_t)slot * b->split_width;
    plan.start_at = plan.end_at - b->split_width;
    return plan;
}

// Returns nonzero bits if a bitset is malformed. The byte before an empty slice
// can be read: before the heap there is at least a header.
static inline uint64_t bitset_test(const uint8_t *data, uint64_t size)
{
    uint32_t unused = data[-(ptrdiff_t)(size == 0)];
    uint32_t last = data[(ptrdiff_t)size - 1];
    bool     bad = (unused > 7) | (last << (unused & 7) > 255) | (size == 1);

    return (uint64_t)(bad & (size != 0));
}

// Tests the slice of the element whose anchor, found at `from`, is `anchor`.
ALWAYS_INLINE uint64_t slot_step(const slot_plan *plan, slot_test test,
                                 bool first, bool last, const uint8_t *from,
                                 uint64_t anchor, uint64_t next)
{
    uint64_t       start = anchor, end = next, size;
    const uint8_t *data;

    if (!first) {
        start += inlay_load_u64(from + plan->start_at) & plan->split_mask;
    }
    if (!last) {
        end = anchor + (inlay_load_u64(from + plan->end_at) & plan->split_mask);
    }
    data = plan->heap + start;
    size = end - start;
    switch (test) {
    case SLOT_ASCII:
        return !inlay_utf8_short_ascii(data, size);
    case SLOT_LENGTH:
        return size & plan->low_bits;
    case SLOT_BITSET:
        return bitset_test(data, size);
    case SLOT_PRESENCE:
        return (uint64_t)((from[plan->bits_at] >> plan->bit & 1) == 0) &
               (uint64_t)(size != 0);
    }
    return 1;
}

ALWAYS_INLINE bool slots_pass(slot_plan plan, slot_test test, bool first,
                              bool last)
{
    const uint8_t *from = plan.from;
    uint64_t       anchor = 0, next, left, bad = 0;

    for (left = plan.count - 1; left > 0; left--) {
        next = inlay_load_u64(from + plan.stride) & plan.anchor_mask;
        bad |= slot_step(&plan, test, first, last, from, anchor, next);
        anchor = next;
        from += plan.stride;
    }
    bad |= slot_step(&plan, test, first, last, from, anchor, plan.heap_size);
    return bad == 0;
}

// Picks the loop for a slot's place among the slots.
ALWAYS_INLINE bool column_pass(const block *b, uint32_t slot, slot_plan plan,
                               slot_test test)
{
    if (!b->vector || !b->wide) {
        return false;
    }
    if (slot == 0) {
        return b->slots == 1 ? slots_pass(plan, test, true, true)
                             : slots_pass(plan, test, true, false);
    }
    return slot + 1 == b->slots ? slots_pass(plan, test, false, true)
                                : slots_pass(plan, test, false, false);
}

bool inlay_column_ascii(const block *b, uint32_t slot)
{
    return column_pass(b, slot, plan_make(b, slot), SLOT_ASCII);
}

bool inlay_column_lengths(const block *b, uint32_t slot, uint32_t size)
{
    slot_plan plan = plan_make(b, slot);

    plan.low_bits = size - 1;
    return column_pass(b, slot, plan, SLOT_LENGTH);
}

bool inlay_column_bitsets(const block *b, uint32_t slot)
{
    return column_pass(b, slot, plan_make(b, slot), SLOT_BITSET);
}

bool inlay_column_presence(const block *b, const inlay_field_desc *field)
{
    slot_plan plan = plan_make(b, field->slot);

    plan.bits_at = (ptrdiff_t)field->present_offset - (ptrdiff_t)b->fixed;
    plan.bit = field->present_bit;
    return column_pass(b, field->slot, plan, SLOT_PRESENCE);
}

// ---- Heads ------------------------------------------------------------------

static inline uint64_t value_load(const uint8_t *from, uint32_t size)
{
    switch (size) {
    case 1:
        return *from;
    case 2:
        return inlay_load_u16(from);
    case 4:
        return inlay_load_u32(from);
    case 8:
        return inlay_load_u64(from);
    default:
        return inlay_load_exact(from, size);
    }
}

ALWAYS_INLINE bool optionals_pass(const block *b, const inlay_field_desc *field,
                                  uint32_t size)
{
    const uint8_t *bits = b->heads + field->present_offset;
    const uint8_t *value = b->heads + field->offset;
    uint64_t       left, present, bad = 0;

    for (left = b->count; left > 0; left--) {
        present = *bits >> field->present_bit & 1;
        bad |= value_load(value, size) & (present - 1);
        bits += b->stride;
        value += b->stride;
    }
    return bad == 0;
}

bool inlay_column_optionals(const block *b, const inlay_field_desc *field)
{
    uint32_t size = field->type->element->size;

    switch (size) {
    case 1:
        return optionals_pass(b, field, 1);
    case 2:
        return optionals_pass(b, field, 2);
    case 4:
        return optionals_pass(b, field, 4);
    case 8:
        return optionals_pass(b, field, 8);
    default:
        return optionals_pass(b, field, size);
    }
}
