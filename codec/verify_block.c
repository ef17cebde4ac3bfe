// verify_block.c -- the header of a block, and whether its layout is one that
// the record has, had or may get.
//
//    offset  size  single                      vector
//         0     1  F; 255: see below           F; 255: see below
//         1     1  S; 31: see below | r - 1    S; 31: see below | r - 1
//         2     1                              B - 1 | C - 1
//               4  F, if 255 stands for it     F, if 255 stands for it
//               2  S, if 31 stands for it      S, if 31 stands for it
//               C                              count
//
// Small blocks are many, so this is written for the common header: everything
// in locals until it is known to be good, and the rest out of line.

#include "verifier.h"

typedef struct header {
    uint64_t       count;
    uint64_t       size;
    uint32_t       fixed;
    uint32_t       slots;
    uint32_t       anchor_width;
    uint32_t       split_width;
    const uint8_t *culprit; // of what failed
} header;

static inline inlay_status header_fail(header *h, inlay_status status,
                                       const uint8_t *culprit)
{
    h->culprit = culprit;
    return status;
}

// Reads F and S where they are escaped.
static INLAY_COLD inlay_status header_read_escapes(header *h, slice s)
{
    const uint8_t *from;

    if (h->fixed == 255) {
        if (s.size - h->size < 4) {
            return header_fail(h, INLAY_HEADER, s.data);
        }
        from = s.data + h->size;
        h->fixed = inlay_load_u32(from);
        if (h->fixed < 255) {
            return header_fail(h, INLAY_WIDTH, from);
        }
        h->size += 4;
    }
    if (h->slots == 31) {
        if (s.size - h->size < 2) {
            return header_fail(h, INLAY_HEADER, s.data);
        }
        from = s.data + h->size;
        h->slots = inlay_load_u16(from);
        if (h->slots < 31) {
            return header_fail(h, INLAY_WIDTH, from);
        }
        h->size += 2;
    }
    return INLAY_OK;
}

// Reads what only a vector's header has.
static inline inlay_status header_read_vector(header *h, slice s)
{
    uint32_t widths = s.data[2];
    uint32_t count_width = (widths >> 4 & 7) + 1;

    if ((widths & 0x88) != 0) {
        return header_fail(h, INLAY_RESERVED_BITS, s.data + 2);
    }
    h->anchor_width = (widths & 7) + 1;
    if (h->slots == 0) {
        if (h->anchor_width != 1) {
            return header_fail(h, INLAY_WIDTH, s.data + 2);
        }
        h->anchor_width = 0;
    }
    if (s.size - h->size < count_width) {
        return header_fail(h, INLAY_HEADER, s.data);
    }
    h->count = s.data[h->size];
    if (INLAY_UNLIKELY(count_width > 1)) {
        h->count = inlay_load_exact(s.data + h->size, count_width);
        if (h->count != 0 && h->count >> (8 * (count_width - 1)) == 0) {
            return header_fail(h, INLAY_WIDTH, s.data + 2);
        }
    }
    if (h->count == 0) {
        return header_fail(h, INLAY_COUNT, s.data + h->size);
    }
    h->size += count_width;
    return INLAY_OK;
}

static inline inlay_status header_read(header *h, slice s, bool vector)
{
    inlay_status status;

    h->size = vector ? 3 : 2;
    if (s.size < h->size) {
        return header_fail(h, INLAY_HEADER, s.data);
    }
    h->count = 1;
    h->fixed = s.data[0];
    h->slots = s.data[1] & 31;
    h->anchor_width = 0;
    h->split_width = (uint32_t)(s.data[1] >> 5) + 1;
    if (INLAY_UNLIKELY(h->fixed == 255 || h->slots == 31)) {
        status = header_read_escapes(h, s);
        if (status != INLAY_OK) {
            return status;
        }
    }
    if (h->slots < 2 && h->split_width != 1) {
        return header_fail(h, INLAY_WIDTH, s.data + 1);
    }
    return vector ? header_read_vector(h, s) : INLAY_OK;
}

// ---- Layout -----------------------------------------------------------------

