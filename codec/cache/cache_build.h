/* cache_build.h -- from the marks of all entries to the index. Private to
 * codec/cache.
 */
#ifndef CODEC_CACHE_CACHE_BUILD_H
#define CODEC_CACHE_CACHE_BUILD_H

#include "codec/cache/cache_file.h"

typedef struct cache_mark {
    uint64_t hash;
    uint64_t offset; // of the value
} cache_mark;

/* Sorts marks by hash, in place, in no memory of its own: linear, as hashes are
 * spread. */
void cache_marks_sort(cache_mark *marks, uint64_t count);

/* What the index comes to. */
typedef struct cache_index {
    uint64_t bucket_count;
    uint32_t probe_count;
    uint64_t size;  /* bytes, with the buckets for spills */
    uint64_t check; /* XXH3-64 of them */
} cache_index;

/* Chooses how many buckets the sorted marks need. INLAY_FULL when their hashes
 * collide too much. */
INLAY_NODISCARD inlay_status cache_index_plan(const cache_mark *marks,
                                              uint64_t          count,
                                              cache_index      *index);

/* Writes the planned index at `offset`, through a buffer of CACHE_CHUNK bytes,
 * and sets its check. */
INLAY_NODISCARD inlay_status cache_index_write(const cache_mark *marks,
                                               uint64_t count, int fd,
                                               uint64_t offset, uint8_t *buffer,
                                               cache_index *index);

#endif
