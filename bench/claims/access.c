// access.c -- claims 18 and 19: what stands between a program and its values.

#include <stdlib.h>
#include <string.h>

#include <inlay/json.h>

#include "bench/claims/by_hand.h"
#include "bench/claims/lanes.h"
#include "bench/claims/list.h"
#include "bench/harness/subject.h"
#include "log.inlay.h"

// ---- 18: checks of bounds ---------------------------------------------------

#define VALUES 4096

typedef struct values {
    uint64_t  items[VALUES];
    uint32_t  indices[VALUES];
    size_t    count;
    uint64_t *hidden; // the same items
} values;

// A stand-in for the end of the world, so that a check has somewhere to go.
static CLAIM_NOINLINE void out_of_bounds(void)
{
    abort();
}

static uint64_t sum_unchecked(void *context)
{
    const values *v = context;
    uint64_t      sum = 0;
    size_t        i;

    for (i = 0; i < v->count; i++) {
        sum += v->hidden[i];
    }
    return sum;
}

// The condition of the loop says the same as the check.
static uint64_t sum_checked(void *context)
{
    const values *v = context;
    size_t        count = v->count;
    uint64_t      sum = 0;
    size_t        i;

    for (i = 0; i < count; i++) {
        if (i >= count) {
            out_of_bounds();
        }
        sum += v->hidden[i];
    }
    return sum;
}

static uint64_t gather_unchecked(void *context)
{
    const values *v = context;
    uint64_t      sum = 0;
    size_t        i;

    for (i = 0; i < VALUES; i++) {
        sum += v->items[v->indices[i]];
    }
    return sum;
}

// Nobody but the check knows where an index from the data leads.
static uint64_t gather_checked(void *context)
{
    const values *v = context;
    size_t        count = v->count;
    uint64_t      sum = 0;
    size_t        i;

    for (i = 0; i < VALUES; i++) {
        if (v->indices[i] >= count) {
            out_of_bounds();
        }
        sum += v->items[v->indices[i]];
    }
    return sum;
}

static void check_loops(claim_bench *bench)
{
    values *v = (values *)(void *)bench_memory(sizeof *v);
    size_t  i;

    v->count = VALUES;
    v->hidden = v->items;
    for (i = 0; i < VALUES; i++) {
        v->items[i] = claim_random(&bench->random);
        v->indices[i] = (uint32_t)(claim_random(&bench->random) % VALUES);
    }
    claim_pair(bench, "a loop, seen", claim_free(),
               (claim_variant){sum_checked, v, false},
               (claim_variant){sum_unchecked, v, false}, VALUES,
               "a number of an array added, with its index checked against the "
               "count that ends the loop, against no check");
    claim_pair(bench, "a loop, not seen", claim_free(),
               (claim_variant){gather_checked, v, false},
               (claim_variant){gather_unchecked, v, false}, VALUES,
               "the same by indices that come from data");
    free(v);
}

// Inlay's own: clamped accessors against those of a verified message.
static void check_inlay(claim_bench *bench, bench_set_id set, bench_op op)
{
    lane        clamped, verified;
    const char *name = bench_sets[set].name;
    char        what[64];

    snprintf(what, sizeof what, "Inlay, %s, %s", name,
             op == BENCH_READ_SCALARS ? "numbers" : "texts");
    if (lane_init(&clamped, "inlay-clamped", set, op) &&
        lane_init(&verified, "inlay-once", set, op)) {
        claim_pair(bench, what, claim_free(), lane_variant(&clamped),
                   lane_variant(&verified), 1,
                   "all %s of the message read by clamped accessors, which are "
                   "safe on any bytes, against those of a verified message",
                   op == BENCH_READ_SCALARS ? "numbers" : "texts");
    }
    lane_release(&clamped);
    lane_release(&verified);
}

void claim_bounds_checks(claim_bench *bench)
{
    check_loops(bench);
    check_inlay(bench, BENCH_LOG, BENCH_READ_SCALARS);
    check_inlay(bench, BENCH_LOG, BENCH_READ_STRINGS);
    check_inlay(bench, BENCH_MK48, BENCH_READ_SCALARS);
}

// ---- 19: tables of functions ------------------------------------------------

#define KINDS 4

typedef uint64_t operation(uint64_t sum, uint64_t value);

static inline uint64_t op_add(uint64_t sum, uint64_t value)
{
    return sum + value;
}

static inline uint64_t op_mix(uint64_t sum, uint64_t value)
{
    return sum ^ value;
}

static inline uint64_t op_sub(uint64_t sum, uint64_t value)
{
    return sum - value;
}

static inline uint64_t op_more(uint64_t sum, uint64_t value)
{
    return sum + value + 1;
}

