// requests.c -- see requests.h.

#include "bench/claims/requests.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench/data/rpc.h"

static void *take(requests *self, size_t count, size_t size)
{
    inlay_status status = INLAY_OK;
    void        *taken = inlay_arena_take(&self->memory, count, size, &status);

    if (taken == NULL) {
        fputs("inlay-bench: out of memory\n", stderr);
        exit(2);
    }
    return taken;
}

static rpc_request native_of(const data_request *request)
{
    return (rpc_request){
        .id = request->id,
        .trace = {request->trace.high, request->trace.low},
        .deadline_us = request->deadline_us,
        .method = (rpc_method)request->method,
        .priority = request->priority,
        .idempotent = request->idempotent,
        .stream = request->stream,
        .user = request->user,
        .resource = request->resource,
        .token = request->token,
        .shards = {request->shards, request->shard_count},
        .tenant = {request->has_tenant, request->tenant},
    };
}

static inlay_bytes message_of(requests *self, const rpc_request *native)
{
    size_t   size = rpc_request_encoded_size(native);
    uint8_t *data = take(self, size, 1);

    if (rpc_request_encode(native, data, size, &size, NULL) != INLAY_OK) {
        fputs("inlay-bench: a request can't be written\n", stderr);
        exit(2);
    }
    self->largest = size > self->largest ? size : self->largest;
    return (inlay_bytes){data, size};
}

void requests_init(requests *self)
{
    data_requests *data = data_requests_new(DATA_RPC_COUNT);
    size_t         i;

    memset(self, 0, sizeof *self);
    inlay_arena_init(&self->memory, NULL, 0, &inlay_alloc_heap,
                     INLAY_ARENA_NO_LIMIT);
    self->count = data->request_count;
    self->natives = take(self, self->count, sizeof *self->natives);
    self->messages = take(self, self->count, sizeof *self->messages);
    self->data = data;
    for (i = 0; i < self->count; i++) {
        self->natives[i] = native_of(&data->requests[i]);
        self->messages[i] = message_of(self, &self->natives[i]);
    }
}

void requests_release(requests *self)
{
    inlay_arena_release(&self->memory);
    data_requests_free(self->data);
}
