// lanes.c -- see lanes.h.

#include "bench/claims/lanes.h"

#include <stdlib.h>
#include <string.h>

#include "bench/harness/gate.h"
#include "bench/rivals/rivals.h"

static bool has(const bench_codec *codec, bench_set_id set, bench_op op)
{
    return codec->cases[set] != NULL && codec->cases[set]->ops[op] != NULL;
}

static bool is_named(const bench_codec *codec, const char *id)
{
    size_t size = strlen(id);

    return strncmp(codec->id, id, size) == 0 &&
           (codec->id[size] == '\0' || codec->id[size] == '-');
}

const bench_codec *lane_codec(const char *id, bench_set_id set, bench_op op)
{
    const bench_codec *found = NULL;
    size_t             i;

    for (i = 0; i < bench_codec_count; i++) {
        const bench_codec *codec = bench_codecs[i];

        if (strcmp(codec->id, id) == 0 && has(codec, set, op)) {
            return codec;
        }
        if (found == NULL && is_named(codec, id) && has(codec, set, op)) {
            found = codec;
        }
    }
    return found;
}

// Models live as long as the process, so each set is made once.
static const bench_models *models_of(bench_set_id set)
{
    static bench_models made[BENCH_SETS];
    bench_models       *models = &made[set];

    if (models->set == NULL) {
        models->id = set;
        models->set = &bench_sets[set];
        bench_sets[set].make(1, &models->models, &models->count);
    }
    return models;
}

bool lane_init_codec(lane *self, const bench_codec *codec, bench_set_id set,
                     bench_op op)
{
    char message[256];

    memset(self, 0, sizeof *self);
    if (codec == NULL) {
        return false;
    }
    self->codec = codec;
    self->subject = (subject *)(void *)bench_memory(sizeof *self->subject);
    subject_init(self->subject, models_of(set), codec);
    if (!gate_check(self->subject, message, sizeof message)) {
        return false;
    }
    subject_restore(self->subject);
    return lane_add(self, op);
}

bool lane_init(lane *self, const char *id, bench_set_id set, bench_op op)
{
    return lane_init_codec(self, lane_codec(id, set, op), set, op);
}

bool lane_add(lane *self, bench_op op)
{
    if (self->count == LANE_OPS || !subject_has(self->subject, op)) {
        return false;
    }
    self->run[self->count++] = self->subject->functions->ops[op];
    return true;
}

static uint64_t lane_run(void *context)
{
    lane    *self = context;
    uint64_t sum = 0;
    size_t   i, j;

    for (i = 0; i < self->subject->count; i++) {
        bench_state *state = subject_next(self->subject);

        for (j = 0; j < self->count; j++) {
            sum += self->run[j](state);
        }
    }
    return sum;
}

claim_variant lane_variant(lane *self)
{
    bool                   reads = true;
    size_t                 i;
    bench_function *const *ops = self->subject->functions->ops;

    for (i = 0; i < self->count; i++) {
        reads = reads && self->run[i] != ops[BENCH_ENCODE] &&
                self->run[i] != ops[BENCH_BUILD];
    }
    return (claim_variant){lane_run, self, !reads};
}

double lane_messages(const lane *self)
{
    return (double)self->subject->count;
}

void lane_release(lane *self)
{
    if (self->subject != NULL) {
        subject_release(self->subject);
        free(self->subject);
    }
    memset(self, 0, sizeof *self);
}
