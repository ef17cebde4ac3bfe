// ring_tx.c -- the producer: reserve, commit, publish.
//
//     tail          first              write        reserved
//      | not read yet |  not published   |  being      |
//      |              |  yet             |  written    |
//     -+--------------+------------------+-------------+- free, up to tail +
//     size
//                     |
//                     its header is still 0
//
// A batch becomes visible by the header of its first message; the headers of
// the others were written before, and the one after the last is made 0 first.
// So the header at `first` is 0 at all times, and what the consumer finds there
// later was put there by ring_publish, never left over from a payload.

#include "codec/ring/ring_private.h"

#include <assert.h>
#include <string.h>

size_t inlay_ring_size_max(const inlay_ring_tx *self)
{
    return (size_t)(self->side.size - 2 * (uint64_t)self->side.align);
}

// Returns the position behind the header that follows the room for `size`
// bytes: it must be free, too.
static uint64_t room_end(const inlay_ring_tx *tx, uint64_t size)
{
    uint32_t align = tx->side.align;
    uint64_t payload = ring_payload_at(tx->write, align);

    return ring_payload_at(payload + ring_round_8(size), align);
}

// ---- Room -------------------------------------------------------------------

// The tail may have moved forward, up to what it was shown.
inlay_status ring_tx_load_tail(inlay_ring_tx *tx)
{
    uint64_t tail = __atomic_load_n(ring_tail(&tx->side), __ATOMIC_ACQUIRE);

    if (tail - tx->tail > tx->first - tx->tail) {
        return ring_fault(&tx->side);
    }
    tx->tail = tail;
    return INLAY_OK;
}

// The exact high water would need the tail at each message, and with it a cache
// line that the consumer is writing. So it is looked at only when the old tail
// leaves it possible that the mark was passed by a sixteenth.
static inlay_status note_high_water(inlay_ring_tx *tx)
{
    uint64_t     passed = tx->side.stats.high_water + tx->side.size / 16;
    inlay_status status = INLAY_OK;

    if (INLAY_UNLIKELY(tx->write - tx->tail > passed)) {
        status = ring_tx_load_tail(tx);
        if (tx->write - tx->tail > tx->side.stats.high_water) {
            tx->side.stats.high_water = tx->write - tx->tail;
        }
    }
    return status;
}

// Waits until the ring has room up to `end`.
static inlay_status wait_for_room(inlay_ring_tx *tx, uint64_t end,
                                  uint64_t deadline)
{
    inlay_status status = ring_tx_load_tail(tx);

    if (status == INLAY_OK && end - tx->tail > tx->side.size) {
        inlay_ring_publish(tx);
    }
    while (status == INLAY_OK && end - tx->tail > tx->side.size) {
        status = ring_wait(&tx->side, ring_tail(&tx->side), tx->tail, deadline);
        if (status == INLAY_OK) {
            status = ring_tx_load_tail(tx);
        }
    }
    if (status == INLAY_WOULD_WAIT) {
        tx->side.stats.waits++; // ring_wait counts those that do wait
        status = INLAY_FULL;
    }
    return status;
}

inlay_status inlay_ring_reserve(inlay_ring_tx *self, size_t size,
                                uint64_t deadline, uint8_t **room)
{
    uint64_t     end;
    inlay_status status;

    if (INLAY_UNLIKELY(self->sealed != NULL)) {
        ring_sealed_drop(self);
    }
    if (INLAY_UNLIKELY(self->side.status != INLAY_OK)) {
        return self->side.status;
    }
    if (INLAY_UNLIKELY(self->side.gone)) {
        return INLAY_CLOSED;
    }
    if (INLAY_UNLIKELY(size > inlay_ring_size_max(self))) {
        return INLAY_TOO_LARGE;
    }
    end = room_end(self, size);
    if (INLAY_UNLIKELY(end - self->tail > self->side.size)) {
        status = wait_for_room(self, end, deadline);
        if (status != INLAY_OK) {
            return status;
        }
    }
    self->reserved = size;
    *room =
        ring_at(&self->side, ring_payload_at(self->write, self->side.align));
    inlay_ring_step(RING_STEP_RESERVED);
    return INLAY_OK;
}

// ---- Committing -------------------------------------------------------------

// Ends the message that was reserved; its header waits if it is the first.
static void commit(inlay_ring_tx *tx, size_t size, uint32_t flags)
{
    uint64_t header = ring_header_make(RING_PRESENT | flags, size);
    uint64_t payload = ring_payload_at(tx->write, tx->side.align);

    assert(size <= tx->reserved);
    tx->reserved = 0;
    if (tx->write == tx->first) {
        tx->header = header;
    } else {
        __atomic_store_n(ring_header(&tx->side, tx->write), header,
                         __ATOMIC_RELAXED);
    }
    tx->write = payload + ring_round_8(size);
}

static void count_message(inlay_ring_tx *tx, uint64_t size)
{
    tx->side.stats.messages++;
    tx->side.stats.bytes += size;
}

void inlay_ring_commit_later(inlay_ring_tx *self, size_t size)
{
    if (self->side.status != INLAY_OK) {
        return;
    }
    commit(self, size, 0);
    count_message(self, size);
}

void inlay_ring_publish(inlay_ring_tx *self)
{
    inlay_ring_side *side = &self->side;
    uint64_t         first = self->first;

    if (first == self->write || side->status != INLAY_OK) {
        return;
    }
    __atomic_store_n(ring_header(side, self->write), 0, __ATOMIC_RELAXED);
    self->first = self->write;
    inlay_ring_step(RING_STEP_PUBLISHING);
    ring_publish(side, ring_header(side, first), self->header);
    inlay_ring_step(RING_STEP_PUBLISHED);
    (void)note_high_water(self); // a fault stays and is told by the next call
}

void inlay_ring_commit(inlay_ring_tx *self, size_t size)
{
    inlay_ring_commit_later(self, size);
    inlay_ring_publish(self);
}

void ring_tx_commit_mark(inlay_ring_tx *tx, uint64_t size)
{
    uint64_t payload = ring_payload_at(tx->write, tx->side.align);
    uint32_t last = (tx->mark_first + tx->mark_count) % INLAY_RING_SEALED_COUNT;

    memcpy(ring_at(&tx->side, payload), &size, sizeof size);
    commit(tx, sizeof size, RING_SEALED);
    count_message(tx, size);
    tx->marks[last] = tx->write;
    tx->mark_count++;
    inlay_ring_publish(tx);
}

// ---- The rest ---------------------------------------------------------------

void inlay_ring_tx_close(inlay_ring_tx *self)
{
    ring_sealed_drop(self);
    if (self->side.pages != NULL) {
        inlay_ring_publish(self);
    }
    ring_side_release(&self->side);
}

int inlay_ring_tx_fd(const inlay_ring_tx *self)
{
    return self->side.socket;
}

bool inlay_ring_tx_arm(inlay_ring_tx *self, size_t size)
{
    uint64_t end;

    if (self->side.status != INLAY_OK || ring_tx_load_tail(self) != INLAY_OK ||
        size > inlay_ring_size_max(self)) {
        return false;
    }
    inlay_ring_publish(self);
    end = room_end(self, size);
    return end - self->tail > self->side.size &&
           ring_arm(&self->side, ring_tail(&self->side), self->tail);
}

inlay_ring_stats inlay_ring_tx_stats(const inlay_ring_tx *self)
{
    return self->side.stats;
}
