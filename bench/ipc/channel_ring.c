// channel_ring.c -- two rings, one each way.
#define _GNU_SOURCE
#include "bench/ipc/channel.h"

#include <inlay/ring.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tick.inlay.h"

enum {
    BATCH = 64
};

typedef struct rings {
    inlay_ring_tx tx;
    inlay_ring_rx rx;
    unsigned      held; // messages not yet released
} rings;

static const char *rings_make(channel *self)
{
    int there[2], back[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, there) != 0) {
        return "no socket pair";
    }
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, back) != 0) {
        close(there[0]);
        close(there[1]);
        return "no socket pair";
    }
    self->fds[0] = there[0];
    self->fds[1] = back[0];
    self->fds[2] = there[1];
    self->fds[3] = back[1];
    return NULL;
}

static bool rings_open(channel *self, bool child, inlay_ring_options options)
{
    uint64_t deadline = inlay_deadline_after(UINT64_C(10000000000));
    rings   *made = calloc(1, sizeof *made);
    int      mine = child ? 2 : 0;

    close(self->fds[2 - mine]);
    close(self->fds[3 - mine]);
    self->state = made;
    options.size = (size_t)1 << 20;
    if (made == NULL) {
        return false;
    }
    if (child) {
        return inlay_ring_accept(&made->rx, self->fds[2], &options, deadline,
                                 NULL) == INLAY_OK &&
               inlay_ring_offer(&made->tx, self->fds[3], &options, deadline,
                                NULL) == INLAY_OK;
    }
    return inlay_ring_offer(&made->tx, self->fds[0], &options, deadline,
                            NULL) == INLAY_OK &&
           inlay_ring_accept(&made->rx, self->fds[1], &options, deadline,
                             NULL) == INLAY_OK;
}

static bool open_in_place(channel *self, bool child)
{
    return rings_open(self, child,
                      (inlay_ring_options){.mode = INLAY_RING_IN_PLACE});
}

static bool open_copy(channel *self, bool child)
{
    return rings_open(self, child,
                      (inlay_ring_options){.mode = INLAY_RING_COPY});
}

static bool open_sleepy(channel *self, bool child)
{
    return rings_open(
        self, child,
        (inlay_ring_options){.mode = INLAY_RING_IN_PLACE, .spins = UINT32_MAX});
}

static void rings_close(channel *self)
{
    rings *made = self->state;

    inlay_ring_tx_close(&made->tx);
    inlay_ring_rx_close(&made->rx);
    free(made);
}

// ---- Raw bytes --------------------------------------------------------------

static bool send_raw(channel *self, uint64_t sequence, size_t size)
{
    rings   *made = self->state;
    uint8_t *room;

    if (inlay_ring_reserve(&made->tx, size, INLAY_NEVER, &room) != INLAY_OK) {
        return false;
    }
    memset(room, 0, size);
    memcpy(room, &sequence, sizeof sequence);
    inlay_ring_commit(&made->tx, size);
    return true;
}

static bool receive_raw(channel *self, uint64_t sequence, size_t size)
{
    rings             *made = self->state;
    inlay_ring_message message;
    bool               good;

    if (inlay_ring_peek(&made->rx, INLAY_NEVER, &message) != INLAY_OK) {
        return false;
    }
    good = message.size == size &&
           memcmp(message.data, &sequence, sizeof sequence) == 0;
    inlay_ring_release(&made->rx, &message);
    return good;
}

// ---- Coded ------------------------------------------------------------------

