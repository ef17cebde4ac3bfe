/* child.h -- running other programs: helpers, compilers. */
#ifndef BENCH_CLAIMS_CHILD_H
#define BENCH_CLAIMS_CHILD_H

#include <stdbool.h>
#include <stddef.h>

/* Runs a program (found by PATH unless it has a slash) with `variables`
 * ("NAME=value", NULL-ended; may be NULL) added to the environment, in `folder`
 * (NULL: here). What it writes on standard output goes to `output`, terminated
 * and cut to `size`; what on standard error, nowhere. True when it ended with
 * status 0. */
bool child_output(char *const *arguments, char *const *variables,
                  const char *folder, char *output, size_t size);

#endif