// Out of line, to be called directly.
static CLAIM_NOINLINE uint64_t far_add(uint64_t sum, uint64_t value)
{
    __asm__ volatile("");
    return op_add(sum, value);
}

static CLAIM_NOINLINE uint64_t far_mix(uint64_t sum, uint64_t value)
{
    __asm__ volatile("");
    return op_mix(sum, value);
}

static CLAIM_NOINLINE uint64_t far_sub(uint64_t sum, uint64_t value)
{
    __asm__ volatile("");
    return op_sub(sum, value);
}

static CLAIM_NOINLINE uint64_t far_more(uint64_t sum, uint64_t value)
{
    __asm__ volatile("");
    return op_more(sum, value);
}

// A record of four fields, as a schema describes it at run time. Not const: the
// compiler may not look inside.
static operation *table[KINDS] = {far_add, far_mix, far_sub, far_more};

static uint64_t fields_inlined(void *context)
{
    const values *v = context;
    uint64_t      sum = 0;
    size_t        i;

    for (i = 0; i < VALUES; i += KINDS) {
        sum = op_add(sum, v->items[i]);
        sum = op_mix(sum, v->items[i + 1]);
        sum = op_sub(sum, v->items[i + 2]);
        sum = op_more(sum, v->items[i + 3]);
        CLAIM_OPAQUE(sum);
    }
    return sum;
}

static uint64_t fields_called(void *context)
{
    const values *v = context;
    uint64_t      sum = 0;
    size_t        i;

    for (i = 0; i < VALUES; i += KINDS) {
        sum = far_add(sum, v->items[i]);
        sum = far_mix(sum, v->items[i + 1]);
        sum = far_sub(sum, v->items[i + 2]);
        sum = far_more(sum, v->items[i + 3]);
        CLAIM_OPAQUE(sum);
    }
    return sum;
}

static uint64_t fields_by_table(void *context)
{
    const values *v = context;
    uint64_t      sum = 0;
    size_t        i;

    for (i = 0; i < VALUES; i += KINDS) {
        size_t j;

        for (j = 0; j < KINDS; j++) {
            sum = table[j](sum, v->items[i + j]);
        }
        CLAIM_OPAQUE(sum);
    }
    return sum;
}

static void call_loops(claim_bench *bench)
{
    values *v = (values *)(void *)bench_memory(sizeof *v);
    size_t  i;

    for (i = 0; i < VALUES; i++) {
        v->items[i] = claim_random(&bench->random);
    }
    claim_pair(bench, "tight loop, inlined", claim_about(3.4),
               (claim_variant){fields_by_table, v, false},
               (claim_variant){fields_inlined, v, false}, VALUES,
               "a field of a record of four taken in by a function from a "
               "table against code in its place");
    claim_pair(bench, "tight loop, called", claim_about(3.4),
               (claim_variant){fields_by_table, v, false},
               (claim_variant){fields_called, v, false}, VALUES,
               "the same against direct calls");
    free(v);
}

// ---- 19: a codec driven by tables -------------------------------------------

typedef struct json_work {
    inlay_bytes  message;
    inlay_buffer text;
} json_work;

static uint64_t text_sum(json_work *w)
{
    uint64_t sum = w->text.size;
    size_t   i;

    for (i = 0; i < w->text.size; i += 97) {
        sum = sum * 31 + w->text.data[i];
    }
    return sum;
}

static uint64_t json_by_table(void *context)
{
    json_work *w = context;

    inlay_buffer_clear(&w->text);
    if (inlay_json_write(&log_logs_desc, w->message.data, w->message.size, NULL,
                         inlay_sink_buffer(&w->text), NULL) != INLAY_OK) {
        return 0;
    }
    return text_sum(w);
}

static uint64_t json_by_hand(void *context)
{
    json_work *w = context;

    inlay_buffer_clear(&w->text);
    if (!by_hand_json(w->message, &w->text)) {
        return 1;
    }
    return text_sum(w);
}

void claim_tables(claim_bench *bench)
{
    lane      inlay;
    json_work w = {0};

    call_loops(bench);
    if (lane_init(&inlay, "inlay", BENCH_LOG, BENCH_ENCODE)) {
        w.message = (inlay_bytes){inlay.subject->states[0].message,
                                  inlay.subject->states[0].size};
        inlay_buffer_init(&w.text, NULL);
        claim_pair(bench, "a codec", claim_between(1.1, 1.3),
                   (claim_variant){json_by_table, &w, false},
                   (claim_variant){json_by_hand, &w, false}, 1,
                   "the log verified and written as JSON by Inlay's writer, "
                   "which follows descriptors, against one written by hand for "
                   "this schema");
        inlay_buffer_release(&w.text);
    }
    lane_release(&inlay);
}
