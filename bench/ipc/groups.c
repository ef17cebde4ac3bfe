// groups.c -- all groups, a line each.

#include "bench/ipc/groups.h"

const ipc_group *const ipc_groups[] = {
    &ipc_group_cache,
    &ipc_group_framing,
    &ipc_group_log_append,
    &ipc_group_log_scan,
#if defined(IPC_HAVE_RING)
    &ipc_group_ring_trip,
    &ipc_group_ring_wake,
    &ipc_group_ring_flow,
    &ipc_group_ring_large,
#endif
};

const size_t ipc_group_count = sizeof ipc_groups / sizeof ipc_groups[0];
