// builder.c -- a list builder against encoding an array at once.
//
//     inlay-builder [COUNT]    default 1,000,000 records of the set "log"
//
// The set's records are repeated up to COUNT. Prints what a builder holds
// against the size of the output, and its time, pushing and finishing, against
// that of both passes over an array that is there already. All write into the
// same buffer, touched before. A builder's memory is fresh from the heap, whose
// pages the system has to find and clear, or given and touched before. Times
// are the processor's, the least of some rounds.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench/data/log.h"
#include "log.inlay.h"

#define ROUNDS 5

// The memory that the builder is given.
static void  *own;
static size_t own_size;

// What the builder holds now, and what it held at most.
static size_t held, held_most;

static void *counting_resize(void *context, void *memory, size_t old_size,
                             size_t new_size)
{
    void *moved = inlay_alloc_heap.resize(context, memory, old_size, new_size);

    if (moved != NULL || new_size == 0) {
        held = held - old_size + new_size;
        held_most = held > held_most ? held : held_most;
    }
    return moved;
}

static const inlay_alloc counting = {counting_resize, NULL};

static void *memory_new(size_t count, size_t size)
{
    void *memory = calloc(count == 0 ? 1 : count, size);

    if (memory == NULL) {
        fputs("builder: out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

static void check(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "builder: %s is wrong\n", what);
        exit(1);
    }
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static log_log *logs_new(size_t count)
{
    data_logs *data = data_logs_new(DATA_LOG_COUNT);
    log_log   *logs = memory_new(count, sizeof *logs);
    size_t     i;

    for (i = 0; i < count; i++) {
        const data_log *log = &data->logs[i % data->log_count];

        logs[i] = (log_log){
            .address = {log->address.x0, log->address.x1, log->address.x2,
                        log->address.x3},
            .identity = log->identity,
            .userid = log->userid,
            .date = log->date,
            .request = log->request,
            .code = log->code,
            .size = log->size,
        };
    }
    return logs;
}

// ---- Ways to encode ---------------------------------------------------------

typedef struct subject {
    const log_log *logs;
    size_t         count;
    uint8_t       *buffer;
    size_t         size;
} subject;

static void array_encode(const subject *s)
{
    log_logs root = {.logs = {.items = s->logs, .count = s->count}};
    size_t   size = 0;

    check(log_logs_encode(&root, s->buffer, s->size, &size, NULL) == INLAY_OK,
          "encoding an array");
}

// The same into memory that the system has yet to give, as a builder's is.
static void fresh_encode(const subject *s)
{
    subject fresh = *s;

    fresh.buffer = malloc(s->size);
    check(fresh.buffer != NULL, "the memory");
    array_encode(&fresh);
    free(fresh.buffer);
}

// What there is to do without a builder: gather the records, then encode them.
// Even so their texts have to last.
static void gathered_encode(const subject *s)
{
    log_log *logs = NULL;
    size_t   capacity = 0, i;
    subject  gathered = *s;

    for (i = 0; i < s->count; i++) {
        if (i == capacity) {
            capacity = capacity == 0 ? 64 : capacity * 2;
            logs = realloc(logs, capacity * sizeof *logs);
            check(logs != NULL, "the memory");
        }
        logs[i] = s->logs[i % DATA_LOG_COUNT];
    }
    gathered.logs = logs;
    array_encode(&gathered);
    free(logs);
}

static inlay_status get(void *context, size_t index, log_log *to)
{
    const subject *s = context;

    *to = s->logs[index];
    return INLAY_OK;
}

static void source_encode(const subject *s)
{
    subject             context = *s;
    log_log_list_source source = {get, &context};
    log_logs            root = {.logs = {.count = s->count, .source = &source}};
    size_t              size = 0;

    check(log_logs_encode(&root, s->buffer, s->size, &size, NULL) == INLAY_OK,
          "encoding a source");
}

static void builder_encode(const subject *s)
{
    log_log_list_builder builder;
    log_logs             root = {0};
    size_t               size = 0, i;

    held = held_most = 0;
    log_log_list_builder_init(&builder, own, own_size, &counting);
    for (i = 0; i < s->count; i++) {
        const log_log *log = &s->logs[i % DATA_LOG_COUNT];

        check(log_log_list_builder_push(&builder, log, NULL) == INLAY_OK,
              "pushing");
    }
    root.logs = log_log_list_builder_list(&builder);
    check(log_logs_encode(&root, s->buffer, s->size, &size, NULL) == INLAY_OK,
          "encoding a builder");
    log_log_list_builder_release(&builder);
    check(held == 0, "releasing");
}

// Returns the least time of some rounds.
static double time_of(void (*encode)(const subject *s), const subject *s)
{
    double best = 0;
    int    i;

    for (i = 0; i < ROUNDS; i++) {
        double start = now();
        double spent;

        encode(s);
        spent = now() - start;
        best = i == 0 || spent < best ? spent : best;
    }
    return best;
}

int main(int argc, char **argv)
{
    size_t   count = argc > 1 ? (size_t)strtoull(argv[1], NULL, 10) : 1000000;
    subject  s = {.logs = logs_new(count), .count = count};
    log_logs root = {.logs = {.items = s.logs, .count = count}};
    uint8_t *expected;
    size_t   most;
    double   array, fresh, gathered, source, builder, given;

    s.size = log_logs_encoded_size(&root);
    s.buffer = memory_new(s.size, 1);
    array = time_of(array_encode, &s);
    fresh = time_of(fresh_encode, &s);
    gathered = time_of(gathered_encode, &s);
    expected = memory_new(s.size, 1);
    memcpy(expected, s.buffer, s.size);
    memset(s.buffer, 0, s.size);
    source = time_of(source_encode, &s);
    check(memcmp(expected, s.buffer, s.size) == 0, "the source's message");
    memset(s.buffer, 0, s.size);
    builder = time_of(builder_encode, &s);
    check(memcmp(expected, s.buffer, s.size) == 0, "the builder's message");
    most = held_most;
    own_size = s.size + s.size / 4;
    own = memory_new(own_size, 1);
    memset(own, 1, own_size);
    given = time_of(builder_encode, &s);
    check(held_most == 0, "the builder's memory");
    printf("%zu records, %zu bytes\n", count, s.size);
    printf("  array              %8.3f s\n", array);
    printf("  array, new memory  %8.3f s  %5.2f x array\n", fresh,
           fresh / array);
    printf("  array, gathered    %8.3f s  %5.2f x array\n", gathered,
           gathered / array);
    printf("  source             %8.3f s  %5.2f x array\n", source,
           source / array);
    printf("  builder            %8.3f s  %5.2f x array\n", builder,
           builder / array);
    printf("  builder, own memory%8.3f s  %5.2f x array\n", given,
           given / array);
    printf("  builder's memory %12zu  %5.3f x output\n", most,
           (double)most / (double)s.size);
    free(own);
    free(expected);
    free(s.buffer);
    return 0;
}
