// walk.h -- reading a message by descriptor: a cursor over blocks.
//
// Follows FORMAT.md, section 5, clamps and all, so it leads nowhere outside
// the bytes it was opened on; but work is bounded only on verified bytes.
//
//     block     F S r B count | head 0 | head 1 | ... | heap
//     element   one head, and its share of the heap
//
// Who may include it: codec/.
#ifndef INLAY_CODEC_WALK_H
#define INLAY_CODEC_WALK_H

#include <inlay/desc.h>
#include <inlay/wire.h>

// An opened block; all zero is the null view: a list of no elements, or a
// record of defaults.
typedef struct walk_block {
    const uint8_t *heads;
    uint64_t       stride;
    uint64_t       count;
    inlay_bytes    heap;
    uint32_t       fixed; // F
    uint32_t       slots; // S
    uint8_t        split_width;
    uint8_t        anchor_width; // 0: no anchors
} walk_block;

// One element of a block, or the record of a single block.
typedef struct walk_element {
    const walk_block *block;
    const uint8_t    *head;
    inlay_bytes       share; // of the heap
} walk_element;

// Open a slice as a block of `record`; a slice that is not one, or is empty,
// gives the null view.
walk_block inlay_walk_single(const inlay_record_desc *record,
                             inlay_bytes              slice);
walk_block inlay_walk_vector(const inlay_record_desc *record,
                             inlay_bytes              slice);

// Returns element i, below the block's count; of a single block, element 0,
// of a null view, too.
walk_element inlay_walk_element(const walk_block *block, uint64_t i);

// Returns the bytes of a slot; empty where the block has no such slot.
inlay_bytes inlay_walk_slot(const walk_element *self, uint32_t slot);

// Returns `size` bytes of the fixed part at `offset`; NULL where they are not
// wholly inside it, and the field is its default.
const uint8_t *inlay_walk_fixed(const walk_element *self, uint32_t offset,
                                uint32_t size);

// Returns a bit of the fixed part, false beyond it.
bool inlay_walk_bit(const walk_element *self, uint32_t offset, uint8_t bit);

// Returns the elements of a slice of @align(N).
inlay_bytes inlay_walk_aligned(inlay_bytes slice, uint32_t align);

#endif
