// measure.c -- see measure.h.

#include "bench/harness/measure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "bench/harness/clock.h"
#include "bench/harness/counters.h"
#include "bench/harness/gate.h"
#include "bench/harness/stats.h"

// The anchor takes this part of a block's time, beside each block.
#define ANCHOR_PART 0.2

// What takes less than the loop around it takes this, as far as can be told.
#define LEAST_NS 0.1

static double loop_ns; // what an operation that does nothing takes

// One subject under one operation.
typedef struct task {
    subject        *subject;
    bench_function *run;      // NULL: compress
    compress_op     compress; //
    size_t          repeats;  // operations per block
    double         *blocks;
    double         *anchors;
    size_t          wanted; // blocks
    size_t          count;  // blocks that were taken
    size_t          contaminated;
} task;

// ---- Timing one block -------------------------------------------------------

static uint64_t run_once(const task *t)
{
    if (t->run == NULL) {
        return compress_run(t->subject, t->compress);
    }
    return t->run(subject_next(t->subject));
}

// The loop of codecs' operations: nothing but the call and what it needs.
static uint64_t run_loop(subject *s, bench_function *run, size_t repeats)
{
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < repeats; i++) {
        sum += run(subject_next(s));
    }
    return sum;
}

static double time_block(const task *t)
{
    uint64_t begin = bench_ticks_begin();
    uint64_t sum = 0;
    size_t   i;
    double   spent;

    if (t->run != NULL) {
        sum = run_loop(t->subject, t->run, t->repeats);
    } else {
        for (i = 0; i < t->repeats; i++) {
            sum += compress_run(t->subject, t->compress);
        }
    }
    spent = bench_ns(begin, bench_ticks_end());
    __asm__ volatile("" : : "r"(sum) : "memory");
    spent = spent / (double)t->repeats - loop_ns;
    return spent > LEAST_NS ? spent : LEAST_NS;
}

static uint64_t copy_message(bench_state *state)
{
    memcpy(state->out, state->message, state->size);
    __asm__ volatile("" : : "r"(state->out) : "memory");
    return state->size;
}

static double time_anchor(const subject *anchor, size_t repeats)
{
    task t = {.subject = (subject *)(uintptr_t)anchor,
              .run = copy_message,
              .repeats = repeats};

    return time_block(&t);
}

// Returns how often to repeat something that takes so long.
static size_t repeats_for(double ns, double block_ns)
{
    double repeats = ns > 0.1 ? block_ns / ns : block_ns * 10;

    return repeats < 1 ? 1 : (size_t)repeats;
}

// Returns how many blocks a cell may take in its time.
static size_t blocks_for(double block_ns, const bench_settings *settings)
{
    double blocks = settings->cell_ns / block_ns;

    if (blocks < (double)settings->least_blocks) {
        blocks = (double)settings->least_blocks;
    }
    return blocks < (double)settings->blocks ? (size_t)blocks
                                             : settings->blocks;
}

// Warms up for about a block's time and finds how often to repeat. Returns what
// one operation takes.
static double task_calibrate(task *t, double block_ns)
{
    double ns;

    t->repeats = 1;
    ns = time_block(t);
    while (ns * (double)t->repeats < block_ns / 2 && t->repeats < 1u << 30) {
        t->repeats *= 2;
        ns = time_block(t);
        if (ns <= 0) {
            ns = 0.01;
        }
    }
    t->repeats = repeats_for(ns + loop_ns, block_ns);
    return ns;
}

// ---- Interleaved blocks -----------------------------------------------------

static uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15); // splitmix64

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static void shuffle(size_t *order, size_t count, uint64_t *state)
{
    size_t i;

    for (i = count; i > 1; i--) {
        size_t j = (size_t)(random_next(state) % i);
        size_t swap = order[i - 1];

        order[i - 1] = order[j];
        order[j] = swap;
    }
}

static long switches(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nivcsw;
}

static void run_block(task *t, const subject *anchor, size_t anchor_repeats)
{
    long before;

    t->anchors[t->count] = time_anchor(anchor, anchor_repeats);
    before = switches();
    t->blocks[t->count] = time_block(t);
    t->contaminated += switches() != before;
    t->count++;
}

// Spreads a task's blocks evenly over all rounds.
static bool is_due(const task *t, size_t round, size_t rounds)
{
    return (round + 1) * t->wanted / rounds > t->count;
}

