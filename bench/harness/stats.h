/* stats.h -- what a handful of measurements says: median, quantiles, bootstrap
 * intervals, outliers.
 *
 * Nothing here assumes a distribution, and nothing is thrown away: outliers are
 * counted and stay in. The order of the values does not matter to any function,
 * and none changes it; none of the values may be NaN. The same values, count
 * of resamples and seed give the same interval on every machine whose doubles
 * are IEEE 754.
 *
 *     double low, high;
 *     double median = stats_median(blocks, count);
 *
 *     stats_bootstrap_median(blocks, count, STATS_RESAMPLES, 1, &low, &high);
 *     printf("%.0f ns (%.0f to %.0f)\n", median, low, high);
 *
 * Running out of memory ends the program with a message, as everywhere in the
 * benchmarks. `count` is at least 1 throughout.
 */
#ifndef BENCH_HARNESS_STATS_H
#define BENCH_HARNESS_STATS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Resamples of a bootstrap whose 95 % interval is to be printed. */
#define STATS_RESAMPLES 10000

/* Returns the middle value, or the mean of the two middle ones. */
double stats_median(const double *values, size_t count);

/* Returns the quantile `q`, 0 <= q <= 1, interpolated between neighbours: the
 * value at (count - 1) * q in sorted order (type 7 of Hyndman and Fan, the
 * default of R and NumPy). */
double stats_quantile(const double *values, size_t count, double q);

/* The same of values that are sorted already, without a copy. */
double stats_quantile_sorted(const double *sorted, size_t count, double q);

/* Sets the bounds of the 95 % percentile bootstrap interval of the median:
 * `resamples` times as many values as there are, drawn with replacement. Of one
 * value both bounds are that value, which says nothing about its error. */
void stats_bootstrap_median(const double *values, size_t count,
                            size_t resamples, uint64_t seed, double *low,
                            double *high);

/* How far the median of one sample lies above that of another. Of logarithms
 * this is the logarithm of the ratio of what they are logarithms of. */
typedef struct stats_change {
    double median; /* median(after) - median(before) */
    double low;    /* 95 % percentile bootstrap interval */
    double high;
    double error; /* standard error: that of the resamples */
} stats_change;

/* Returns the change between two samples that were taken independently, so
 * each is resampled by itself. */
stats_change stats_bootstrap_change(const double *before, size_t before_count,
                                    const double *after, size_t after_count,
                                    size_t resamples, uint64_t seed);

/* Tukey's classes: mild outliers lie over 1.5 interquartile ranges outside the
 * quartiles, severe ones over 3. */
typedef struct stats_outliers {
    size_t low_severe;
    size_t low_mild;
    size_t high_mild;
    size_t high_severe;
} stats_outliers;

/* Counts the outliers of each class. */
stats_outliers stats_outliers_count(const double *values, size_t count);

#ifdef __cplusplus
}
#endif

#endif
