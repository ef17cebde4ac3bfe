// layout.c -- claims 15 to 17: where values lie.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "bench/claims/list.h"
#include "bench/data/log.h"
#include "bench/harness/subject.h"
#include "log.inlay.h"

// ---- 15: linked nodes -------------------------------------------------------

#define NODES 100000

typedef struct node {
    uint64_t     value;
    struct node *next;
} node;

typedef struct nodes {
    uint64_t *values;
    node     *nodes;
    node     *in_order;
    node     *shuffled;
} nodes;

// One value at a time: it is the way from one to the next that is measured,
// not what SIMD makes of numbers in a row.
static uint64_t sum_array(void *context)
{
    const nodes *n = context;
    uint64_t     sum = 0;
    size_t       i;

    for (i = 0; i < NODES; i++) {
        sum += n->values[i];
        CLAIM_OPAQUE(sum);
    }
    return sum;
}

static uint64_t sum_list(const node *at)
{
    uint64_t sum = 0;

    for (; at != NULL; at = at->next) {
        sum += at->value;
        CLAIM_OPAQUE(sum);
    }
    return sum;
}

static uint64_t sum_list_in_order(void *context)
{
    const nodes *n = context;

    return sum_list(n->in_order);
}

static uint64_t sum_list_shuffled(void *context)
{
    const nodes *n = context;

    return sum_list(n->shuffled);
}

// Links the nodes in the order of `order`; returns the first.
static node *link_nodes(node *items, const size_t *order)
{
    size_t i;

    for (i = 0; i < NODES; i++) {
        items[order[i]].value = i;
        items[order[i]].next = i + 1 < NODES ? &items[order[i + 1]] : NULL;
    }
    return &items[order[0]];
}

void claim_linked(claim_bench *bench)
{
    nodes   n = {.values = malloc(NODES * sizeof *n.values),
                 .nodes = malloc(2 * NODES * sizeof *n.nodes)};
    size_t *order = malloc(NODES * sizeof *order);
    size_t  i;

    if (n.values == NULL || n.nodes == NULL || order == NULL) {
        abort();
    }
    for (i = 0; i < NODES; i++) {
        n.values[i] = order[i] = i;
    }
    n.in_order = link_nodes(n.nodes, order);
    claim_shuffle(order, NODES, &bench->random);
    n.shuffled = link_nodes(n.nodes + NODES, order);
    claim_pair(bench, "nodes in order", claim_between(5, 10),
               (claim_variant){sum_list_in_order, &n, false},
               (claim_variant){sum_array, &n, false}, NODES,
               "a number added, nodes of 16 bytes linked in the order in which "
               "they lie against an array");
    claim_pair(bench, "nodes shuffled", claim_between(5, 10),
               (claim_variant){sum_list_shuffled, &n, false},
               (claim_variant){sum_array, &n, false}, NODES,
               "the same with nodes linked across 1.6 MB at random, as after "
               "some time on a heap");
    free(order);
    free(n.values);
    free(n.nodes);
}

// ---- 16: hot fields beside cold ones ----------------------------------------

#define LINES 50000

// With its texts inside, as fixed-width formats and many programs have it.
typedef struct wide_line {
    uint64_t size;
    uint16_t code;
    char     identity[14];
    char     userid[14];
    char     date[30];
    char     request[100];
} wide_line;

// The numbers alone.
typedef struct hot_line {
    uint64_t size;
    uint16_t code;
} hot_line;

typedef struct lines {
    wide_line    *wide;
    hot_line     *hot;
    log_logs_view view;
} lines;

static uint64_t scan_wide(void *context)
{
    const lines *l = context;
    uint64_t     sum = 0;
    size_t       i;

    for (i = 0; i < LINES; i++) {
        sum += l->wide[i].size + l->wide[i].code;
        CLAIM_OPAQUE(sum);
    }
    return sum;
}

static uint64_t scan_hot(void *context)
{
    const lines *l = context;
    uint64_t     sum = 0;
    size_t       i;

    for (i = 0; i < LINES; i++) {
        sum += l->hot[i].size + l->hot[i].code;
        CLAIM_OPAQUE(sum);
    }
    return sum;
}

