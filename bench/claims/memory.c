// memory.c -- claims 8 to 12: buffers, vectors, copies.

#include <stdlib.h>
#include <string.h>

#include <inlay/inlay.h>

#include "bench/claims/list.h"
#include "bench/claims/requests.h"
#include "bench/data/log.h"
#include "bench/harness/allocs.h"
#include "bench/harness/state.h"
#include "bench/harness/subject.h"

// ---- 8: a buffer per message ------------------------------------------------

typedef struct writer {
    requests      requests;
    inlay_encoder encoder;
    inlay_buffer  buffer;
    bool          fresh;
} writer;

static uint64_t write_one(writer *w, size_t i)
{
    size_t   size = 0;
    uint8_t *to;

    if (rpc_request_measure(&w->requests.natives[i], &w->encoder, &size) !=
        INLAY_OK) {
        return 0;
    }
    to = inlay_buffer_reserve(&w->buffer, size);
    if (to == NULL || rpc_request_write(&w->requests.natives[i], &w->encoder,
                                        to, size) != INLAY_OK) {
        return 0;
    }
    CLAIM_OPAQUE(to);
    return size + to[size - 1];
}

// Both write with the same encoder; one gives its buffer back each time.
static uint64_t write_fresh(void *context)
{
    writer  *w = context;
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < w->requests.count; i++) {
        sum += write_one(w, i);
        inlay_buffer_release(&w->buffer);
    }
    return sum;
}

static uint64_t write_reused(void *context)
{
    writer  *w = context;
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < w->requests.count; i++) {
        sum += write_one(w, i);
        inlay_buffer_clear(&w->buffer);
    }
    return sum;
}

// In pieces, as a writer that does not know the size appends them.
#define PIECE 16

static uint64_t append_one(writer *w, inlay_bytes message)
{
    size_t at;

    for (at = 0; at < message.size; at += PIECE) {
        size_t rest = message.size - at;

        inlay_buffer_append(&w->buffer, message.data + at,
                            rest < PIECE ? rest : PIECE);
    }
    CLAIM_OPAQUE(w);
    return w->buffer.size + w->buffer.data[w->buffer.size - 1];
}

static uint64_t append_fresh(void *context)
{
    writer  *w = context;
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < w->requests.count; i++) {
        sum += append_one(w, w->requests.messages[i]);
        inlay_buffer_release(&w->buffer);
    }
    return sum;
}

static uint64_t append_reused(void *context)
{
    writer  *w = context;
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < w->requests.count; i++) {
        sum += append_one(w, w->requests.messages[i]);
        inlay_buffer_clear(&w->buffer);
    }
    return sum;
}

void claim_reused_buffer(claim_bench *bench)
{
    writer w;

    requests_init(&w.requests);
    inlay_encoder_init(&w.encoder, NULL, 0, &inlay_alloc_heap);
    inlay_buffer_init(&w.buffer, NULL);
    claim_pair(bench, "size known first", claim_over(1),
               (claim_variant){write_fresh, &w, false},
               (claim_variant){write_reused, &w, false},
               (double)w.requests.count,
               "Inlay writing a request of about 100 bytes into an exact new "
               "buffer (1 allocation), against the buffer of the one before");
    claim_pair(bench, "appended in pieces", claim_over(1),
               (claim_variant){append_fresh, &w, false},
               (claim_variant){append_reused, &w, false},
               (double)w.requests.count,
               "appending the same bytes, 16 at a time, to a new buffer that "
               "grows, against one that is kept");
    inlay_buffer_release(&w.buffer);
    inlay_encoder_release(&w.encoder);
    requests_release(&w.requests);
}

// ---- 9: growing -------------------------------------------------------------

#define ELEMENTS 1000

typedef struct vector {
    uint64_t *items;
    size_t    count;
    size_t    capacity;
    size_t    moves;
} vector;

static CLAIM_NOINLINE void vector_resize(vector *v, size_t capacity)
{
    uint64_t *items = realloc(v->items, capacity * sizeof *items);

    if (items == NULL) {
        abort();
    }
    v->items = items;
    v->capacity = capacity;
    v->moves++;
}

static inline void vector_push(vector *v, uint64_t item)
{
    if (v->count == v->capacity) {
        vector_resize(v, v->capacity == 0 ? 4 : 2 * v->capacity);
    }
    v->items[v->count++] = item;
}

// Half of what there is passes the filter: how much is not known before.
static bool passes(uint64_t i)
{
    return (i * UINT64_C(0x9e3779b97f4a7c15)) >> 63 != 0;
}

static uint64_t vector_end(vector *v)
{
    uint64_t sum = v->items[0] + v->items[v->count - 1] + v->count;

    CLAIM_OPAQUE(v->items);
    free(v->items);
    return sum;
}

static uint64_t fill_grown(void *context)
{
    vector   v = {0};
    uint64_t i;

    (void)context;
    for (i = 0; v.count < ELEMENTS; i++) {
        if (passes(i)) {
            vector_push(&v, i);
        }
    }
    return vector_end(&v);
}

