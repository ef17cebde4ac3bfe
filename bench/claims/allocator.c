// allocator.c -- claims 13 and 14: what an allocation costs.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/claims/child.h"
#include "bench/claims/list.h"
#include "bench/harness/subject.h"

// ---- 13: allocations per million instructions -------------------------------

#define SLOTS       1024 // live objects; a power of two
#define ALLOCATIONS 1000
#define PARTS       (ALLOCATIONS)

// Of a loop over two xorshift chains, as GCC and Clang compile it: x86-64 needs
// moves, AArch64 shifts within an operation.
#if defined(__x86_64__)
#define LOOP_INSTRUCTIONS 20
#elif defined(__aarch64__)
#define LOOP_INSTRUCTIONS 8
#else
#define LOOP_INSTRUCTIONS 14
#endif
#define PART_LOOPS (1000000 / PARTS / LOOP_INSTRUCTIONS)

typedef struct heap {
    void    *slots[SLOTS];
    uint64_t random;
} heap;

static inline uint64_t part_of_work(uint64_t a)
{
    uint64_t b = ~a;
    int      i;

    for (i = 0; i < PART_LOOPS; i++) {
        a ^= a << 13;
        b ^= b << 13;
        a ^= a >> 7;
        b ^= b >> 7;
        a ^= a << 17;
        b ^= b << 17;
        CLAIM_OPAQUE(a);
    }
    return a + b;
}

// Replaces one of the live objects by one of another size.
static void replace(heap *h)
{
    uint64_t random = claim_random(&h->random);
    size_t   slot = random % SLOTS;

    free(h->slots[slot]);
    h->slots[slot] = malloc(16 + (random >> 32) % 240);
    CLAIM_OPAQUE(h);
}

static uint64_t work_alone(void *context)
{
    heap    *h = context;
    uint64_t sum = 1;
    int      i;

    for (i = 0; i < PARTS; i++) {
        uint64_t random = claim_random(&h->random); // as replace does

        sum = part_of_work(sum | 1);
        CLAIM_OPAQUE(random);
    }
    return sum;
}

static uint64_t work_allocating(void *context)
{
    uint64_t sum = 1;
    int      i;

    for (i = 0; i < PARTS; i++) {
        sum = part_of_work(sum | 1);
        replace(context);
    }
    return sum;
}

// 1,000 allocations, since the effect of 10 is lost in the noise.
void claim_allocation_cost(claim_bench *bench)
{
    heap         *h = (heap *)(void *)bench_memory(sizeof *h);
    claim_variant variants[] = {{work_alone, h, false},
                                {work_allocating, h, false}};
    claim_timing  timings[2];
    char          alone[32], more[32];
    claim_figure  gain;
    size_t        i;

    if (claim_compare(bench, variants, 2, timings)) {
        gain =
            (claim_figure){timings[1].ratio.median - 1,
                           timings[1].ratio.low - 1, timings[1].ratio.high - 1};
        claim_found(
            bench, "", claim_percent(0.8, 1.25), " %", gain,
            "a million instructions of plain arithmetic take %s, and %s with "
            "1,000 objects of 16 to 255 bytes replaced among 1,024 live ones; "
            "the figure is a hundredth of that difference",
            claim_time_text(timings[0].ns.median, alone, sizeof alone),
            claim_time_text(timings[1].ns.median, more, sizeof more));
    }
    for (i = 0; i < SLOTS; i++) {
        free(h->slots[i]);
    }
    free(h);
}

// ---- 14: other allocators ---------------------------------------------------

typedef struct allocator {
    const char *name;    // what the helper says it runs on
    const char *library; // NULL: the C library's own
    double     *ns;      // mean of an allocation
    double     *p99;
    bool        missing;
} allocator;

#define ALLOCATORS 3

// Lets the helper run on one allocator.
static bool run_helper(const claim_bench *bench, allocator *a, size_t round)
{
    char  path[4200], preload[128];
    char *arguments[] = {path, bench->smoke ? "20000" : "200000", NULL};
    char *variables[] = {preload, NULL};
    char  output[128], name[32];

    snprintf(path, sizeof path, "%s/inlay-bench-malloc", bench->folder);
    snprintf(preload, sizeof preload, "LD_PRELOAD=%s",
             a->library != NULL ? a->library : "");
    return child_output(arguments, variables, NULL, output, sizeof output) &&
           sscanf(output, "%31s %lf %lf", name, &a->ns[round],
                  &a->p99[round]) == 3 &&
           strcmp(name, a->name) == 0;
}

static void run_all(claim_bench *bench, allocator *allocators, size_t rounds)
{
    size_t order[ALLOCATORS] = {0, 1, 2};
    size_t round, i;

    for (round = 0; round < rounds; round++) {
        claim_shuffle(order, ALLOCATORS, &bench->random);
        for (i = 0; i < ALLOCATORS; i++) {
            allocator *a = &allocators[order[i]];

            a->missing = a->missing || !run_helper(bench, a, round);
        }
    }
}

static claim_figure saving(const claim_bench *bench, const double *slow,
                           const double *fast, size_t rounds)
{
    double ratios[32];
    size_t i;

    for (i = 0; i < rounds; i++) {
        ratios[i] = slow[i] / fast[i];
    }
    return claim_saving(claim_figure_of(bench, ratios, rounds));
}

static void add_allocator(claim_bench *bench, const allocator *own,
                          const allocator *other, size_t rounds)
{
    char what[64];

    if (own->missing || other->missing) {
        claim_absent(bench, other->name, "%s",
                     own->missing ? "the helper program does not run"
                                  : "it is not installed");
        return;
    }
    claim_found(
        bench, other->name, claim_percent(30, 60), " %",
        saving(bench, own->ns, other->ns, rounds),
        "processor time of an allocation and a release in 8 threads that "
        "hand half of their objects on: %.1f ns against %.1f",
        claim_figure_of(bench, other->ns, rounds).median,
        claim_figure_of(bench, own->ns, rounds).median);
    snprintf(what, sizeof what, "%s, p99", other->name);
    claim_found(bench, what, claim_percent(30, 60), " %",
                saving(bench, own->p99, other->p99, rounds),
                "the slowest of a hundred of them: %.0f ns against %.0f",
                claim_figure_of(bench, other->p99, rounds).median,
                claim_figure_of(bench, own->p99, rounds).median);
}

void claim_allocators(claim_bench *bench)
{
    double    ns[ALLOCATORS][32], p99[ALLOCATORS][32];
    size_t    rounds = bench->smoke ? 2 : 15;
    allocator allocators[ALLOCATORS] = {
        {"libc", NULL, ns[0], p99[0], false},
        {"jemalloc", "libjemalloc.so.2", ns[1], p99[1], false},
        {"mimalloc", "libmimalloc.so.2", ns[2], p99[2], false}};

    run_all(bench, allocators, rounds);
    add_allocator(bench, &allocators[0], &allocators[1], rounds);
    add_allocator(bench, &allocators[0], &allocators[2], rounds);
    claim_absent(bench, "musl",
                 "it takes a program that is linked against musl");
}
