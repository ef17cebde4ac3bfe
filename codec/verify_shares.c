// verify_shares.c -- the anchors and splits of all heads, in one pass.
//
// The pass only gathers: a bit that says whether anything is wrong, and all
// splits or'ed, whose width is the width of the largest. What is wrong, and
// where, a second pass finds out, slowly.

#include "verifier.h"

#if defined(__SSE2__) && !defined(INLAY_FORCE_PORTABLE)
#include <emmintrin.h>
#define HAVE_PACKED 1
#else
#define HAVE_PACKED 0
#endif

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

// ---- The fast pass, all splits of an element at once ------------------------

// One load takes up to 8 splits of a byte, or 4 of two; the vector unit
// compares each with the one before. (Loads: see block_load.)

#if HAVE_PACKED

typedef __m128i packed;

static inline packed packed_zero(void)
{
    return _mm_setzero_si128();
}

static inline bool packed_is_zero(packed a)
{
    return _mm_movemask_epi8(_mm_cmpeq_epi8(a, packed_zero())) == 0xffff;
}

// Gathers in `found` where `splits` are less than those `before`.
static inline packed packed_descents(packed found, uint64_t splits,
                                     uint64_t before, uint32_t width)
{
    packed a = _mm_cvtsi64_si128((int64_t)before);
    packed b = _mm_cvtsi64_si128((int64_t)splits);

    return _mm_or_si128(found, width == 1 ? _mm_subs_epu8(a, b)
                                          : _mm_subs_epu16(a, b));
}

#else

// A plain loop over the splits, in the same clothes.
typedef uint64_t packed;

static inline packed packed_zero(void)
{
    return 0;
}

static inline bool packed_is_zero(packed a)
{
    return a == 0;
}

static inline packed packed_descents(packed found, uint64_t splits,
                                     uint64_t before, uint32_t width)
{
    uint64_t mask = UINT64_MAX >> (64 - 8 * width);

    for (; splits != 0 || before != 0; splits >>= 8 * width) {
        found |= (splits & mask) < (before & mask);
        before >>= 8 * width;
    }
    return found;
}

#endif

static bool packed_fits(const block *b)
{
    return b->wide && b->split_width <= 2 &&
           (uint64_t)(b->slots - 1) * b->split_width <= 8;
}

static inline shares packed_gather(const block *b, uint32_t width)
{
    const uint8_t *from = b->heads + b->fixed;
    uint32_t       size = (b->slots - 1) * width;
    uint64_t       keep = UINT64_MAX >> (64 - 8 * size);
    uint32_t       top = 8 * (size - width);
    uint64_t       mask = b->anchor_mask, stride = b->stride;
    shares         found = {0, 0, false};
    uint64_t       anchor = 0, next, left, splits, last;
    packed         descents = packed_zero();

    if (b->anchor_width > 0) {
        found.bad = (inlay_load_u64(from) & mask) != 0;
    }
    for (left = b->count; left > 0; left--) {
        next = b->heap_size;
        if (left > 1) {
            next = inlay_load_u64(from + stride) & mask;
        }
        splits = inlay_load_u64(from + b->anchor_width) & keep;
        last = splits >> top;
        descents = packed_descents(descents, splits,
                                   splits << (8 * width) & keep, width);
        found.splits |= last;
        found.bad |= (next < anchor) | (last > next - anchor);
        found.last_anchor = anchor;
        anchor = next;
        from += stride;
    }
    found.bad |= !packed_is_zero(descents);
    return found;
}

// ---- The fast pass, without splits ------------------------------------------

static inline shares anchors_gather(const block *b, bool wide)
{
    const uint8_t *from = b->heads + b->fixed;
    shares         found = {0, 0, false};
    uint64_t       anchor, next, left, stride = b->stride;
    uint64_t       mask = b->anchor_mask;

    anchor = block_load(from, mask, wide);
    found.bad = anchor != 0;
    for (left = b->count - 1; left > 0; left--) {
        from += stride;
        next = block_load(from, mask, wide);
        found.bad |= next < anchor;
        anchor = next;
    }
    found.bad |= anchor > b->heap_size;
    found.last_anchor = anchor;
    return found;
}

// The same where heads are anchors of a byte or two and nothing else, as in a
// list of strings: 8 or 4 are compared at once with those after them.
static inline shares row_gather(const block *b, uint32_t width)
{
    const uint8_t *from = b->heads;
    shares         found = {0, 0, false};
    uint64_t       left, keep, step = 8 / width;
    packed         descents = packed_zero();

    found.bad = (inlay_load_u64(from) & b->anchor_mask) != 0;
    for (left = b->count - 1; left > 0; left -= step) {
        step = left < step ? left : step;
        keep = UINT64_MAX >> (64 - 8 * width * step);
        descents =
            packed_descents(descents, inlay_load_u64(from + width) & keep,
                            inlay_load_u64(from) & keep, width);
        from += width * step;
    }
    found.last_anchor = inlay_load_u64(from) & b->anchor_mask;
    found.bad |= !packed_is_zero(descents);
    found.bad |= found.last_anchor > b->heap_size;
    return found;
}

static inline shares lone_gather(const block *b)
{
    if (b->wide && b->stride == b->anchor_width && b->stride <= 2) {
        return b->stride == 1 ? row_gather(b, 1) : row_gather(b, 2);
    }
    return b->wide ? anchors_gather(b, true) : anchors_gather(b, false);
}

// ---- The verdict ------------------------------------------------------------

bool inlay_verifier_shares(verifier *v, block *b)
{
    shares found;

    if (!b->wide && (b->split_width > 1 || b->anchor_width > 1)) {
        // A byte would do for anything inside such a small heap.
        return shares_blame(v, b);
    }
    if (b->slots == 1) {
        found = lone_gather(b);
    } else if (packed_fits(b)) {
        found = b->split_width == 1 ? packed_gather(b, 1) : packed_gather(b, 2);
    } else {
        found = b->wide ? shares_gather(b, true) : shares_gather(b, false);
    }
    if (found.bad || !width_is_least(found.splits, b->split_width) ||
        !width_is_least(found.last_anchor, b->anchor_width)) {
        return shares_blame(v, b);
    }
    return true;
}
