/* histogram.h -- times of single operations, in log-linear buckets.
 *
 * As HdrHistogram (G. Tene) does it: 128 linear buckets per power of two, so a
 * bucket is at most 0.8 % wide, in steps of a tenth of a nanosecond. Recording
 * is O(1) and takes no memory.
 */
#ifndef BENCH_HARNESS_HISTOGRAM_H
#define BENCH_HARNESS_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#define HISTOGRAM_LINEAR  128
#define HISTOGRAM_BUCKETS (HISTOGRAM_LINEAR * 34)

typedef struct histogram {
    uint64_t counts[HISTOGRAM_BUCKETS];
    uint64_t total;
    double   most; /* ns */
} histogram;

/* Returns an empty one, or ends the program. */
histogram *histogram_new(void);

/* Counts one time; what is too large for the last bucket goes there. */
void histogram_add(histogram *self, double ns);

/* Returns the upper bound, in ns, of the bucket where the quantile lies. */
double histogram_quantile(const histogram *self, double q);

/* Returns the middle of a bucket in ns. */
double histogram_value(size_t bucket);

#endif
