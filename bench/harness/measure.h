/* measure.h -- times one operation of all subjects of a set.
 *
 * Throughput: a block runs an operation as often as fits into block_ns. Blocks
 * of all subjects are interleaved in a new random order each round, with the
 * anchor (memcpy of Inlay's messages) beside each, so that a drifting machine
 * hits all alike and drops out of the ratios. What an empty operation takes is
 * subtracted.
 *
 * Latency: each operation timed alone, into a histogram.
 */
#ifndef BENCH_HARNESS_MEASURE_H
#define BENCH_HARNESS_MEASURE_H

#include "bench/harness/compress.h"
#include "bench/harness/results.h"
#include "bench/harness/subject.h"

/* All subjects of a set. */
typedef struct measure_set {
    subject      **subjects;
    size_t         count;
    const subject *anchor; /* Inlay */
} measure_set;

/* Add a cell for each subject, with figures or the reason why not. */
void measure_op(bench_results *results, const measure_set *set, bench_op op);
void measure_compression(bench_results *results, const measure_set *set,
                         compress_op op);

/* Add the sizes of all subjects that write messages. */
void measure_sizes(bench_results *results, const measure_set *set);

/* Add the latencies of an operation, hot, and for readers with the message
 * flushed from the caches before each, where the machine can. */
void measure_latency(bench_results *results, const measure_set *set,
                     bench_op op);

/* Finds what an empty operation takes. Once, before everything else. */
void measure_init(void);

#endif
