// realign.c -- see realign.h. Recursion is as deep as blocks are nested, which
// the encoder has limited.

#include "realign.h"

#include <string.h>

#include "walk.h"

typedef struct realign {
    const uint8_t *message;
    uint8_t       *block; // the outermost, where it can be written
} realign;

static void block_realign(const realign *r, const inlay_record_desc *record,
                          const walk_block *block);

// An aligned slice is p:u16, p zeros, the elements, N - 1 - p zeros.
static void slice_realign(const realign *r, inlay_bytes slice, uint32_t align)
{
    uint8_t *to = r->block + (slice.data - r->block);
    size_t   old = inlay_load_u16(to);
    size_t   at = (size_t)(to - r->message) + 2;
    size_t   pad = (align - at % align) % align;
    size_t   size = slice.size - 1 - align;

    if (pad == old) {
        return;
    }
    memmove(to + 2 + pad, to + 2 + old, size);
    inlay_store_u16(to, (uint16_t)pad);
    memset(to + 2, 0, pad);
    memset(to + 2 + pad + size, 0, align - 1 - pad);
}

static void type_realign(const realign *r, const inlay_type *type,
                         inlay_bytes slice)
{
    walk_block block;

    if (slice.size == 0) {
        return;
    }
    if (type->kind == INLAY_KIND_RECORD) {
        block = inlay_walk_single(type->of, slice);
        block_realign(r, type->of, &block);
    } else if (type->kind == INLAY_KIND_LIST || type->kind == INLAY_KIND_MAP) {
        block = inlay_walk_vector(type->of, slice);
        block_realign(r, type->of, &block);
    }
}

static void union_realign(const realign *r, const walk_element *element,
                          const inlay_field_desc *field,
                          const inlay_union_desc *onion)
{
    const uint8_t *tag = inlay_walk_fixed(element, field->offset, 1);

    if (tag != NULL && *tag > 0 && *tag <= onion->variant_count &&
        onion->variants[*tag - 1].type != NULL) {
        type_realign(r, onion->variants[*tag - 1].type,
                     inlay_walk_slot(element, field->slot));
    }
}

static void field_realign(const realign *r, const walk_element *element,
                          const inlay_field_desc *field)
{
    const inlay_type *type = field->type;

    if (type->kind == INLAY_KIND_OPTIONAL) {
        type = type->element;
    }
    if (field->align != 0) {
        inlay_bytes slice = inlay_walk_slot(element, field->slot);

        if (slice.size > 0) {
            slice_realign(r, slice, field->align);
        }
    } else if (field->place == INLAY_PLACE_UNION) {
        union_realign(r, element, field, type->of);
    } else if (field->place >= INLAY_PLACE_SLOT) {
        type_realign(r, type, inlay_walk_slot(element, field->slot));
    }
}

static void block_realign(const realign *r, const inlay_record_desc *record,
                          const walk_block *block)
{
    uint64_t i;
    uint32_t j;

    for (i = 0; i < block->count; i++) {
        walk_element element = inlay_walk_element(block, i);

        for (j = 0; j < record->field_count; j++) {
            field_realign(r, &element, &record->fields[j]);
        }
    }
}

void inlay_realign_message(const inlay_record_desc *record, uint8_t *message,
                           size_t size)
{
    const realign r = {message, message};
    walk_block    opened =
        inlay_walk_single(record, (inlay_bytes){.data = message, .size = size});

    block_realign(&r, record, &opened);
}

void inlay_realign(const inlay_record_desc *record, const uint8_t *message,
                   uint8_t *block, size_t size)
{
    const realign r = {message, block};
    walk_block    opened =
        inlay_walk_vector(record, (inlay_bytes){.data = block, .size = size});

    block_realign(&r, record, &opened);
}
