/* rival_size.h -- how large other formats make a data set, without encoding.
 *
 * The public benchmark lists these sizes. Meeting every one of them to the
 * byte, in formats that spend bytes in such different ways, is what shows that
 * our data is the public data; that of the fixed-width format, whose bytes are
 * the values themselves, is hashed on top.
 */
#ifndef BENCH_DATA_RIVAL_SIZE_H
#define BENCH_DATA_RIVAL_SIZE_H

#include "bench/data/walk.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rival_size {
    visitor  base; /* first: what a walk is given */
    uint64_t size;
    uint64_t hash;     /* FNV-1a 64 of the bytes; fixed-width only */
    size_t   tag_size; /* of an enum; fixed-width only */
} rival_size;

/* MessagePack: records as arrays, enums as names, least forms of integers. */
void rival_size_msgpack(rival_size *self);

/* bincode 1, fixed-width: little-endian integers, counts of 8 bytes, no field
 * names. Its enums take a tag of 4 bytes; formats of the same shape (wincode)
 * have 1. */
void rival_size_fixed(rival_size *self, size_t tag_size);

/* postcard: varints, signed ones zigzag. */
void rival_size_postcard(rival_size *self);

#ifdef __cplusplus
}
#endif

#endif
