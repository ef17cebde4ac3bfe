// verify_shares.c -- the anchors and splits of all heads, in one pass.
//
// The pass only gathers: a bit that says whether anything is wrong, and all
// splits or'ed, whose width is the width of the largest. What is wrong, and
// where, a second pass finds out, slowly.

#include "verifier.h"

// What the pass found.
typedef struct shares {
    uint64_t last_anchor;
    uint64_t splits; // or'ed
    bool     bad;
} shares;

// Whether a value needs all of its `width` bytes.
static bool width_is_least(uint64_t value, uint32_t width)
{
    return width <= 1 || value >> (8 * (width - 1)) != 0;
}

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

bool inlay_verifier_shares(verifier *v, block *b)
{
    shares found;

    if (b->slots == 0) {
        return true;
    }
    if (b->wide && b->heap_size < 8) {
        // A byte would do for anything inside such a heap.
        return shares_blame(v, b);
    }
    found = b->wide ? shares_gather(b, true) : shares_gather(b, false);
    if (found.bad || !width_is_least(found.splits, b->split_width) ||
        !width_is_least(found.last_anchor, b->anchor_width)) {
        return shares_blame(v, b);
    }
    return true;
}
