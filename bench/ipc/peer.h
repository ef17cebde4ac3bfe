/* peer.h -- a child process that does the other half of the work, on the other
 * processor, and sleeps between blocks.
 *
 * Half-works come in pairs: whatever the parent sends, the child receives. What
 * both need is made before the fork; rings, whose memory a fork does not get,
 * are opened by each side afterwards.
 */
#ifndef BENCH_IPC_PEER_H
#define BENCH_IPC_PEER_H

#include <sys/types.h>

#include "bench/ipc/ipc_bench.h"

typedef struct peer {
    pid_t pid;
    int   commands;
} peer;

typedef bool peer_work(void *state, uint64_t count);

/* Forks. The child stays on processor 0 or 1 of ours, calls `open`, then `work`
 * each time it is told to. Returns false when there is no child; what it can't
 * open shows at the first block. */
bool peer_start(peer *self, int processor, bool (*open)(void *state),
                peer_work *work, void *state);

/* Tells the child to do its half of `count`, and does ours, each side on its
 * own processor; false when ours failed. */
bool peer_run(peer *self, peer_work *ours, void *state, uint64_t count);

/* Only tells it. */
bool peer_tell(peer *self, uint64_t count);

/* Ends the child and waits for it. */
void peer_stop(peer *self);

#endif