static uint64_t fill_reserved(void *context)
{
    vector   v = {0};
    uint64_t i;

    (void)context;
    vector_resize(&v, ELEMENTS);
    for (i = 0; v.count < ELEMENTS; i++) {
        if (passes(i)) {
            vector_push(&v, i);
        }
    }
    return vector_end(&v);
}

// The price of knowing: going through all of it twice.
static uint64_t fill_counted(void *context)
{
    vector   v = {0};
    uint64_t i;
    size_t   count = 0;

    (void)context;
    for (i = 0; count < ELEMENTS; i++) {
        count += passes(i);
    }
    CLAIM_OPAQUE(count);
    vector_resize(&v, count);
    for (i = 0; v.count < count; i++) {
        if (passes(i)) {
            vector_push(&v, i);
        }
    }
    return vector_end(&v);
}

void claim_growing(claim_bench *bench)
{
    vector       v = {0};
    double       moves;
    claim_figure exact;

    while (v.count < ELEMENTS) {
        vector_push(&v, v.count);
    }
    moves = (double)v.moves;
    free(v.items);
    exact = (claim_figure){moves, moves, moves};
    claim_found(bench, "reallocations", claim_value(10), "", exact,
                "pushing 1,000 elements onto a vector of room for 0, 4, 8, "
                "...; with its size known: 1");
    claim_pair(bench, "size reserved", claim_over(1),
               (claim_variant){fill_grown, NULL, false},
               (claim_variant){fill_reserved, NULL, false}, ELEMENTS,
               "an element of 8 bytes pushed, doubling against reserved room");
    claim_pair(bench, "size counted first", claim_over(1),
               (claim_variant){fill_grown, NULL, false},
               (claim_variant){fill_counted, NULL, false}, ELEMENTS,
               "the same against a first pass that only counts what will be "
               "pushed, which is what finding it a second time costs");
}

// ---- 10: copies where references would do -----------------------------------

typedef struct texts {
    inlay_str *items;
    size_t     count;
    uint64_t (*use)(const char *data, size_t size);
} texts;

static CLAIM_NOINLINE uint64_t look_at(const char *data, size_t size)
{
    return bench_text(data, size);
}

