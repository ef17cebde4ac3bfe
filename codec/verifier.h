// verifier.h -- what the files of the verifier share.
//
//    verify.c         entry points; fields, column by column; payloads;
//                     recursion
//    verify_head.c    fields in heads: bools of structs, optionals, spare bits
//    verify_block.c   a block's header and layout
//    verify_shares.c  the anchors and splits of all its heads
//    verify_value.c   leaves: bools, bitsets, aligned slices, map keys
//    verify_limit.c   the lengths of fields with a @max
//
// Functions return whether all is well. What is not has been recorded by
// inlay_verifier_fail by then, so callers only pass false up.
//
// A block is worked through column by column: first all anchors and splits,
// then one field of every element after another. The questions that the schema
// answers are asked once per field that way, and what is left for an element is
// a load or two.
//
// Who may include it: codec/verify*.c.
#ifndef INLAY_CODEC_VERIFIER_H
#define INLAY_CODEC_VERIFIER_H

#include <inlay/desc.h>
#include <inlay/verify.h>
#include <inlay/wire.h>

#include "path.h"

// Loads from heads are a few instructions, and lose more by not being inlined
// than compilers think. What is rare, or long, takes registers from what is
// neither when it is inlined.
#if defined(__GNUC__) || defined(__clang__)
#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define NEVER_INLINE  __attribute__((noinline))
#else
#define ALWAYS_INLINE static inline
#define NEVER_INLINE
#endif

typedef struct verifier {
    const uint8_t *message;
    inlay_error   *error; // or NULL
    inlay_status   status;
    uint32_t       depth_limit;
    bool           canonical;
} verifier;

typedef struct slice {
    const uint8_t *data;
    uint64_t       size;
} slice;

// A block whose header has been read. Once its shares are verified too, every
// anchor and split leads inside, and loading them is all that is left.
//
//    heads: count times  | fixed | anchor | split[1] .. split[slots - 1] |
//    heap                | share of 0 | share of 1 | ...                 |
typedef struct block {
    const inlay_record_desc *record;
    inlay_path               path;
    const uint8_t           *data; // its header
    const uint8_t           *heads;
    const uint8_t           *heap;
    uint64_t                 heap_size;
    uint64_t                 count;
    uint64_t                 stride;
    uint64_t                 anchor_mask;
    uint64_t                 split_mask;
    uint32_t                 fixed;
    uint32_t                 slots;
    uint32_t                 anchor_width; // 0 in a single block
    uint32_t                 split_width;
    uint32_t                 depth; // the root's is 1
    bool                     vector;
    bool                     leaf; // try inlay_leaf_passes first
    bool                     wide; // see block_load
    bool texts_verified;           // all strings are known to be UTF-8
} block;

// ---- Failing ----------------------------------------------------------------

// Records what went wrong, and where; returns false.
INLAY_COLD bool inlay_verifier_fail(verifier *v, const inlay_path *path,
                                    inlay_status status, const uint8_t *at);

// The same, for the field at hand of element `index`.
INLAY_COLD bool inlay_verifier_fail_at(verifier *v, block *b, uint64_t index,
                                       inlay_status status, const uint8_t *at);

// ---- Heads ------------------------------------------------------------------

// Loads an anchor or a split.
//
// After the last of them the heap follows. If that has 8 bytes, 8 can be loaded
// wherever an anchor or a split starts, and masked. If not, a
// byte holds any place in it, the least widths are 1, which is made sure of
// (inlay_verifier_shares), and a byte is loaded.
ALWAYS_INLINE uint64_t block_load(const uint8_t *from, uint64_t mask, bool wide)
{
    return wide ? inlay_load_u64(from) & mask : *from;
}

ALWAYS_INLINE const uint8_t *block_head(const block *b, uint64_t index)
{
    return b->heads + index * b->stride;
}

// Returns where the share of element `index` starts; `count`: the heap's end.
ALWAYS_INLINE uint64_t block_anchor(const block *b, uint64_t index)
{
    if (index == 0) {
        return 0; // also in a single block, which stores none
    }
    if (index == b->count) {
        return b->heap_size;
    }
    return block_load(block_head(b, index) + b->fixed, b->anchor_mask, b->wide);
}

// Returns where slot `slot`, from 1 on, starts within the share.
ALWAYS_INLINE uint64_t block_split(const block *b, uint64_t index,
                                   uint32_t slot)
{
    return block_load(block_head(b, index) + b->fixed + b->anchor_width +
                          (uint64_t)(slot - 1) * b->split_width,
                      b->split_mask, b->wide);
}

// Returns slot `slot`, below `slots`, of element `index` of a block whose
// shares are verified.
ALWAYS_INLINE slice block_slice(const block *b, uint64_t index, uint32_t slot)
{
    uint64_t anchor = block_anchor(b, index);
    uint64_t start = anchor, end;
    slice    s;

    if (slot > 0) {
        start += block_split(b, index, slot);
    }
    end = slot + 1 < b->slots ? anchor + block_split(b, index, slot + 1)
                              : block_anchor(b, index + 1);
    s.data = b->heap + start;
    s.size = end - start;
    return s;
}

// The same in a single block.
ALWAYS_INLINE slice block_lone_slice(const block *b, uint32_t slot)
{
    const uint8_t *splits = b->heads + b->fixed;
    uint64_t       start = 0, end = b->heap_size;
    slice          s;

    if (slot > 0) {
        start = block_load(splits + (uint64_t)(slot - 1) * b->split_width,
                           b->split_mask, b->wide);
    }
    if (slot + 1 < b->slots) {
        end = block_load(splits + (uint64_t)slot * b->split_width,
                         b->split_mask, b->wide);
    }
    s.data = b->heap + start;
    s.size = end - start;
    return s;
}

