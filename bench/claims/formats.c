// formats.c -- claims 1 to 4 and 7: formats against each other, by the codecs
// of the suite.

#include <stdlib.h>
#include <string.h>

#include "bench/claims/lanes.h"
#include "bench/claims/list.h"
#include "bench/harness/allocs.h"
#include "bench/rivals/rivals.h"

#define ABSENT "the suite has no %s here"
#define RUST   "see the Rust benchmarks"

// ---- The fastest of several -------------------------------------------------

// All codecs of a format that have an operation, open.
typedef struct field {
    lane   lanes[CLAIM_VARIANTS - 1];
    size_t count;
} field;

static void field_add(field *self, const bench_codec *codec, bench_set_id set,
                      bench_op op, bool then_decode)
{
    lane *l = &self->lanes[self->count];

    if (self->count < CLAIM_VARIANTS - 1 &&
        lane_init_codec(l, codec, set, op) &&
        (!then_decode || lane_add(l, BENCH_DECODE))) {
        self->count++;
    } else {
        lane_release(l);
    }
}

static void field_init(field *self, const char *format, bench_set_id set,
                       bench_op op, bool then_decode)
{
    size_t i;

    memset(self, 0, sizeof *self);
    for (i = 0; i < bench_codec_count; i++) {
        const bench_codec *codec = bench_codecs[i];

        if (strcmp(codec->format, format) == 0 && codec->cases[set] != NULL &&
            codec->cases[set]->ops[op] != NULL) {
            field_add(self, codec, set, op, then_decode);
        }
    }
}

static void field_release(field *self)
{
    size_t i;

    for (i = 0; i < self->count; i++) {
        lane_release(&self->lanes[i]);
    }
}

static const char *action(bench_op op, bool then_decode)
{
    if (then_decode) {
        return "written and decoded";
    }
    return op == BENCH_ENCODE ? "written"
                              : (op == BENCH_DECODE ? "decoded" : "checked");
}

// Returns the index of the one with the least ratio, from 1 on.
static size_t fastest(const claim_timing *timings, size_t count)
{
    size_t best = 1;
    size_t i;

    for (i = 2; i < count; i++) {
        if (timings[i].ratio.median < timings[best].ratio.median) {
            best = i;
        }
    }
    return best;
}

static void add_fastest(claim_bench *bench, const char *what, claim_range range,
                        field *json, lane *base, const char *done)
{
    claim_variant variants[CLAIM_VARIANTS];
    claim_timing  timings[CLAIM_VARIANTS];
    char          slow[32], fast[32];
    double        messages = lane_messages(base);
    size_t        best, i;

    variants[0] = lane_variant(base);
    for (i = 0; i < json->count; i++) {
        variants[i + 1] = lane_variant(&json->lanes[i]);
        variants[i + 1].own = true;
    }
    if (!claim_compare(bench, variants, json->count + 1, timings)) {
        return;
    }
    best = fastest(timings, json->count + 1);
    claim_found(
        bench, what, range, CLAIM_TIMES, timings[best].ratio,
        "a message %s as JSON by the fastest of %zu (%s) against %s: %s "
        "against %s",
        done, json->count, json->lanes[best - 1].codec->name, base->codec->name,
        claim_time_text(timings[best].ns.median / messages, slow, sizeof slow),
        claim_time_text(timings[0].ns.median / messages, fast, sizeof fast));
}

// The fastest JSON there is against one other codec.
typedef struct match {
    const char  *base; // id
    bench_set_id set;
    bench_op     op;
    bool         then_decode;
    claim_range  range;
    const char  *label; // NULL: the base's id
} match;

static void play(claim_bench *bench, const match *m)
{
    field json;
    lane  base;
    char  what[64];

    snprintf(what, sizeof what, "%s, %s", bench_sets[m->set].name,
             m->label != NULL ? m->label : m->base);
    if (!lane_init(&base, m->base, m->set, m->op) ||
        (m->then_decode && !lane_add(&base, BENCH_DECODE))) {
        claim_absent(bench, what, ABSENT, m->base);
        lane_release(&base);
        return;
    }
    field_init(&json, "JSON", m->set, m->op, m->then_decode);
    if (json.count == 0) {
        claim_absent(bench, what,
                     "no library that does that with JSON is installed");
    } else {
        add_fastest(bench, what, m->range, &json, &base,
                    action(m->op, m->then_decode));
    }
    field_release(&json);
    lane_release(&base);
}

// ---- 1, 2, 7 ----------------------------------------------------------------