// Runs all tasks, each at most once per round, in a new order every time.
static void run_rounds(task *tasks, size_t count, const subject *anchor,
                       const bench_settings *settings)
{
    static uint64_t random;
    size_t         *order = calloc(count, sizeof *order);
    task copy = {.subject = (subject *)(uintptr_t)anchor, .run = copy_message};
    size_t round, i;

    if (order == NULL) {
        fputs("inlay-bench: out of memory\n", stderr);
        exit(2);
    }
    random += settings->seed;
    task_calibrate(&copy, settings->block_ns * ANCHOR_PART);
    for (i = 0; i < count; i++) {
        double ns = task_calibrate(&tasks[i], settings->block_ns);

        order[i] = i;
        tasks[i].wanted =
            blocks_for(fmax(ns, settings->block_ns), settings);
    }
    for (round = 0; round < settings->blocks; round++) {
        shuffle(order, count, &random);
        for (i = 0; i < count; i++) {
            task *t = &tasks[order[i]];

            if (is_due(t, round, settings->blocks)) {
                run_block(t, anchor, copy.repeats);
            }
        }
    }
    free(order);
}

// ---- Cells ------------------------------------------------------------------

static double *new_blocks(const bench_results *results)
{
    return (double *)(void *)bench_memory(results->settings.blocks *
                                          sizeof(double));
}

static task new_task(const bench_results *results, subject *s)
{
    task t = {.subject = s};

    t.blocks = new_blocks(results);
    t.anchors = new_blocks(results);
    return t;
}

static bench_cell *new_cell(bench_results *results, const subject *s,
                            const char *op)
{
    bench_cell *cell = results_cell(results);

    cell->set = s->models->id;
    cell->codec = s->codec;
    cell->op = op;
    return cell;
}

// One operation with allocations counted, outside of all timing.
static void count_allocs(bench_cell *cell, const task *t)
{
    uint64_t sum;

    if (allocs_supported()) {
        allocs_start();
        sum = run_once(t);
        cell->allocs = allocs_stop();
        cell->allocs_counted = true;
        __asm__ volatile("" : : "r"(sum) : "memory");
    }
}

// The same with the processor's counters, where there are any.
static void count_cycles(bench_cell *cell, const task *t)
{
    counter_values values;

    if (!counters_start()) {
        return;
    }
    time_block(t);
    values = counters_stop();
    cell->cycles = values.cycles / t->repeats;
    cell->instructions = values.instructions / t->repeats;
}

static void add_cell(bench_results *results, const task *t, const char *op)
{
    bench_cell *cell = new_cell(results, t->subject, op);

    cell->blocks = t->blocks;
    cell->anchors = t->anchors;
    cell->count = t->count;
    cell->contaminated = t->contaminated;
    count_allocs(cell, t);
    count_cycles(cell, t);
}

// The last task is the first one again, under another name: what differs
// between them is noise.
static void add_noise(bench_results *results, const task *tasks, size_t count,
                      const char *op)
{
    const task  *a = &tasks[0];
    const task  *b = &tasks[count - 1];
    size_t       blocks = a->count < b->count ? a->count : b->count;
    double      *ratios = new_blocks(results);
    bench_noise *noise = results_noise(results);
    size_t       i;

    for (i = 0; i < blocks; i++) {
        ratios[i] = a->blocks[i] > 0 && b->blocks[i] > 0
                        ? log(a->blocks[i] / b->blocks[i])
                        : 0;
    }
    noise->set = a->subject->models->id;
    noise->op = op;
    stats_bootstrap_median(ratios, blocks, STATS_RESAMPLES,
                           results->settings.seed, &noise->low, &noise->high);
    noise->low = exp(noise->low);
    noise->high = exp(noise->high);
    free(ratios);
}

// Times the tasks, with the first twice, and adds their cells.
static void measure_tasks(bench_results *results, const measure_set *set,
                          task *tasks, size_t count, const char *op)
{
    size_t i;

    if (count == 0) {
        return;
    }
    tasks[count] = new_task(results, tasks[0].subject);
    tasks[count].run = tasks[0].run;
    tasks[count].compress = tasks[0].compress;
    run_rounds(tasks, count + 1, set->anchor, &results->settings);
    for (i = 0; i < count; i++) {
        add_cell(results, &tasks[i], op);
    }
    add_noise(results, tasks, count + 1, op);
    free(tasks[count].blocks);
    free(tasks[count].anchors);
}

static task *new_tasks(const measure_set *set)
{
    return (task *)(void *)bench_memory((set->count + 1) * sizeof(task));
}

static void add_absent(bench_results *results, const subject *s, bench_op op)
{
    bench_cell *cell = new_cell(results, s, bench_op_name(op));

    cell->absent = s->failure != NULL ? s->failure : s->codec->absent[op];
    if (cell->absent == NULL) {
        cell->absent = "not for this set";
    }
}

