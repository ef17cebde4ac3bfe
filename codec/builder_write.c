// builder_write.c -- see <inlay/builder.h>: the finished list out.
//
// Kept heads become heads of the block: a running sum of the shares' sizes is
// the anchor, splits get the width of the widest. The heap is copied as it is.

#include <assert.h>

#include "inlay/builder.h"

#include "builder_chunk.h"
#include "fed.h"
#include "realign.h"

// ---- Measuring --------------------------------------------------------------

uint64_t inlay_list_builder_measure(const inlay_list_builder *self,
                                    inlay_encoder *encoder, const void *list,
                                    size_t count)
{
    uint64_t size;
    size_t   mark;

    if (!inlay_fed_enter(encoder, list, &mark)) {
        return 0;
    }
    if (encoder->depth - 1 + self->deepest > encoder->depth_limit) {
        return inlay_encoder_fail(encoder, INLAY_TOO_DEEP);
    }
    if (count != self->count) {
        return inlay_encoder_fail(encoder, INLAY_SOURCE_CHANGED);
    }
    size = inlay_encoder_leave_list(encoder, mark, self->heap, count,
                                    self->fixed, self->slots);
    inlay_fed_note(encoder, mark, size);
    return size;
}

// ---- Heads ------------------------------------------------------------------

// Returns where what a chunk holds ends; the newest does not know.
static const uint8_t *chunk_end(inlay_chunk *chunk, const uint8_t *newest)
{
    return chunk->next == NULL ? newest
                               : inlay_chunk_start(chunk) + chunk->used;
}

// What turns the heads of one chunk into heads of the block.
typedef struct head_walk {
    const inlay_block *block;
    uint32_t           fixed;
    uint32_t           splits; // S - 1
    unsigned           share_width;
    unsigned           split_width;
    size_t             stride;
    bool               slots; // there are any
    uint8_t           *to;
    uint64_t           anchor; // of the next head
} head_walk;

// Copies splits of one width to another one, which is no less.
static void splits_write(const head_walk *walk, uint8_t *to,
                         const uint8_t *from)
{
    unsigned width = walk->block->split;
    uint32_t i;

    if (width == walk->split_width) {
        inlay_write_bytes(to, from, (size_t)walk->splits * width);
        return;
    }
    for (i = 0; i < walk->splits; i++) {
        inlay_store_width(to, inlay_load_exact(from, walk->split_width), width);
        to += width;
        from += walk->split_width;
    }
}

// Writes one head, touching no byte beside it.
static void head_write(head_walk *walk, const uint8_t *from)
{
    uint8_t *to = walk->to;

    inlay_write_bytes(to, from, walk->fixed);
    if (walk->slots) {
        const uint8_t *share = from + walk->stride - walk->share_width;

        to += walk->fixed;
        inlay_store_width(to, walk->anchor, walk->block->anchor);
        splits_write(walk, to + walk->block->anchor, from + walk->fixed);
        walk->anchor += inlay_load_exact(share, walk->share_width);
    }
    walk->to += walk->block->stride;
}

enum {
    PIECE = 16
};

// Copies in whole pieces, up to PIECE - 1 bytes too many.
static inline void copy_over(uint8_t *to, const uint8_t *from, size_t size)
{
    size_t i;

    for (i = 0; i < size; i += PIECE) {
        memcpy(to + i, from + i, PIECE);
    }
}

// Writes heads up to `end`, beyond which there are PIECE bytes to read and to
// write: each piece of a head runs over, and what follows puts it right.
static const uint8_t *heads_write_over(head_walk *walk, const uint8_t *from,
                                       const uint8_t *end)
{
    head_walk   w = *walk; // in registers
    inlay_block block = *w.block;
    size_t      splits = (size_t)w.splits * w.split_width;

    for (; from < end; from += w.stride) {
        uint8_t *to = w.to + w.fixed;

        copy_over(w.to, from, w.fixed);
        inlay_store_u64(to, w.anchor);
        copy_over(to + block.anchor, from + w.fixed, splits);
        w.anchor +=
            inlay_load_width(from + w.fixed + splits, w.share_width, true);
        w.to += block.stride;
    }
    walk->to = w.to;
    walk->anchor = w.anchor;
    return from;
}

