/* run.h -- inlay-bench run: everything from the models to the file. */
#ifndef BENCH_HARNESS_RUN_H
#define BENCH_HARNESS_RUN_H

#include "bench/harness/results.h"

#define RUN_FILTERS 32

typedef struct run_options {
    bench_settings settings;
    /* NULL-ended lists; empty: all. */
    const char                 *sets[RUN_FILTERS + 1];
    const char                 *codecs[RUN_FILTERS + 1];
    const char                 *ops[RUN_FILTERS + 1];
    const struct data_document *document; /* the user's set, or NULL */
    bool        instructions;             /* count them with callgrind, too */
    const char *program; /* this one's path, to run under callgrind */
    const char *path;    /* of the result */
} run_options;

/* Returns the process's exit status: 0; 1 when a codec gave a wrong result (it
 * is not measured, the rest is) or the file could not be written. */
int run_bench(const run_options *options);

/* In the child under callgrind: counts and measures nothing else. */
int run_counting(const run_options *options);

/* Returns whether a name is among those of a filter, or the filter empty. */
bool run_wants(const char *const *filter, const char *name);

#endif
