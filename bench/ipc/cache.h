/* cache.h -- the caches that are compared, by the file that has them. Those
 * that are not installed say so.
 */
#ifndef BENCH_IPC_CACHE_H
#define BENCH_IPC_CACHE_H

#include "bench/ipc/entries.h"
#include "bench/ipc/ipc_bench.h"

extern const ipc_subject cache_lmdb;           /* cache_lmdb.c */
extern const ipc_subject cache_cdb;            /* cache_cdb.c */
extern const ipc_subject cache_redis;          /* cache_redis.c */
extern const ipc_subject cache_redis_pipeline; /* the same, 100 at once */

/* The path of a file in the run's folder; false when there is none. */
bool cache_file_path(const char *name, char *path, size_t size);

#endif
