// unknown.c -- see <inlay/unknown.h>.

#include <assert.h>

#include "inlay/unknown.h"

// ---- Decoding ---------------------------------------------------------------

// Returns where a slot begins in its element's share.
static uint64_t slot_begin(const inlay_unknown *self, uint32_t slot)
{
    if (slot == 0) {
        return 0;
    }
    return inlay_load_exact(self->splits + (size_t)(slot - 1) * self->split,
                            self->split);
}

static uint32_t max_u32(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

// Takes up what is beyond the known layout.
static inlay_unknown unknown_of(inlay_record             record,
                                const inlay_record_desc *desc)
{
    inlay_unknown self = {.head = record.head,
                          .tail = inlay_bytes_empty(),
                          .fixed = record.fixed,
                          .slots = record.slots,
                          .bits_offset = desc->spare_offset,
                          .split = record.split};

    if (desc->spare_mask != 0 && desc->spare_offset < record.fixed) {
        self.bits = record.head[desc->spare_offset] & desc->spare_mask;
    }
    if (record.slots > 0) {
        self.splits = record.head + record.fixed + record.anchor;
    }
    if (record.slots > desc->slots) {
        size_t begin = (size_t)slot_begin(&self, desc->slots);

        self.tail.data = record.share + begin;
        self.tail.size = record.share_size - begin;
    }
    self.empty =
        self.bits == 0 && self.tail.size == 0 &&
        (record.fixed <= desc->fixed ||
         inlay_all_zero(record.head + desc->fixed, record.fixed - desc->fixed));
    return self;
}

inlay_status inlay_unknown_read(inlay_record             record,
                                const inlay_record_desc *desc,
                                inlay_arena *arena, const inlay_unknown **to)
{
    inlay_status   status = INLAY_OK;
    inlay_unknown  unknown = unknown_of(record, desc);
    inlay_unknown *kept;

    assert(record.verified);
    if (unknown.bits == 0 && record.fixed <= desc->fixed &&
        record.slots <= desc->slots) {
        return INLAY_OK;
    }
    kept = inlay_arena_take(arena, 1, sizeof *kept, &status);
    if (kept != NULL) {
        *kept = unknown;
        *to = kept;
    }
    return status;
}

// ---- Measuring --------------------------------------------------------------

// What the elements of a list keep, added up.
typedef struct extent {
    uint32_t fixed; // F of the block
    uint32_t slots; // S of the block
    uint64_t whole; // shares of elements that keep something, or-ed
} extent;

static const void *item_at(const inlay_element *element, const void *items,
                           size_t i)
{
    return (const uint8_t *)items + i * element->size;
}

static const inlay_unknown *item_unknown(const inlay_element *element,
                                         const void          *item)
{
    const void *at = (const uint8_t *)item + element->unknown;

    return *(const inlay_unknown *const *)at;
}

// Takes what one element keeps into account.
static void extent_add(extent *self, const inlay_unknown *unknown)
{
    self->fixed = max_u32(self->fixed, unknown->fixed);
    self->slots = max_u32(self->slots, unknown->slots);
}

// Adds the tail to the share of the known slots.
static inlay_share share_complete(inlay_share          share,
                                  const inlay_unknown *unknown, uint32_t slots)
{
    if (unknown->slots > slots) {
        share.split = share.size + slot_begin(unknown, unknown->slots - 1) -
                      slot_begin(unknown, slots);
        share.size += unknown->tail.size;
        share.large |= unknown->tail.size;
    }
    return share;
}

// Notes beside the block's widths that it is wide.
static uint64_t leave_wide(inlay_encoder *encoder, size_t mark, uint64_t size)
{
    if (!inlay_encoder_failed(encoder)) {
        encoder->tape[mark] |= INLAY_TAPE_WIDE;
    }
    return size;
}

// Measures the known slices of an item.
static inlay_share known_share(inlay_encoder       *encoder,
                               const inlay_element *element, const void *item)
{
    const inlay_share none = {0, 0, 0};

    return element->share != NULL ? element->share(encoder, item) : none;
}

uint64_t inlay_unknown_size(inlay_encoder       *encoder,
                            const inlay_element *element, const void *item)
{
    const inlay_unknown *unknown = item_unknown(element, item);
    extent               all = {element->fixed, element->slots, 0};
    inlay_share          share;
    size_t               mark;

    if (!inlay_encoder_enter(encoder, &mark)) {
        return 0;
    }
    share = known_share(encoder, element, item);
    if (inlay_encoder_failed(encoder)) {
        return 0;
    }
    extent_add(&all, unknown);
    share = share_complete(share, unknown, element->slots);
    return leave_wide(
        encoder, mark,
        inlay_encoder_leave(encoder, mark, share, all.fixed, all.slots));
}

// Adds an element that keeps something.
//
// An element's largest split is where its last slot begins; slots that it does
// not have begin, and are empty, where its share ends. Only widths matter, so
// largest values are or-ed together.
//
// Which elements lack slots is known when all have been seen: those that keep
// nothing are made up for at the end, by heap->whole; those that keep less than
// one that comes later, by all->whole.
static void heap_add_unknown(inlay_heap *heap, extent *all, inlay_share share,
                             const inlay_unknown *unknown, uint32_t slots)
{
    bool more = unknown->slots > all->slots;

    share = share_complete(share, unknown, slots);
    heap->split = more ? all->whole : heap->split;
    extent_add(all, unknown);
    heap->split |=
        max_u32(unknown->slots, slots) == all->slots ? share.split : share.size;
    heap->anchor = heap->size;
    heap->size += share.size;
    heap->large |= share.large | heap->size;
    all->whole |= share.size;
}

uint64_t inlay_unknown_list_size(inlay_encoder       *encoder,
                                 const inlay_element *element,
                                 const void *items, size_t count, size_t mark)
{
    const inlay_heap none = {0, 0, 0, 0, 0};

    return inlay_unknown_list_resume(encoder, element, items, count, mark, 0,
                                     none);
}

uint64_t inlay_unknown_list_resume(inlay_encoder       *encoder,
                                   const inlay_element *element,
                                   const void *items, size_t count, size_t mark,
                                   size_t i, inlay_heap heap)
{
    extent all = {element->fixed, element->slots, 0};

    for (; i < count; i++) {
        const void          *item = item_at(element, items, i);
        const inlay_unknown *unknown = item_unknown(element, item);
        inlay_share          share = known_share(encoder, element, item);

        if (inlay_encoder_failed(encoder)) {
            inlay_encoder_in_item(encoder, i);
            return 0;
        }
        if (unknown != NULL) {
            heap_add_unknown(&heap, &all, share, unknown, element->slots);
        } else {
            inlay_heap_add(&heap, share);
        }
    }
    if (all.slots > element->slots) {
        heap.split |= heap.whole;
    }
    return leave_wide(encoder, mark,
                      inlay_encoder_leave_list(encoder, mark, heap, count,
                                               all.fixed, all.slots));
}

// ---- Writing ----------------------------------------------------------------

// Writes the fixed bytes behind the known ones, and the bits between them.
static void write_fixed(inlay_block block, uint8_t *head,
                        const inlay_unknown *unknown, uint32_t fixed)
{
    uint32_t known = fixed;

    if (unknown != NULL) {
        if (unknown->bits != 0) {
            head[unknown->bits_offset] |= unknown->bits;
        }
        if (unknown->fixed > fixed) {
            known = unknown->fixed;
            memcpy(head + fixed, unknown->head + fixed, known - fixed);
        }
    }
    memset(head + known, 0, block.fixed - known);
}

// Writes the splits of the slots behind the known ones. The unknown slices
// begin at `begin` of the share, which ends at `end`.
static void write_splits(inlay_block block, uint8_t *splits, uint64_t begin,
                         uint64_t end, const inlay_unknown *unknown,
                         uint32_t slots)
{
    uint32_t have = unknown == NULL ? slots : unknown->slots;
    uint32_t slot;

    for (slot = slots > 0 ? slots : 1; slot < block.slots; slot++) {
        uint64_t split = end;

        if (slot < have) {
            split =
                begin + slot_begin(unknown, slot) - slot_begin(unknown, slots);
        }
        inlay_store_width(splits + (size_t)(slot - 1) * block.split, split,
                          block.split);
    }
}

// Writes one element of a wide block; returns where its share ends.
static uint8_t *write_element(inlay_encoder       *encoder,
                              const inlay_element *element, inlay_block block,
                              const void *item, uint8_t *head, uint8_t *heap)
{
    const inlay_unknown *unknown = item_unknown(element, item);
    uint8_t             *anchor = head + block.fixed;
    uint8_t             *splits = anchor + block.anchor;
    uint8_t             *share = heap;
    uint8_t             *tail;

    if (block.anchor > 0) {
        inlay_store_width(anchor, (size_t)(heap - block.heap), block.anchor);
    }
    tail = element->write(encoder, item, head, splits, block.split, heap);
    heap = tail;
    if (unknown != NULL && unknown->slots > element->slots) {
        heap = inlay_write_bytes(heap, unknown->tail.data, unknown->tail.size);
    }
    write_fixed(block, head, unknown, element->fixed);
    write_splits(block, splits, (size_t)(tail - share), (size_t)(heap - share),
                 unknown, element->slots);
    return heap;
}

uint8_t *inlay_unknown_write(inlay_encoder       *encoder,
                             const inlay_element *element, const void *item,
                             uint8_t *to)
{
    extent      all = {element->fixed, element->slots, 0};
    inlay_block block;

    extent_add(&all, item_unknown(element, item));
    block = inlay_write_single(encoder, to, all.fixed, all.slots);
    return write_element(encoder, element, block, item, block.head, block.heap);
}

uint8_t *inlay_unknown_list_write(inlay_encoder       *encoder,
                                  const inlay_element *element,
                                  const void *items, size_t count, uint8_t *to)
{
    extent      all = {element->fixed, element->slots, 0};
    inlay_block block;
    uint8_t    *heap;
    size_t      i;

    for (i = 0; i < count; i++) {
        const void          *item = item_at(element, items, i);
        const inlay_unknown *unknown = item_unknown(element, item);

        if (unknown != NULL) {
            extent_add(&all, unknown);
        }
    }
    block = inlay_write_list(encoder, to, all.fixed, all.slots, count);
    heap = block.heap;
    for (i = 0; i < count; i++) {
        heap =
            write_element(encoder, element, block, item_at(element, items, i),
                          block.head + i * block.stride, heap);
    }
    return heap;
}
