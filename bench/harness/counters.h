/* counters.h -- the processor's own counters, where the kernel lends them. */
#ifndef BENCH_HARNESS_COUNTERS_H
#define BENCH_HARNESS_COUNTERS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct counter_values {
    uint64_t instructions;
    uint64_t cycles;
} counter_values;

/* Opens them. False, and nothing is counted, where it is not allowed. */
bool counters_open(void);

/* False when there are none. */
bool counters_start(void);

/* Returns what user code took since the start. */
counter_values counters_stop(void);

#endif
