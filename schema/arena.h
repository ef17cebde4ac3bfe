// arena.h -- one bump allocator per compilation: nothing is freed singly.
//
// Running out of memory is an error, not an abort: an allocation that fails
// returns NULL and leaves `failed` set for good, every later one fails at once,
// and schema_load looks at the flag in the end. So the phases need only not
// follow a NULL; none of them has to report it.
//
// Who may include it: schema/ and gen/.
#ifndef INLAY_SCHEMA_ARENA_H
#define INLAY_SCHEMA_ARENA_H

#include <inlay/base.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct arena_chunk arena_chunk;

typedef struct arena {
    inlay_alloc    alloc;
    arena_chunk   *chunks; // newest first
    unsigned char *next;
    size_t         left;
    bool           failed; // sticky
} arena;

// Makes an empty arena on `alloc`; NULL stands for malloc and free.
void arena_init(arena *a, const inlay_alloc *alloc);

// Frees all of it; the arena is empty again.
void arena_release(arena *a);

// Returns `count` zeroed things of `size` bytes, aligned for any type; a
// pointer that may not be followed when there are none, NULL on failure.
void *arena_alloc(arena *a, size_t count, size_t size);

// Returns a copy of `size` bytes with a terminator; NULL on failure.
char *arena_copy(arena *a, const char *data, size_t size);

// Makes room for one more thing in a growing array of `size`-byte things and
// returns the array, moved when it had to; NULL on failure, the old one is
// then as it was. `capacity` is the caller's to keep, 0 at first.
void *arena_grow(arena *a, void *items, size_t count, size_t *capacity,
                 size_t size);

#endif
