/* ipc_bench.h -- what inlay-ipc-bench measures: groups of subjects that do the
 * same work.
 *
 * Blocks of all subjects of a group are interleaved in a new random order each
 * round; ratios are taken within rounds, so that a drifting machine drops out.
 * Times are those of a clock on the wall: much of the work is waiting.
 *
 * To add a group: write its subjects, name the group in groups.c.
 */
#ifndef BENCH_IPC_IPC_BENCH_H
#define BENCH_IPC_IPC_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One way to do the work.
 *
 * `start` makes `*state` and returns NULL, or why this can't be measured here.
 * `run` does the work `count` times and returns false when something came out
 * wrong; it is told smoke runs by small counts only. `stop` ends all that was
 * started. */
typedef struct ipc_subject {
    const char *name;
    const char *note; /* what a reader has to know; NULL */
    const char *(*start)(void **state);
    bool (*run)(void *state, uint64_t count);
    void (*stop)(void *state);
} ipc_subject;

/* The first subject that can be measured is what others are held against. */
typedef struct ipc_group {
    const char               *name; /* on the command line */
    const char               *about;
    const char               *unit; /* "lookup": what is done `count` times */
    const ipc_subject *const *subjects;
    size_t                    subject_count;
} ipc_group;

extern const ipc_group *const ipc_groups[];
extern const size_t           ipc_group_count;

/* Whether this is a smoke run: prepare little. Set before any start. */
extern bool ipc_smoke;

/* Makes a folder for files of this run, NULL with errno; and takes it away with
 * all that is in it. */
const char *ipc_folder(void);
void        ipc_folder_remove(void);

/* A random number, the same sequence in every run. */
uint64_t ipc_random(uint64_t *state);

/* Sums bytes up, as 64-bit words: all of them are loaded. */
uint64_t ipc_sum(const void *data, size_t size);

#endif
