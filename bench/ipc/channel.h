/* channel.h -- what carries small messages both ways between two processes:
 * rings and their rivals.
 *
 * All block. A channel is made before the fork and opened on each side after
 * it. A 64-bit sequence number begins each message; the coded ring encodes it
 * as a field.
 */
#ifndef BENCH_IPC_CHANNEL_H
#define BENCH_IPC_CHANNEL_H

#include <inlay/base.h>

#include "bench/ipc/peer.h"

enum {
    CHANNEL_SMALL = 32, /* bytes of a message in round trips, */
    CHANNEL_LARGE = 64  /* and one way */
};

typedef struct channel channel;

typedef struct channel_kind {
    const char *name;
    const char *note;
    /* NULL, or why there is none. */
    const char *(*make)(channel *self);
    bool (*open)(channel *self, bool child);
    bool (*send)(channel *self, uint64_t sequence, size_t size);
    bool (*receive)(channel *self, uint64_t sequence, size_t size);
    bool (*flush)(channel *self); /* NULL: each message goes at once */
    void (*close)(channel *self);
    /* Our half, too, runs in a child: a library that does not survive forks
     * must never have been used by the process that forks. */
    bool apart;
} channel_kind;

struct channel {
    const channel_kind *kind;
    peer                other;
    peer                ours;    /* with `apart`, */
    peer_work          *work;    /* what it does, */
    int                 done[2]; /* and says when */
    void               *state;
    uint64_t            next;   /* sequence number, on each side */
    int                 fds[4]; /* ours to read and to write, the child's */
    int                 in, out;
};

extern const channel_kind channel_ring;        /* raw bytes, read in place */
extern const channel_kind channel_ring_coded;  /* encoded, copied, verified */
extern const channel_kind channel_ring_batch;  /* the same, 64 at a time */
extern const channel_kind channel_ring_sleepy; /* never spins */
extern const channel_kind channel_socket;
extern const channel_kind channel_pipe;
extern const channel_kind channel_queue;
extern const channel_kind channel_zmq;
extern const channel_kind channel_nng;

/* Subjects of round trips, and of one way: `state` is the channel. */
const char *channel_start(void **state, const channel_kind *kind,
                          peer_work *ours, peer_work *child);
bool        channel_run(void *state, uint64_t count);
void        channel_stop(void *state);

/* Halves of a round trip. */
bool channel_ping(void *state, uint64_t count);
bool channel_pong(void *state, uint64_t count);

/* Where each round trip's time goes, in ns, when it is not NULL. */
extern struct histogram *channel_times;

#endif
