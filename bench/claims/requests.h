/* requests.h -- the requests of the set "rpc", as Inlay's structs and messages.
 */
#ifndef BENCH_CLAIMS_REQUESTS_H
#define BENCH_CLAIMS_REQUESTS_H

#include "rpc.inlay.h"

typedef struct requests {
    size_t                count;
    rpc_request          *natives;
    inlay_bytes          *messages;
    size_t                largest; /* bytes of the largest message */
    struct data_requests *data;    /* whose texts the structs point at */
    inlay_arena           memory;
} requests;

void requests_init(requests *self);

void requests_release(requests *self);

#endif
