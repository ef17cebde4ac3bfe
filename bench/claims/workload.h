/* workload.h -- the sources in workload/, to be compiled while claims are
 * measured; made by embed.cmake. */
#ifndef BENCH_CLAIMS_WORKLOAD_H
#define BENCH_CLAIMS_WORKLOAD_H

#include <stddef.h>

typedef struct workload_file {
    const char *name;
    const char *text;
    size_t      size;
} workload_file;

/* Ends with one whose name is NULL. */
extern const workload_file workload_files[];

#endif
