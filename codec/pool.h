// pool.h -- memory that is freed all at once.
//
// What reading JSON builds on the way (its value tree, the block tree) has one
// end of life, so it comes from a pool: chunks taken through an inlay_alloc,
// handed out in order, zeroed. Running out is sticky and gives NULL.
//
// Who may include it: codec/.
#ifndef INLAY_CODEC_POOL_H
#define INLAY_CODEC_POOL_H

#include <inlay/base.h>

typedef struct inlay_pool_chunk inlay_pool_chunk;

typedef struct inlay_pool {
    const inlay_alloc *alloc;
    inlay_pool_chunk  *last; // each leads to the one before
    uint8_t           *next; // free bytes of the last chunk
    size_t             left;
    size_t             chunk_size; // of the next chunk
    bool               failed;
} inlay_pool;

// Allocates nothing. NULL means the heap.
void inlay_pool_init(inlay_pool *self, const inlay_alloc *alloc);

void inlay_pool_release(inlay_pool *self);

// Returns `count` times `size` zero bytes, aligned for anything; never NULL
// for 0 bytes unless memory ran out.
INLAY_NODISCARD void *inlay_pool_take(inlay_pool *self, size_t count,
                                      size_t size);

#endif
