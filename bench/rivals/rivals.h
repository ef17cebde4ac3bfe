/* rivals.h -- every codec that was found when this was configured.
 *
 * C and C++.
 */
#ifndef BENCH_RIVALS_RIVALS_H
#define BENCH_RIVALS_RIVALS_H

#include "bench/harness/codec.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In the order of the tables; then NULL. */
extern const bench_codec *const bench_codecs[];
extern const size_t             bench_codec_count;

/* A library that was not found, and what would bring it. */
typedef struct bench_skip {
    const char *id;
    const char *name;
    const char *reason;
} bench_skip;

/* Ends with one whose `id` is NULL. */
extern const bench_skip bench_skipped[];
extern const size_t     bench_skipped_count;

#ifdef __cplusplus
}
#endif

#endif
