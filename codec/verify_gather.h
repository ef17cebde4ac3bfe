// verify_gather.h -- fast passes over anchors: they gather whether anything is
// wrong, and leave to others to find out what.
//
// Who may include it: codec/verify_shares.c and codec/verify_leaf.c.
#ifndef INLAY_CODEC_VERIFY_GATHER_H
#define INLAY_CODEC_VERIFY_GATHER_H

#include "verifier.h"

// 32-bit x86 may have SSE2, but not its moves of 64 bits.
#if defined(__SSE2__) && defined(__x86_64__) && !defined(INLAY_FORCE_PORTABLE)
#include <emmintrin.h>
#define HAVE_PACKED 1
#else
#define HAVE_PACKED 0
#endif

// What a pass found.
typedef struct shares {
    uint64_t last_anchor;
    uint64_t splits; // or'ed: as wide as the largest
    bool     bad;
} shares;

// Whether a value needs all of its `width` bytes.
static inline bool width_is_least(uint64_t value, uint32_t width)
{
    return width <= 1 || value >> (8 * (width - 1)) != 0;
}

// ---- Several small numbers in one word --------------------------------------

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

// ---- Anchors ----------------------------------------------------------------

// The anchors of a vector, and the heap that they lead into.
typedef struct anchors {
    const uint8_t *from;
    uint64_t       count; // at least 1
    uint64_t       stride;
    uint64_t       heap_size;
    uint32_t       width;
} anchors;

static inline shares anchors_gather_any(anchors a, bool wide)
{
    shares         found = {0, 0, false};
    const uint8_t *from = a.from;
    uint64_t       mask = UINT64_MAX >> (64 - 8 * a.width);
    uint64_t       anchor, next, left;

    anchor = block_load(from, mask, wide);
    found.bad = anchor != 0;
    for (left = a.count - 1; left > 0; left--) {
        from += a.stride;
        next = block_load(from, mask, wide);
        found.bad |= next < anchor;
        anchor = next;
    }
    found.bad |= anchor > a.heap_size;
    found.last_anchor = anchor;
    return found;
}

// The same where heads are anchors of a byte or two and nothing else, as in a
// list of strings: 8 or 4 are compared at once with those after them.
static inline shares anchors_gather_packed(anchors a, uint32_t width)
{
    const uint8_t *from = a.from;
    shares         found = {0, 0, false};
    uint64_t       mask = UINT64_MAX >> (64 - 8 * width);
    uint64_t       left, keep, step = 8 / width;
    packed         descents = packed_zero();

    found.bad = (inlay_load_u64(from) & mask) != 0;
    for (left = a.count - 1; left > 0; left -= step) {
        step = left < step ? left : step;
        keep = UINT64_MAX >> (64 - 8 * width * step);
        descents =
            packed_descents(descents, inlay_load_u64(from + width) & keep,
                            inlay_load_u64(from) & keep, width);
        from += width * step;
    }
    found.last_anchor = inlay_load_u64(from) & mask;
    found.bad |= !packed_is_zero(descents);
    found.bad |= found.last_anchor > a.heap_size;
    return found;
}

// Gathers over anchors; the heap has 8 bytes (see block_load).
static inline shares anchors_gather(anchors a)
{
    if (a.stride == a.width && a.width <= 2) {
        return a.width == 1 ? anchors_gather_packed(a, 1)
                            : anchors_gather_packed(a, 2);
    }
    return anchors_gather_any(a, true);
}

// The same for a heap that has fewer: anchors have a byte.
static inline shares anchors_gather_narrow(anchors a)
{
    return anchors_gather_any(a, false);
}

#endif
