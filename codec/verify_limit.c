// verify_limit.c -- the lengths of fields with a @max: bytes of a string or
// bytes, else elements.
//
// This comes after the column itself was verified, so that headers of blocks,
// unused bits and pads are known to be right, and is done for such fields only.

#include "verifier.h"

// Returns the count of a vector block.
static uint64_t block_count(const uint8_t *data)
{
    uint64_t at = 3;

    at += data[0] == 255 ? 4 : 0;
    at += (data[1] & 31) == 31 ? 2 : 0;
    return inlay_load_exact(data + at, (uint32_t)(data[2] >> 4 & 7) + 1);
}

static uint64_t slice_length(const inlay_type *type, uint32_t align, slice s)
{
    if (s.size == 0) {
        return 0;
    }
    if (align != 0) {
        s.size -= 1 + (uint64_t)align;
    }
    switch (type->kind) {
    case INLAY_KIND_VECTOR:
        return s.size / type->element->size;
    case INLAY_KIND_BITSET:
        return (s.size - 1) * 8 - s.data[0];
    case INLAY_KIND_LIST:
    case INLAY_KIND_MAP:
        return block_count(s.data);
    default:
        return s.size;
    }
}

bool inlay_verifier_limit(verifier *v, block *b, const inlay_field_desc *field)
{
    const inlay_type *type = field->type;
    slice             s;
    uint64_t          i;

    if (field->slot >= b->slots) {
        return true;
    }
    if (type->kind == INLAY_KIND_OPTIONAL) {
        type = type->element;
    }
    for (i = 0; i < b->count; i++) {
        s = block_slice(b, i, field->slot);
        if (slice_length(type, field->align, s) > field->max) {
            return inlay_verifier_fail_at(v, b, i, INLAY_TOO_LONG, s.data);
        }
    }
    return true;
}
