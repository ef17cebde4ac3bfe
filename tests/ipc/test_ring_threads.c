// The two sides as threads of one process, under ThreadSanitizer where there is
// one. It knows addresses, not memory behind them, so the consumer is given the
// producer's mapping: else it would see two rings that nobody shares.

#include "ring_support.h"

#include <pthread.h>
#include <stdlib.h>

#include "codec/ring/ring_private.h"

enum {
    MESSAGES = 60000
};

typedef struct consumer {
    inlay_ring_rx *rx;
    inlay_status   status;
    uint64_t       wrong;
} consumer;

// Sizes and batches that differ all the time; the ring is small, so both wait.
static size_t size_of(uint64_t i)
{
    return i * 2654435761u % 331;
}

static void *consume(void *context)
{
    consumer          *self = context;
    inlay_ring_message message;
    uint64_t           i, j;

    for (i = 0; i < MESSAGES; i++) {
        self->status = inlay_ring_peek(
            self->rx, inlay_deadline_after(60 * SECONDS), &message);
        if (self->status != INLAY_OK) {
            return NULL;
        }
        self->wrong += message.size != size_of(i);
        for (j = 0; j < message.size; j++) {
            self->wrong += message.data[j] != (uint8_t)(i + j);
        }
        if (i % 3 == 0) {
            inlay_ring_release(self->rx, &message);
        }
    }
    return NULL;
}

static inlay_status produce(inlay_ring_tx *tx)
{
    uint64_t i, j;

    for (i = 0; i < MESSAGES; i++) {
        uint8_t     *room;
        size_t       size = size_of(i);
        inlay_status status = inlay_ring_reserve(
            tx, size, inlay_deadline_after(60 * SECONDS), &room);

        if (status != INLAY_OK) {
            return status;
        }
        for (j = 0; j < size; j++) {
            room[j] = (uint8_t)(i + j);
        }
        inlay_ring_commit_later(tx, size);
        if (i % 7 == 0 || i == MESSAGES - 1) {
            inlay_ring_publish(tx);
        }
    }
    return INLAY_OK;
}

static void run(inlay_ring_mode mode, uint32_t spins)
{
    inlay_ring_options options = {.size = 4096, .mode = mode, .spins = spins};
    inlay_ring_tx      tx;
    inlay_ring_rx      rx;
    inlay_ring_side    own;
    consumer           other = {.rx = &rx};
    pthread_t          thread;

    pair_make(&tx, &rx, &options);
    own = rx.side;
    rx.side.pages = tx.side.pages;
    rx.side.ring = tx.side.ring;
    rx.side.peer_sleep = tx.side.sleep;
    tx.side.peer_sleep = rx.side.sleep;
    {
        uint8_t *tail = tx.side.tail_page;

        tx.side.tail_page = rx.side.tail_page;
        assert_int_equal(pthread_create(&thread, NULL, consume, &other), 0);
        assert_int_equal(produce(&tx), INLAY_OK);
        assert_int_equal(pthread_join(thread, NULL), 0);
        tx.side.tail_page = tail;
    }
    assert_int_equal(other.status, INLAY_OK);
    assert_int_equal(other.wrong, 0);
    assert_true(inlay_ring_rx_stats(&rx).waits > 0);
    rx.side.pages = own.pages;
    rx.side.ring = own.ring;
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
}

static void test_ring_threads__share_nothing_unordered(void **state)
{
    (void)state;
    run(INLAY_RING_COPY, 0);
    run(INLAY_RING_IN_PLACE, UINT32_MAX);
    run(INLAY_RING_TRUSTED, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ring_threads__share_nothing_unordered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
