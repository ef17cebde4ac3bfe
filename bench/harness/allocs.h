/* allocs.h -- counts what malloc and its kin are asked for.
 *
 * The program brings its own malloc, calloc, realloc and free, in front of the
 * C library's, so that shared libraries are counted too. Counting costs a test
 * of a flag when it is off. Not with sanitizers, which do the same: then
 * nothing is counted.
 */
#ifndef BENCH_HARNESS_ALLOCS_H
#define BENCH_HARNESS_ALLOCS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct alloc_counts {
    size_t count; /* calls that gave memory */
    size_t bytes; /* asked for, all calls together */
    size_t peak;  /* most bytes held at once, beyond those held before */
} alloc_counts;

/* Returns whether counting works here. */
bool allocs_supported(void);

void         allocs_start(void);
alloc_counts allocs_stop(void);

#endif
