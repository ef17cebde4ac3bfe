// rpc.c -- generates "rpc".

#include "bench/data/rpc.h"

#include <stdio.h>

#include "bench/data/rng.h"

static const char *const users[] = {"alice",   "bob",    "carmen", "david",
                                    "eric",    "frank",  "george", "harry",
                                    "svc-api", "svc-etl"};

static const char *const kinds[] = {"accounts", "orders", "sessions", "carts",
                                    "prices"};

static inlay_bytes make_token(rng *random, data_arena *memory)
{
    uint8_t *token = data_arena_array(memory, 16, 1);
    size_t   i;

    for (i = 0; i < 16; i++) {
        token[i] = (uint8_t)rng_u32(random);
    }
    return (inlay_bytes){token, 16};
}

static void make_request(data_request *request, rng *random, data_arena *memory)
{
    char   text[64];
    size_t i;

    request->id = rng_u64(random);
    request->trace.high = rng_u64(random);
    request->trace.low = rng_u64(random);
    request->deadline_us = 1000 * (1 + rng_below_u32(random, 5000));
    request->method = (data_method)rng_below_u32(random, DATA_METHOD_COUNT);
    request->priority = (uint8_t)rng_below_u32(random, 4);
    request->idempotent = rng_chance(random, 0.6);
    request->stream = rng_chance(random, 0.1);
    request->user = data_arena_text(memory, RNG_TEXT(random, users));
    snprintf(text, sizeof text, "%s/%u", RNG_TEXT(random, kinds),
             (unsigned)rng_below_u32(random, 1000000));
    request->resource = data_arena_text(memory, text);
    request->token = make_token(random, memory);
    request->shard_count = rng_below_u32(random, 5);
    request->shards =
        data_arena_array(memory, request->shard_count, sizeof *request->shards);
    for (i = 0; i < request->shard_count; i++) {
        request->shards[i] = rng_below_u32(random, 4096);
    }
    request->has_tenant = rng_chance(random, 0.5);
    request->tenant = request->has_tenant ? rng_below_u32(random, 100000) : 0;
}

data_requests *data_requests_new(size_t count)
{
    data_arena     memory = {NULL};
    data_requests *self = data_arena_array(&memory, 1, sizeof *self);
    rng            random;
    size_t         i;

    rng_init(&random);
    self->requests = data_arena_array(&memory, count, sizeof *self->requests);
    self->request_count = count;
    for (i = 0; i < count; i++) {
        make_request(&self->requests[i], &random, &memory);
    }
    self->memory = memory;
    return self;
}

void data_requests_free(data_requests *self)
{
    if (self != NULL) {
        data_arena memory = self->memory; // the root lies in it, too

        data_arena_release(&memory);
    }
}
