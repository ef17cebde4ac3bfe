// rpc.c -- Inlay on "rpc".

#include "bench/rivals/inlay/inlay.h"

#include "bench/data/rpc.h"
#include "rpc.inlay.h"

static const rpc_request *native_of(const void *model, inlay_arena *arena)
{
    const data_request *data = model;
    rpc_request        *root = take(arena, 1, sizeof *root);

    if (root == NULL) {
        return NULL;
    }
    *root = (rpc_request){
        .id = data->id,
        .trace = {data->trace.high, data->trace.low},
        .deadline_us = data->deadline_us,
        .method = (rpc_method)data->method,
        .priority = data->priority,
        .idempotent = data->idempotent,
        .stream = data->stream,
        .user = data->user,
        .resource = data->resource,
        .token = data->token,
        .shards = {data->shards, data->shard_count},
        .tenant = {data->has_tenant, data->tenant},
    };
    return root;
}

static INLAY_INLINE uint64_t scalars(rpc_request_view root)
{
    rpc_trace_id        trace = rpc_request_get_trace(root);
    inlay_u32_list_view shards = rpc_request_get_shards(root);
    size_t              count = inlay_u32_list_count(shards);
    uint64_t            sum = rpc_request_get_id(root) + trace.high + trace.low;
    size_t              i;

    for (i = 0; i < count; i++) {
        sum += inlay_u32_list_at(shards, i);
    }
    // An absent tenant is 0.
    return sum + rpc_request_get_deadline_us(root) +
           rpc_request_get_method(root) + rpc_request_get_priority(root) +
           rpc_request_get_idempotent(root) + rpc_request_get_stream(root) +
           rpc_request_get_tenant(root);
}

static INLAY_INLINE uint64_t strings(rpc_request_view root)
{
    inlay_bytes token = rpc_request_get_token(root);

    return text_of(rpc_request_get_user(root)) +
           text_of(rpc_request_get_resource(root)) +
           bench_text(token.data, token.size);
}

static INLAY_INLINE uint64_t one(rpc_request_view root, size_t turn)
{
    (void)turn;
    return rpc_request_get_deadline_us(root);
}

static INLAY_INLINE uint64_t tenth(rpc_request_view root)
{
    return scalars(root) + strings(root);
}

static INLAY_INLINE uint64_t update(rpc_request_view root, size_t turn)
{
    rpc_request_set_deadline_us(root, (uint32_t)turn);
    return 1;
}

#define INLAY_ROOT rpc_request
#include "bench/rivals/inlay/cases.h"