void measure_op(bench_results *results, const measure_set *set, bench_op op)
{
    task  *tasks = new_tasks(set);
    size_t count = 0;
    size_t i;

    for (i = 0; i < set->count; i++) {
        subject *s = set->subjects[i];

        if (subject_has(s, op)) {
            tasks[count] = new_task(results, s);
            tasks[count++].run = s->functions->ops[op];
        } else {
            add_absent(results, s, op);
        }
    }
    measure_tasks(results, set, tasks, count, bench_op_name(op));
    for (i = 0; op == BENCH_UPDATE && i < set->count; i++) {
        subject_restore(set->subjects[i]);
    }
    free(tasks);
}

// Only codecs that write have a message of their own to be packed.
static bool writes(const subject *s)
{
    return subject_has(s, BENCH_ENCODE) && s->codec->trust != BENCH_FLOOR;
}

void measure_compression(bench_results *results, const measure_set *set,
                         compress_op op)
{
    task  *tasks = new_tasks(set);
    size_t count = 0;
    size_t i;

    for (i = 0; compress_op_name(op) != NULL && i < set->count; i++) {
        if (writes(set->subjects[i])) {
            compress_prepare(set->subjects[i]);
            tasks[count] = new_task(results, set->subjects[i]);
            tasks[count++].compress = op;
        }
    }
    measure_tasks(results, set, tasks, count, compress_op_name(op));
    free(tasks);
}

void measure_sizes(bench_results *results, const measure_set *set)
{
    size_t i;

    for (i = 0; i < set->count; i++) {
        subject    *s = set->subjects[i];
        bench_size *size;

        if (writes(s)) {
            compress_prepare(s);
            size = results_size(results);
            size->set = s->models->id;
            size->codec = s->codec;
            size->bytes = s->size / s->count;
            size->zstd1 = s->packed_size[0];
            size->lz4 = s->packed_size[1];
        }
    }
}

// ---- Single operations ------------------------------------------------------

// Returns whether messages can be flushed from the caches.
static bool can_flush(void)
{
#if defined(__x86_64__)
    return true;
#else
    return false;
#endif
}

static void flush_message(const bench_state *state)
{
#if defined(__x86_64__)
    size_t i;

    for (i = 0; i < state->size; i += 64) {
        _mm_clflush(state->message + i);
    }
    _mm_mfence();
#else
    (void)state;
#endif
}

static double time_single(bench_function *run, bench_state *state)
{
    uint64_t begin = bench_ticks_begin();
    uint64_t result = run(state);
    double   spent = bench_ns(begin, bench_ticks_end());

    __asm__ volatile("" : : "r"(result) : "memory");
    return spent - bench_time.overhead;
}

static void time_singles(bench_results *results, subject *s, bench_op op,
                         bool cold)
{
    bench_latency *row = results_latency(results);
    size_t         count = results->settings.latency_count;
    size_t         i;

    row->set = s->models->id;
    row->codec = s->codec;
    row->op = bench_op_name(op);
    row->cache = cold ? "cold" : "hot";
    row->times = histogram_new();
    for (i = 0; i < count; i++) {
        bench_state *state = subject_next(s);

        if (cold) {
            flush_message(state);
        }
        histogram_add(row->times, time_single(s->functions->ops[op], state));
    }
}

void measure_latency(bench_results *results, const measure_set *set,
                     bench_op op)
{
    bool   reads = op != BENCH_BUILD && op != BENCH_ENCODE;
    size_t i;

    for (i = 0; i < set->count; i++) {
        if (subject_has(set->subjects[i], op)) {
            time_singles(results, set->subjects[i], op, false);
        }
    }
    for (i = 0; reads && can_flush() && i < set->count; i++) {
        if (subject_has(set->subjects[i], op)) {
            time_singles(results, set->subjects[i], op, true);
        }
    }
}

// ---- The loop itself --------------------------------------------------------

__attribute__((noinline)) static uint64_t nothing(bench_state *state)
{
    __asm__ volatile("" : : "r"(state) : "memory");
    return 1;
}

void measure_init(void)
{
    bench_state state = {0};
    subject     s = {.states = &state, .count = 1};
    task        t = {.subject = &s, .run = nothing, .repeats = 100000};
    double      least = 1e9;
    int         i;

    counters_open();
    loop_ns = 0;
    for (i = 0; i < 50; i++) {
        double ns = time_block(&t);

        least = ns < least ? ns : least;
    }
    loop_ns = least;
}
