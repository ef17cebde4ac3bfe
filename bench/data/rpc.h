/* rpc.h -- the data set "rpc": small requests, one message each.
 *
 * What a service is asked some ten thousand times a second: about 100 bytes of
 * ids, flags, two short texts and a token. A pool of distinct requests keeps
 * branch predictors from learning one by heart.
 *
 * Lifetime: everything reachable belongs to the root and dies with it.
 */
#ifndef BENCH_DATA_RPC_H
#define BENCH_DATA_RPC_H

#include "bench/data/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DATA_RPC_COUNT 1024

typedef enum data_method {
    DATA_GET,
    DATA_PUT,
    DATA_DELETE,
    DATA_LIST,
    DATA_WATCH,
} data_method;

#define DATA_METHOD_COUNT 5

typedef struct data_trace_id {
    uint64_t high;
    uint64_t low;
} data_trace_id;

typedef struct data_request {
    uint64_t      id;
    data_trace_id trace;
    uint32_t      deadline_us;
    data_method   method;
    uint8_t       priority;
    bool          idempotent;
    bool          stream;
    inlay_str     user;
    inlay_str     resource;
    inlay_bytes   token;
    uint32_t     *shards;
    size_t        shard_count;
    bool          has_tenant;
    uint32_t      tenant;
} data_request;

typedef struct data_requests {
    data_request *requests;
    size_t        request_count;
    data_arena    memory;
} data_requests;

/* Generates `count` requests. Never NULL. */
data_requests *data_requests_new(size_t count);

void data_requests_free(data_requests *self);

#ifdef __cplusplus
}
#endif

#endif
