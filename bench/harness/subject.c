// subject.c -- see subject.h.

#include "bench/harness/subject.h"

#include <stdio.h>
#include <stdlib.h>

// Room for a message, before any has been written: JSON of the largest set
// takes less than half of it.
#define OUT_SIZE ((size_t)64 << 20)

// Room for decoded structs: the largest set takes 6 MB plain, trees more.
#define ROOM_SIZE ((size_t)64 << 20)

uint8_t *bench_memory(size_t size)
{
    size_t whole = (size + 63) / 64 * 64;
    void  *memory = aligned_alloc(64, whole == 0 ? 64 : whole);

    if (memory == NULL) {
        fputs("inlay-bench: out of memory\n", stderr);
        exit(2);
    }
    memset(memory, 0, whole);
    return memory;
}

// One piece of each for all: a subject needs them only while it runs, and
// dozens of them would be gigabytes.
static uint8_t *shared_out;
static uint8_t *shared_room;

static uint8_t *shared_memory(uint8_t **memory, size_t size)
{
    if (*memory == NULL) {
        *memory = bench_memory(size);
    }
    return *memory;
}

static bench_function *writer(const subject *self)
{
    return self->functions->message != NULL
               ? self->functions->message
               : self->functions->ops[BENCH_ENCODE];
}

// Writes one message and keeps it twice: to be read, and to be put back.
static bool state_write(subject *self, size_t i)
{
    bench_state *state = &self->states[i];
    uint64_t     size = writer(self)(state);

    if (size == 0 || size > state->capacity) {
        return false;
    }
    state->size = (size_t)size;
    state->message = bench_memory(state->size + BENCH_PADDING);
    memcpy(state->message, state->out, state->size);
    self->originals[i] = bench_memory(state->size);
    memcpy(self->originals[i], state->out, state->size);
    self->size += state->size;
    return true;
}

static bool state_open(subject *self, size_t i)
{
    bench_state *state = &self->states[i];

    state->model = self->models->models[i];
    state->out = self->out;
    state->capacity = OUT_SIZE;
    state->room = self->room;
    state->room_size = ROOM_SIZE;
    if (self->functions->open != NULL && !self->functions->open(state)) {
        return false;
    }
    self->opened++;
    return true;
}

void subject_init(subject *self, const bench_models *models,
                  const bench_codec *codec)
{
    size_t i;

    *self = (subject){.models = models,
                      .codec = codec,
                      .functions = codec->cases[models->id],
                      .count = models->count};
    self->states = (void *)bench_memory(self->count * sizeof *self->states);
    self->originals =
        (void *)bench_memory(self->count * sizeof *self->originals);
    self->out = shared_memory(&shared_out, OUT_SIZE + BENCH_PADDING);
    self->room = shared_memory(&shared_room, ROOM_SIZE);
    for (i = 0; models->set->key != NULL && i < SUBJECT_KEYS; i++) {
        self->keys[i] = models->set->key(models->models[0], i);
    }
    for (i = 0; i < self->count; i++) {
        if (!state_open(self, i)) {
            self->failure = self->states[i].failure != NULL
                                ? self->states[i].failure
                                : "it can't be opened";
            return;
        }
        if (writer(self) == NULL || !state_write(self, i)) {
            self->failure = "it can't write the message";
            return;
        }
    }
}

void subject_release(subject *self)
{
    size_t i;

    for (i = 0; i < self->opened; i++) {
        if (self->functions->close != NULL) {
            self->functions->close(&self->states[i]);
        }
    }
    for (i = 0; i < self->count; i++) {
        free(self->states[i].message);
        free(self->originals[i]);
    }
    free(self->packed[0]);
    free(self->packed[1]);
    free(self->states);
    free(self->originals);
}

void subject_restore(subject *self)
{
    size_t i;

    for (i = 0; i < self->count; i++) {
        memcpy(self->states[i].message, self->originals[i],
               self->states[i].size);
    }
}

bool subject_has(const subject *self, bench_op op)
{
    return self->failure == NULL && self->functions->ops[op] != NULL;
}
