// threads.c -- claim 20: false sharing.

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/claims/list.h"
#include "bench/harness/subject.h"

#define THREADS 32
#define LINE    64
#define COUNTS  500000 // per thread and run: much longer than a thread's start

typedef struct counter {
    uint64_t          *count;
    pthread_barrier_t *start;
} counter;

typedef struct counters {
    size_t   threads;
    size_t   stride; // in counters
    uint64_t memory[THREADS * (LINE / 8)] __attribute__((aligned(LINE)));
} counters;

// Nobody else ever writes this counter; only its cache line has others.
static void *count_up(void *context)
{
    counter *c = context;
    size_t   i;

    pthread_barrier_wait(c->start);
    for (i = 0; i < COUNTS; i++) {
        __atomic_fetch_add(c->count, 1, __ATOMIC_RELAXED);
    }
    return NULL;
}

static uint64_t run_threads(void *context)
{
    counters         *self = context;
    pthread_t         threads[THREADS];
    counter           each[THREADS];
    pthread_barrier_t start;
    uint64_t          sum = 0;
    size_t            i;

    pthread_barrier_init(&start, NULL, (unsigned)self->threads);
    for (i = 0; i < self->threads; i++) {
        each[i].count = &self->memory[i * self->stride];
        each[i].start = &start;
        *each[i].count = 0;
        if (pthread_create(&threads[i], NULL, count_up, &each[i]) != 0) {
            abort();
        }
    }
    for (i = 0; i < self->threads; i++) {
        pthread_join(threads[i], NULL);
        sum += *each[i].count;
    }
    pthread_barrier_destroy(&start);
    return sum;
}

void claim_false_sharing(claim_bench *bench)
{
    long      cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t    threads = cores > THREADS ? THREADS : (size_t)cores;
    counters *near, *far;

    if (cores < 2) {
        claim_absent(bench, "", "there is one core");
        return;
    }
    near = (counters *)(void *)bench_memory(sizeof *near);
    far = (counters *)(void *)bench_memory(sizeof *far);
    near->threads = far->threads = threads;
    near->stride = 1;
    far->stride = LINE / 8;
    claim_pair(
        bench, "", claim_up_to(300), (claim_variant){run_threads, near, false},
        (claim_variant){run_threads, far, false},
        COUNTS, // each thread its own, at the same time
        "an atomic counter per thread counted up by %zu threads, eight of them "
        "in a cache line against one",
        threads);
    free(near);
    free(far);
}
