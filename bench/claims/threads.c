// threads.c -- claim 20: false sharing.

#define _GNU_SOURCE // affinities

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include "bench/claims/list.h"
#include "bench/harness/subject.h"

#define THREADS 32
#define LINE    64

typedef struct counter {
    uint64_t          *count;
    size_t             times; // to count up
    size_t             core;
    pthread_barrier_t *start;
} counter;

typedef struct counters {
    size_t   threads;
    size_t   times;  // per thread and run: much longer than a thread's start
    size_t   stride; // in counters
    uint64_t memory[THREADS * (LINE / 8)] __attribute__((aligned(LINE)));
} counters;

// Each thread has a core of its own, of those that we may use.
static void move_to(size_t core)
{
    cpu_set_t allowed, one;
    size_t    i;

    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        return;
    }
    for (i = 0; i < CPU_SETSIZE; i++) {
        if (CPU_ISSET(i, &allowed) && core-- == 0) {
            CPU_ZERO(&one);
            CPU_SET(i, &one);
            pthread_setaffinity_np(pthread_self(), sizeof one, &one);
            return;
        }
    }
}

static size_t count_cores(void)
{
    cpu_set_t allowed;

    return sched_getaffinity(0, sizeof allowed, &allowed) == 0
               ? (size_t)CPU_COUNT(&allowed)
               : 1;
}

// Nobody else ever writes this counter; only its cache line has others.
static void *count_up(void *context)
{
    counter *c = context;
    size_t   i;

    move_to(c->core);
    pthread_barrier_wait(c->start);
    for (i = 0; i < c->times; i++) {
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
        each[i].times = self->times;
        each[i].core = i;
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
    size_t    cores = count_cores();
    size_t    threads = cores > THREADS ? THREADS : cores;
    counters *near, *far;

    if (cores < 2) {
        claim_absent(bench, "", "there is one core for us");
        return;
    }
    near = (counters *)(void *)bench_memory(sizeof *near);
    far = (counters *)(void *)bench_memory(sizeof *far);
    near->threads = far->threads = threads;
    near->times = far->times = bench->smoke ? 200000 : 4000000;
    near->stride = 1;
    far->stride = LINE / 8;
    claim_pair(
        bench, "", claim_up_to(300), (claim_variant){run_threads, near, false},
        (claim_variant){run_threads, far, false},
        (double)(near->times * threads),
        "an atomic counter per thread counted up by %zu threads, eight of them "
        "in a cache line against one; hyperthreads of one core, and threads "
        "that never run at the same time, do not show it",
        threads);
    free(near);
    free(far);
}
