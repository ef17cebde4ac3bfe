// builder_chunk.c -- see builder_chunk.h.

#include "builder_chunk.h"

enum {
    CHUNK_ALIGN = 16,
    CHUNK_MIN = 256,
    CHUNK_MAX = 1 << 20,
    CHUNK_PART = 16 // a chunk is such a part of what there is
};

// ---- The caller's memory ----------------------------------------------------

// Returns whether the chunk is what was taken last from the caller's memory.
static bool chunk_is_top(const inlay_list_builder *builder, inlay_chunk *chunk)
{
    return chunk->own && inlay_chunk_start(chunk) + chunk->size ==
                             builder->own + builder->own_used;
}

// Takes up to `size` bytes of the caller's memory, but no less than `need` and
// no more than half: heads and heap take turns.
static inlay_chunk *own_take(inlay_list_builder *builder, size_t need,
                             size_t size)
{
    uint8_t     *at = builder->own + builder->own_used;
    size_t       pad = (size_t)(-(uintptr_t)at % CHUNK_ALIGN);
    size_t       rest = builder->own_size - builder->own_used;
    inlay_chunk *chunk;

    if (rest < pad + sizeof *chunk || rest - pad - sizeof *chunk < need) {
        return NULL;
    }
    rest -= pad + sizeof *chunk;
    size = size > rest / 2 ? rest / 2 : size;
    size = size < need ? need : size;
    chunk = (inlay_chunk *)(void *)(at + pad);
    chunk->size = size;
    chunk->own = true;
    builder->own_used += pad + sizeof *chunk + size;
    return chunk;
}

// ---- Chunks -----------------------------------------------------------------

static inlay_chunk *chunk_new(inlay_list_builder *builder, size_t need,
                              uint64_t held)
{
    size_t       size = CHUNK_MAX;
    inlay_chunk *chunk = NULL;

    if (held / CHUNK_PART < CHUNK_MAX) {
        size = (size_t)(held / CHUNK_PART);
    }
    size = size < CHUNK_MIN ? CHUNK_MIN : size;
    size = size < need ? need : size;
    if (builder->own_size > 0) {
        chunk = own_take(builder, need, size);
    }
    if (chunk == NULL && builder->alloc != NULL &&
        size <= SIZE_MAX - sizeof *chunk) {
        chunk = builder->alloc->resize(builder->alloc->context, NULL, 0,
                                       sizeof *chunk + size);
        if (chunk != NULL) {
            chunk->size = size;
            chunk->own = false;
        }
    }
    return chunk;
}

// Gives back what a chunk will not hold, if it is worth it. It may move.
static void chunk_close(inlay_list_builder *builder, inlay_chunks *chunks,
                        const uint8_t *end)
{
    inlay_chunk *chunk = chunks->last;
    inlay_chunk *moved;

    chunk->used = (size_t)(end - inlay_chunk_start(chunk));
    if (chunk->size - chunk->used <= chunk->size / CHUNK_PART) {
        return;
    }
    if (chunk_is_top(builder, chunk)) {
        builder->own_used -= chunk->size - chunk->used;
        chunk->size = chunk->used;
    } else if (!chunk->own) {
        moved = builder->alloc->resize(builder->alloc->context, chunk,
                                       sizeof *chunk + chunk->size,
                                       sizeof *chunk + chunk->used);
        if (moved == NULL) {
            return;
        }
        moved->size = moved->used;
        chunks->last = moved;
        if (moved->before != NULL) {
            moved->before->next = moved;
        } else {
            chunks->first = moved;
        }
    }
}

inlay_chunk *inlay_chunks_add(inlay_list_builder *builder, inlay_chunks *chunks,
                              const uint8_t *end, size_t need, uint64_t held)
{
    inlay_chunk *chunk;

    if (chunks->last != NULL) {
        chunk_close(builder, chunks, end);
    }
    chunk = chunk_new(builder, need, held);
    if (chunk == NULL) {
        return NULL;
    }
    chunk->before = chunks->last;
    chunk->next = NULL;
    chunk->used = 0;
    if (chunks->last != NULL) {
        chunks->last->next = chunk;
    } else {
        chunks->first = chunk;
    }
    chunks->last = chunk;
    return chunk;
}

void inlay_chunks_drop(inlay_list_builder *builder, inlay_chunks *chunks)
{
    inlay_chunk *chunk = chunks->last;

    chunks->last = chunk->before;
    if (chunk->before != NULL) {
        chunk->before->next = NULL;
    } else {
        chunks->first = NULL;
    }
    if (chunk_is_top(builder, chunk)) {
        builder->own_used -= sizeof *chunk + chunk->size;
    } else if (!chunk->own) {
        builder->alloc->resize(builder->alloc->context, chunk,
                               sizeof *chunk + chunk->size, 0);
    }
}

void inlay_chunks_release(inlay_list_builder *builder, inlay_chunks *chunks)
{
    while (chunks->last != NULL) {
        inlay_chunks_drop(builder, chunks);
    }
}
