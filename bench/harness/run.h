/* run.h -- inlay-bench run: everything from the models to the file. */
#ifndef BENCH_HARNESS_RUN_H
#define BENCH_HARNESS_RUN_H

#include "bench/harness/options.h"

/* Returns the process's exit status: 0; 1 when a codec gave a wrong result (it
 * is not measured, the rest is) or the file could not be written. */
int run_bench(const run_options *options);

/* Looks at the results of all operations, and at what damaged messages do,
 * without measuring. The same exit status. */
int run_check(const run_options *options);

/* In the child under callgrind: counts and measures nothing else. */
int run_counting(const run_options *options);

#endif
