// ring_large.c -- 4 MB to another process that reads all of it: by sealed
// memory, through the ring in pieces, through a socket. What is sent is copied
// from memory that is there already, by all.
#define _GNU_SOURCE
#include <inlay/ring.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/harness/clock.h"
#include "bench/harness/histogram.h"
#include "bench/ipc/channel.h"
#include "bench/ipc/groups.h"

enum {
    LARGE = 4 << 20,
    PIECE = 64 << 10
};

typedef struct large {
    peer          other;
    int           sockets[2];
    int           acks[2]; // the child says when it has read
    uint8_t      *bytes;
    inlay_ring_tx tx;
    inlay_ring_rx rx;
    bool          ring;
} large;

static bool open_child(void *state)
{
    large             *self = state;
    inlay_ring_options options = {.size = (size_t)1 << 20,
                                  .mode = INLAY_RING_COPY};

    close(self->sockets[0]);
    return !self->ring ||
           inlay_ring_accept(&self->rx, self->sockets[1], &options, INLAY_NEVER,
                             NULL) == INLAY_OK;
}

static const char *large_start(void **state, bool ring, peer_work *child)
{
    inlay_ring_options options = {.size = (size_t)1 << 20};
    large             *self = calloc(1, sizeof *self);
    int                type = ring ? SOCK_SEQPACKET : SOCK_STREAM;

    self->bytes = malloc(LARGE);
    if (self->bytes == NULL || pipe(self->acks) != 0 ||
        socketpair(AF_UNIX, type, 0, self->sockets) != 0) {
        return "memory or descriptors ran out";
    }
    memset(self->bytes, 1, LARGE);
    self->ring = ring;
    if (!peer_start(&self->other, 1, open_child, child, self)) {
        return "no child process";
    }
    close(self->sockets[1]);
    if (ring && inlay_ring_offer(&self->tx, self->sockets[0], &options,
                                 INLAY_NEVER, NULL) != INLAY_OK) {
        return "no ring";
    }
    *state = self;
    return NULL;
}

static void large_stop(void *state)
{
    large *self = state;

    peer_stop(&self->other);
    if (self->ring) {
        inlay_ring_tx_close(&self->tx);
    } else {
        close(self->sockets[0]);
    }
    close(self->acks[0]);
    close(self->acks[1]);
    free(self->bytes);
    free(self);
}

static bool ack(large *self)
{
    return write(self->acks[1], "", 1) == 1;
}

static bool await_ack(large *self)
{
    char byte;

    return read(self->acks[0], &byte, 1) == 1;
}

static bool is_whole(uint64_t sum)
{
    return sum == LARGE / 8 * UINT64_C(0x0101010101010101);
}

// ---- Sealed -----------------------------------------------------------------

// With times wanted, they begin when the memory is filled, and the child
// answers before it reads: what passing and mapping take.
static bool sealed_out(void *state, uint64_t count)
{
    large   *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        uint64_t begin;
        uint8_t *room;

        if (inlay_ring_reserve_sealed(&self->tx, LARGE, INLAY_NEVER, &room) !=
            INLAY_OK) {
            return false;
        }
        memcpy(room, self->bytes, LARGE);
        begin = bench_ticks_begin();
        if (inlay_ring_commit_sealed(&self->tx, LARGE) != INLAY_OK ||
            !await_ack(self)) {
            return false;
        }
        if (channel_times != NULL) {
            histogram_add(channel_times, bench_ns(begin, bench_ticks_end()));
        }
    }
    return true;
}

static bool sealed_in(void *state, uint64_t count)
{
    large   *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        inlay_ring_message message;
        bool               good;

        if (inlay_ring_peek(&self->rx, INLAY_NEVER, &message) != INLAY_OK) {
            return false;
        }
        if (channel_times != NULL) {
            good = message.data[LARGE - 1] == 1 && ack(self);
        } else {
            good = is_whole(ipc_sum(message.data, message.size)) && ack(self);
        }
        inlay_ring_release(&self->rx, &message);
        if (!good) {
            return false;
        }
    }
    return true;
}

// ---- In pieces --------------------------------------------------------------

static bool pieces_out(void *state, uint64_t count)
{
    large   *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        size_t at;

        for (at = 0; at < LARGE; at += PIECE) {
            uint8_t *room;

            if (inlay_ring_reserve(&self->tx, PIECE, INLAY_NEVER, &room) !=
                INLAY_OK) {
                return false;
            }
            memcpy(room, self->bytes + at, PIECE);
            inlay_ring_commit(&self->tx, PIECE);
        }
        if (!await_ack(self)) {
            return false;
        }
    }
    return true;
}

static bool pieces_in(void *state, uint64_t count)
{
    large   *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        uint64_t sum = 0;
        size_t   at;

        for (at = 0; at < LARGE; at += PIECE) {
            inlay_ring_message message;

            if (inlay_ring_peek(&self->rx, INLAY_NEVER, &message) != INLAY_OK) {
                return false;
            }
            sum += ipc_sum(message.data, message.size);
            inlay_ring_release(&self->rx, &message);
        }
        if (!is_whole(sum) || !ack(self)) {
            return false;
        }
    }
    return true;
}

// ---- Socket -----------------------------------------------------------------

static bool socket_out(void *state, uint64_t count)
{
    large   *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        size_t at = 0;

        while (at < LARGE) {
            ssize_t put = write(self->sockets[0], self->bytes + at, LARGE - at);

            if (put <= 0) {
                return false;
            }
            at += (size_t)put;
        }
        if (!await_ack(self)) {
            return false;
        }
    }
    return true;
}

static bool socket_in(void *state, uint64_t count)
{
    large   *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        size_t at = 0;

        while (at < LARGE) {
            ssize_t got = read(self->sockets[1], self->bytes + at, LARGE - at);

            if (got <= 0) {
                return false;
            }
            at += (size_t)got;
        }
        if (!is_whole(ipc_sum(self->bytes, LARGE)) || !ack(self)) {
            return false;
        }
    }
    return true;
}

// ---- Subjects ---------------------------------------------------------------

static const char *sealed_start(void **state)
{
    return large_start(state, true, sealed_in);
}

static const char *pieces_start(void **state)
{
    return large_start(state, true, pieces_in);
}

static const char *socket_start(void **state)
{
    return large_start(state, false, socket_in);
}

static bool sealed_run(void *state, uint64_t count)
{
    return peer_run(&((large *)state)->other, sealed_out, state, count);
}

static bool pieces_run(void *state, uint64_t count)
{
    return peer_run(&((large *)state)->other, pieces_out, state, count);
}

static bool socket_run(void *state, uint64_t count)
{
    return peer_run(&((large *)state)->other, socket_out, state, count);
}

static const ipc_subject socket_subject = {
    "UNIX socket pair", NULL, socket_start, socket_run, large_stop};
static const ipc_subject sealed_subject = {
    "sealed memory", "its memory is new each time", sealed_start, sealed_run,
    large_stop};
static const ipc_subject pieces_subject = {"ring, copied in pieces of 64 KB",
                                           NULL, pieces_start, pieces_run,
                                           large_stop};

static const ipc_subject *const larges[] = {&socket_subject, &sealed_subject,
                                            &pieces_subject};

const ipc_group ipc_group_ring_large = {
    "ring-large", "4 MB written, passed and read by another process", "message",
    larges, sizeof larges / sizeof larges[0]};
