// main.c -- inlay-ipc-bench: see ipc_bench.h.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/harness/clock.h"
#include "bench/harness/stats.h"
#include "bench/ipc/figures.h"

enum {
    SUBJECTS_MAX = 32,
    BLOCKS = 21,
    BLOCKS_SMOKE = 3,
    FIGURES_MAX = 256
};

static const double block_ns_full = 2e7;
static const double block_ns_smoke = 1e5;

// ---- Measuring --------------------------------------------------------------

typedef struct lane {
    const ipc_subject *subject;
    void              *state;
    const char        *absent;
    uint64_t           count; // per block
    double             blocks[BLOCKS];
} lane;

typedef struct bench {
    size_t     blocks;
    double     block_ns;
    uint64_t   random;
    ipc_figure figures[FIGURES_MAX];
    size_t     count;
} bench;

static double time_block(lane *l)
{
    uint64_t begin = bench_ticks_begin();

    if (!l->subject->run(l->state, l->count)) {
        l->absent = "something came out wrong, a bug of ours";
    }
    return bench_ns(begin, bench_ticks_end()) / (double)l->count;
}

// The least of three: one that the system interrupts would pass for a slow
// subject, and its blocks would be far too short.
static double time_least(lane *l)
{
    double least = time_block(l);
    int    i;

    for (i = 0; i < 2 && l->absent == NULL; i++) {
        double ns = time_block(l);

        least = ns < least ? ns : least;
    }
    return least;
}

// Warms up, and finds how many make a block.
static void calibrate(const bench *b, lane *l)
{
    double ns;

    l->count = 1;
    ns = time_least(l);
    while (l->absent == NULL && ns * (double)l->count < b->block_ns / 2) {
        l->count *= 2;
        ns = time_least(l);
    }
    if (ns < b->block_ns) {
        l->count = (uint64_t)(b->block_ns / (ns > 0.1 ? ns : 0.1));
    } else {
        l->count = 1;
    }
}

static void rounds(bench *b, lane *lanes, size_t count)
{
    size_t block, i;

    for (block = 0; block < b->blocks; block++) {
        size_t first = (size_t)(ipc_random(&b->random) % count);

        for (i = 0; i < count; i++) {
            lane *l = &lanes[(first + i) % count];

            if (l->absent == NULL) {
                l->blocks[block] = time_block(l);
            }
        }
    }
}

static ipc_estimate estimate(const bench *b, const double *values)
{
    ipc_estimate all = {.median = stats_median(values, b->blocks)};

    stats_bootstrap_median(values, b->blocks, STATS_RESAMPLES, 1, &all.low,
                           &all.high);
    return all;
}

static ipc_figure figure_of(const bench *b, const ipc_group *group,
                            const lane *l, const lane *base)
{
    ipc_figure figure = {
        .group = group, .subject = l->subject, .absent = l->absent};
    double ratios[BLOCKS];
    size_t i;

    if (l->absent != NULL) {
        return figure;
    }
    for (i = 0; i < b->blocks; i++) {
        ratios[i] = l->blocks[i] / base->blocks[i];
    }
    figure.ns = estimate(b, l->blocks);
    figure.ratio = estimate(b, ratios);
    return figure;
}

static void measure(bench *b, const ipc_group *group)
{
    static lane lanes[SUBJECTS_MAX];
    const lane *base = NULL;
    size_t      before = b->count;
    size_t      i;

    memset(lanes, 0, sizeof lanes);
    for (i = 0; i < group->subject_count; i++) {
        lane *l = &lanes[i];

        fprintf(stderr, "%s: %s\n", group->name, group->subjects[i]->name);
        l->subject = group->subjects[i];
        l->absent = l->subject->start(&l->state);
        if (l->absent == NULL) {
            calibrate(b, l);
        }
    }
    rounds(b, lanes, group->subject_count);
    for (i = 0; i < group->subject_count; i++) {
        lane *l = &lanes[i];

        base = base == NULL && l->absent == NULL ? l : base;
        if (b->count < FIGURES_MAX) {
            b->figures[b->count++] = figure_of(b, group, l, base);
        }
        if (l->state != NULL) {
            l->subject->stop(l->state);
        }
    }
    figures_print(b->figures + before, b->count - before);
}

// ---- The command ------------------------------------------------------------

static int help(void)
{
    size_t i;

    puts("usage: inlay-ipc-bench [--smoke] [-o FILE] [GROUP...]\n"
         "\n"
         "Measures what carries messages beside its peers, in one run, and\n"
         "prints a table a group. FILE is for `inlay-bench report`.\n"
         "\nGroups:");
    for (i = 0; i < ipc_group_count; i++) {
        printf("  %-16s %s\n", ipc_groups[i]->name, ipc_groups[i]->about);
    }
    return 0;
}

static bool wanted(const ipc_group *group, char **names, int count)
{
    int i;

    for (i = 0; i < count; i++) {
        if (strcmp(names[i], group->name) == 0) {
            return true;
        }
    }
    return count == 0;
}

static bool known(const char *name)
{
    size_t i;

    for (i = 0; i < ipc_group_count; i++) {
        if (strcmp(name, ipc_groups[i]->name) == 0) {
            return true;
        }
    }
    fprintf(stderr, "inlay-ipc-bench: no group `%s`; see --help\n", name);
    return false;
}

static bool failed(const bench *b)
{
    size_t i;

    for (i = 0; i < b->count; i++) {
        if (b->figures[i].absent != NULL &&
            strstr(b->figures[i].absent, "a bug of ours") != NULL) {
            return true;
        }
    }
    return false;
}

int main(int argc, char **argv)
{
    static bench  all = {.random = 1};
    bench_machine machine;
    const char   *path = NULL;
    int           option, i;
    size_t        group;

    while ((option = getopt(argc, argv, "ho:-:")) != -1) {
        if (option == 'o') {
            path = optarg;
        } else if (option == '-' && strcmp(optarg, "smoke") == 0) {
            ipc_smoke = true;
        } else if (option == 'h' ||
                   (option == '-' && strcmp(optarg, "help") == 0)) {
            return help();
        } else {
            fputs("inlay-ipc-bench: wrong use; see --help\n", stderr);
            return 2;
        }
    }
    for (i = optind; i < argc; i++) {
        if (!known(argv[i])) {
            return 2;
        }
    }
    all.blocks = ipc_smoke ? BLOCKS_SMOKE : BLOCKS;
    all.block_ns = ipc_smoke ? block_ns_smoke : block_ns_full;
    bench_clock_init();
    machine_look(&machine);
    for (group = 0; group < ipc_group_count; group++) {
        if (wanted(ipc_groups[group], argv + optind, argc - optind)) {
            measure(&all, ipc_groups[group]);
        }
    }
    machine_look_again(&machine);
    ipc_folder_remove();
    if (path != NULL &&
        !figures_write(all.figures, all.count, &machine, path)) {
        return 2;
    }
    return failed(&all) ? 1 : 0;
}
