/* results.h -- what a run has found, before it is written (bench/RESULT.md).
 *
 * Rows are added as they are measured and own their figures.
 */
#ifndef BENCH_HARNESS_RESULTS_H
#define BENCH_HARNESS_RESULTS_H

#include "bench/harness/allocs.h"
#include "bench/harness/histogram.h"
#include "bench/harness/set.h"

/* Time per operation, in ns, of each block, and of the anchor beside it. */
typedef struct bench_cell {
    bench_set_id       set;
    const bench_codec *codec;
    const char        *op;
    const char        *absent; /* why there is no figure; NULL: there is one */
    double            *blocks;
    double            *anchors;
    size_t             count;        /* of blocks */
    size_t             contaminated; /* blocks in which another process ran */
    bool               allocs_counted;
    alloc_counts       allocs;       /* per operation */
    uint64_t           instructions; /* per operation; 0: not counted */
    uint64_t           cycles;       /* per operation; 0: not counted */
} bench_cell;

typedef struct bench_size {
    bench_set_id       set;
    const bench_codec *codec;
    size_t             bytes; /* mean of the pool */
    size_t             zstd1; /* 0: not measured */
    size_t             lz4;
} bench_size;

typedef struct bench_latency {
    bench_set_id       set;
    const bench_codec *codec;
    const char        *op;
    const char        *cache; /* "hot", "cold" */
    histogram         *times;
} bench_latency;

typedef struct bench_noise {
    bench_set_id set;
    const char  *op;
    double       low; /* 95 % interval of the ratio of a codec to itself */
    double       high;
} bench_noise;

typedef struct bench_settings {
    const char *profile; /* "smoke", "full" */
    size_t      part;    /* of each set: 10 is its first tenth */
    size_t      blocks;  /* per cell ... */
    double      block_ns;
    double      cell_ns;      /* ... fewer where they would take longer ... */
    size_t      least_blocks; /* ... but not less than these */
    uint64_t    seed;
    size_t      latency_count; /* single operations per cell */
} bench_settings;

typedef struct bench_results {
    bench_settings settings;
    bool           measured[BENCH_SETS];
    size_t         messages[BENCH_SETS];
    size_t         records[BENCH_SETS]; /* of the first message */
    bench_cell    *cells;
    size_t         cell_count;
    bench_size    *sizes;
    size_t         size_count;
    bench_latency *latencies;
    size_t         latency_count;
    bench_noise   *noises;
    size_t         noise_count;
} bench_results;

/* Each returns a new zeroed row at the end. Pointers to earlier rows are not
 * valid after that. */
bench_cell    *results_cell(bench_results *self);
bench_size    *results_size(bench_results *self);
bench_latency *results_latency(bench_results *self);
bench_noise   *results_noise(bench_results *self);

/* Frees all rows and their figures. */
void results_release(bench_results *self);

/* Returns the row of a cell; NULL when there is none. */
bench_cell *results_find(bench_results *self, bench_set_id set,
                         const char *codec, const char *op);

#endif
