// verify_block.c -- the header of a block, and whether its layout is one that
// the record has, had or may get.
//
//    offset  size  single                      vector
//         0     1  F, 255: as a u32            F, 255: as a u32
//         1     1  S, 31: as a u16 | r - 1     S, 31: as a u16 | r - 1
//         2     1                              B - 1 | C - 1
//               4  F, if escaped               F, if escaped
//               2  S, if escaped               S, if escaped
//               C                              count

#include "verifier.h"

static bool header_fail(verifier *v, block *b, inlay_status status,
                        const uint8_t *at)
{
    return inlay_verifier_fail(v, &b->path, status, at);
}

// Reads F and S where they are escaped; moves `at` behind them.
static bool header_read_escapes(verifier *v, block *b, slice s, uint64_t *at)
{
    const uint8_t *from;

    if (b->fixed == 255) {
        if (s.size - *at < 4) {
            return header_fail(v, b, INLAY_HEADER, s.data);
        }
        from = s.data + *at;
        b->fixed = inlay_load_u32(from);
        if (b->fixed < 255) {
            return header_fail(v, b, INLAY_WIDTH, from);
        }
        *at += 4;
    }
    if (b->slots == 31) {
        if (s.size - *at < 2) {
            return header_fail(v, b, INLAY_HEADER, s.data);
        }
        from = s.data + *at;
        b->slots = inlay_load_u16(from);
        if (b->slots < 31) {
            return header_fail(v, b, INLAY_WIDTH, from);
        }
        *at += 2;
    }
    return true;
}

// Reads what only a vector's header has; moves `at` behind the count.
static bool header_read_vector(verifier *v, block *b, slice s, uint64_t *at)
{
    uint8_t  widths = s.data[2];
    uint32_t count_width = (uint32_t)(widths >> 4 & 7) + 1;

    if ((widths & 0x88) != 0) {
        return header_fail(v, b, INLAY_RESERVED_BITS, s.data + 2);
    }
    b->anchor_width = (uint32_t)(widths & 7) + 1;
    if (b->slots == 0) {
        if (b->anchor_width != 1) {
            return header_fail(v, b, INLAY_WIDTH, s.data + 2);
        }
        b->anchor_width = 0;
    }
    if (s.size - *at < count_width) {
        return header_fail(v, b, INLAY_HEADER, s.data);
    }
    b->count = inlay_load_exact(s.data + *at, count_width);
    if (b->count == 0) {
        return header_fail(v, b, INLAY_COUNT, s.data + *at);
    }
    if (count_width > 1 && b->count >> (8 * (count_width - 1)) == 0) {
        return header_fail(v, b, INLAY_WIDTH, s.data + 2);
    }
    *at += count_width;
    return true;
}

// Returns whether a block ends after one of the record's fields, as blocks of
// an older revision do, or, where `none` is allowed, before the first.
static bool layout_is_older(const block *b, bool none)
{
    const inlay_record_desc *record = b->record;
    uint32_t                 i;

    if (b->fixed == 0 && b->slots == 0) {
        return none;
    }
    for (i = 0; i < record->field_count; i++) {
        if (record->fields[i].fixed_after == b->fixed &&
            record->fields[i].slots_after == b->slots) {
            return true;
        }
    }
    return false;
}

static bool layout_verify(verifier *v, block *b)
{
    const inlay_record_desc *record = b->record;
    bool later = b->fixed >= record->fixed && b->slots >= record->slots;

    if (b->vector && b->fixed == 0 && b->slots == 0) {
        return header_fail(v, b, INLAY_LAYOUT, b->data);
    }
    if (INLAY_LIKELY(b->fixed == record->fixed && b->slots == record->slots)) {
        return true;
    }
    if ((record->flags & INLAY_RECORD_SYNTHETIC) != 0 ||
        (!later && !layout_is_older(b, !b->vector))) {
        return header_fail(v, b, INLAY_LAYOUT, b->data);
    }
    if (v->canonical) {
        return header_fail(v, b, INLAY_NOT_CANONICAL, b->data);
    }
    return true;
}

// Finds where the heads end and the heap begins, `at` being where the heads do.
static bool heads_place(verifier *v, block *b, slice s, uint64_t at)
{
    uint64_t room = s.size - at;
    uint64_t size;

    b->heads = s.data + at;
    b->stride = (uint64_t)b->fixed + b->anchor_width;
    if (b->slots > 1) {
        b->stride += (uint64_t)(b->slots - 1) * b->split_width;
    }
    if (INLAY_LIKELY(b->count < UINT32_MAX / 2 && b->stride < UINT32_MAX)) {
        size = b->count * b->stride; // spares the common case a division
    } else if (b->stride == 0) {
        size = 0;
    } else if (b->count > room / b->stride) {
        return header_fail(v, b, INLAY_HEADS, b->heads);
    } else {
        size = b->count * b->stride;
    }
    if (size > room) {
        return header_fail(v, b, INLAY_HEADS, b->heads);
    }
    b->heap = b->heads + size;
    b->heap_size = room - size;
    if (b->slots == 0 && b->heap_size > 0) {
        return header_fail(v, b, INLAY_TRAILING_BYTES, b->heap);
    }
    return true;
}

bool inlay_verifier_open(verifier *v, block *b, slice s)
{
    uint64_t at = b->vector ? 3 : 2;

    b->data = s.data;
    if (b->depth > v->depth_limit) {
        return header_fail(v, b, INLAY_TOO_DEEP, s.data);
    }
    if (s.size < at) {
        return header_fail(v, b, INLAY_HEADER, s.data);
    }
    b->fixed = s.data[0];
    b->slots = s.data[1] & 31;
    b->split_width = (uint32_t)(s.data[1] >> 5) + 1;
    b->anchor_width = 0;
    b->count = 1;
    b->texts_verified = false;
    if (INLAY_UNLIKELY(b->fixed == 255 || b->slots == 31) &&
        !header_read_escapes(v, b, s, &at)) {
        return false;
    }
    if (b->slots < 2 && b->split_width != 1) {
        return header_fail(v, b, INLAY_WIDTH, s.data + 1);
    }
    if (b->vector && !header_read_vector(v, b, s, &at)) {
        return false;
    }
    b->split_mask = UINT64_MAX >> (64 - 8 * b->split_width);
    b->anchor_mask =
        b->anchor_width == 0 ? 0 : UINT64_MAX >> (64 - 8 * b->anchor_width);
    b->wide = b->anchor_width > 1 || b->split_width > 1;
    return layout_verify(v, b) && heads_place(v, b, s, at);
}
