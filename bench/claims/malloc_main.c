// malloc_main.c -- inlay-bench-malloc: allocations in many threads.
//
//     inlay-bench-malloc COUNT
//
// A program of its own, so that LD_PRELOAD can put another allocator under it:
// inlay-bench has a malloc that counts. Writes the allocator's name, the
// mean processor time and the p99 of an allocation with a release, in ns, of
// COUNT in each thread.

#define _GNU_SOURCE // RTLD_DEFAULT

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define THREADS 8
#define SLOTS   512 // live objects per thread
#define SAMPLE  16  // one in so many is timed alone

typedef struct worker {
    size_t  index;
    size_t  count;
    void   *slots[SLOTS];
    double *samples;
    size_t  sample_count;
} worker;

// What one thread hands to the next; others free what we allocated.
static void *mailboxes[THREADS][SLOTS];

static pthread_barrier_t start;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static unsigned long long next_random(unsigned long long *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

// Drops an object and makes one, of ours or in exchange with the neighbour.
static void replace(worker *w, unsigned long long random)
{
    size_t slot = (size_t)(random >> 8) % SLOTS;
    size_t size = 16 + (size_t)(random >> 32) % 496;
    char  *made = malloc(size);

    if (made == NULL) {
        abort();
    }
    made[0] = made[size - 1] = 1;
    if ((random & 1) != 0) {
        void **box = &mailboxes[(w->index + 1) % THREADS][slot];

        free(__atomic_exchange_n(box, made, __ATOMIC_ACQ_REL));
    } else {
        free(w->slots[slot]);
        w->slots[slot] = made;
    }
}

static void *work(void *context)
{
    worker            *w = context;
    unsigned long long state = 88172645463325252u + w->index;
    size_t             i;

    pthread_barrier_wait(&start);
    for (i = 0; i < w->count; i++) {
        unsigned long long random = next_random(&state);

        if (i % SAMPLE == 0) {
            double before = now();

            replace(w, random);
            w->samples[w->sample_count++] = now() - before;
        } else {
            replace(w, random);
        }
    }
    return NULL;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static const char *allocator_name(void)
{
    if (dlsym(RTLD_DEFAULT, "mi_version") != NULL) {
        return "mimalloc";
    }
    return dlsym(RTLD_DEFAULT, "mallctl") != NULL ? "jemalloc" : "libc";
}

// Returns what the samples of all threads say.
static double p99_of(double *samples, size_t count)
{
    qsort(samples, count, sizeof *samples, compare);
    return samples[count * 99 / 100];
}

// Processor time of the whole process: others that run here do not count.
static double spent(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double run(worker *workers)
{
    pthread_t threads[THREADS];
    double    before = spent();
    size_t    i;

    pthread_barrier_init(&start, NULL, THREADS + 1);
    for (i = 0; i < THREADS; i++) {
        if (pthread_create(&threads[i], NULL, work, &workers[i]) != 0) {
            abort();
        }
    }
    pthread_barrier_wait(&start);
    for (i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    return spent() - before;
}

int main(int argc, char **argv)
{
    static worker workers[THREADS];
    size_t        count = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    size_t        per = count / SAMPLE;
    double       *samples = calloc(per * THREADS + 1, sizeof *samples);
    double        time;
    size_t        i;

    if (count < SAMPLE || count % SAMPLE != 0 || samples == NULL) {
        fputs("usage: inlay-bench-malloc COUNT, a multiple of 16\n", stderr);
        return 2;
    }
    for (i = 0; i < THREADS; i++) {
        workers[i] =
            (worker){.index = i, .count = count, .samples = samples + i * per};
    }
    time = run(workers);
    printf("%s %f %f\n", allocator_name(), time / (double)(count * THREADS),
           p99_of(samples, per * THREADS));
    return 0;
}
