/* groups.h -- the groups, by the file that has them. */
#ifndef BENCH_IPC_GROUPS_H
#define BENCH_IPC_GROUPS_H

#include "bench/ipc/ipc_bench.h"

extern const ipc_group ipc_group_cache;      /* cache.c */
extern const ipc_group ipc_group_framing;    /* framing.c */
extern const ipc_group ipc_group_log_append; /* log.c */
extern const ipc_group ipc_group_log_scan;

/* Where there is a ring. */
extern const ipc_group ipc_group_ring_trip;  /* ring_trip.c */
extern const ipc_group ipc_group_ring_wake;  /* ring_trip.c */
extern const ipc_group ipc_group_ring_flow;  /* ring_flow.c */
extern const ipc_group ipc_group_ring_large; /* ring_large.c */

#endif
