// tree.c -- block trees: measuring and writing; see tree.h and FORMAT.md,
// section 3.
#include <assert.h>
#include <string.h>

#include <inlay/wire.h>

#include "tree.h"

enum {
    FIXED_ESCAPE = 255,
    SLOTS_ESCAPE = 31
};

// ---- Building ---------------------------------------------------------------

static inlay_tree *tree_new(inlay_pool *pool, uint32_t fixed, uint32_t slots,
                            size_t count)
{
    inlay_tree *self = inlay_pool_take(pool, 1, sizeof *self);

    if (self == NULL) {
        return NULL;
    }
    self->fixed = fixed;
    self->slots = slots;
    self->count = count;
    self->heads = inlay_pool_take(pool, count, fixed);
    self->slices = inlay_pool_take(pool, count, slots * sizeof *self->slices);
    return self->heads != NULL && self->slices != NULL ? self : NULL;
}

inlay_tree *inlay_tree_single(inlay_pool *pool, uint32_t fixed, uint32_t slots)
{
    return tree_new(pool, fixed, slots, 1);
}

inlay_tree *inlay_tree_vector(inlay_pool *pool, uint32_t fixed, uint32_t slots,
                              size_t count)
{
    inlay_tree *self = tree_new(pool, fixed, slots, count);

    assert(count > 0);
    if (self != NULL) {
        self->vector = true;
    }
    return self;
}

static bool slice_is_empty(const inlay_tree_slice *slice)
{
    return slice->block == NULL && slice->size == 0;
}

bool inlay_tree_is_default(const inlay_tree *self)
{
    uint32_t i;

    assert(!self->vector);
    for (i = 0; i < self->fixed; i++) {
        if (self->heads[i] != 0) {
            return false;
        }
    }
    for (i = 0; i < self->slots; i++) {
        if (!slice_is_empty(&self->slices[i])) {
            return false;
        }
    }
    return true;
}

// ---- Measuring --------------------------------------------------------------

// Adds to a sum of sizes; false when no message can be that long.
static bool size_add(uint64_t *sum, uint64_t size)
{
    if (size > PTRDIFF_MAX - *sum) {
        return false;
    }
    *sum += size;
    return true;
}

// Returns the bytes that a slice takes in the heap.
static uint64_t slice_size(const inlay_tree_slice *slice)
{
    if (slice->block != NULL) {
        return slice->block->size;
    }
    if (slice->align != 0 && slice->size != 0) {
        // p:u16, p zero bytes, the elements, N - 1 - p zero bytes.
        return slice->size + slice->align + 1;
    }
    return slice->size;
}

// Returns the bytes of the header, before the heads.
static uint64_t header_size(const inlay_tree *self)
{
    uint64_t size = 2;

    if (self->vector) {
        size += 1u + self->count_width;
    }
    if (self->fixed >= FIXED_ESCAPE) {
        size += 4;
    }
    if (self->slots >= SLOTS_ESCAPE) {
        size += 2;
    }
    return size;
}

// Returns the bytes of one head: the fixed part, the anchor, the splits.
static uint64_t head_stride(const inlay_tree *self)
{
    uint64_t stride = self->fixed;

    if (self->vector && self->slots > 0) {
        stride += self->anchor_width;
    }
    if (self->slots > 1) {
        stride += (uint64_t)(self->slots - 1) * self->split_width;
    }
    return stride;
}

static inlay_status tree_measure(inlay_tree *self, unsigned depth);

// Adds one element's slices to `heap`; `split_max` becomes at least its
// largest split, where its last slice starts.
static inlay_status element_measure(const inlay_tree_slice *slices,
                                    uint32_t count, unsigned depth,
                                    uint64_t *heap, uint64_t *split_max)
{
    uint64_t anchor = *heap;
    uint32_t j;

    for (j = 0; j < count; j++) {
        if (slices[j].block != NULL) {
            inlay_status status = tree_measure(slices[j].block, depth + 1);
            if (status != INLAY_OK) {
                return status;
            }
        }
        if (*heap - anchor > *split_max) {
            *split_max = *heap - anchor;
        }
        if (slices[j].size > PTRDIFF_MAX / 2 ||
            !size_add(heap, slice_size(&slices[j]))) {
            return INLAY_TOO_LARGE;
        }
    }
    return INLAY_OK;
}

