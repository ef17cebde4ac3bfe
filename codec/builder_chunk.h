// builder_chunk.h -- the memory of a list builder.
//
// Who may include it: builder*.c.
#ifndef INLAY_CODEC_BUILDER_CHUNK_H
#define INLAY_CODEC_BUILDER_CHUNK_H

#include <inlay/builder.h>

// What it holds follows it. Chunks are filled one after the other; the newest
// knows what it holds only once it is closed.
typedef struct inlay_chunk {
    struct inlay_chunk *before;
    struct inlay_chunk *next;
    size_t              size; // of what may follow
    size_t              used;
    unsigned            share_width; // of heads: w and r
    unsigned            split_width;
    bool                own; // in the caller's memory
} inlay_chunk;

static inline uint8_t *inlay_chunk_start(inlay_chunk *chunk)
{
    return (uint8_t *)(chunk + 1);
}

// Appends a chunk of at least `need` bytes, having closed the one before at
// `end`; `held` bytes are in the chunks already. NULL when memory ran out.
inlay_chunk *inlay_chunks_add(inlay_list_builder *builder, inlay_chunks *chunks,
                              const uint8_t *end, size_t need, uint64_t held);

// Takes the newest chunk away.
void inlay_chunks_drop(inlay_list_builder *builder, inlay_chunks *chunks);

// Takes all of them away but what lies in the caller's memory.
void inlay_chunks_release(inlay_list_builder *builder, inlay_chunks *chunks);

// Returns the bytes of a kept head.
static inline size_t inlay_builder_stride(const inlay_list_builder *builder,
                                          unsigned                  share_width,
                                          unsigned                  split_width)
{
    size_t stride = builder->fixed;

    if (builder->slots > 0) {
        stride += share_width + (size_t)(builder->slots - 1) * split_width;
    }
    return stride;
}

#endif
