// main.c -- times our own operations, memcpy of the result beside each.
//
// Blocks of operations are interleaved, so that a drifting machine hits all
// alike; each figure is the least of the blocks' means, which is what noise
// that only adds leaves. Correctness comes first: sums must agree.

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "speed.h"

#define ROUNDS 40

typedef struct subject {
    const speed_set *set;
    const void      *native;
    uint8_t         *message;
    uint8_t         *buffer;
    size_t           size;
    void            *arena_memory;
    size_t           arena_size;
} subject;

void *speed_memory(size_t count, size_t size)
{
    void *memory = calloc(count == 0 ? 1 : count, size);

    if (memory == NULL) {
        fputs("speed: out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

static double now_us(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

// ---- Operations -------------------------------------------------------------

static uint64_t run_memcpy(const subject *s)
{
    memcpy(s->buffer, s->message, s->size);
    return s->buffer[s->size / 2];
}

static uint64_t run_encode(const subject *s)
{
    size_t size = 0;

    return (uint64_t)s->set->encode(s->native, s->buffer, s->size, &size);
}

static uint64_t run_measure(const subject *s)
{
    inlay_encoder encoder;
    size_t        size = 0;
    uint64_t      status;

    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    status = (uint64_t)s->set->measure(s->native, &encoder, &size);
    inlay_encoder_release(&encoder);
    return status;
}

static uint64_t run_verify(const subject *s)
{
    return (uint64_t)s->set->verify(s->message, s->size);
}

static uint64_t run_decode(const subject *s)
{
    inlay_arena arena;

    inlay_arena_init(&arena, s->arena_memory, s->arena_size, NULL,
                     INLAY_ARENA_NO_LIMIT);
    return (uint64_t)s->set->decode(s->message, s->size, &arena);
}

static uint64_t run_scalars(const subject *s)
{
    return s->set->scalars(s->message, s->size, false);
}

static uint64_t run_scalars_verified(const subject *s)
{
    return s->set->scalars(s->message, s->size, true);
}

static uint64_t run_strings(const subject *s)
{
    return s->set->strings == NULL
               ? 0
               : s->set->strings(s->message, s->size, false);
}

static uint64_t run_strings_verified(const subject *s)
{
    return s->set->strings == NULL ? 0
                                   : s->set->strings(s->message, s->size, true);
}

typedef struct operation {
    const char *name;
    uint64_t (*run)(const subject *s);
} operation;

static const operation operations[] = {
    {"memcpy of the message", run_memcpy},
    {"encode", run_encode},
    {"measure alone", run_measure},
    {"verify", run_verify},
    {"decode, verify included", run_decode},
    {"read scalars, clamped", run_scalars},
    {"read scalars, verified", run_scalars_verified},
    {"read strings, clamped", run_strings},
    {"read strings, verified", run_strings_verified},
};

#define OPERATIONS (sizeof operations / sizeof operations[0])

// ---- Measuring --------------------------------------------------------------

static uint64_t volatile sink;

// Returns the mean time of one run, in microseconds, over about a millisecond.
static double time_once(const operation *o, const subject *s)
{
    double start = now_us();
    double spent;
    int    runs = 0;

    do {
        sink += o->run(s);
        runs++;
        spent = now_us() - start;
    } while (spent < 1000);
    return spent / runs;
}

static void check(bool good, const char *set, const char *what)
{
    if (!good) {
        fprintf(stderr, "speed: %s: %s is wrong\n", set, what);
        exit(1);
    }
}

static subject prepare(const speed_set *set)
{
    subject       s = {.set = set, .native = set->native()};
    inlay_encoder encoder;
    size_t        size = 0;

    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    check(set->measure(s.native, &encoder, &s.size) == INLAY_OK, set->name,
          "measuring");
    inlay_encoder_release(&encoder);
    s.message = speed_memory(s.size, 1);
    s.buffer = speed_memory(s.size, 1);
    s.arena_size = s.size * 16 + 4096;
    s.arena_memory = speed_memory(s.arena_size, 1);
    check(set->encode(s.native, s.message, s.size, &size) == INLAY_OK &&
              size == s.size,
          set->name, "encoding");
    check(set->verify(s.message, s.size) == INLAY_OK, set->name, "verifying");
    check(run_decode(&s) == 0, set->name, "decoding");
    check(run_scalars(&s) == set->native_scalars(s.native) &&
              run_scalars_verified(&s) == set->native_scalars(s.native),
          set->name, "the sum of the scalars");
    check(set->strings == NULL ||
              (run_strings(&s) == set->native_strings(s.native) &&
               run_strings_verified(&s) == set->native_strings(s.native)),
          set->name, "the sum of the strings");
    return s;
}

static void measure_set(const speed_set *set)
{
    subject s = prepare(set);
    double  best[OPERATIONS];
    size_t  i;
    int     round;

    for (i = 0; i < OPERATIONS; i++) {
        best[i] = time_once(&operations[i], &s);
    }
    for (round = 0; round < ROUNDS; round++) {
        for (i = 0; i < OPERATIONS; i++) {
            double time = time_once(&operations[i], &s);

            best[i] = time < best[i] ? time : best[i];
        }
    }
    printf("%s: %zu bytes\n", set->name, s.size);
    for (i = 0; i < OPERATIONS; i++) {
        if (set->strings == NULL &&
            (operations[i].run == run_strings ||
             operations[i].run == run_strings_verified)) {
            continue;
        }
        printf("  %-26s %9.2f us  %7.2f x memcpy  %7.2f GB/s\n",
               operations[i].name, best[i], best[i] / best[0],
               (double)s.size / best[i] / 1000);
    }
}

int main(int argc, char **argv)
{
    const speed_set *const sets[] = {&speed_log, &speed_mesh, &speed_minecraft,
                                     &speed_mk48};
    size_t                 i;

    for (i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        if (argc < 2 || strcmp(argv[1], sets[i]->name) == 0) {
            measure_set(sets[i]);
        }
    }
    return 0;
}
