// verify_shares.c -- the anchors and splits of all heads, in one pass.
//
// The pass only gathers: a bit that says whether anything is wrong, and all
// splits or'ed, whose width is the width of the largest. What is wrong, and
// where, a second pass finds out, slowly.

#include "verify_gather.h"

// ---- The slow pass ----------------------------------------------------------

// Verifies the splits of one element; loads no byte beyond them.
static bool splits_blame(verifier *v, block *b, uint64_t index, uint64_t share)
{
    const uint8_t *from = block_head(b, index) + b->fixed + b->anchor_width;
    uint64_t       split, before = 0;
    uint32_t       slot;

    for (slot = 1; slot < b->slots; slot++) {
        split = inlay_load_exact(from, b->split_width);
        if (split < before || split > share) {
            return inlay_verifier_fail_at(v, b, index, INLAY_SPLITS, from);
        }
        before = split;
        from += b->split_width;
    }
    return true;
}

// Records what is wrong with the shares of a block that has something wrong.
static INLAY_COLD bool shares_blame(verifier *v, block *b)
{
    uint64_t       anchor, before = 0, i;
    const uint8_t *from;

    for (i = 0; b->anchor_width > 0 && i < b->count; i++) {
        from = block_head(b, i) + b->fixed;
        anchor = inlay_load_exact(from, b->anchor_width);
        if ((i == 0 && anchor != 0) || anchor < before ||
            anchor > b->heap_size) {
            return inlay_verifier_fail_at(v, b, i, INLAY_ANCHORS, from);
        }
        before = anchor;
    }
    if (b->anchor_width > 0 && !width_is_least(before, b->anchor_width)) {
        return inlay_verifier_fail(v, &b->path, INLAY_WIDTH, b->data + 2);
    }
    before = 0;
    for (i = 0; i < b->count; i++) {
        anchor = b->heap_size;
        if (i + 1 < b->count) {
            from = block_head(b, i + 1) + b->fixed;
            anchor = inlay_load_exact(from, b->anchor_width);
        }
        if (!splits_blame(v, b, i, anchor - before)) {
            return false;
        }
        before = anchor;
    }
    return inlay_verifier_fail(v, &b->path, INLAY_WIDTH, b->data + 1);
}

// ---- The fast pass ----------------------------------------------------------

// Gathers over the splits of one element, at `from`.
static inline void splits_gather(const block *b, const uint8_t *from,
                                 uint64_t share, bool wide, shares *found)
{
    uint64_t split, before = 0;
    uint32_t slot;

    for (slot = 1; slot < b->slots; slot++) {
        split = block_load(from, b->split_mask, wide);
        found->bad |= split < before;
        before = split;
        from += b->split_width;
    }
    found->bad |= before > share;
    found->splits |= before;
}

static inline shares shares_gather(const block *b, bool wide)
{
    const uint8_t *from = b->heads + b->fixed;
    shares         found = {0, 0, false};
    uint64_t       anchor = 0, next, left;

    if (b->anchor_width > 0) {
        found.bad = block_load(from, b->anchor_mask, wide) != 0;
    }
    for (left = b->count - 1; left > 0; left--) {
        next = block_load(from + b->stride, b->anchor_mask, wide);
        found.bad |= next < anchor;
        splits_gather(b, from + b->anchor_width, next - anchor, wide, &found);
        anchor = next;
        from += b->stride;
    }
    found.bad |= anchor > b->heap_size;
    splits_gather(b, from + b->anchor_width, b->heap_size - anchor, wide,
                  &found);
    found.last_anchor = anchor;
    return found;
}

// ---- The fast pass, all splits of an element at once ------------------------

// One load takes up to 8 splits of a byte, or 4 of two.

static bool packed_fits(const block *b)
{
    return b->wide && b->split_width <= 2 &&
           (uint64_t)(b->slots - 1) * b->split_width <= 8;
}

// Gathers over the splits of one element, at `from`; their `keep` bits.
static inline void packed_step(const uint8_t *from, uint64_t keep, uint32_t top,
                               uint64_t share, uint32_t width, bool several,
                               shares *found, packed *descents)
{
    uint64_t splits = inlay_load_u64(from) & keep;
    uint64_t last = splits >> top;

    if (several) {
        *descents = packed_descents(*descents, splits,
                                    splits << (8 * width) & keep, width);
    }
    found->splits |= last;
    found->bad |= last > share;
}

static inline shares packed_gather(const block *b, uint32_t width, bool several)
{
    const uint8_t *from = b->heads + b->fixed;
    uint32_t       size = (b->slots - 1) * width, top = 8 * (size - width);
    uint64_t       keep = UINT64_MAX >> (64 - 8 * size);
    uint64_t       mask = b->anchor_mask, stride = b->stride;
    uint32_t       anchor_width = b->anchor_width;
    shares         found = {0, 0, false};
    uint64_t       anchor = 0, next, left;
    packed         descents = packed_zero();

    found.bad = (inlay_load_u64(from) & mask) != 0;
    for (left = b->count - 1; left > 0; left--) {
        next = inlay_load_u64(from + stride) & mask;
        packed_step(from + anchor_width, keep, top, next - anchor, width,
                    several, &found, &descents);
        found.bad |= next < anchor;
        anchor = next;
        from += stride;
    }
    packed_step(from + anchor_width, keep, top, b->heap_size - anchor, width,
                several, &found, &descents);
    found.bad |= b->heap_size < anchor || !packed_is_zero(descents);
    found.last_anchor = anchor;
    return found;
}

// Picks the loop; a single split in each head, as many blocks have, need
// not compare it with others.
static inline shares packed_gather_any(const block *b)
{
    if (b->slots == 2) {
        return b->split_width == 1 ? packed_gather(b, 1, false)
                                   : packed_gather(b, 2, false);
    }
    return b->split_width == 1 ? packed_gather(b, 1, true)
                               : packed_gather(b, 2, true);
}

// ---- The verdict ------------------------------------------------------------

static anchors anchors_of(const block *b)
{
    anchors a = {b->heads + b->fixed, b->count, b->stride, b->heap_size,
                 b->anchor_width};

    return a;
}

// Verifies the splits of a single block.
static bool splits_verify(verifier *v, block *b)
{
    shares found = {0, 0, false};

    splits_gather(b, b->heads + b->fixed, b->heap_size, b->wide, &found);
    return (!found.bad && width_is_least(found.splits, b->split_width)) ||
           shares_blame(v, b);
}

bool inlay_verifier_shares(verifier *v, block *b)
{
    shares found;

    if (!b->wide && (b->split_width > 1 || b->anchor_width > 1)) {
        // A byte would do for anything inside such a small heap.
        return shares_blame(v, b);
    }
    if (!b->vector) {
        return splits_verify(v, b);
    }
    if (b->slots == 1) {
        found = b->wide ? anchors_gather(anchors_of(b))
                        : anchors_gather_narrow(anchors_of(b));
    } else if (packed_fits(b)) {
        found = packed_gather_any(b);
    } else {
        found = b->wide ? shares_gather(b, true) : shares_gather(b, false);
    }
    if (found.bad || !width_is_least(found.splits, b->split_width) ||
        !width_is_least(found.last_anchor, b->anchor_width)) {
        return shares_blame(v, b);
    }
    return true;
}
