// ring_sealed.c -- large messages in memory of their own.
//
// The producer fills fresh memory, unmaps it, seals it, sends its descriptor
// and then publishes a mark in the ring. So when the consumer finds a mark, the
// descriptor is in the socket already; marks and descriptors pair up in order.
//
// A sealed mapping is private (MAP_PRIVATE): before Linux 6.7 a shared one of
// memory that is sealed against writing is refused, even to read.

#include "codec/ring/ring_private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#define SEALED_SEALS (F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)

// ---- Sending ----------------------------------------------------------------

void ring_sealed_drop(inlay_ring_tx *tx)
{
    if (tx->sealed != NULL) {
        munmap(tx->sealed, tx->sealed_size);
    }
    ring_fd_close(tx->sealed_fd);
    tx->sealed = NULL;
    tx->sealed_fd = -1;
}

// Forgets marks that the consumer has released; returns whether there may be
// one more.
static bool may_send(inlay_ring_tx *tx)
{
    while (tx->mark_count > 0 && tx->marks[tx->mark_first] <= tx->tail) {
        tx->mark_first = (tx->mark_first + 1) % INLAY_RING_SEALED_COUNT;
        tx->mark_count--;
    }
    return tx->mark_count < INLAY_RING_SEALED_COUNT;
}

// Waits until the mark has room and one more may be on its way.
static inlay_status reserve_mark(inlay_ring_tx *tx, uint64_t deadline)
{
    uint8_t     *room;
    inlay_status status =
        inlay_ring_reserve(tx, RING_SEALED_MARK_SIZE, deadline, &room);

    while (status == INLAY_OK && !may_send(tx)) {
        const uint64_t *tail = ring_tail(&tx->side);

        inlay_ring_publish(tx);
        status = ring_tx_load_tail(tx);
        if (status == INLAY_OK && !may_send(tx)) {
            status = ring_wait(&tx->side, tail, tx->tail, deadline);
        }
    }
    return status == INLAY_WOULD_WAIT ? INLAY_FULL : status;
}

static inlay_status sealed_new(inlay_ring_tx *tx, uint64_t size)
{
    void *at;

    tx->sealed_fd = ring_memory_new(size);
    if (tx->sealed_fd < 0) {
        return INLAY_SYSTEM;
    }
    at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE,
              tx->sealed_fd, 0);
    if (at == MAP_FAILED) {
        ring_sealed_drop(tx);
        return INLAY_SYSTEM;
    }
    tx->sealed = at;
    tx->sealed_size = size;
    if (madvise(at, size, MADV_DONTFORK) != 0) {
        ring_sealed_drop(tx);
        return INLAY_SYSTEM;
    }
    return INLAY_OK;
}

inlay_status inlay_ring_reserve_sealed(inlay_ring_tx *self, size_t size,
                                       uint64_t deadline, uint8_t **room)
{
    inlay_status status = reserve_mark(self, deadline);

    if (status != INLAY_OK) {
        return status;
    }
    if (size == 0 || size > INT64_MAX) {
        errno = EINVAL;
        return INLAY_SYSTEM;
    }
    status = sealed_new(self, size);
    if (status != INLAY_OK) {
        return status;
    }
    inlay_ring_step(RING_STEP_SEALED_MADE);
    *room = self->sealed;
    return INLAY_OK;
}

// Ends all writing: cuts to what was used, unmaps, seals.
static inlay_status seal(inlay_ring_tx *tx, uint64_t size)
{
    munmap(tx->sealed, tx->sealed_size);
    tx->sealed = NULL;
    if (size < tx->sealed_size && ftruncate(tx->sealed_fd, (off_t)size) != 0) {
        return INLAY_SYSTEM;
    }
    if (fcntl(tx->sealed_fd, F_ADD_SEALS, SEALED_SEALS) != 0) {
        return INLAY_SYSTEM;
    }
    inlay_ring_step(RING_STEP_SEALED);
    return INLAY_OK;
}

inlay_status inlay_ring_commit_sealed(inlay_ring_tx *self, size_t size)
{
    static const uint32_t packet = RING_PACKET_SEALED;
    inlay_status          status = INLAY_OK;

    if (self->sealed == NULL || size == 0 || size > self->sealed_size) {
        errno = EINVAL;
        status = INLAY_SYSTEM;
    }
    if (status == INLAY_OK) {
        status = seal(self, size);
    }
    if (status == INLAY_OK) {
        status = ring_send(self->side.socket, &packet, sizeof packet,
                           &self->sealed_fd, 1, INLAY_AT_ONCE);
        // The peer empties the socket before it sleeps: it is never full by
        // chance.
        status = status == INLAY_WOULD_WAIT ? INLAY_FULL : status;
    }
    ring_sealed_drop(self);
    if (status == INLAY_OK) {
        inlay_ring_step(RING_STEP_SEALED_SENT);
        ring_tx_commit_mark(self, size);
    }
    return status;
}

// ---- Receiving --------------------------------------------------------------

// Takes the oldest descriptor; false when none was sent.
static bool next_fd(inlay_ring_side *side, int *fd)
{
    if (side->fd_count == 0) {
        ring_drain(side);
    }
    if (side->fd_count == 0) {
        return false;
    }
    *fd = side->fds[0];
    return true;
}

static void drop_fd(inlay_ring_side *side)
{
    uint32_t i;

    ring_fd_close(side->fds[0]);
    side->fd_count--;
    for (i = 0; i < side->fd_count; i++) {
        side->fds[i] = side->fds[i + 1];
    }
}

static inlay_status map_message(int fd, uint64_t size,
                                inlay_ring_message *message)
{
    void *at = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);

    if (at == MAP_FAILED) {
        return INLAY_SYSTEM;
    }
    message->data = at;
    message->size = size;
    message->stable = true;
    return INLAY_OK;
}

inlay_status ring_sealed_map(inlay_ring_rx *rx, uint64_t size,
                             inlay_ring_message *message)
{
    inlay_status status;
    int          fd;

    if (size == 0 || !next_fd(&rx->side, &fd)) {
        return ring_fault(&rx->side);
    }
    message->sealed = true; // from here on a failure skips it
    if (fd < 0 || size > rx->sealed_max) {
        drop_fd(&rx->side);
        errno = EMFILE;
        return fd < 0 ? INLAY_SYSTEM : INLAY_OVER_LIMIT;
    }
    if (ring_memory_check(fd, SEALED_SEALS, size) != INLAY_RING_REFUSED_NONE) {
        return ring_fault(&rx->side);
    }
    status = map_message(fd, size, message);
    if (status != INLAY_OK) {
        message->sealed = false; // but not this one: it may go another time
        return status;
    }
    drop_fd(&rx->side);
    inlay_ring_step(RING_STEP_SEALED_MAPPED);
    return INLAY_OK;
}

void inlay_ring_kept_release(inlay_ring_kept *self)
{
    if (self->data != NULL) {
        munmap((void *)(uintptr_t)self->data, self->size);
    }
    self->data = NULL;
    self->size = 0;
}