// Encodes into the ring: 32 bytes as a Trade, 64 as a Quote.
static bool encode(rings *made, uint64_t sequence, size_t size, size_t *coded)
{
    inlay_encoder encoder;
    uint8_t       tape[8];
    uint8_t      *room;
    inlay_status  status;

    if (inlay_ring_reserve(&made->tx, size, INLAY_NEVER, &room) != INLAY_OK) {
        return false;
    }
    inlay_encoder_init(&encoder, tape, sizeof tape, NULL);
    if (size == CHANNEL_SMALL) {
        tick_trade trade = {.sequence = sequence,
                            .time = 1790000000,
                            .price = 101.25,
                            .symbol = INLAY_STR("INLAY1")};

        status = tick_trade_measure(&trade, &encoder, coded);
        status = status != INLAY_OK
                     ? status
                     : tick_trade_write(&trade, &encoder, room, size);
    } else {
        tick_quote quote = {.sequence = sequence,
                            .time = 1790000000,
                            .bid = 101.25,
                            .ask = 101.5,
                            .bid_size = 300,
                            .ask_size = 200,
                            .venue = 7,
                            .symbol = INLAY_STR("XNAS:INLAY.2026-07.C")};

        status = tick_quote_measure(&quote, &encoder, coded);
        status = status != INLAY_OK
                     ? status
                     : tick_quote_write(&quote, &encoder, room, size);
    }
    return status == INLAY_OK;
}

static bool send_coded(channel *self, uint64_t sequence, size_t size)
{
    rings *made = self->state;
    size_t coded;

    if (!encode(made, sequence, size, &coded)) {
        return false;
    }
    inlay_ring_commit(&made->tx, coded);
    return true;
}

static bool send_batched(channel *self, uint64_t sequence, size_t size)
{
    rings *made = self->state;
    size_t coded;

    if (!encode(made, sequence, size, &coded)) {
        return false;
    }
    inlay_ring_commit_later(&made->tx, coded);
    if (sequence % BATCH == BATCH - 1) {
        inlay_ring_publish(&made->tx);
    }
    return true;
}

static bool flush_batched(channel *self)
{
    inlay_ring_publish(&((rings *)self->state)->tx);
    return true;
}

static bool verify(inlay_ring_message message, uint64_t sequence, size_t size)
{
    if (size == CHANNEL_SMALL) {
        tick_trade_view trade;

        return tick_trade_open_verified(message.data, message.size, &trade,
                                        NULL) == INLAY_OK &&
               tick_trade_get_sequence(trade) == sequence &&
               tick_trade_get_symbol(trade).size == 6;
    }
    {
        tick_quote_view quote;

        return tick_quote_open_verified(message.data, message.size, &quote,
                                        NULL) == INLAY_OK &&
               tick_quote_get_sequence(quote) == sequence &&
               tick_quote_get_symbol(quote).size == 20;
    }
}

static bool receive_coded(channel *self, uint64_t sequence, size_t size)
{
    rings             *made = self->state;
    inlay_ring_message message;
    bool               good;

    if (inlay_ring_peek(&made->rx, INLAY_NEVER, &message) != INLAY_OK) {
        return false;
    }
    good = message.size == size && verify(message, sequence, size);
    inlay_ring_release(&made->rx, &message);
    return good;
}

static bool receive_batched(channel *self, uint64_t sequence, size_t size)
{
    rings             *made = self->state;
    inlay_ring_message message;
    bool               good;

    if (inlay_ring_peek(&made->rx, INLAY_NEVER, &message) != INLAY_OK) {
        return false;
    }
    good = message.size == size && verify(message, sequence, size);
    if (sequence % BATCH == BATCH - 1) {
        inlay_ring_release(&made->rx, &message);
    }
    return good;
}

const channel_kind channel_ring = {"ring, raw bytes read in place",
                                   NULL,
                                   rings_make,
                                   open_in_place,
                                   send_raw,
                                   receive_raw,
                                   NULL,
                                   rings_close,
                                   false};

const channel_kind channel_ring_coded = {"ring, encoded, copied, verified",
                                         NULL,
                                         rings_make,
                                         open_copy,
                                         send_coded,
                                         receive_coded,
                                         NULL,
                                         rings_close,
                                         false};

const channel_kind channel_ring_batch = {
    "ring, encoded, copied, verified, by 64",
    "published and released 64 at a time",
    rings_make,
    open_copy,
    send_batched,
    receive_batched,
    flush_batched,
    rings_close,
    false};

const channel_kind channel_ring_sleepy = {"ring that never spins",
                                          NULL,
                                          rings_make,
                                          open_sleepy,
                                          send_raw,
                                          receive_raw,
                                          NULL,
                                          rings_close,
                                          false};
