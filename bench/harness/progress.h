/* progress.h -- a line on the terminal that says how far a run is.
 *
 * Written to standard error, and only when that is a terminal.
 */
#ifndef BENCH_HARNESS_PROGRESS_H
#define BENCH_HARNESS_PROGRESS_H

#include <stddef.h>

/* Starts a run of `steps` steps. */
void progress_start(size_t steps);

/* Says what is being done now; a step is over when the next one begins. */
void progress_step(const char *set, const char *what);

/* Clears the line, so that something else may be written. */
void progress_clear(void);

#endif
