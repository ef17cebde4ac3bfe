// clock.c -- see clock.h.

#include "bench/harness/clock.h"

#include <stdio.h>
#include <string.h>

bench_clock bench_time = {1.0, 0.0, 0};

// Returns whether the counter runs at one speed, always.
static int counter_is_invariant(void)
{
    char  line[8192];
    int   constant = 0;
    FILE *file = fopen("/proc/cpuinfo", "r");

    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "flags", 5) == 0) {
            constant = strstr(line, " constant_tsc") != NULL &&
                       strstr(line, " nonstop_tsc") != NULL &&
                       strstr(line, " rdtscp") != NULL;
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return constant;
}

static void calibrate(void)
{
    uint64_t start = bench_clock_gettime();
    uint64_t ticks = bench_ticks_begin();
    uint64_t now;

    do {
        now = bench_clock_gettime();
    } while (now - start < 50000000);
    bench_time.ns_per_tick =
        (double)(now - start) / (double)(bench_ticks_end() - ticks);
}

static void measure_overhead(void)
{
    double least = 1e9;
    int    i;

    for (i = 0; i < 10000; i++) {
        uint64_t begin = bench_ticks_begin();
        double   spent = bench_ns(begin, bench_ticks_end());

        least = spent < least ? spent : least;
    }
    bench_time.overhead = least;
}

void bench_clock_init(void)
{
#if defined(__x86_64__)
    bench_time.counter = counter_is_invariant();
#endif
    if (bench_time.counter) {
        calibrate();
    }
    measure_overhead();
}
