// tree.h -- a message as a tree of blocks, before it has bytes.
//
// For whoever makes a message without native structs (JSON, patching): build
// blocks in any order, measure once, write once. Measuring goes bottom-up and
// settles every width; writing goes top-down and settles the pads of @align,
// which depend on where a slice lands. Both are linear in the message.
//
//     block     heads   count x fixed bytes, as they will be on the wire
//               slices  count x slots; each is bytes, aligned bytes or a block
//
// Nodes live in the caller's pool. Bytes that slices point to are not copied
// and must last until inlay_tree_write.
//
// Who may include it: codec/.
#ifndef INLAY_CODEC_TREE_H
#define INLAY_CODEC_TREE_H

#include <inlay/base.h>

#include "pool.h"

enum {
    INLAY_TREE_DEPTH_MAX = 64
}; // blocks; the root is 1

typedef struct inlay_tree inlay_tree;

// What one slot holds. All zero is the empty slice.
typedef struct inlay_tree_slice {
    uint64_t       size;  // of `bytes`, without what @align adds
    uint32_t       align; // of @align(N), else 0
    const uint8_t *bytes;
    inlay_tree    *block; // if not NULL, the slice is this block
} inlay_tree_slice;

// A block. `split_width` and below are inlay_tree_measure's.
struct inlay_tree {
    bool              vector; // else a single block, with count 1
    uint32_t          fixed;  // F
    uint32_t          slots;  // S
    uint64_t          count;
    uint8_t          *heads;
    inlay_tree_slice *slices;
    uint8_t           split_width;  // r
    uint8_t           anchor_width; // B
    uint8_t           count_width;  // C
    uint64_t          size;         // of the whole block
};

// Returns a single block of zero bytes and empty slices; NULL when memory ran
// out.
INLAY_NODISCARD inlay_tree *inlay_tree_single(inlay_pool *pool, uint32_t fixed,
                                              uint32_t slots);

// Returns a vector block of `count` such elements, at least one.
INLAY_NODISCARD inlay_tree *inlay_tree_vector(inlay_pool *pool, uint32_t fixed,
                                              uint32_t slots, size_t count);

// The head and the slices of element i.
static inline uint8_t *inlay_tree_head(const inlay_tree *self, size_t i)
{
    return self->heads + i * self->fixed;
}

static inline inlay_tree_slice *inlay_tree_slices(const inlay_tree *self,
                                                  size_t            i)
{
    return self->slices + i * self->slots;
}

// Whether a single block holds nothing but defaults: the empty slice serves
// where the record is required. A block below that is not empty counts, so
// children are settled first.
bool inlay_tree_is_default(const inlay_tree *self);

// Settles the widths and sizes of the block and everything below it.
//
// Returns INLAY_TOO_DEEP when blocks nest deeper than INLAY_TREE_DEPTH_MAX,
// and INLAY_TOO_LARGE when the sizes add up to more than memory can hold.
inlay_status inlay_tree_measure(inlay_tree *root);

// Writes a measured root to `root->size` bytes, canonically.
void inlay_tree_write(const inlay_tree *root, uint8_t *to);

#endif
