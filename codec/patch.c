// patch.c -- see <inlay/patch.h>.
//
// Generated code knows native structs; everything else is done by descriptor:
// a slot is encoded, copied, or the block of a record that is patched in turn.
// Recursion is as deep as patches are nested, which the encoder limits.

#include <assert.h>

#include "inlay/patch.h"

#include "realign.h"

// A patch and the record that it is for.
typedef struct patch {
    const inlay_patch_type *type;
    const uint8_t          *at; // the generated struct; `to` is its first
    const uint8_t          *set;
    inlay_record            base;
} patch;

static patch patch_of(const inlay_patch_type *type, const void *at,
                      inlay_record base)
{
    const uint8_t *bytes = at;

    return (patch){type, bytes, bytes + type->set, base};
}

static uint32_t max_u32(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

// F and S of the result.
static uint32_t patch_fixed(const patch *self)
{
    return max_u32(self->type->desc->fixed, self->base.fixed);
}

static uint32_t patch_slots(const patch *self)
{
    return max_u32(self->type->desc->slots, self->base.slots);
}

// ---- Patches inside ---------------------------------------------------------

static bool is_optional(const inlay_field_desc *field)
{
    return field->type->kind == INLAY_KIND_OPTIONAL;
}

static bool holds_record(const inlay_field_desc *field)
{
    const inlay_type *type =
        is_optional(field) ? field->type->element : field->type;

    return type->kind == INLAY_KIND_RECORD;
}

// Finds the patch inside the record that a field holds. `records` counts such
// fields, met in layout order.
static bool patch_inside(const patch *self, const inlay_field_desc *field,
                         uint32_t *records, patch *inside)
{
    const void *at;
    uint32_t    record;

    if (!holds_record(field)) {
        return false;
    }
    record = (*records)++;
    memcpy(&at, self->at + self->type->in + record * sizeof at, sizeof at);
    if (at == NULL) {
        return false;
    }
    *inside = patch_of(self->type->in_types[record], at,
                       inlay_record_record(self->base, field->slot));
    return true;
}

// ---- Fixed parts ------------------------------------------------------------

static void bit_copy(const inlay_record *base, uint32_t offset, unsigned bit,
                     uint8_t *head)
{
    unsigned value = inlay_record_bit(*base, offset, bit) ? 1 : 0;

    head[offset] = (uint8_t)((head[offset] & ~(1u << bit)) | value << bit);
}

static void bytes_copy(const inlay_record *base, uint32_t offset, uint32_t size,
                       uint8_t *head)
{
    inlay_record_copy(*base, offset, size, NULL, head + offset);
}

// Puts what the base has of a field into the head.
static void field_copy(const inlay_record *base, const inlay_field_desc *field,
                       uint8_t *head)
{
    switch (field->place) {
    case INLAY_PLACE_BIT_OPTIONAL:
        bit_copy(base, field->present_offset, field->present_bit, head);
        bit_copy(base, field->offset, field->bit, head);
        break;
    case INLAY_PLACE_BIT:
        bit_copy(base, field->offset, field->bit, head);
        break;
    case INLAY_PLACE_FIXED:
        bytes_copy(base, field->offset, field->type->size, head);
        break;
    case INLAY_PLACE_FIXED_OPTIONAL:
        bit_copy(base, field->present_offset, field->present_bit, head);
        bytes_copy(base, field->offset, field->type->element->size, head);
        break;
    case INLAY_PLACE_SLOT_PRESENT:
        bit_copy(base, field->present_offset, field->present_bit, head);
        break;
    case INLAY_PLACE_UNION:
        bytes_copy(base, field->offset, 1, head);
        break;
    case INLAY_PLACE_SLOT:
    case INLAY_PLACE_SLOT_OPTIONAL:
        break;
    }
}

// Writes the fixed part that the schema knows: all of `to`, since that is one
// call, and over it what is not set.
static void head_write(const patch *self, uint8_t *head)
{
    const inlay_record_desc *desc = self->type->desc;
    const inlay_record      *base = &self->base;
    uint32_t                 i;

    if (desc->fixed == 0) {
        return;
    }
    self->type->head(self->at, head);
    for (i = 0; i < desc->field_count; i++) {
        if (self->set[i] == 0) {
            field_copy(base, &desc->fields[i], head);
        }
    }
    if (desc->spare_mask != 0) {
        head[desc->spare_offset] |=
            inlay_record_u8(*base, desc->spare_offset) & desc->spare_mask;
    }
}

// Returns whether all of the fixed part will be zero. Finding out takes room,
// which there is behind the tape; the encoder has failed when there is none.
static bool head_is_zero(const patch *self, inlay_encoder *encoder)
{
    uint32_t known = self->type->desc->fixed;
    uint8_t *head;

    if (self->base.fixed > known &&
        !inlay_all_zero(self->base.head + known, self->base.fixed - known)) {
        return false;
    }
    while (encoder->tape_size - encoder->tape_count < known) {
        if (!inlay_encoder_grow(encoder)) {
            return false;
        }
    }
    head = encoder->tape + encoder->tape_count;
    head_write(self, head);
    return inlay_all_zero(head, known);
}

// ---- Measuring --------------------------------------------------------------

static uint64_t block_measure(const patch *self, inlay_encoder *encoder,
                              bool required);

static uint64_t slot_measure(const patch *self, inlay_encoder *encoder,
                             uint32_t index, uint32_t *records)
{
    const inlay_field_desc *field = &self->type->desc->fields[index];
    patch                   inside;
    bool is_inside = patch_inside(self, field, records, &inside);

    if (self->set[index] != 0) {
        return self->type->slot_size(encoder, self->at, field->slot);
    }
    if (is_inside) {
        return block_measure(&inside, encoder, !is_optional(field));
    }
    return inlay_record_slot(self->base, field->slot).size;
}

// Ends a required record of defaults, of which nothing is written.
static uint64_t leave_empty(inlay_encoder *encoder, size_t mark)
{
    encoder->depth--;
    encoder->tape[mark] = INLAY_TAPE_EMPTY;
    encoder->tape_count = mark + 1; // children left nothing but the same
    return 0;
}

static uint64_t block_measure(const patch *self, inlay_encoder *encoder,
                              bool required)
{
    const inlay_record_desc *desc = self->type->desc;
    inlay_share              share = {0, 0, 0};
    uint32_t                 records = 0;
    uint32_t                 i;
    size_t                   mark;

    if (!inlay_encoder_enter(encoder, &mark)) {
        return 0;
    }
    for (i = 0; i < desc->field_count; i++) {
        const inlay_field_desc *field = &desc->fields[i];

        if (field->place >= INLAY_PLACE_SLOT &&
            !inlay_share_add_field(&share, encoder, field->name,
                                   slot_measure(self, encoder, i, &records))) {
            return 0;
        }
    }
    for (i = desc->slots; i < self->base.slots; i++) {
        inlay_share_add(&share, inlay_record_slot(self->base, i).size);
    }
    if (required && share.size == 0 && head_is_zero(self, encoder)) {
        return leave_empty(encoder, mark);
    }
    return inlay_encoder_leave(encoder, mark, share, patch_fixed(self),
                               patch_slots(self));
}

// ---- Writing ----------------------------------------------------------------

static uint8_t *block_write(const patch *self, inlay_encoder *encoder,
                            uint8_t *to);

static uint8_t *slice_copy(const patch *self, uint32_t slot, uint8_t *heap)
{
    inlay_bytes slice = inlay_record_slot(self->base, slot);

    return inlay_write_bytes(heap, slice.data, slice.size);
}

static uint8_t *slot_write(const patch *self, inlay_encoder *encoder,
                           uint32_t index, uint32_t *records, uint8_t *heap)
{
    const inlay_field_desc *field = &self->type->desc->fields[index];
    patch                   inside;
    bool is_inside = patch_inside(self, field, records, &inside);

    if (self->set[index] != 0) {
        return self->type->slot_write(encoder, self->at, field->slot, heap);
    }
    if (!is_inside) {
        return slice_copy(self, field->slot, heap);
    }
    return inlay_encoder_skipped(encoder) ? heap
                                          : block_write(&inside, encoder, heap);
}

// Notes where a slot begins.
static void split_write(const inlay_block *block, uint32_t slot,
                        const uint8_t *heap)
{
    if (slot > 0) {
        inlay_store_width(block->head + block->fixed +
                              (size_t)(slot - 1) * block->split,
                          (size_t)(heap - block->heap), block->split);
    }
}

static uint8_t *block_write(const patch *self, inlay_encoder *encoder,
                            uint8_t *to)
{
    const inlay_record_desc *desc = self->type->desc;
    const inlay_record      *base = &self->base;
    inlay_block              block =
        inlay_write_single(encoder, to, patch_fixed(self), patch_slots(self));
    uint8_t *heap = block.heap;
    uint32_t records = 0;
    uint32_t i;

    head_write(self, block.head);
    if (base->fixed > desc->fixed) {
        memcpy(block.head + desc->fixed, base->head + desc->fixed,
               base->fixed - desc->fixed);
    }
    for (i = 0; i < desc->field_count; i++) {
        if (desc->fields[i].place >= INLAY_PLACE_SLOT) {
            split_write(&block, desc->fields[i].slot, heap);
            heap = slot_write(self, encoder, i, &records, heap);
        }
    }
    for (i = desc->slots; i < base->slots; i++) {
        split_write(&block, i, heap);
        heap = slice_copy(self, i, heap);
    }
    return heap;
}

// ---- Messages ---------------------------------------------------------------

inlay_status inlay_patch_measure(const inlay_patch_type *type,
                                 const inlay_record *base, const void *at,
                                 inlay_encoder *encoder, size_t *size)
{
    patch    self = patch_of(type, at, *base);
    uint64_t measured = 0;

    inlay_encoder_restart(encoder);
    if (base->verified) {
        measured = block_measure(&self, encoder, false);
    } else {
        inlay_encoder_fail(encoder, INLAY_NOT_VERIFIED);
    }
    return inlay_encoder_measured(encoder, measured, size);
}

inlay_status inlay_patch_write(const inlay_patch_type *type,
                               const inlay_record *base, const void *at,
                               inlay_encoder *encoder, void *buffer,
                               size_t capacity)
{
    patch          self = patch_of(type, at, *base);
    inlay_status   status = inlay_encoder_begin(encoder, buffer, capacity);
    const uint8_t *end;

    if (status != INLAY_OK) {
        return status;
    }
    assert(base->verified);
    end = block_write(&self, encoder, buffer);
    if (inlay_encoder_failed(encoder)) {
        inlay_encoder_retrace(encoder);
        block_measure(&self, encoder, false);
        inlay_encoder_retraced(encoder);
    } else if (type->aligned) {
        inlay_realign_message(type->desc, buffer, (size_t)encoder->measured);
    }
    return inlay_encoder_finish(encoder, type->desc, end);
}

inlay_status inlay_patch_encode(const inlay_patch_type *type,
                                const inlay_record *base, const void *at,
                                void *buffer, size_t capacity, size_t *size,
                                inlay_error *error)
{
    uint8_t       tape[INLAY_TAPE_SIZE];
    inlay_encoder encoder;
    inlay_status  status;
    size_t        measured;

    inlay_encoder_init(&encoder, tape, sizeof tape, &inlay_alloc_heap);
    status = inlay_patch_measure(type, base, at, &encoder, &measured);
    if (status == INLAY_OK) {
        status = inlay_patch_write(type, base, at, &encoder, buffer, capacity);
    }
    if (status == INLAY_OK) {
        *size = measured;
    } else if (error != NULL) {
        *error = encoder.error;
    }
    inlay_encoder_release(&encoder);
    return status;
}
