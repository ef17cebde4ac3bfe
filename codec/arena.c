// arena.c -- see <inlay/arena.h>.
//
// A chunk from the allocator begins with the link that leads to the chunk
// before it and remembers its own size, which the allocator wants back.

#include <assert.h>

#include "inlay/arena.h"

#define ARENA_ALIGN     16
#define ARENA_CHUNK_MIN 4096

typedef struct arena_link {
    struct arena_link *before;
    size_t             size; // of the chunk, this link included
} arena_link;

// The link takes whole units, so that what follows it is aligned.
#define ARENA_LINK_SIZE                                                        \
    ((sizeof(arena_link) + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN)

// Goes back to the caller's memory, from its first aligned byte on.
static void arena_restart(inlay_arena *arena)
{
    size_t pad = (size_t)(-(uintptr_t)arena->own % ARENA_ALIGN);

    if (pad > arena->own_size) {
        pad = arena->own_size;
    }
    arena->chunk = arena->own == NULL ? NULL : (uint8_t *)arena->own + pad;
    arena->size = arena->own_size - pad;
    arena->used = 0;
    arena->given = 0;
}

void inlay_arena_init(inlay_arena *arena, void *memory, size_t size,
                      const inlay_alloc *alloc, size_t limit)
{
    assert(memory != NULL || size == 0);
    arena->own = memory;
    arena->own_size = size;
    arena->chunks = NULL;
    arena->alloc = alloc;
    arena->limit = limit;
    arena->keep_unknown = false;
    arena_restart(arena);
}

// Starts a chunk with room for `size` bytes; each is twice the one before, so
// that there are few.
static bool arena_grow(inlay_arena *arena, size_t size)
{
    size_t      chunk_size = ARENA_CHUNK_MIN;
    arena_link *link;

    if (arena->alloc == NULL || size > SIZE_MAX - ARENA_LINK_SIZE) {
        return false;
    }
    if (arena->chunks != NULL && arena->chunks->size <= SIZE_MAX / 2) {
        chunk_size = arena->chunks->size * 2;
    }
    if (chunk_size < size + ARENA_LINK_SIZE) {
        chunk_size = size + ARENA_LINK_SIZE;
    }
    link = arena->alloc->resize(arena->alloc->context, NULL, 0, chunk_size);
    if (link == NULL) {
        return false;
    }
    link->before = arena->chunks;
    link->size = chunk_size;
    arena->chunks = link;
    arena->chunk = (uint8_t *)link + ARENA_LINK_SIZE;
    arena->size = chunk_size - ARENA_LINK_SIZE;
    arena->used = 0;
    return true;
}

void *inlay_arena_take(inlay_arena *arena, size_t count, size_t size,
                       inlay_status *status)
{
    size_t bytes;
    void  *piece;

    assert(count > 0);
    if (size != 0 && count > (SIZE_MAX - ARENA_ALIGN) / size) {
        *status = INLAY_MEMORY_LIMIT;
        return NULL;
    }
    bytes = (count * size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    if (bytes > arena->limit - arena->given) {
        *status = INLAY_MEMORY_LIMIT;
        return NULL;
    }
    if (bytes > arena->size - arena->used && !arena_grow(arena, bytes)) {
        *status = INLAY_OUT_OF_MEMORY;
        return NULL;
    }
    piece = arena->chunk + arena->used;
    arena->used += bytes;
    arena->given += bytes;
    return piece;
}

void inlay_arena_clear(inlay_arena *arena)
{
    while (arena->chunks != NULL) {
        arena_link *link = arena->chunks;

        arena->chunks = link->before;
        arena->alloc->resize(arena->alloc->context, link, link->size, 0);
    }
    arena_restart(arena);
}

void inlay_arena_release(inlay_arena *arena)
{
    inlay_arena_clear(arena);
    arena->own = NULL;
    arena->own_size = 0;
    arena_restart(arena);
}
