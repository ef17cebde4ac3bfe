// stats.c -- medians and their bootstrap intervals; see stats.h.
//
// A resample of n values is n draws of an index into the sorted values. Its
// median needs no sorting: tally how often each index was drawn, and walk the
// tallies until half of the draws have passed.

#include "bench/harness/stats.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *take(size_t count, size_t size)
{
    void *memory = calloc(count, size);

    if (memory == NULL) {
        fputs("memory ran out\n", stderr);
        exit(2);
    }
    return memory;
}

static int doubles_compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static void sort(double *values, size_t count)
{
    qsort(values, count, sizeof *values, doubles_compare);
}

static double *sorted_copy(const double *values, size_t count)
{
    double *copy = take(count, sizeof *copy);

    assert(count > 0);
    memcpy(copy, values, count * sizeof *copy);
    sort(copy, count);
    return copy;
}

// ---- Quantiles -------------------------------------------------------------

double stats_quantile_sorted(const double *sorted, size_t count, double q)
{
    double place = (double)(count - 1) * q;
    size_t below = (size_t)place;
    double part = place - (double)below;

    assert(count > 0 && q >= 0.0 && q <= 1.0);
    if (part == 0.0) {
        return sorted[below]; // also the last, which has no neighbour above
    }
    return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

double stats_quantile(const double *values, size_t count, double q)
{
    double *sorted = sorted_copy(values, count);
    double  value = stats_quantile_sorted(sorted, count, q);

    free(sorted);
    return value;
}

double stats_median(const double *values, size_t count)
{
    return stats_quantile(values, count, 0.5);
}

// ---- The bootstrap ---------------------------------------------------------

// SplitMix64 (G. Steele, D. Lea, C. Flood, 2014).
static uint64_t random_u64(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

// A sample that is drawn from again and again.
typedef struct sample {
    double   *sorted;
    uint32_t *tally; // draws of each value, all 0 between resamples
    size_t    count;
} sample;

static void sample_init(sample *self, const double *values, size_t count)
{
    assert(count > 0 && count <= UINT32_MAX);
    self->sorted = sorted_copy(values, count);
    self->tally = take(count, sizeof *self->tally);
    self->count = count;
}

static void sample_release(sample *self)
{
    free(self->sorted);
    free(self->tally);
}

static void sample_draw(sample *self, uint64_t *state)
{
    size_t i;

    // The high half of draw * count; with 32 random bits some values are more
    // likely than others by count / 2^32, which nobody will notice.
    for (i = 0; i < self->count; i++) {
        uint64_t draw = random_u64(state) >> 32;

        self->tally[draw * self->count >> 32]++;
    }
}

// Returns the median of one resample.
static double sample_median(sample *self, uint64_t *state)
{
    size_t first = (self->count - 1) / 2; // the two middle draws,
    size_t second = self->count / 2;      // one and the same when count is odd
    size_t passed = 0;
    size_t low = 0;
    size_t i;

    sample_draw(self, state);
    for (i = 0; passed <= second; i++) {
        assert(i < self->count);
        if (passed <= first) {
            low = i;
        }
        passed += self->tally[i];
    }
    memset(self->tally, 0, self->count * sizeof *self->tally);
    return 0.5 * self->sorted[low] + 0.5 * self->sorted[i - 1];
}

void stats_bootstrap_median(const double *values, size_t count,
                            size_t resamples, uint64_t seed, double *low,
                            double *high)
{
    double *medians = take(resamples, sizeof *medians);
    sample  one;
    size_t  i;

    assert(resamples > 0);
    sample_init(&one, values, count);
    for (i = 0; i < resamples; i++) {
        medians[i] = sample_median(&one, &seed);
    }
    sort(medians, resamples);
    *low = stats_quantile_sorted(medians, resamples, 0.025);
    *high = stats_quantile_sorted(medians, resamples, 0.975);
    sample_release(&one);
    free(medians);
}

static double deviation(const double *values, size_t count)
{
    double mean = 0.0;
    double squares = 0.0;
    size_t i;

    for (i = 0; i < count; i++) {
        mean += values[i];
    }
    mean /= (double)count;
    for (i = 0; i < count; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
    }
    return count > 1 ? sqrt(squares / (double)(count - 1)) : 0.0;
}

stats_change stats_bootstrap_change(const double *before, size_t before_count,
                                    const double *after, size_t after_count,
                                    size_t resamples, uint64_t seed)
{
    double      *changes = take(resamples, sizeof *changes);
    stats_change change;
    sample       one;
    sample       two;
    size_t       i;

    assert(resamples > 0);
    sample_init(&one, before, before_count);
    sample_init(&two, after, after_count);
    for (i = 0; i < resamples; i++) {
        double from = sample_median(&one, &seed);

        changes[i] = sample_median(&two, &seed) - from;
    }
    sort(changes, resamples);
    change.median = stats_quantile_sorted(two.sorted, after_count, 0.5) -
                    stats_quantile_sorted(one.sorted, before_count, 0.5);
    change.low = stats_quantile_sorted(changes, resamples, 0.025);
    change.high = stats_quantile_sorted(changes, resamples, 0.975);
    change.error = deviation(changes, resamples);
    sample_release(&one);
    sample_release(&two);
    free(changes);
    return change;
}

// ---- Outliers --------------------------------------------------------------

stats_outliers stats_outliers_count(const double *values, size_t count)
{
    stats_outliers found = {0};
    double        *sorted = sorted_copy(values, count);
    double         low = stats_quantile_sorted(sorted, count, 0.25);
    double         high = stats_quantile_sorted(sorted, count, 0.75);
    double         range = high - low;
    size_t         i;

    free(sorted);
    for (i = 0; i < count; i++) {
        if (values[i] < low - 3.0 * range) {
            found.low_severe++;
        } else if (values[i] < low - 1.5 * range) {
            found.low_mild++;
        } else if (values[i] > high + 3.0 * range) {
            found.high_severe++;
        } else if (values[i] > high + 1.5 * range) {
            found.high_mild++;
        }
    }
    return found;
}
