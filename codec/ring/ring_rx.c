// ring_rx.c -- the consumer: peek, release.
//
//     tail                read
//      | peeked at, not     |  header: 0, or a message
//      | released           |
//
// A header is loaded once. Its length counts only if the message and the header
// behind it fit into what the ring can hold beyond the tail; what the producer
// may have written elsewhere is never looked at.

#include "codec/ring/ring_private.h"

#include <stdlib.h>
#include <string.h>

enum {
    COPIED_IN_STEPS = 256 // bytes; longer ones are memcpy's
};

// ---- Finding ----------------------------------------------------------------

// Sets `header` to the next message's.
static inline inlay_status find(inlay_ring_rx *rx, uint64_t deadline,
                                uint64_t *header)
{
    const uint64_t *at = ring_header(&rx->side, rx->read);
    uint64_t        found = __atomic_load_n(at, __ATOMIC_ACQUIRE);

    if (found == 0) {
        inlay_status status = ring_wait(&rx->side, at, 0, deadline);

        if (status != INLAY_OK) {
            return status;
        }
        found = __atomic_load_n(at, __ATOMIC_ACQUIRE);
    }
    *header = found;
    return INLAY_OK;
}

// Returns whether the header is one that a producer can have written.
static inline bool is_possible(const inlay_ring_rx *rx, uint64_t header)
{
    uint32_t align = rx->side.align;
    uint32_t flags = (uint32_t)header;
    uint64_t end =
        ring_payload_at(rx->read, align) + ring_round_8(header >> 32);

    if (flags != RING_PRESENT && (flags != (RING_PRESENT | RING_SEALED) ||
                                  header >> 32 != RING_SEALED_MARK_SIZE)) {
        return false;
    }
    return ring_payload_at(end, align) - rx->tail <= rx->side.size;
}

// Copies a message into our own memory. Short ones in whole words: payloads are
// padded to 8 bytes on both sides, and a call of memcpy costs more.
static inline void copy(uint8_t *to, const uint8_t *from, size_t size)
{
    size_t i;

    if (size > COPIED_IN_STEPS) {
        memcpy(to, from, size);
        return;
    }
    for (i = 0; i < size; i += 8) {
        memcpy(to + i, from + i, 8);
    }
}

static inline void take_plain(inlay_ring_rx *rx, uint64_t payload, size_t size,
                              inlay_ring_message *message)
{
    message->data = ring_at(&rx->side, payload);
    message->size = size;
    message->stable = rx->mode != INLAY_RING_IN_PLACE;
    message->sealed = false;
    if (rx->mode == INLAY_RING_COPY) {
        copy(rx->copy, message->data, size);
        message->data = rx->copy;
    }
}

static inlay_status take_sealed(inlay_ring_rx *rx, uint64_t payload,
                                inlay_ring_message *message)
{
    const uint64_t *mark = (uint64_t *)(void *)ring_at(&rx->side, payload);

    return ring_sealed_map(rx, __atomic_load_n(mark, __ATOMIC_RELAXED),
                           message);
}

inlay_status inlay_ring_peek(inlay_ring_rx *self, uint64_t deadline,
                             inlay_ring_message *message)
{
    inlay_ring_message found = {.data = NULL};
    uint64_t           header, payload;
    inlay_status       status = self->side.status;

    if (INLAY_UNLIKELY(status != INLAY_OK)) {
        return status;
    }
    status = find(self, deadline, &header);
    if (INLAY_UNLIKELY(status != INLAY_OK)) {
        return status;
    }
    inlay_ring_step(RING_STEP_FOUND);
    if (INLAY_UNLIKELY(!is_possible(self, header))) {
        return ring_fault(&self->side);
    }
    payload = ring_payload_at(self->read, self->side.align);
    found.end = payload + ring_round_8(header >> 32);
    if (INLAY_UNLIKELY(((uint32_t)header & RING_SEALED) != 0)) {
        status = take_sealed(self, payload, &found);
    } else {
        take_plain(self, payload, (size_t)(header >> 32), &found);
    }
    if (INLAY_UNLIKELY(status != INLAY_OK)) {
        if (found.sealed) {
            self->read = found.end; // it is lost, and skipped
        }
        return status;
    }
    self->read = found.end;
    self->side.stats.messages++;
    self->side.stats.bytes += found.size;
    *message = found;
    return INLAY_OK;
}

// ---- Releasing --------------------------------------------------------------

// Messages are released in order; one that was released already is nothing new.
static void release_room(inlay_ring_rx *rx, uint64_t end)
{
    if (rx->side.tail_page == NULL || end - rx->tail > rx->read - rx->tail ||
        end == rx->tail) {
        return;
    }
    inlay_ring_step(RING_STEP_RELEASING);
    rx->tail = end;
    ring_publish(&rx->side, ring_tail(&rx->side), end);
    inlay_ring_step(RING_STEP_RELEASED);
}

void inlay_ring_release(inlay_ring_rx *self, inlay_ring_message *message)
{
    release_room(self, message->end);
    if (message->sealed) {
        inlay_ring_kept kept = {message->data, message->size};

        inlay_ring_kept_release(&kept);
    }
    message->data = NULL;
    message->size = 0;
    message->sealed = false;
}

void inlay_ring_keep(inlay_ring_rx *self, inlay_ring_message *message,
                     inlay_ring_kept *kept)
{
    kept->data = message->data;
    kept->size = message->size;
    message->sealed = false;
    inlay_ring_release(self, message);
}

// ---- The rest ---------------------------------------------------------------

void inlay_ring_rx_close(inlay_ring_rx *self)
{
    ring_side_release(&self->side);
    free(self->copy);
    self->copy = NULL;
}

int inlay_ring_rx_fd(const inlay_ring_rx *self)
{
    return self->side.socket;
}

bool inlay_ring_rx_arm(inlay_ring_rx *self)
{
    return self->side.status == INLAY_OK &&
           ring_arm(&self->side, ring_header(&self->side, self->read), 0);
}

inlay_ring_stats inlay_ring_rx_stats(const inlay_ring_rx *self)
{
    return self->side.stats;
}
