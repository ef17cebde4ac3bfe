// channel_broker.c -- ZeroMQ and nng, pair sockets over ipc. Each side makes
// its own context after the fork; neither library survives one.
#include "bench/ipc/channel.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#if defined(IPC_HAVE_ZMQ)
#include <zmq.h>
#endif
#if defined(IPC_HAVE_NNG)
#include <nng/nng.h>
#include <nng/protocol/pair0/pair.h>
#endif

#if !defined(IPC_HAVE_ZMQ) || !defined(IPC_HAVE_NNG)
static const char *make_none(channel *self)
{
    (void)self;
    return "not built in";
}
#endif

#if defined(IPC_HAVE_ZMQ) || defined(IPC_HAVE_NNG)
static void address_of(const channel *self, char address[200])
{
    snprintf(address, 200, "ipc://%s/%p.ipc", ipc_folder(), (const void *)self);
}

static const char *make_any(channel *self)
{
    (void)self;
    return ipc_folder() == NULL ? "no folder" : NULL;
}
#endif

#if defined(IPC_HAVE_ZMQ)
typedef struct zmq_end {
    void *context;
    void *socket;
} zmq_end;

static zmq_end zmq_this; // one channel at a time in a process, by far enough

static bool zmq_end_open(channel *self, bool child)
{
    char address[200];

    address_of(self, address);
    zmq_this.context = zmq_ctx_new();
    zmq_this.socket = zmq_socket(zmq_this.context, ZMQ_PAIR);
    return child ? zmq_connect(zmq_this.socket, address) == 0
                 : zmq_bind(zmq_this.socket, address) == 0;
}

static bool zmq_end_send(channel *self, uint64_t sequence, size_t size)
{
    char bytes[CHANNEL_LARGE] = {0};

    (void)self;
    memcpy(bytes, &sequence, sizeof sequence);
    return zmq_send(zmq_this.socket, bytes, size, 0) == (int)size;
}

static bool zmq_end_receive(channel *self, uint64_t sequence, size_t size)
{
    char bytes[CHANNEL_LARGE];

    (void)self;
    return zmq_recv(zmq_this.socket, bytes, sizeof bytes, 0) == (int)size &&
           memcmp(bytes, &sequence, sizeof sequence) == 0;
}

static void zmq_end_close(channel *self)
{
    int none = 0;

    (void)self;
    zmq_setsockopt(zmq_this.socket, ZMQ_LINGER, &none, sizeof none);
    zmq_close(zmq_this.socket);
    zmq_ctx_term(zmq_this.context);
}

const channel_kind channel_zmq = {
    "ZeroMQ pair, ipc", NULL, make_any,      zmq_end_open, zmq_end_send,
    zmq_end_receive,    NULL, zmq_end_close, false};
#else
const channel_kind channel_zmq = {.name = "ZeroMQ pair, ipc",
                                  .make = make_none};
#endif

#if defined(IPC_HAVE_NNG)
static nng_socket nng_this;

static bool nng_end_open(channel *self, bool child)
{
    char address[200];
    int  tries = 0;

    address_of(self, address);
    if (nng_pair0_open(&nng_this) != 0) {
        return false;
    }
    if (!child) {
        return nng_listen(nng_this, address, NULL, 0) == 0;
    }
    while (nng_dial(nng_this, address, NULL, 0) != 0) {
        if (++tries == 1000) {
            return false;
        }
        usleep(1000); // the other side does not listen yet
    }
    return true;
}

static bool nng_end_send(channel *self, uint64_t sequence, size_t size)
{
    char bytes[CHANNEL_LARGE] = {0};

    (void)self;
    memcpy(bytes, &sequence, sizeof sequence);
    return nng_send(nng_this, bytes, size, 0) == 0;
}

static bool nng_end_receive(channel *self, uint64_t sequence, size_t size)
{
    char   bytes[CHANNEL_LARGE];
    size_t got = sizeof bytes;

    (void)self;
    return nng_recv(nng_this, bytes, &got, 0) == 0 && got == size &&
           memcmp(bytes, &sequence, sizeof sequence) == 0;
}

static void nng_end_close(channel *self)
{
    (void)self;
    nng_close(nng_this);
}

const channel_kind channel_nng = {.name = "nng pair, ipc",
                                  .make = make_any,
                                  .open = nng_end_open,
                                  .send = nng_end_send,
                                  .receive = nng_end_receive,
                                  .close = nng_end_close,
                                  .apart = true};
#else
const channel_kind channel_nng = {.name = "nng pair, ipc", .make = make_none};
#endif
