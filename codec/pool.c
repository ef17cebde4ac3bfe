// pool.c -- memory that is freed all at once; see pool.h.
#include <stdalign.h>
#include <string.h>

#include "pool.h"

enum {
    CHUNK_FIRST = 4096,
    CHUNK_LAST = 1 << 20
};

// The header of a chunk; its bytes follow.
struct inlay_pool_chunk {
    inlay_pool_chunk *before;
    size_t            size; // with the header
    max_align_t       bytes[];
};

void inlay_pool_init(inlay_pool *self, const inlay_alloc *alloc)
{
    *self = (inlay_pool){0};
    self->alloc = alloc != NULL ? alloc : &inlay_alloc_heap;
    self->chunk_size = CHUNK_FIRST;
}

void inlay_pool_release(inlay_pool *self)
{
    inlay_pool_chunk *chunk = self->last;

    while (chunk != NULL) {
        inlay_pool_chunk *before = chunk->before;
        self->alloc->resize(self->alloc->context, chunk, chunk->size, 0);
        chunk = before;
    }
    inlay_pool_init(self, self->alloc);
}

// Opens a chunk with at least `size` bytes free. What the last one has left is
// given up: chunks double, so that wastes less than it saves in bookkeeping.
static bool pool_grow(inlay_pool *self, size_t size)
{
    const size_t      header = sizeof(inlay_pool_chunk);
    bool              alone = size > self->chunk_size - header;
    size_t            total;
    inlay_pool_chunk *chunk;

    if (size > SIZE_MAX - header) {
        return false;
    }
    total = alone ? size + header : self->chunk_size;
    chunk = self->alloc->resize(self->alloc->context, NULL, 0, total);
    if (chunk == NULL) {
        return false;
    }
    chunk->before = self->last;
    chunk->size = total;
    self->last = chunk;
    self->next = (uint8_t *)chunk->bytes;
    self->left = total - header;
    if (self->chunk_size < CHUNK_LAST) {
        self->chunk_size *= 2;
    }
    return true;
}

void *inlay_pool_take(inlay_pool *self, size_t count, size_t size)
{
    const size_t align = alignof(max_align_t);
    size_t       total;
    void        *memory;

    if (self->failed || (size != 0 && count > (SIZE_MAX - align) / size)) {
        self->failed = true;
        return NULL;
    }
    total = (count * size + align - 1) / align * align;
    if (total == 0) {
        total = align;
    }
    if (total > self->left && !pool_grow(self, total)) {
        self->failed = true;
        return NULL;
    }
    memory = self->next;
    self->next += total;
    self->left -= total;
    memset(memory, 0, total);
    return memory;
}
