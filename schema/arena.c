// arena.c -- chunks from the caller's allocator, handed out in order.
//
// A chunk is at least ARENA_CHUNK_SIZE bytes; what does not fit in the rest of
// one opens the next. The tail that is lost is small beside a schema's nodes.
#include "schema/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifndef ARENA_CHUNK_SIZE // smaller in tests, so that more allocations can fail
#define ARENA_CHUNK_SIZE ((size_t)32 * 1024)
#endif
#define ALIGNMENT _Alignof(max_align_t)

struct arena_chunk {
    arena_chunk *older;
    size_t       size; // with this header
    max_align_t  memory[];
};

static void *heap_resize(void *context, void *memory, size_t old_size,
                         size_t new_size)
{
    (void)context;
    (void)old_size;
    if (new_size == 0) {
        free(memory);
        return NULL;
    }
    return realloc(memory, new_size);
}

void arena_init(arena *a, const inlay_alloc *alloc)
{
    *a = (arena){.alloc = {.resize = heap_resize}};
    if (alloc != NULL) {
        a->alloc = *alloc;
    }
}

void arena_release(arena *a)
{
    while (a->chunks != NULL) {
        arena_chunk *chunk = a->chunks;

        a->chunks = chunk->older;
        a->alloc.resize(a->alloc.context, chunk, chunk->size, 0);
    }
    arena_init(a, &a->alloc);
}

static bool arena_open_chunk(arena *a, size_t needed)
{
    size_t       room = needed > ARENA_CHUNK_SIZE ? needed : ARENA_CHUNK_SIZE;
    size_t       size = sizeof(arena_chunk) + room;
    arena_chunk *chunk = a->alloc.resize(a->alloc.context, NULL, 0, size);

    if (chunk == NULL) {
        a->failed = true;
        return false;
    }
    chunk->older = a->chunks;
    chunk->size = size;
    a->chunks = chunk;
    a->next = (unsigned char *)chunk->memory;
    a->left = room;
    return true;
}

void *arena_alloc(arena *a, size_t count, size_t size)
{
    size_t bytes;
    void  *memory;

    assert(size > 0);
    if (a->failed || count > SIZE_MAX / 4 / size) {
        a->failed = true;
        return NULL;
    }
    bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if ((a->chunks == NULL || bytes > a->left) && !arena_open_chunk(a, bytes)) {
        return NULL;
    }
    memory = a->next;
    a->next += bytes;
    a->left -= bytes;
    return memset(memory, 0, bytes);
}

char *arena_copy(arena *a, const char *data, size_t size)
{
    char *copy = arena_alloc(a, size + 1, 1);

    if (copy != NULL && size > 0) {
        memcpy(copy, data, size);
    }
    return copy;
}

void *arena_grow(arena *a, void *items, size_t count, size_t *capacity,
                 size_t size)
{
    size_t larger = *capacity == 0 ? 8 : *capacity * 2;
    void  *moved;

    if (count < *capacity) {
        return items;
    }
    moved = arena_alloc(a, larger, size);
    if (moved == NULL) {
        return NULL;
    }
    if (count > 0) {
        memcpy(moved, items, count * size);
    }
    *capacity = larger;
    return moved;
}