static CLAIM_NOINLINE uint64_t hash_text(const char *data, size_t size)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    size_t   i;

    for (i = 0; i < size; i++) {
        hash = (hash ^ (uint8_t)data[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static uint64_t use_copies(void *context)
{
    const texts *t = context;
    uint64_t     sum = 0;
    size_t       i;

    for (i = 0; i < t->count; i++) {
        inlay_str text = t->items[i];
        char     *copy = malloc(text.size + 1);

        if (copy == NULL) {
            abort();
        }
        memcpy(copy, text.data, text.size);
        copy[text.size] = '\0';
        CLAIM_OPAQUE(copy);
        sum += t->use(copy, text.size);
        free(copy);
    }
    return sum;
}

static uint64_t use_references(void *context)
{
    const texts *t = context;
    uint64_t     sum = 0;
    size_t       i;

    for (i = 0; i < t->count; i++) {
        inlay_str text = t->items[i];

        CLAIM_OPAQUE(text.data);
        sum += t->use(text.data, text.size);
    }
    return sum;
}

static void texts_init(texts *t, const data_logs *data)
{
    size_t i;

    t->count = 4 * data->log_count;
    t->items = (inlay_str *)(void *)bench_memory(t->count * sizeof *t->items);
    for (i = 0; i < data->log_count; i++) {
        t->items[4 * i] = data->logs[i].identity;
        t->items[4 * i + 1] = data->logs[i].userid;
        t->items[4 * i + 2] = data->logs[i].date;
        t->items[4 * i + 3] = data->logs[i].request;
    }
}

void claim_copies(claim_bench *bench)
{
    data_logs *data = data_logs_new(1000);
    texts      t;

    texts_init(&t, data);
    t.use = look_at;
    claim_pair(bench, "handed on", claim_about(3),
               (claim_variant){use_copies, &t, false},
               (claim_variant){use_references, &t, false}, (double)t.count,
               "a text of a web log given to a function that looks at its "
               "ends, copied (1 allocation each) against by reference");
    t.use = hash_text;
    claim_pair(bench, "hashed", claim_about(3),
               (claim_variant){use_copies, &t, false},
               (claim_variant){use_references, &t, false}, (double)t.count,
               "the same for a function that hashes all of its bytes");
    free(t.items);
    data_logs_free(data);
}

// ---- 11: slices with a reference count --------------------------------------

#define FRAME  4096
#define SLICES 4

typedef struct shared {
    size_t   references;
    uint8_t *data;
} shared;

static void *take(size_t size)
{
    void *memory = malloc(size);

    if (memory == NULL) {
        abort();
    }
    return memory;
}

// What every consumer does with its part.
static uint64_t consume(const uint8_t *data, size_t size)
{
    CLAIM_OPAQUE(data);
    return (uint64_t)data[0] + data[size - 1];
}

static uint8_t *receive(const uint8_t *from)
{
    uint8_t *frame = take(FRAME);

    memcpy(frame, from, FRAME);
    return frame;
}

static uint64_t pass_copies(void *context)
{
    uint8_t *frame = receive(context);
    uint8_t *parts[SLICES];
    size_t   size = FRAME / SLICES;
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < SLICES; i++) {
        parts[i] = take(size);
        memcpy(parts[i], frame + i * size, size);
    }
    free(frame);
    for (i = 0; i < SLICES; i++) {
        sum += consume(parts[i], size);
        free(parts[i]);
    }
    return sum;
}

static void shared_drop(shared *s)
{
    if (__atomic_sub_fetch(&s->references, 1, __ATOMIC_ACQ_REL) == 0) {
        free(s->data);
        free(s);
    }
}

static uint64_t pass_slices(void *context)
{
    shared  *s = take(sizeof *s);
    size_t   size = FRAME / SLICES;
    uint64_t sum = 0;
    size_t   i;

    *s = (shared){1, receive(context)};
    for (i = 0; i < SLICES; i++) {
        __atomic_add_fetch(&s->references, 1, __ATOMIC_RELAXED);
    }
    shared_drop(s);
    for (i = 0; i < SLICES; i++) {
        sum += consume(s->data + i * size, size);
        shared_drop(s);
    }
    return sum;
}

static double count_allocs(uint64_t (*run)(void *context), void *context)
{
    alloc_counts counts;

    allocs_start();
    run(context);
    counts = allocs_stop();
    return (double)counts.count;
}

void claim_slices(claim_bench *bench)
{
    uint8_t *frame = bench_memory(FRAME);
    double   copies, slices, less;

    memset(frame, 7, FRAME);
    if (allocs_supported()) {
        copies = count_allocs(pass_copies, frame);
        slices = count_allocs(pass_slices, frame);
        less = 100 * (1 - slices / copies);
        claim_found(bench, "allocations", claim_percent(50, 70), " %",
                    (claim_figure){less, less, less},
                    "%g against %g allocations for a received frame of 4 KiB "
                    "that is handed on in four parts",
                    slices, copies);
    } else {
        claim_absent(bench, "allocations", "they are not counted here");
    }
    claim_pair(bench, "throughput", claim_about(2),
               (claim_variant){pass_copies, frame, false},
               (claim_variant){pass_slices, frame, false}, 1,
               "that frame received, handed on and dropped, as copies against "
               "slices with an atomic count");
    free(frame);
}

// ---- 12: small vectors ------------------------------------------------------

#define ROOM    16
#define RECORDS 256

typedef struct outside {
    size_t    count;
    uint32_t *items;
} outside;

typedef struct inside {
    size_t   count;
    uint32_t items[ROOM];
} inside;

typedef struct small {
    size_t   count;
    outside *outsides;
    inside  *insides;
} small;

// Fills, reads and frees as many records as a message might have.
static uint64_t use_outside(void *context)
{
    const small *s = context;
    uint64_t     sum = 0;
    size_t       i, j;

    for (i = 0; i < RECORDS; i++) {
        outside *o = &s->outsides[i];

        o->count = s->count;
        o->items = take(s->count * sizeof *o->items);
        for (j = 0; j < s->count; j++) {
            o->items[j] = (uint32_t)(i + j);
        }
    }
    CLAIM_OPAQUE(s);
    for (i = 0; i < RECORDS; i++) {
        const outside *o = &s->outsides[i];

        for (j = 0; j < o->count; j++) {
            sum += o->items[j];
        }
        free(o->items);
    }
    return sum;
}

static uint64_t use_inside(void *context)
{
    const small *s = context;
    uint64_t     sum = 0;
    size_t       i, j;

    for (i = 0; i < RECORDS; i++) {
        inside *o = &s->insides[i];

        o->count = s->count;
        for (j = 0; j < s->count; j++) {
            o->items[j] = (uint32_t)(i + j);
        }
    }
    CLAIM_OPAQUE(s);
    for (i = 0; i < RECORDS; i++) {
        const inside *o = &s->insides[i];

        for (j = 0; j < o->count; j++) {
            sum += o->items[j];
        }
    }
    return sum;
}

void claim_inline_vectors(claim_bench *bench)
{
    static const char *const what[] = {"4 elements", "8 elements",
                                       "16 elements"};
    outside                 *outsides = take(RECORDS * sizeof *outsides);
    inside                  *insides = take(RECORDS * sizeof *insides);
    small                    s = {4, outsides, insides};
    size_t                   i;

    for (i = 0; i < 3; i++) {
        claim_pair(bench, what[i], claim_over(1),
                   (claim_variant){use_outside, &s, false},
                   (claim_variant){use_inside, &s, false}, RECORDS,
                   "vectors of %zu numbers filled, read and dropped, on the "
                   "heap against in the record",
                   s.count);
        s.count *= 2;
    }
    free(outsides);
    free(insides);
}
