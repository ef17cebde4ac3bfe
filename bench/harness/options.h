/* options.h -- what is to be measured, and how, from the command line. */
#ifndef BENCH_HARNESS_OPTIONS_H
#define BENCH_HARNESS_OPTIONS_H

#include "bench/harness/results.h"
#include "bench/user/input.h"

#define OPTIONS_NAMES 32 /* as many of each kind */

typedef struct run_options {
    bench_settings settings;
    /* NULL-ended lists; empty: all. */
    const char    *sets[OPTIONS_NAMES + 1];
    const char    *codecs[OPTIONS_NAMES + 1];
    const char    *ops[OPTIONS_NAMES + 1];
    user_input     user;     /* where the user's set comes from */
    data_document *document; /* the user's set, or NULL */
    bool           instructions; /* count them with callgrind, too */
    const char    *program;      /* this one's path, to run under callgrind */
    const char    *path;         /* of the result */
} run_options;

/* Reads options behind `run`, `check` and `count`, and what they name. Returns
 * 0, or the exit status when something is wrong, which has been printed. The
 * options refer to `argv`; they are to be released either way. */
int options_parse(run_options *options, int argc, char **argv);

void options_release(run_options *options);

/* Prints what is wrong, and a word of the command line or NULL. Returns the
 * exit status, 2. */
int options_fail(const char *what, const char *word);

/* Returns whether a name is among those of a list, or the list empty. */
bool options_want(const char *const *filter, const char *name);

/* Returns whether a set is to be measured. The user's is there when the user
 * brings it, and then alone. */
bool options_want_set(const run_options *options, bench_set_id id);

#endif
