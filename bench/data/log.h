/* log.h -- the data set "log": lines of a web server's access log.
 *
 * Many small records with four short strings each. The types are the plain C
 * form of the public benchmark's; nothing here knows Inlay's generated code.
 *
 * Lifetime: everything reachable belongs to the root and dies with it.
 */
#ifndef BENCH_DATA_LOG_H
#define BENCH_DATA_LOG_H

#include "bench/data/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DATA_LOG_COUNT 10000 /* of the public benchmark */

typedef struct data_address {
    uint8_t x0;
    uint8_t x1;
    uint8_t x2;
    uint8_t x3;
} data_address;

typedef struct data_log {
    data_address address;
    inlay_str    identity;
    inlay_str    userid;
    inlay_str    date;
    inlay_str    request;
    uint16_t     code;
    uint64_t     size;
} data_log;

typedef struct data_logs {
    data_log  *logs;
    size_t     log_count;
    data_arena memory;
} data_logs;

/* Generates `count` records; DATA_LOG_COUNT gives the public data, another
 * count other data of the same kind. Never NULL. */
data_logs *data_logs_new(size_t count);

void data_logs_free(data_logs *self);

#ifdef __cplusplus
}
#endif

#endif
