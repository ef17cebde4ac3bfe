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
// Small blocks are many, so the header that most blocks have is read at once;
// any other, good or bad, is left to the functions before, which take it apart.

#include "verifier.h"

static bool header_fail(verifier *v, block *b, inlay_status status,
                        const uint8_t *at)
{
    return inlay_verifier_fail(v, &b->path, status, at);
}

// ---- Any header -------------------------------------------------------------

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
    uint32_t widths = s.data[2];
    uint32_t count_width = (widths >> 4 & 7) + 1;

    if ((widths & 0x88) != 0) {
        return header_fail(v, b, INLAY_RESERVED_BITS, s.data + 2);
    }
    b->anchor_width = (widths & 7) + 1;
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

// Reads a header; sets `at` to its size.
static bool header_read(verifier *v, block *b, slice s, uint64_t *at)
{
    *at = b->vector ? 3 : 2;
    if (s.size < *at) {
        return header_fail(v, b, INLAY_HEADER, s.data);
    }
    b->fixed = s.data[0];
    b->slots = s.data[1] & 31;
    b->split_width = (uint32_t)(s.data[1] >> 5) + 1;
    b->anchor_width = 0;
    b->count = 1;
    if (!header_read_escapes(v, b, s, at)) {
        return false;
    }
    if (b->slots < 2 && b->split_width != 1) {
        return header_fail(v, b, INLAY_WIDTH, s.data + 1);
    }
    return !b->vector || header_read_vector(v, b, s, at);
}

// ---- Any layout -------------------------------------------------------------

// Returns whether a block ends after one of the record's fields, as blocks of
// an older revision do, or, in a single block, before the first.
static bool layout_is_older(const block *b)
{
    const inlay_record_desc *record = b->record;
    uint32_t                 i;

    if (b->fixed == 0 && b->slots == 0) {
        return !b->vector;
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
    if (b->fixed == record->fixed && b->slots == record->slots) {
        return true;
    }
    if ((record->flags & INLAY_RECORD_SYNTHETIC) != 0 ||
        (!later && !layout_is_older(b))) {
        return header_fail(v, b, INLAY_LAYOUT, b->data);
    }
    return !v->canonical || header_fail(v, b, INLAY_NOT_CANONICAL, b->data);
}

// ---- Heads ------------------------------------------------------------------

static void heads_place(block *b, slice s, uint64_t at, uint64_t stride)
{
    static const uint64_t masks[9] = {
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
    uint64_t size = b->count * stride;

    b->data = s.data;
    b->heads = s.data + at;
    b->stride = stride;
    b->heap = s.data + at + size;
    b->heap_size = s.size - at - size;
    b->wide = s.size - at - size >= 8;
    b->anchor_mask = masks[b->anchor_width];
    b->split_mask = masks[b->split_width];
    b->texts_verified = false;
}

static NEVER_INLINE bool open_other(verifier *v, block *b, slice s)
{
    uint64_t at, stride;

    b->data = s.data;
    if (b->depth > v->depth_limit) {
        return header_fail(v, b, INLAY_TOO_DEEP, s.data);
    }
    if (!header_read(v, b, s, &at) || !layout_verify(v, b)) {
        return false;
    }
    stride = (uint64_t)b->fixed + b->anchor_width;
    if (b->slots > 1) {
        stride += (uint64_t)(b->slots - 1) * b->split_width;
    }
    if (stride > 0 && b->count > (s.size - at) / stride) {
        return header_fail(v, b, INLAY_HEADS, s.data + at);
    }
    heads_place(b, s, at, stride);
    if (b->slots == 0 && b->heap_size > 0) {
        return header_fail(v, b, INLAY_TRAILING_BYTES, b->heap);
    }
    return true;
}

// Most headers, in one load. Nothing is escaped, F and S are the record's;
// there are slots; a vector has 1 to 255 elements, so no size here overflows.
//
//    bit   0      8    13    16     19  20    23    24
//          F      S    r-1   B-1    0   C-1   0     count
bool inlay_verifier_open(verifier *v, block *b, slice s)
{
    uint32_t fixed = b->record->fixed, slots = b->record->slots;
    uint32_t at = 2, count = 1, anchor_width = 0, split_width, stride;
    uint64_t bits;
    bool     common;

    b->path.index = INLAY_PATH_NO_INDEX;
    b->path.field = NULL;
    b->path.variant = NULL;
    if (s.size < 8 || fixed >= 255 || slots == 0 || slots >= 31) {
        return open_other(v, b, s);
    }
    bits = inlay_load_u64(s.data);
    split_width = (uint32_t)(bits >> 13 & 7) + 1;
    common = (bits & 0x1fff) == (fixed | slots << 8);
    if (b->vector) {
        at = 4;
        anchor_width = (uint32_t)(bits >> 16 & 7) + 1;
        count = (uint32_t)(bits >> 24 & 255);
        common &= (bits & 0xf80000) == 0 && count > 0;
    }
    stride = fixed + anchor_width + (slots - 1) * split_width;
    if (!common || (slots == 1 && split_width > 1) ||
        b->depth > v->depth_limit || at + count * stride > s.size) {
        return open_other(v, b, s);
    }
    b->fixed = fixed;
    b->slots = slots;
    b->count = count;
    b->anchor_width = anchor_width;
    b->split_width = split_width;
    heads_place(b, s, at, stride);
    return true;
}
