/* figures.h -- what a run of inlay-ipc-bench has found, printed and written.
 */
#ifndef BENCH_IPC_FIGURES_H
#define BENCH_IPC_FIGURES_H

#include "bench/harness/machine.h"
#include "bench/ipc/ipc_bench.h"

typedef struct ipc_estimate {
    double median;
    double low; /* 95 % bootstrap interval */
    double high;
} ipc_estimate;

/* A subject's figures; `absent` says why there are none. */
typedef struct ipc_figure {
    const ipc_group   *group;
    const ipc_subject *subject;
    const char        *absent;
    ipc_estimate       ns;    /* per unit */
    ipc_estimate       ratio; /* to the group's first */
} ipc_figure;

/* Print a table of a group's figures. */
void figures_print(const ipc_figure *figures, size_t count);

/* Writes all of them in the form of bench/RESULT.md; false after a complaint.
 */
bool figures_write(const ipc_figure *figures, size_t count,
                   const bench_machine *machine, const char *path);

#endif
