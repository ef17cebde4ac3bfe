/* arena.h -- memory for decoding: many pieces, freed at once.
 *
 * Give it memory of yours, an allocator, or both; it starts with yours and
 * takes chunks from the allocator when that is used up. A limit bounds what it
 * hands out in all, since few bytes of a message may stand for many defaulted
 * records.
 *
 *     char        memory[4096];
 *     inlay_arena arena;
 *
 *     inlay_arena_init(&arena, memory, sizeof memory, NULL, sizeof memory);
 *     status = log_logs_decode(data, size, &arena, &logs, &error);
 *     ...
 *     inlay_arena_release(&arena);
 *
 * Threads: one at a time.
 */
#ifndef INLAY_ARENA_H
#define INLAY_ARENA_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A limit for those who trust their input. */
#define INLAY_ARENA_NO_LIMIT SIZE_MAX

/* Members are private. */
typedef struct inlay_arena {
    void              *own; /* the caller's memory */
    size_t             own_size;
    uint8_t           *chunk;  /* where pieces come from now */
    size_t             size;   /* of it */
    size_t             used;   /* of it */
    struct arena_link *chunks; /* those from the allocator, newest first */
    const inlay_alloc *alloc;
    size_t             given; /* bytes handed out, pads included */
    size_t             limit;
    bool               keep_unknown;
} inlay_arena;

/* Starts an arena on `memory` (may be NULL with `size` 0), which must outlive
 * what is taken from it. `alloc` may be NULL: then your memory is all there is.
 * `limit` counts bytes handed out. */
void inlay_arena_init(inlay_arena *arena, void *memory, size_t size,
                      const inlay_alloc *alloc, size_t limit);

/* Says whether decoding into the arena keeps what the schema does not know
 * beside the native structs (unknown.h); at first it does not. */
static inline void inlay_arena_keep_unknown(inlay_arena *self, bool keep)
{
    self->keep_unknown = keep;
}

/* Returns whether it does; NULL keeps nothing. */
static inline bool inlay_arena_keeps(const inlay_arena *self)
{
    return self != NULL && self->keep_unknown;
}

/* Returns `count` (at least 1) pieces of `size` bytes in a row, aligned for
 * anything a native struct holds; NULL when they can't be had, with
 * INLAY_OUT_OF_MEMORY or INLAY_MEMORY_LIMIT in `status`. Amortised O(1); not
 * cleared. */
void *inlay_arena_take(inlay_arena *arena, size_t count, size_t size,
                       inlay_status *status);

/* Takes everything back, to be handed out again; returns to the allocator what
 * came from it. */
void inlay_arena_clear(inlay_arena *arena);

/* Frees what came from the allocator. What was handed out is gone; the arena
 * itself may be started again. */
void inlay_arena_release(inlay_arena *arena);

#ifdef __cplusplus
}
#endif

#endif
