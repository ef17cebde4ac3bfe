// damage.c -- see damage.h.

#include "bench/harness/damage.h"

#include <stdlib.h>

#define LENGTHS 400
#define SPOILT  500
#define BYTES   3 // spoilt in each message

// All that read; update would write into what is damaged.
static void read_all(subject *self, bench_state *state)
{
    unsigned op;

    for (op = BENCH_VERIFY; op < BENCH_OPS; op++) {
        if (self->functions->ops[op] != NULL && op != BENCH_UPDATE) {
            state->room_used = 0;
            self->functions->ops[op](state);
        }
    }
}

static void survive_lengths(subject *self, bench_state *state)
{
    const uint8_t *whole = self->originals[0];
    size_t         size = state->size;
    size_t         i;

    for (i = 0; i < LENGTHS; i++) {
        state->size = size < LENGTHS ? i % size : i * size / LENGTHS;
        memset(state->message, 0, size);
        memcpy(state->message, whole, state->size);
        read_all(self, state);
    }
    state->size = size;
}

static uint32_t random_next(uint32_t *random)
{
    *random = *random * 1664525 + 1013904223; // Numerical Recipes' generator
    return *random >> 8;
}

static void survive_bytes(subject *self, bench_state *state)
{
    uint32_t random = 1;
    size_t   i, j;

    for (i = 0; i < SPOILT; i++) {
        memcpy(state->message, self->originals[0], state->size);
        for (j = 0; j < BYTES; j++) {
            size_t at = random_next(&random) % state->size;

            state->message[at] = (uint8_t)(random_next(&random) >> 8);
        }
        read_all(self, state);
    }
}

void damage_survive(subject *self)
{
    bench_state *state = &self->states[0];

    if (self->failure != NULL || self->codec->trust > BENCH_LAZY ||
        self->models->count == 1) {
        return;
    }
    survive_lengths(self, state);
    survive_bytes(self, state);
    subject_restore(self);
}
