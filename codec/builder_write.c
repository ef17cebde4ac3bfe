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

// Copies splits of one width to another one, which is no less.
static void splits_write(uint8_t *to, unsigned to_width, const uint8_t *from,
                         unsigned from_width, uint32_t count)
{
    uint32_t i;

    if (to_width == from_width) {
        inlay_write_bytes(to, from, (size_t)count * to_width);
        return;
    }
    for (i = 0; i < count; i++) {
        inlay_store_width(to, inlay_load_exact(from, from_width), to_width);
        to += to_width;
        from += from_width;
    }
}

// Writes the heads of one chunk; `anchor` goes on from chunk to chunk.
static uint8_t *heads_write(const inlay_list_builder *self, inlay_chunk *chunk,
                            const uint8_t *end, const inlay_block *block,
                            uint8_t *to, uint64_t *anchor)
{
    const uint8_t *from = inlay_chunk_start(chunk);
    uint32_t       splits = self->slots > 1 ? self->slots - 1 : 0;
    size_t         stride =
        inlay_builder_stride(self, chunk->share_width, chunk->split_width);

    for (; from < end; from += stride) {
        inlay_write_bytes(to, from, self->fixed);
        if (self->slots > 0) {
            inlay_store_width(to + self->fixed, *anchor, block->anchor);
            splits_write(to + self->fixed + block->anchor, block->split,
                         from + self->fixed, chunk->split_width, splits);
            *anchor += inlay_load_exact(from + stride - chunk->share_width,
                                        chunk->share_width);
        }
        to += block->stride;
    }
    return to;
}

// ---- Writing ----------------------------------------------------------------

// Returns where what a chunk holds ends; the newest does not know.
static const uint8_t *chunk_end(inlay_chunk *chunk, const uint8_t *newest)
{
    return chunk->next == NULL ? newest
                               : inlay_chunk_start(chunk) + chunk->used;
}

static void block_write(const inlay_list_builder *self,
                        const inlay_block        *block)
{
    uint8_t     *head = block->head;
    uint8_t     *heap = block->heap;
    uint64_t     anchor = 0;
    inlay_chunk *chunk;

    for (chunk = self->heads.first; chunk != NULL; chunk = chunk->next) {
        head = heads_write(self, chunk, chunk_end(chunk, self->head), block,
                           head, &anchor);
    }
    for (chunk = self->slices.first; chunk != NULL; chunk = chunk->next) {
        const uint8_t *from = inlay_chunk_start(chunk);

        heap = inlay_write_bytes(
            heap, from, (size_t)(chunk_end(chunk, self->slice) - from));
    }
    assert(head == block->heap);
    assert((uint64_t)(heap - block->heap) == self->heap.size);
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
    block_write(self, &block);
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
