// histogram.c -- see histogram.h.

#include "bench/harness/histogram.h"

#include <stdio.h>
#include <stdlib.h>

// Steps per nanosecond.
#define SCALE 10.0

histogram *histogram_new(void)
{
    histogram *self = calloc(1, sizeof *self);

    if (self == NULL) {
        fputs("inlay-bench: out of memory\n", stderr);
        exit(2);
    }
    return self;
}

// Values below 2 * LINEAR have a bucket each; beyond, each doubling has LINEAR
// of them: bucket = shift * LINEAR + (steps >> shift).
static size_t bucket_of(uint64_t steps)
{
    unsigned shift = 0;
    size_t   bucket;

    while (steps >> shift >= 2 * HISTOGRAM_LINEAR) {
        shift++;
    }
    bucket = shift * HISTOGRAM_LINEAR + (size_t)(steps >> shift);
    return bucket < HISTOGRAM_BUCKETS ? bucket : HISTOGRAM_BUCKETS - 1;
}

// Returns the least number of steps that belongs to a bucket.
static uint64_t bucket_start(size_t bucket)
{
    unsigned shift;

    if (bucket < 2 * HISTOGRAM_LINEAR) {
        return bucket;
    }
    shift = (unsigned)(bucket / HISTOGRAM_LINEAR - 1);
    return (uint64_t)(bucket - shift * HISTOGRAM_LINEAR) << shift;
}

void histogram_add(histogram *self, double ns)
{
    self->counts[bucket_of(ns <= 0 ? 0 : (uint64_t)(ns * SCALE))]++;
    self->total++;
    self->most = ns > self->most ? ns : self->most;
}

double histogram_quantile(const histogram *self, double q)
{
    double   rank = q * (double)self->total;
    uint64_t seen = 0;
    size_t   i;

    for (i = 0; i < HISTOGRAM_BUCKETS; i++) {
        seen += self->counts[i];
        if (seen > 0 && (double)seen >= rank) {
            double bound = (double)bucket_start(i + 1) / SCALE;

            return bound < self->most ? bound : self->most;
        }
    }
    return self->most;
}

double histogram_value(size_t bucket)
{
    return (double)(bucket_start(bucket) + bucket_start(bucket + 1)) / 2 /
           SCALE;
}