// Returns whether a block ends after one of the record's fields, as blocks of
// an older revision do, or, where `none` is allowed, before the first.
static bool layout_is_older(const header *h, const inlay_record_desc *record,
                            bool none)
{
    uint32_t i;

    if (h->fixed == 0 && h->slots == 0) {
        return none;
    }
    for (i = 0; i < record->field_count; i++) {
        if (record->fields[i].fixed_after == h->fixed &&
            record->fields[i].slots_after == h->slots) {
            return true;
        }
    }
    return false;
}

// The verdict on a layout that is not exactly the record's.
static INLAY_COLD inlay_status layout_judge(const verifier          *v,
                                            const inlay_record_desc *record,
                                            const header *h, bool vector)
{
    bool later = h->fixed >= record->fixed && h->slots >= record->slots;

    if ((record->flags & INLAY_RECORD_SYNTHETIC) != 0 ||
        (!later && !layout_is_older(h, record, !vector))) {
        return INLAY_LAYOUT;
    }
    return v->canonical ? INLAY_NOT_CANONICAL : INLAY_OK;
}

// ---- Heads ------------------------------------------------------------------

// Returns whether `count` heads, not 0, fit into `room` bytes.
static inline bool heads_fit(uint64_t count, uint64_t stride, uint64_t room)
{
    if (INLAY_LIKELY(count < UINT32_MAX / 2 && stride < UINT32_MAX)) {
        return count * stride <= room; // spares the common case a division
    }
    return count <= room / stride;
}

// Finds where the heads end and the heap begins.
static inline bool heads_place(verifier *v, block *b, const header *h, slice s)
{
    uint64_t room = s.size - h->size;
    uint64_t stride = (uint64_t)h->fixed + h->anchor_width;
    uint64_t size;

    if (h->slots > 1) {
        stride += (uint64_t)(h->slots - 1) * h->split_width;
    }
    if (b->vector && stride == 0) {
        return inlay_verifier_fail(v, &b->path, INLAY_LAYOUT, s.data);
    }
    b->heads = s.data + h->size;
    if (!heads_fit(h->count, stride, room)) {
        return inlay_verifier_fail(v, &b->path, INLAY_HEADS, b->heads);
    }
    size = h->count * stride;
    b->stride = stride;
    b->heap = b->heads + size;
    b->heap_size = room - size;
    b->wide = room - size >= 8;
    if (h->slots == 0 && room != size) {
        return inlay_verifier_fail(v, &b->path, INLAY_TRAILING_BYTES, b->heap);
    }
    return true;
}

static const uint64_t width_masks[9] = {
    0,
    UINT64_MAX >> 56,
    UINT64_MAX >> 48,
    UINT64_MAX >> 40,
    UINT64_MAX >> 32,
    UINT64_MAX >> 24,
    UINT64_MAX >> 16,
    UINT64_MAX >> 8,
    UINT64_MAX,
};

bool inlay_verifier_open(verifier *v, block *b, slice s)
{
    const inlay_record_desc *record = b->record;
    inlay_status             status = INLAY_TOO_DEEP;
    header                   h;

    b->path.index = INLAY_PATH_NO_INDEX;
    b->path.field = NULL;
    b->path.variant = NULL;
    h.culprit = s.data;
    if (b->depth <= v->depth_limit) {
        status = header_read(&h, s, b->vector);
    }
    if (status == INLAY_OK &&
        INLAY_UNLIKELY(h.fixed != record->fixed || h.slots != record->slots)) {
        h.culprit = s.data;
        status = layout_judge(v, record, &h, b->vector);
    }
    if (INLAY_UNLIKELY(status != INLAY_OK)) {
        return inlay_verifier_fail(v, &b->path, status, h.culprit);
    }
    b->data = s.data;
    b->count = h.count;
    b->fixed = h.fixed;
    b->slots = h.slots;
    b->anchor_width = h.anchor_width;
    b->split_width = h.split_width;
    b->split_mask = width_masks[h.split_width];
    b->anchor_mask = width_masks[h.anchor_width];
    b->texts_verified = false;
    return heads_place(v, b, &h, s);
}
