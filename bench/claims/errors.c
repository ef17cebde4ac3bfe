// errors.c -- claim 29: errors that allocate.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/claims/list.h"
#include "bench/claims/requests.h"
#include "bench/harness/subject.h"

typedef struct broken {
    inlay_bytes *messages;
    size_t       count;
    size_t       every; // one in so many is broken
} broken;

// The error is a number, and there is nothing to be freed.
static uint64_t fail_with_status(void *context)
{
    const broken *b = context;
    uint64_t      sum = 0;
    size_t        i;

    for (i = 0; i < b->count; i++) {
        inlay_bytes message = b->messages[i];

        sum += rpc_request_verify(message.data, message.size, NULL);
    }
    return sum;
}

// The error is filled in, in the caller's memory, with a path and an offset.
static uint64_t fail_with_place(void *context)
{
    const broken *b = context;
    uint64_t      sum = 0;
    size_t        i;

    for (i = 0; i < b->count; i++) {
        inlay_bytes message = b->messages[i];
        inlay_error error;

        sum += rpc_request_verify(message.data, message.size, &error);
        CLAIM_OPAQUE(message.data);
    }
    return sum;
}

typedef struct heap_error {
    inlay_status status;
    char        *text;
} heap_error;

// As errors with a message and a cause are made: an object, and its text.
static CLAIM_NOINLINE heap_error *error_new(inlay_status status)
{
    heap_error *error = malloc(sizeof *error);
    const char *name = inlay_status_text(status);
    size_t      size = strlen(name) + 40;

    if (error == NULL || (error->text = malloc(size)) == NULL) {
        abort();
    }
    error->status = status;
    snprintf(error->text, size, "request is refused: %s", name);
    return error;
}

static uint64_t fail_with_heap(void *context)
{
    const broken *b = context;
    uint64_t      sum = 0;
    size_t        i;

    for (i = 0; i < b->count; i++) {
        inlay_bytes  message = b->messages[i];
        inlay_status status =
            rpc_request_verify(message.data, message.size, NULL);

        if (status != INLAY_OK) {
            heap_error *error = error_new(status);

            CLAIM_OPAQUE(error);
            sum += error->status;
            free(error->text);
            free(error);
        }
    }
    return sum;
}

// One in `every` is cut off by a byte.
static void break_messages(broken *b, const requests *all)
{
    size_t i;

    for (i = 0; i < b->count; i++) {
        b->messages[i] = all->messages[i];
        b->messages[i].size -= i % b->every == 0;
    }
}

static void measure_share(claim_bench *bench, const requests *all, broken *b,
                          const char *what)
{
    char place[64];

    break_messages(b, all);
    claim_pair(bench, what, claim_over(1),
               (claim_variant){fail_with_heap, b, false},
               (claim_variant){fail_with_status, b, false}, (double)b->count,
               "a request verified, %s, with an error object and a formatted "
               "text on the heap against a status",
               what);
    snprintf(place, sizeof place, "%s, a place", what);
    claim_pair(bench, place, claim_over(1),
               (claim_variant){fail_with_place, b, false},
               (claim_variant){fail_with_status, b, false}, (double)b->count,
               "the same with an error that says where, path and byte, in the "
               "caller's memory, and allocates nothing");
}

void claim_error_values(claim_bench *bench)
{
    requests all;
    broken   b = {0};

    requests_init(&all);
    b.count = all.count;
    b.messages =
        (inlay_bytes *)(void *)bench_memory(b.count * sizeof *b.messages);
    b.every = 1;
    measure_share(bench, &all, &b, "all are refused");
    b.every = 100;
    measure_share(bench, &all, &b, "one in 100 is refused");
    free(b.messages);
    requests_release(&all);
}
