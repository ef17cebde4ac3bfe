/* subject.h -- one codec on one data set, with all that its operations need.
 *
 * A set has one message or a pool of distinct ones; a subject has a state for
 * each. Nothing here is timed.
 */
#ifndef BENCH_HARNESS_SUBJECT_H
#define BENCH_HARNESS_SUBJECT_H

#include "bench/harness/set.h"

/* The models of a set, and what they have in common for all subjects. */
typedef struct bench_models {
    const bench_set *set;
    bench_set_id     id;
    const void     **models;
    size_t           count;
    size_t           largest; /* bytes of the largest message seen so far */
} bench_models;

#define SUBJECT_KEYS 256 /* a power of two */

typedef struct subject {
    const bench_models *models;
    const bench_codec  *codec;
    const bench_case   *functions;
    bench_state        *states;
    uint8_t           **originals; /* the messages, as they were written */
    size_t              count;     /* a power of two */
    size_t              opened;    /* states that have been opened */
    uint8_t            *out;
    uint8_t            *room;
    size_t              size; /* of all messages */
    size_t              turn;
    inlay_str           keys[SUBJECT_KEYS];
    uint8_t            *packed[2]; /* the first message: zstd, LZ4 */
    size_t              packed_size[2];
    const char         *failure; /* why it can't be measured; NULL: it can */
} subject;

/* Opens all states and writes the messages. On failure the subject says why and
 * can only be freed. */
void subject_init(subject *self, const bench_models *models,
                  const bench_codec *codec);

void subject_release(subject *self);

/* Puts the messages back as they were written. */
void subject_restore(subject *self);

/* Returns whether the operation can be measured. */
bool subject_has(const subject *self, bench_op op);

/* Prepares the state of the next operation and returns it. */
static inline bench_state *subject_next(subject *self)
{
    size_t       turn = self->turn++;
    bench_state *state = &self->states[turn & (self->count - 1)];

    state->turn = turn;
    state->key = self->keys[turn & (SUBJECT_KEYS - 1)];
    state->room_used = 0;
    return state;
}

/* Allocates zeroed memory at a multiple of 64, or ends the program. */
uint8_t *bench_memory(size_t size);

#endif
