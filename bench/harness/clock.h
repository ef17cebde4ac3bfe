/* clock.h -- time, with as little in its way as the machine allows.
 *
 * On x86-64 with an invariant counter: rdtsc between fences, calibrated against
 * CLOCK_MONOTONIC_RAW. Elsewhere clock_gettime, whose 20 to 30 ns matter to
 * single operations only.
 */
#ifndef BENCH_HARNESS_CLOCK_H
#define BENCH_HARNESS_CLOCK_H

#include <stdint.h>
#include <time.h>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

typedef struct bench_clock {
    double ns_per_tick;
    double overhead; /* ns between two readings with nothing between: least */
    int    counter;  /* rdtsc is used */
} bench_clock;

extern bench_clock bench_time;

/* Calibrates; takes 50 ms. */
void bench_clock_init(void);

static inline uint64_t bench_clock_gettime(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC_RAW, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static inline uint64_t bench_ticks_begin(void)
{
#if defined(__x86_64__)
    if (bench_time.counter) {
        uint64_t ticks;

        _mm_lfence();
        ticks = __rdtsc();
        _mm_lfence();
        return ticks;
    }
#endif
    return bench_clock_gettime();
}

static inline uint64_t bench_ticks_end(void)
{
#if defined(__x86_64__)
    if (bench_time.counter) {
        unsigned cpu;
        uint64_t ticks = __rdtscp(&cpu);

        _mm_lfence();
        return ticks;
    }
#endif
    return bench_clock_gettime();
}

static inline double bench_ns(uint64_t begin, uint64_t end)
{
    return (double)(end - begin) * bench_time.ns_per_tick;
}

#endif