static uint64_t scan_inlay(void *context)
{
    const lines      *l = context;
    log_log_list_view list = log_logs_get_logs(l->view);
    uint64_t          sum = 0;
    size_t            i;

    for (i = 0; i < LINES; i++) {
        log_log_view log = log_log_list_at(list, i);

        sum += log_log_get_size(log) + log_log_get_code(log);
        CLAIM_OPAQUE(sum);
    }
    return sum;
}

static void put_text(char *to, size_t size, inlay_str text)
{
    memcpy(to, text.data, text.size < size ? text.size : size);
}

static void lines_fill(lines *l, const data_logs *data)
{
    size_t i;

    for (i = 0; i < LINES; i++) {
        const data_log *from = &data->logs[i];
        wide_line      *to = &l->wide[i];

        to->size = l->hot[i].size = from->size;
        to->code = l->hot[i].code = from->code;
        put_text(to->identity, sizeof to->identity, from->identity);
        put_text(to->userid, sizeof to->userid, from->userid);
        put_text(to->date, sizeof to->date, from->date);
        put_text(to->request, sizeof to->request, from->request);
    }
}

// Writes the lines as a message and opens it, verified; returns its memory.
static uint8_t *lines_encode(lines *l, const data_logs *data)
{
    log_log *logs = (log_log *)(void *)bench_memory(LINES * sizeof *logs);
    log_logs root = {.logs = {.items = logs, .count = LINES}};
    uint8_t *message;
    size_t   size, i;

    for (i = 0; i < LINES; i++) {
        const data_log *from = &data->logs[i];

        logs[i] = (log_log){.address = {from->address.x0, from->address.x1,
                                        from->address.x2, from->address.x3},
                            .identity = from->identity,
                            .userid = from->userid,
                            .date = from->date,
                            .request = from->request,
                            .code = from->code,
                            .size = from->size};
    }
    size = log_logs_encoded_size(&root);
    message = bench_memory(size);
    if (log_logs_encode(&root, message, size, &size, NULL) != INLAY_OK ||
        log_logs_open_verified(message, size, &l->view, NULL) != INLAY_OK) {
        abort();
    }
    free(logs);
    return message;
}

void claim_hot_cold(claim_bench *bench)
{
    data_logs *data = data_logs_new(LINES);
    lines      l = {0};
    uint8_t   *message;

    l.wide = (wide_line *)(void *)bench_memory(LINES * sizeof *l.wide);
    l.hot = (hot_line *)(void *)bench_memory(LINES * sizeof *l.hot);
    lines_fill(&l, data);
    message = lines_encode(&l, data);
    claim_pair(bench, "structs", claim_over(1),
               (claim_variant){scan_wide, &l, false},
               (claim_variant){scan_hot, &l, false}, LINES,
               "two numbers of a line of a log, in structs of 168 bytes with "
               "the texts inside against structs of 16 bytes, 50,000 of them");
    claim_pair(bench, "an Inlay message", claim_over(1),
               (claim_variant){scan_wide, &l, false},
               (claim_variant){scan_inlay, &l, false}, LINES,
               "the same wide structs against a verified Inlay message, whose "
               "numbers lie apart from its texts");
    free(message);
    free(l.wide);
    free(l.hot);
    data_logs_free(data);
}

// ---- 17: latencies of caches ------------------------------------------------

#define LINE 64

typedef struct chase {
    void **at;
    size_t steps; // of a run: once round rings that a cache may hold
} chase;

// Each load needs the one before it. The next run goes on where this one ends,
// so that large rings are gone round, too.
static uint64_t follow(void *context)
{
    chase *c = context;
    void **at = c->at;
    size_t i;

    for (i = 0; i < c->steps; i++) {
        at = *at;
    }
    c->at = at;
    return 0;
}

#define ADDS 100000
#define ADD_ONCE                                                               \
    sum += i;                                                                  \
    CLAIM_OPAQUE(sum)
#define ADD_FIVE                                                               \
    ADD_ONCE;                                                                  \
    ADD_ONCE;                                                                  \
    ADD_ONCE;                                                                  \
    ADD_ONCE;                                                                  \
    ADD_ONCE

// One cycle each, whatever the clock does; the loop runs beside them.
static uint64_t add_in_a_row(void *context)
{
    uint64_t sum = 0;
    size_t   i;

    (void)context;
    for (i = 0; i < ADDS / 20; i++) {
        ADD_FIVE;
        ADD_FIVE;
        ADD_FIVE;
        ADD_FIVE;
    }
    return sum & 0;
}