void claim_json_write(claim_bench *bench)
{
    static const char *const  bases[] = {"inlay", "msgpack-c"};
    static const bench_set_id sets[] = {BENCH_LOG, BENCH_RPC, BENCH_MINECRAFT};
    size_t                    i, j;

    for (i = 0; i < 3; i++) {
        for (j = 0; j < 2; j++) {
            match m = {.base = bases[j],
                       .set = sets[i],
                       .op = BENCH_ENCODE,
                       .range = claim_between(5, 15)};

            play(bench, &m);
        }
    }
}

// bincode is a format of fixed width, which is a floor here; rkyv's way, to
// read in place what was checked, is Inlay's.
void claim_small_objects(claim_bench *bench)
{
    match write = {"fixed", BENCH_RPC,        BENCH_ENCODE,
                   false,   claim_about(6.3), "written, fixed width"};
    match read = {"fixed", BENCH_RPC,      BENCH_DECODE,
                  false,   claim_about(5), "read, fixed width"};
    match in_place = {"inlay", BENCH_RPC,       BENCH_VERIFY,
                      false,   claim_about(24), "readable, in place"};

    play(bench, &write);
    play(bench, &read);
    play(bench, &in_place);
    claim_absent(bench, "bincode, postcard, rkyv", RUST);
}

void claim_in_service(claim_bench *bench)
{
    static const char *const bases[] = {"protobuf", "flatbuffers"};
    size_t                   i;

    claim_absent(bench, "bitcode", RUST);
    for (i = 0; i < 2; i++) {
        match m = {bases[i], BENCH_RPC,     BENCH_ENCODE,
                   true,     claim_over(1), NULL};

        play(bench, &m);
    }
}

// ---- 3, 4: ways to read JSON ------------------------------------------------

typedef struct duel {
    const char *slow; // ids
    const char *fast;
} duel;

static void fight(claim_bench *bench, const duel *d, bench_set_id set,
                  bench_op op, claim_range range)
{
    lane slow, fast;
    char what[96];
    bool have_slow = lane_init(&slow, d->slow, set, op);
    bool have_fast = lane_init(&fast, d->fast, set, op);

    snprintf(what, sizeof what, "%s, %s", bench_sets[set].name, d->slow);
    if (have_slow && have_fast) {
        claim_pair(bench, what, range, lane_variant(&slow), lane_variant(&fast),
                   lane_messages(&fast), "a message %s by %s against %s",
                   action(op, false), slow.codec->name, fast.codec->name);
    } else {
        claim_absent(bench, what, ABSENT, have_slow ? d->fast : d->slow);
    }
    lane_release(&slow);
    lane_release(&fast);
}

void claim_simd_json(claim_bench *bench)
{
    static const duel duels[] = {{"rapidjson", "simdjson-dom"},
                                 {"yyjson", "simdjson-dom"},
                                 {"json-c", "simdjson-dom"}};
    size_t            i;

    for (i = 0; i < sizeof duels / sizeof duels[0]; i++) {
        fight(bench, &duels[i], BENCH_LOG, BENCH_VERIFY, claim_between(2, 3));
        fight(bench, &duels[i], BENCH_MINECRAFT, BENCH_VERIFY,
              claim_between(2, 3));
    }
}

// Texts, and objects: each line and its address, all of them, and their list.
#define LOG_NODES (4.0 * 10000 + 2.0 * 10000 + 2)

// What a tree takes: one allocation per text, array and object, in libraries
// that do without an arena.
static void count_tree(claim_bench *bench, const char *id)
{
    lane         tree;
    alloc_counts counts;
    claim_figure figure;
    char         what[64];

    snprintf(what, sizeof what, "allocations, %s", id);
    if (!lane_init(&tree, id, BENCH_LOG, BENCH_VERIFY)) {
        claim_absent(bench, what, ABSENT, id);
    } else if (!allocs_supported()) {
        claim_absent(bench, what, "they are not counted here");
    } else {
        allocs_start();
        tree.run[0](subject_next(tree.subject));
        counts = allocs_stop();
        figure.median = (double)counts.count / LOG_NODES;
        figure.low = figure.high = figure.median;
        claim_found(bench, what, claim_value(1), "", figure,
                    "per text, array and object of the log parsed by %s: %zu "
                    "in all",
                    tree.codec->name, counts.count);
    }
    lane_release(&tree);
}

void claim_json_tree(claim_bench *bench)
{
    static const duel d = {"simdjson-dom", "simdjson-ondemand"};

    fight(bench, &d, BENCH_LOG, BENCH_DECODE, claim_between(1.5, 2));
    fight(bench, &d, BENCH_MINECRAFT, BENCH_DECODE, claim_between(1.5, 2));
    count_tree(bench, "json-c");
    count_tree(bench, "rapidjson");
}