// Writes the heads of one chunk. Nearly all of them have others behind them,
// and can be written in whole pieces.
static void chunk_write(head_walk *walk, inlay_chunk *chunk, const uint8_t *end)
{
    const uint8_t *from = inlay_chunk_start(chunk);
    size_t         least =
        walk->block->stride < walk->stride ? walk->block->stride : walk->stride;
    size_t behind = (PIECE / least + 1) * walk->stride;

    if (walk->slots && walk->split_width == walk->block->split &&
        (size_t)(end - from) > behind) {
        from = heads_write_over(walk, from, end - behind);
    }
    for (; from < end; from += walk->stride) {
        head_write(walk, from);
    }
}

static void heads_write(const inlay_list_builder *self,
                        const inlay_block        *block)
{
    head_walk    walk = {.block = block,
                         .fixed = self->fixed,
                         .splits = self->slots > 1 ? self->slots - 1 : 0,
                         .slots = self->slots > 0,
                         .to = block->head};
    inlay_chunk *chunk;

    for (chunk = self->heads.first; chunk != NULL; chunk = chunk->next) {
        walk.share_width = chunk->share_width;
        walk.split_width = chunk->split_width;
        walk.stride =
            inlay_builder_stride(self, walk.share_width, walk.split_width);
        chunk_write(&walk, chunk, chunk_end(chunk, self->head));
    }
    assert(walk.to == block->heap);
}

// ---- Writing ----------------------------------------------------------------

static void heap_write(const inlay_list_builder *self, uint8_t *to)
{
    inlay_chunk *chunk;

    for (chunk = self->slices.first; chunk != NULL; chunk = chunk->next) {
        const uint8_t *from = inlay_chunk_start(chunk);

        to = inlay_write_bytes(to, from,
                               (size_t)(chunk_end(chunk, self->slice) - from));
    }
}

uint8_t *inlay_list_builder_write(const inlay_list_builder *self,
                                  inlay_encoder *encoder, const void *list,
                                  size_t count, uint8_t *to)
{
    uint32_t    depth;
    uint64_t    size = inlay_fed_noted(encoder, &depth);
    inlay_block block =
        inlay_write_list(encoder, to, self->fixed, self->slots, count);

    encoder->tape_next += INLAY_FED_NOTE_SIZE;
    if (inlay_encoder_failed(encoder)) {
        return to + size;
    }
    if (count != self->count ||
        (uint64_t)(block.heap - to) + self->heap.size != size) {
        inlay_encoder_fail(encoder, INLAY_SOURCE_CHANGED);
        encoder->trap = list;
        return to + size;
    }
    heads_write(self, &block);
    heap_write(self, block.heap);
    if (self->aligned) {
        inlay_realign(self->desc, encoder->message, to, (size_t)size);
    }
    return to + size;
}

// ---- The list alone ---------------------------------------------------------

// A tape of its own holds the list, and nothing besides.
static uint64_t list_measure(const inlay_list_builder *self,
                             inlay_encoder *encoder, uint8_t *tape,
                             size_t tape_size)
{
    inlay_encoder_init(encoder, tape, tape_size, NULL);
    return self->count == 0
               ? 0
               : inlay_list_builder_measure(self, encoder, self, self->count);
}

size_t inlay_list_builder_size(const inlay_list_builder *self)
{
    uint8_t       tape[1 + INLAY_FED_NOTE_SIZE];
    inlay_encoder encoder;
    uint64_t      size = list_measure(self, &encoder, tape, sizeof tape);

    return size > SIZE_MAX ? 0 : (size_t)size;
}

inlay_status inlay_list_builder_finish(const inlay_list_builder *self,
                                       void *buffer, size_t capacity,
                                       size_t *size, inlay_error *error)
{
    uint8_t       tape[1 + INLAY_FED_NOTE_SIZE];
    inlay_encoder encoder;
    uint64_t      measured = list_measure(self, &encoder, tape, sizeof tape);

    if (!inlay_encoder_failed(&encoder) && measured > capacity) {
        inlay_encoder_fail(&encoder, INLAY_BUFFER_TOO_SMALL);
    }
    if (inlay_encoder_failed(&encoder)) {
        if (error != NULL) {
            *error = encoder.error;
        }
        return encoder.error.status;
    }
    if (self->count > 0) {
        encoder.message = buffer;
        inlay_list_builder_write(self, &encoder, self, self->count, buffer);
    }
    *size = (size_t)measured;
    return INLAY_OK;
}