// Makes one ring of all lines, in random order.
static void **ring_new(uint8_t *memory, size_t size, uint64_t *random)
{
    size_t  count = size / LINE;
    size_t *order = malloc(count * sizeof *order);
    void  **start;
    size_t  i;

    if (order == NULL) {
        abort();
    }
    for (i = 0; i < count; i++) {
        order[i] = i;
    }
    claim_shuffle(order, count, random);
    for (i = 0; i < count; i++) {
        void *next = memory + order[(i + 1) % count] * LINE;

        memcpy(memory + order[i] * LINE, &next, sizeof next);
    }
    start = (void **)(void *)(memory + order[0] * LINE);
    free(order);
    return start;
}

// Large pages, if they can be had: translations of addresses are another cost.
#define LARGE ((size_t)2 << 20)

static uint8_t *pages_new(size_t size)
{
    uint8_t *memory = aligned_alloc(LARGE, (size + LARGE - 1) / LARGE * LARGE);

    if (memory == NULL) {
        abort();
    }
    madvise(memory, size, MADV_HUGEPAGE);
    return memory;
}

static size_t clamp(size_t value, size_t least, size_t most)
{
    return value < least ? least : (value > most ? most : value);
}

typedef struct level {
    const char *name;
    size_t      size;   // of the ring
    double      stated; // cycles, or ns when `in_ns`
    bool        in_ns;
} level;

static void measure_level(claim_bench *bench, const level *l)
{
    uint8_t      *memory = pages_new(l->size);
    chase         c = {ring_new(memory, l->size, &bench->random),
                       clamp(l->size / LINE, 5000, 131072)};
    claim_variant variants[] = {{add_in_a_row, NULL, false},
                                {follow, &c, false}};
    claim_timing  timings[2];
    double        ns, per;

    claim_compare(bench, variants, 2, timings);
    ns = timings[1].ns.median / (double)c.steps;
    if (l->in_ns) {
        per = (double)c.steps;
        claim_found(bench, l->name, claim_value(l->stated), " ns",
                    (claim_figure){timings[1].ns.median / per,
                                   timings[1].ns.low / per,
                                   timings[1].ns.high / per},
                    "the next load of a random ring of %zu MiB", l->size >> 20);
    } else {
        per = (double)c.steps / ADDS; // ratios are to ADDS cycles
        claim_found(bench, l->name, claim_value(l->stated), " cycles",
                    (claim_figure){timings[1].ratio.median / per,
                                   timings[1].ratio.low / per,
                                   timings[1].ratio.high / per},
                    "the next load of a random ring of %zu KiB (%.3g ns); a "
                    "cycle is the time of one addition",
                    l->size >> 10, ns);
    }
    free(memory);
}

// Returns the size of a level of cache; `otherwise` when the kernel does not
// tell. sysconf tells a multiple of the last level on some machines.
static size_t cache_size(int index, size_t otherwise)
{
    char     path[96];
    FILE    *file;
    unsigned kib = 0;

    snprintf(path, sizeof path,
             "/sys/devices/system/cpu/cpu0/cache/index%d/size", index);
    file = fopen(path, "r");
    if (file != NULL) {
        if (fscanf(file, "%uK", &kib) != 1) {
            kib = 0;
        }
        fclose(file);
    }
    return kib > 0 ? (size_t)kib << 10 : otherwise;
}

#define MIB ((size_t)1 << 20)

void claim_cache_latency(claim_bench *bench)
{
    size_t      l1 = cache_size(0, 32 << 10);
    size_t      l2 = cache_size(2, 512 << 10);
    size_t      l3 = cache_size(3, 8 * MIB);
    size_t      most = bench->smoke ? 64 * MIB : 256 * MIB;
    const level levels[] = {
        {"L1", l1 / 4, 4, false}, // hyperthreads share it
        {"L2", l2 / 2, 12, false},
        // A small part: all cores use it, and so may others.
        {"L3", clamp(l3 / 2, 2 * l2, 3 * l2), 40, false},
        {"memory", clamp(8 * l3, 2 * l2, most), 100, true}};
    size_t i;

    for (i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        measure_level(bench, &levels[i]);
    }
}
