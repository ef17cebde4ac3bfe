/* compress.h -- what general compression makes of a message, and what it
 * costs: zstd at level 1 and LZ4, where they were found.
 */
#ifndef BENCH_HARNESS_COMPRESS_H
#define BENCH_HARNESS_COMPRESS_H

#include "bench/harness/subject.h"

/* Operations on a subject's messages, beyond those of its codec. */
typedef enum compress_op {
    COMPRESS_ZSTD_PACK,
    COMPRESS_ZSTD_UNPACK,
    COMPRESS_LZ4_PACK,
    COMPRESS_LZ4_UNPACK,
    COMPRESS_OPS,
} compress_op;

/* In results; NULL when the library was not found. */
const char *compress_op_name(compress_op op);

/* Packs or unpacks the subject's first message into `out`; returns the bytes it
 * wrote, 0 on failure. Unpacking needs compress_prepare before. */
uint64_t compress_run(subject *self, compress_op op);

/* Packs the first message in both ways, to be unpacked. */
void compress_prepare(subject *self);

#endif
