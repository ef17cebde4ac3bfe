/* lineup.h -- all codecs on one data set, each checked before it is let in. */
#ifndef BENCH_HARNESS_LINEUP_H
#define BENCH_HARNESS_LINEUP_H

#include "bench/harness/measure.h"
#include "bench/harness/options.h"

/* A set's subjects; the first one is Inlay, whose message the anchor copies. */
typedef struct lineup {
    bench_models models;
    measure_set  measured;
    subject     *anchor; /* Inlay, asked for or not */
    size_t       failures;
} lineup;

/* Makes the subjects of the codecs that are wanted. Those that give a wrong
 * result are named on standard error, counted, and never measured. */
void lineup_init(lineup *self, const run_options *options, bench_set_id id);

void lineup_release(lineup *self);

#endif
