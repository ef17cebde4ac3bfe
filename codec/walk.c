// walk.c -- reading a message by descriptor; see walk.h.
#include "walk.h"

// ---- Opening ----------------------------------------------------------------

// Takes `width` bytes off the front of the header; false when they are not
// there.
static bool header_take(inlay_bytes *rest, unsigned width, uint64_t *value)
{
    if (rest->size < width) {
        return false;
    }
    *value = inlay_load_exact(rest->data, width);
    rest->data += width;
    rest->size -= width;
    return true;
}

// Reads the header up to the heads, which `rest` is left at.
static bool header_read(walk_block *self, bool vector, inlay_bytes *rest)
{
    uint64_t fixed;
    uint64_t byte1;
    uint64_t byte2 = 0;
    uint64_t slots;

    if (!header_take(rest, 1, &fixed) || !header_take(rest, 1, &byte1) ||
        (vector && !header_take(rest, 1, &byte2))) {
        return false;
    }
    slots = byte1 & 31;
    if ((fixed == 255 && !header_take(rest, 4, &fixed)) ||
        (slots == 31 && !header_take(rest, 2, &slots))) {
        return false;
    }
    self->fixed = (uint32_t)fixed;
    self->slots = (uint32_t)slots;
    self->split_width = (uint8_t)((byte1 >> 5) + 1);
    self->stride = fixed;
    if (slots > 1) {
        self->stride += (slots - 1) * self->split_width;
    }
    if (!vector) {
        self->count = 1;
        return true;
    }
    if (slots > 0) {
        self->anchor_width = (uint8_t)((byte2 & 7) + 1);
        self->stride += self->anchor_width;
    }
    return header_take(rest, (unsigned)(byte2 >> 4 & 7) + 1, &self->count) &&
           self->stride > 0;
}

static walk_block walk_open(const inlay_record_desc *record, inlay_bytes slice,
                            bool vector)
{
    const walk_block null = {0};
    walk_block       self = {0};
    uint64_t         heads;

    if (!header_read(&self, vector, &slice)) {
        return null;
    }
    if ((record->flags & INLAY_RECORD_SYNTHETIC) != 0 &&
        (self.fixed != record->fixed || self.slots != record->slots)) {
        return null;
    }
    if (self.stride > 0 && self.count > slice.size / self.stride) {
        return null;
    }
    heads = self.count * self.stride;
    self.heads = slice.data;
    self.heap.data = slice.data + heads;
    self.heap.size = slice.size - (size_t)heads;
    return self;
}

walk_block inlay_walk_single(const inlay_record_desc *record, inlay_bytes slice)
{
    return walk_open(record, slice, false);
}

walk_block inlay_walk_vector(const inlay_record_desc *record, inlay_bytes slice)
{
    return walk_open(record, slice, true);
}

// ---- Elements ---------------------------------------------------------------

static size_t clamp(uint64_t value, size_t low, size_t high)
{
    if (value < low) {
        return low;
    }
    return value > high ? high : (size_t)value;
}

// Returns where the share of element i starts, unclamped.
static uint64_t anchor_load(const walk_block *block, uint64_t i)
{
    const uint8_t *head = block->heads + i * block->stride;

    if (block->anchor_width == 0) {
        return 0;
    }
    return inlay_load_exact(head + block->fixed, block->anchor_width);
}

walk_element inlay_walk_element(const walk_block *block, uint64_t i)
{
    walk_element self = {block, block->heads, {NULL, 0}};
    size_t       heap = block->heap.size;
    size_t       start;
    size_t       end = heap;

    if (block->count == 0) {
        return self;
    }
    self.head += i * block->stride;
    start = clamp(anchor_load(block, i), 0, heap);
    if (i + 1 < block->count && block->anchor_width != 0) {
        end = clamp(anchor_load(block, i + 1), start, heap);
    }
    self.share.data = block->heap.data + start;
    self.share.size = end - start;
    return self;
}

static uint64_t split_load(const walk_element *self, uint32_t slot)
{
    const walk_block *block = self->block;
    const uint8_t    *splits = self->head + block->fixed + block->anchor_width;

    return inlay_load_exact(splits + (uint64_t)(slot - 1) * block->split_width,
                            block->split_width);
}

inlay_bytes inlay_walk_slot(const walk_element *self, uint32_t slot)
{
    inlay_bytes slice = {NULL, 0};
    size_t      size = self->share.size;
    size_t      start;
    size_t      end = size;

    if (slot >= self->block->slots || size == 0) {
        return slice;
    }
    start = slot == 0 ? 0 : clamp(split_load(self, slot), 0, size);
    if (slot + 1 < self->block->slots) {
        end = clamp(split_load(self, slot + 1), start, size);
    }
    slice.data = self->share.data + start;
    slice.size = end - start;
    return slice;
}

const uint8_t *inlay_walk_fixed(const walk_element *self, uint32_t offset,
                                uint32_t size)
{
    uint32_t fixed = self->block->fixed;

    if (offset > fixed || size > fixed - offset) {
        return NULL;
    }
    return self->head + offset;
}

bool inlay_walk_bit(const walk_element *self, uint32_t offset, uint8_t bit)
{
    if (offset >= self->block->fixed) {
        return false;
    }
    return (self->head[offset] >> bit & 1) != 0;
}

inlay_bytes inlay_walk_aligned(inlay_bytes slice, uint32_t align)
{
    inlay_bytes elements = {NULL, 0};
    uint16_t    pad;

    if (slice.size < 2 + (size_t)align) {
        return elements;
    }
    pad = inlay_load_u16(slice.data);
    if (pad < align) {
        elements.data = slice.data + 2 + pad;
        elements.size = slice.size - align - 1;
    }
    return elements;
}
