/* machine.h -- what a run was measured on: the manifest of a result.
 */
#ifndef BENCH_HARNESS_MACHINE_H
#define BENCH_HARNESS_MACHINE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bench_machine {
    char   cpu[128];
    char   flags[256]; /* those that matter to codecs */
    char   kernel[128];
    char   os[128];
    char   compiler[128];
    char   compile_flags[256];
    char   governor[64];  /* or "unavailable" */
    char   counters[128]; /* "available", or "unavailable: " why */
    char   clock[64];
    long   cores;
    long   l1d, l2, l3; /* bytes; 0: unknown */
    bool   hypervisor;
    bool   aslr;
    double load_before, load_after;
    double steal_percent; /* of all time between the two looks */
    double clock_resolution_ns;
    size_t environment_bytes;

    unsigned long long steal_ticks, all_ticks; /* at the first look */
} bench_machine;

/* The first look, before anything is measured, and the second, after it. */
void machine_look(bench_machine *self);
void machine_look_again(bench_machine *self);

#endif