static inlay_status tree_measure(inlay_tree *self, unsigned depth)
{
    uint64_t heap = 0;
    uint64_t anchor_max = 0;
    uint64_t split_max = 0;
    uint64_t stride;
    uint64_t i;

    if (depth > INLAY_TREE_DEPTH_MAX) {
        return INLAY_TOO_DEEP;
    }
    for (i = 0; i < self->count; i++) {
        inlay_status status;

        anchor_max = heap;
        status = element_measure(inlay_tree_slices(self, (size_t)i),
                                 self->slots, depth, &heap, &split_max);
        if (status != INLAY_OK) {
            return status;
        }
    }
    self->split_width = (uint8_t)inlay_width(split_max);
    self->anchor_width = (uint8_t)inlay_width(anchor_max);
    self->count_width = (uint8_t)inlay_width(self->count);
    self->size = header_size(self);
    stride = head_stride(self);
    if ((stride != 0 && self->count > PTRDIFF_MAX / stride) ||
        !size_add(&self->size, self->count * stride) ||
        !size_add(&self->size, heap)) {
        return INLAY_TOO_LARGE;
    }
    return INLAY_OK;
}

inlay_status inlay_tree_measure(inlay_tree *root)
{
    return tree_measure(root, 1);
}

// ---- Writing ----------------------------------------------------------------

static uint8_t *header_write(const inlay_tree *self, uint8_t *to)
{
    bool     fixed_escapes = self->fixed >= FIXED_ESCAPE;
    bool     slots_escape = self->slots >= SLOTS_ESCAPE;
    uint32_t slots = slots_escape ? SLOTS_ESCAPE : self->slots;

    *to++ = fixed_escapes ? FIXED_ESCAPE : (uint8_t)self->fixed;
    *to++ = (uint8_t)(slots | (uint32_t)(self->split_width - 1) << 5);
    if (self->vector) {
        *to++ = (uint8_t)((uint32_t)(self->anchor_width - 1) |
                          (uint32_t)(self->count_width - 1) << 4);
    }
    if (fixed_escapes) {
        inlay_store_u32(to, self->fixed);
        to += 4;
    }
    if (slots_escape) {
        inlay_store_u16(to, (uint16_t)self->slots);
        to += 2;
    }
    if (self->vector) {
        inlay_store_width(to, self->count, self->count_width);
        to += self->count_width;
    }
    return to;
}

// Writes element i's head; `anchor` becomes the next element's.
static uint8_t *head_write(const inlay_tree *self, size_t i, uint64_t *anchor,
                           uint8_t *to)
{
    const inlay_tree_slice *slices = inlay_tree_slices(self, i);
    uint64_t                split = 0;
    uint32_t                j;

    if (self->fixed > 0) {
        memcpy(to, inlay_tree_head(self, i), self->fixed);
        to += self->fixed;
    }
    if (self->vector && self->slots > 0) {
        inlay_store_width(to, *anchor, self->anchor_width);
        to += self->anchor_width;
    }
    for (j = 0; j < self->slots; j++) {
        if (j > 0) {
            inlay_store_width(to, split, self->split_width);
            to += self->split_width;
        }
        split += slice_size(&slices[j]);
    }
    *anchor += split;
    return to;
}

// Writes an aligned slice that is not empty. p puts the elements at a multiple
// of N from the message's start, which is `root`.
static uint8_t *aligned_write(const inlay_tree_slice *slice,
                              const uint8_t *root, uint8_t *to)
{
    uint64_t start = (uint64_t)(to - root) + 2;
    size_t   mask = slice->align - 1;
    size_t   pad = (size_t)(0 - start) & mask;

    inlay_store_u16(to, (uint16_t)pad);
    memset(to + 2, 0, pad);
    memcpy(to + 2 + pad, slice->bytes, (size_t)slice->size);
    to += 2 + pad + (size_t)slice->size;
    memset(to, 0, mask - pad);
    return to + (mask - pad);
}

static uint8_t *tree_write(const inlay_tree *self, const uint8_t *root,
                           uint8_t *to)
{
    const uint8_t *end = to + self->size;
    uint64_t       anchor = 0;
    size_t         i;

    to = header_write(self, to);
    for (i = 0; i < self->count; i++) {
        to = head_write(self, i, &anchor, to);
    }
    for (i = 0; i < self->count * self->slots; i++) {
        const inlay_tree_slice *slice = &self->slices[i];

        if (slice->block != NULL) {
            to = tree_write(slice->block, root, to);
        } else if (slice->align != 0 && slice->size != 0) {
            to = aligned_write(slice, root, to);
        } else if (slice->size != 0) {
            memcpy(to, slice->bytes, (size_t)slice->size);
            to += slice->size;
        }
    }
    assert(to == end);
    (void)end;
    return to;
}

void inlay_tree_write(const inlay_tree *root, uint8_t *to)
{
    assert(root->size > 0);
    tree_write(root, to, to);
}
