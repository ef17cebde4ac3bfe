// gate.c -- see gate.h.

#include "bench/harness/gate.h"

#include <inttypes.h>
#include <stdio.h>

#include "bench/harness/clock.h"

// As many turns of one message, or fewer when that takes long: what takes a
// tenth of a second is right, or wrong, the second time, too.
#define TURNS       5
#define LEAST_TURNS 2
#define PATIENCE_NS UINT64_C(100000000)

static const char *const names[BENCH_OPS] = {
    [BENCH_BUILD] = "build",
    [BENCH_ENCODE] = "encode",
    [BENCH_VERIFY] = "verify",
    [BENCH_OPEN] = "open",
    [BENCH_READ_ONE] = "read_one",
    [BENCH_READ_TENTH] = "read_tenth",
    [BENCH_READ_SCALARS] = "read_scalars",
    [BENCH_READ_STRINGS] = "read_strings",
    [BENCH_LOOKUP] = "lookup",
    [BENCH_UPDATE] = "update",
    [BENCH_DECODE] = "decode",
};

const char *bench_op_name(unsigned op)
{
    return op < BENCH_OPS ? names[op] : "?";
}

// What an operation has to return for a state.
static uint64_t expected(const subject *self, bench_op op, bench_state *state)
{
    const bench_set *set = self->models->set;

    if (self->functions->expected != NULL &&
        (op == BENCH_READ_SCALARS || op == BENCH_READ_STRINGS)) {
        return self->functions->expected(state, op);
    }
    switch (op) {
    case BENCH_BUILD:
    case BENCH_ENCODE:
        return state->size;
    case BENCH_READ_ONE:
        return set->read_one(state->model, state->turn);
    case BENCH_READ_TENTH:
        return set->read_tenth(state->model);
    case BENCH_READ_SCALARS:
        return set->read_scalars(state->model);
    case BENCH_READ_STRINGS:
        return set->read_strings(state->model);
    case BENCH_LOOKUP:
        return set->lookup(state->model, state->turn & (SUBJECT_KEYS - 1));
    case BENCH_UPDATE:
        return set->records(state->model);
    default:
        return 1;
    }
}

// What `build` makes must be readable: the last one becomes the message.
static void take_built(bench_state *state, const void *data, size_t size)
{
    if (size <= state->size) {
        memcpy(state->message, data, size);
    }
}

static bool decoded_right(const subject *self, bench_state *state)
{
    const bench_set *set = self->models->set;

    if (self->functions->decoded_same != NULL) {
        return self->functions->decoded_same(state);
    }
    return state->decoded != NULL &&
           set->digest(state->decoded) == set->digest(state->model);
}

static bool check_once(subject *self, bench_op op, bench_state *state,
                       char *message, size_t size)
{
    uint64_t wanted = expected(self, op, state);
    uint64_t found;

    state->built = op == BENCH_BUILD ? take_built : NULL;
    found = self->functions->ops[op](state);
    state->built = NULL;
    if (found != wanted) {
        snprintf(message, size, "%s: %" PRIu64 " in place of %" PRIu64,
                 names[op], found, wanted);
        return false;
    }
    if (op == BENCH_DECODE && !decoded_right(self, state)) {
        snprintf(message, size, "%s: the values are not the model's",
                 names[op]);
        return false;
    }
    return true;
}

// What update has set must be read by whoever reads the message.
static bool check_update(subject *self, bench_state *state, char *message,
                         size_t size)
{
    uint64_t wanted = self->models->set->updated(state->turn);
    uint64_t found = wanted;

    if (self->functions->ops[BENCH_READ_ONE] != NULL) {
        found = self->functions->ops[BENCH_READ_ONE](state);
    }
    if (found != wanted) {
        snprintf(message, size,
                 "update: then %" PRIu64 " is read in place of %" PRIu64, found,
                 wanted);
    }
    return found == wanted;
}

// A pool of messages is looked at as a whole.
static bool seen_enough(const subject *self, size_t turns, uint64_t start)
{
    if (turns < self->count || turns < LEAST_TURNS) {
        return false;
    }
    return turns >= TURNS || bench_clock_gettime() - start > PATIENCE_NS;
}

static bool check_op(subject *self, bench_op op, char *message, size_t size)
{
    uint64_t start = bench_clock_gettime();
    size_t   i;

    for (i = 0; !seen_enough(self, i, start); i++) {
        bench_state *state = subject_next(self);

        if (!check_once(self, op, state, message, size) ||
            (op == BENCH_UPDATE && !check_update(self, state, message, size))) {
            return false;
        }
    }
    if (op == BENCH_UPDATE) {
        subject_restore(self);
    }
    return true;
}

bool gate_check(subject *self, char *message, size_t size)
{
    unsigned op;

    if (self->failure != NULL) {
        snprintf(message, size, "%s", self->failure);
        return false;
    }
    for (op = 0; op < BENCH_OPS; op++) {
        if (self->functions->ops[op] != NULL &&
            !check_op(self, (bench_op)op, message, size)) {
            return false;
        }
    }
    return true;
}
