// compare.c -- variants against each other: see claim.h.

#include "bench/claims/claim.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "bench/harness/stats.h"
#include "bench/harness/subject.h"

// How often a block is timed at most, while others disturb it.
#define ATTEMPTS 3

// One variant being timed.
typedef struct lane {
    const claim_variant *variant;
    size_t               repeats; // per block
    double              *blocks;  // ns per run
} lane;

uint64_t claim_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15); // splitmix64

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

void claim_shuffle(size_t *order, size_t count, uint64_t *state)
{
    size_t i;

    for (i = count; i > 1; i--) {
        size_t j = (size_t)(claim_random(state) % i);
        size_t swap = order[i - 1];

        order[i - 1] = order[j];
        order[j] = swap;
    }
}

// Processor time of all threads: where a machine is shared, a clock on the wall
// times the others, too. Reading it takes less than a microsecond.
static double processor_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

// The run before it is not timed: it brings back what others have driven out of
// the caches.
static double time_block(const lane *l)
{
    uint64_t sum = l->variant->run(l->variant->context);
    double   begin = processor_ns();
    double   spent;
    size_t   i;

    for (i = 0; i < l->repeats; i++) {
        sum += l->variant->run(l->variant->context);
    }
    spent = processor_ns() - begin;
    CLAIM_OPAQUE(sum);
    return spent / (double)l->repeats;
}

// Warms up for about a block's time and finds how often to repeat.
static void calibrate(lane *l, double block_ns)
{
    double ns;

    l->repeats = 1;
    ns = time_block(l);
    while (ns * (double)l->repeats < block_ns / 2 && l->repeats < 1u << 30) {
        l->repeats *= 2;
        ns = time_block(l);
    }
    l->repeats = ns < block_ns ? (size_t)(block_ns / (ns > 0.1 ? ns : 0.1)) : 1;
}

static long switches(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nivcsw;
}

// Times a block again when another process ran in it, which says nothing about
// the variant; not for ever, since long ones are always interrupted.
static double time_undisturbed(const lane *l)
{
    double ns = 0;
    int    attempt;

    for (attempt = 0; attempt < ATTEMPTS; attempt++) {
        long before = switches();

        ns = time_block(l);
        if (switches() == before) {
            break;
        }
    }
    return ns;
}

static void run_rounds(claim_bench *bench, lane *lanes, size_t count)
{
    size_t order[CLAIM_VARIANTS];
    size_t block, i;

    for (i = 0; i < count; i++) {
        order[i] = i;
        calibrate(&lanes[i], bench->block_ns);
    }
    for (block = 0; block < bench->blocks; block++) {
        claim_shuffle(order, count, &bench->random);
        for (i = 0; i < count; i++) {
            lane *l = &lanes[order[i]];

            l->blocks[block] = time_undisturbed(l);
        }
    }
}

claim_figure claim_figure_of(const claim_bench *bench, const double *values,
                             size_t count)
{
    claim_figure figure = {.median = stats_median(values, count)};

    stats_bootstrap_median(values, count, bench->smoke ? 1000 : STATS_RESAMPLES,
                           1, &figure.low, &figure.high);
    return figure;
}

static claim_timing timing_of(const claim_bench *bench, const lane *l,
                              const lane *first)
{
    claim_timing timing = {
        .ns = claim_figure_of(bench, l->blocks, bench->blocks)};
    double *ratios =
        (double *)(void *)bench_memory(bench->blocks * sizeof(double));
    size_t i;

    for (i = 0; i < bench->blocks; i++) {
        ratios[i] = l->blocks[i] / first->blocks[i];
    }
    timing.ratio = claim_figure_of(bench, ratios, bench->blocks);
    free(ratios);
    return timing;
}

// Returns whether all variants come to the same, twice: what one leaves behind
// must not change what the next one finds.
static bool same_results(const claim_variant *variants, size_t count)
{
    size_t i;

    for (i = 0; i < 2 * count; i++) {
        const claim_variant *v = &variants[i % count];
        uint64_t             first = variants[0].run(variants[0].context);
        uint64_t             result = v->run(v->context);

        if (!v->own && result != first) {
            return false;
        }
    }
    return true;
}

bool claim_compare(claim_bench *bench, const claim_variant *variants,
                   size_t count, claim_timing *timings)
{
    lane   lanes[CLAIM_VARIANTS];
    size_t i;

    if (!same_results(variants, count)) {
        bench->failures++;
        claim_absent(bench, "", "the variants' results differ, a bug of ours");
        return false;
    }
    for (i = 0; i < count; i++) {
        lanes[i].variant = &variants[i];
        lanes[i].blocks =
            (double *)(void *)bench_memory(bench->blocks * sizeof(double));
    }
    run_rounds(bench, lanes, count);
    for (i = 0; i < count; i++) {
        timings[i] = timing_of(bench, &lanes[i], &lanes[0]);
    }
    for (i = 0; i < count; i++) {
        free(lanes[i].blocks);
    }
    return true;
}

claim_figure claim_saving(claim_figure ratio)
{
    return (claim_figure){100 - 100 / ratio.median, 100 - 100 / ratio.low,
                          100 - 100 / ratio.high};
}
