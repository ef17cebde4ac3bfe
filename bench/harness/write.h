/* write.h -- results as JSON: see bench/RESULT.md. */
#ifndef BENCH_HARNESS_WRITE_H
#define BENCH_HARNESS_WRITE_H

#include "bench/harness/machine.h"
#include "bench/harness/results.h"

/* Writes all of it to a file, which appears whole or not at all. On failure
 * says so on standard error and returns false. */
bool results_write(const bench_results *results, const bench_machine *machine,
                   const char *path);

#endif
