/* arena.h -- the memory of one data set: taken piece by piece, freed at once.
 *
 * A benchmark that has no memory for its data has nothing to say, so running
 * out ends the program with a message; nobody checks for NULL.
 */
#ifndef BENCH_DATA_ARENA_H
#define BENCH_DATA_ARENA_H

#include <stddef.h>

#include "inlay/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct data_arena {
    struct data_arena_chunk *chunks; /* newest first */
} data_arena;

/* Returns `count` zeroed elements of `size` bytes, aligned for any type; not
 * NULL even when `count` is 0. */
void *data_arena_array(data_arena *self, size_t count, size_t size);

/* Returns a copy of the text. Every string of a data set gets memory of its
 * own, as in an application; pointing at a few shared literals would keep the
 * encoders' input in the cache. */
inlay_str data_arena_text(data_arena *self, const char *text);

/* Frees everything; the arena is empty then, and usable. */
void data_arena_release(data_arena *self);

#ifdef __cplusplus
}
#endif

#endif