// Walks down one slot of all elements, if the block is wide: much less work per
// slice. Where there is no split to start or end with, the mask makes it 0.
typedef struct slot_walk {
    const uint8_t *from; // the anchor of the element at hand
    uint64_t       anchor;
    uint64_t       left;
    uint64_t       stride;
    uint64_t       anchor_mask;
    uint64_t       start_at; // where the splits are, from the anchor
    uint64_t       start_mask;
    uint64_t       end_at;
    uint64_t       end_mask;
    bool           last;
} slot_walk;

ALWAYS_INLINE slot_walk slot_walk_start(const block *b, uint32_t slot)
{
    uint64_t  at = b->anchor_width + (uint64_t)slot * b->split_width;
    slot_walk w;

    w.from = b->heads + b->fixed;
    w.anchor = 0;
    w.left = b->count;
    w.stride = b->stride;
    w.anchor_mask = b->anchor_mask;
    w.last = slot + 1 == b->slots;
    w.start_at = slot == 0 ? 0 : at - b->split_width;
    w.start_mask = slot == 0 ? 0 : b->split_mask;
    w.end_at = w.last ? 0 : at;
    w.end_mask = w.last ? 0 : b->split_mask;
    return w;
}

ALWAYS_INLINE slice slot_walk_next(slot_walk *w, const block *b)
{
    uint64_t next = b->heap_size, start, end;
    slice    s;

    if (--w->left > 0) {
        next = inlay_load_u64(w->from + w->stride) & w->anchor_mask;
    }
    start = w->anchor + (inlay_load_u64(w->from + w->start_at) & w->start_mask);
    end = (w->last ? next : w->anchor) +
          (inlay_load_u64(w->from + w->end_at) & w->end_mask);
    w->anchor = next;
    w->from += w->stride;
    s.data = b->heap + start;
    s.size = end - start;
    return s;
}

// Returns a bit of a head, false beyond its fixed part.
static inline bool block_bit(const block *b, uint64_t index, uint32_t offset,
                             uint8_t bit)
{
    return offset < b->fixed && (block_head(b, index)[offset] >> bit & 1) != 0;
}

// ---- Parts ------------------------------------------------------------------

// Reads and verifies the header of the block that fills `s`; `b` has its
// record, path.parent, depth and whether it is a vector.
bool inlay_verifier_open(verifier *v, block *b, slice s);

// Verifies all anchors and splits, and that their widths are the least. The
// block has some: two slots, or one in a vector.
bool inlay_verifier_shares(verifier *v, block *b);

// Return whether the values of a field that the block has are well, false also
// where that takes a closer look.
bool inlay_column_ascii(const block *b, uint32_t slot);
bool inlay_column_lengths(const block *b, uint32_t slot, uint32_t size);
bool inlay_column_bitsets(const block *b, uint32_t slot);
bool inlay_column_presence(const block *b, const inlay_field_desc *field);
bool inlay_column_optionals(const block *b, const inlay_field_desc *field);

// Returns whether a block in `s` is well, false also where that takes a closer
// look; for records with one slot, a string, less than 255 fixed bytes, and
// nothing else to look at.
bool inlay_leaf_passes(const inlay_record_desc *record, slice s, bool vector);

// Whether a fixed type is or holds a bool.
static inline bool inlay_type_has_bool(const inlay_type *type)
{
    const inlay_struct_desc *structure;

    while (type->kind == INLAY_KIND_ARRAY) {
        type = type->element;
    }
    if (type->kind == INLAY_KIND_STRUCT) {
        structure = (const inlay_struct_desc *)type->of;
        return structure->has_bool;
    }
    return type->kind == INLAY_KIND_BOOL;
}

// Returns the first byte of a bool that is neither 0 nor 1 among `count` values
// of a fixed type that lie `stride` bytes apart, or NULL.
const uint8_t *inlay_type_bad_bool(const inlay_type *type, const uint8_t *data,
                                   uint64_t stride, uint64_t count);

// Verify one slice of the field at hand.
bool inlay_verifier_bitset(verifier *v, block *b, uint64_t index, slice s);
bool inlay_verifier_vector(verifier *v, block *b, uint64_t index,
                           const inlay_type *type, slice s);

// Verifies the pads of an aligned slice, and takes them off.
bool inlay_verifier_aligned(verifier *v, block *b, uint64_t index,
                            uint32_t align, slice *s);

// Verifies that no value of a field with a @max is longer; the column is well
// otherwise.
bool inlay_verifier_limit(verifier *v, block *b, const inlay_field_desc *field);

// Verify a field in the heads of all elements: the bools in structs and arrays,
// optionals whose presence is a bit, and the bits that no field takes.
bool inlay_verifier_fixed(verifier *v, block *b, const inlay_field_desc *field);
bool inlay_verifier_optional(verifier *v, block *b,
                             const inlay_field_desc *field);
bool inlay_verifier_optional_bit(verifier *v, block *b,
                                 const inlay_field_desc *field);
bool inlay_verifier_spares(verifier *v, block *b);

// Verifies that the keys of a map's block ascend strictly.
bool inlay_verifier_keys(verifier *v, block *b);

#endif
