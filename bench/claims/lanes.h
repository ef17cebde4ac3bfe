/* lanes.h -- codecs of the suite as variants of a claim.
 *
 * A run does its operations on every message of the set once.
 */
#ifndef BENCH_CLAIMS_LANES_H
#define BENCH_CLAIMS_LANES_H

#include <stdio.h>

#include "bench/claims/claim.h"
#include "bench/harness/subject.h"

#define LANE_OPS 2

typedef struct lane {
    const bench_codec *codec;
    subject           *subject;
    bench_function    *run[LANE_OPS];
    size_t             count; /* of operations */
} lane;

/* Returns the codec with an id, or one whose id begins with it and a dash: a
 * library may be there in several ways. NULL when there is none that has the
 * operation on the set. */
const bench_codec *lane_codec(const char *id, bench_set_id set, bench_op op);

/* Opens a codec, by id as above, for an operation. False when it is not there
 * or gave a wrong result; release it all the same. */
bool lane_init(lane *self, const char *id, bench_set_id set, bench_op op);
bool lane_init_codec(lane *self, const bench_codec *codec, bench_set_id set,
                     bench_op op);

/* Adds an operation that a run does after the others. False when the codec
 * does not have it. */
bool lane_add(lane *self, bench_op op);

/* The lane as a variant; `own` results, since sizes differ, unless it reads. */
claim_variant lane_variant(lane *self);

/* Messages of a run. */
double lane_messages(const lane *self);

void lane_release(lane *self);

#endif
