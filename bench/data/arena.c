// arena.c -- chunks in a list, the newest first; only that one is filled.

#include "bench/data/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE ((size_t)1 << 16)
#define ALIGNMENT  alignof(max_align_t)

typedef struct data_arena_chunk {
    struct data_arena_chunk *next;
    size_t                   used;
    size_t                   size;
    alignas(max_align_t) unsigned char memory[];
} data_arena_chunk;

static void *fail(void)
{
    fputs("bench: no memory for the data\n", stderr);
    exit(EXIT_FAILURE);
}

static data_arena_chunk *chunk_new(size_t size)
{
    data_arena_chunk *chunk = calloc(1, sizeof(*chunk) + size);

    if (chunk == NULL) {
        return fail();
    }
    chunk->size = size;
    return chunk;
}

// Returns `size` zeroed bytes at a multiple of `alignment`.
static void *take(data_arena *self, size_t size, size_t alignment)
{
    data_arena_chunk *chunk = self->chunks;
    size_t            start = 0;

    if (chunk != NULL) {
        start = (chunk->used + alignment - 1) & ~(alignment - 1);
    }
    if (chunk == NULL || start > chunk->size || size > chunk->size - start) {
        chunk = chunk_new(size > CHUNK_SIZE ? size : CHUNK_SIZE);
        chunk->next = self->chunks;
        self->chunks = chunk;
        start = 0;
    }
    chunk->used = start + size;
    return chunk->memory + start;
}

void *data_arena_array(data_arena *self, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / 2 / size) {
        return fail();
    }
    return take(self, count * size, ALIGNMENT);
}

inlay_str data_arena_text(data_arena *self, const char *text)
{
    size_t size = strlen(text);
    char  *copy = take(self, size, 1);

    memcpy(copy, text, size);
    return (inlay_str){copy, size};
}

void data_arena_release(data_arena *self)
{
    while (self->chunks != NULL) {
        data_arena_chunk *chunk = self->chunks;

        self->chunks = chunk->next;
        free(chunk);
    }
}
