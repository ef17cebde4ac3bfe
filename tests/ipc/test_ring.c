// The ring in one process: order, room, deadlines, statistics, sealed messages,
// event loops, and every system call failing in turn.

#include "ring_support.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fault.h"

static const inlay_ring_mode modes[] = {INLAY_RING_COPY, INLAY_RING_IN_PLACE,
                                        INLAY_RING_TRUSTED};

static const inlay_ring_options small = {.size = 4096};

// ---- Order and room ---------------------------------------------------------

// Fills and empties a ring with messages of one size until it has gone round
// several times; with a lead that shifts where messages wrap.
static void go_round(size_t size, uint32_t align, inlay_ring_mode mode)
{
    inlay_ring_options options = {.size = 4096, .align = align, .mode = mode};
    inlay_ring_tx      tx;
    inlay_ring_rx      rx;
    uint64_t           sent = 0, taken = 0;
    uint8_t           *room;

    pair_make(&tx, &rx, &options);
    while (sent * (size + 8) < 5 * 4096) {
        inlay_status status =
            inlay_ring_reserve(&tx, size, INLAY_AT_ONCE, &room);

        if (status == INLAY_OK) {
            assert_int_equal((uintptr_t)room % align, 0);
            message_fill(room, size, sent);
            inlay_ring_commit(&tx, size);
            sent++;
        } else {
            assert_int_equal(status, INLAY_FULL);
            assert_true(sent > taken);
            message_take(&rx, size, taken++);
            if (sent > taken) {
                message_take(&rx, size, taken++);
            }
        }
    }
    while (taken < sent) {
        message_take(&rx, size, taken++);
    }
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
}

static void test_ring__goes_round_with_messages_of_every_size(void **state)
{
    size_t size;

    (void)state;
    for (size = 0; size <= 4096 - 16; size += size < 200 ? 1 : 97) {
        go_round(size, 8, modes[size % 3]);
    }
    go_round(4096 - 16, 8, INLAY_RING_IN_PLACE);
    for (size = 0; size <= 4096 - 128; size += size < 200 ? 3 : 211) {
        go_round(size, 64, modes[size % 3]);
    }
    go_round(4096 - 128, 64, INLAY_RING_COPY);
}

static void test_ring__refuses_what_never_fits(void **state)
{
    inlay_ring_tx tx;
    inlay_ring_rx rx;
    uint8_t      *room = NULL;

    (void)state;
    pair_make(&tx, &rx, &small);
    assert_int_equal(inlay_ring_size_max(&tx), 4096 - 16);
    assert_int_equal(inlay_ring_reserve(&tx, 4096 - 15, 0, &room),
                     INLAY_TOO_LARGE);
    assert_int_equal(inlay_ring_reserve(&tx, SIZE_MAX, 0, &room),
                     INLAY_TOO_LARGE);
    assert_null(room);
    message_send(&tx, 4096 - 16, 1);
    message_take(&rx, 4096 - 16, 1);
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
}

static void test_ring__commits_less_than_was_reserved(void **state)
{
    inlay_ring_tx tx;
    inlay_ring_rx rx;
    uint8_t      *room;
    uint64_t      i;

    (void)state;
    pair_make(&tx, &rx, &small);
    for (i = 0; i < 500; i++) {
        assert_int_equal(inlay_ring_reserve(&tx, 300, 0, &room), INLAY_OK);
        memset(room, 0xff, 300); // would be a header if anybody looked there
        message_fill(room, i % 300, i);
        inlay_ring_commit(&tx, i % 300);
        message_take(&rx, i % 300, i);
        assert_int_equal(inlay_ring_peek(&rx, 0, &(inlay_ring_message){0}),
                         INLAY_WOULD_WAIT);
    }
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
}

static void test_ring__shows_a_batch_at_once(void **state)
{
    inlay_ring_message message;
    inlay_ring_tx      tx;
    inlay_ring_rx      rx;
    uint8_t           *room;
    uint64_t           round, i;

    (void)state;
    pair_make(&tx, &rx, &small);
    for (round = 0; round < 100; round++) {
        for (i = 0; i < 20; i++) {
            assert_int_equal(inlay_ring_reserve(&tx, 40 + i, 0, &room),
                             INLAY_OK);
            message_fill(room, 40 + i, i);
            inlay_ring_commit_later(&tx, 40 + i);
            assert_int_equal(inlay_ring_peek(&rx, 0, &message),
                             INLAY_WOULD_WAIT);
        }
        inlay_ring_publish(&tx);
        for (i = 0; i < 20; i++) {
            assert_int_equal(inlay_ring_peek(&rx, 0, &message), INLAY_OK);
            message_assert(message.data, 40 + i, i);
        }
        inlay_ring_release(&rx, &message); // all of them
    }
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
}

// A full ring publishes what it holds back, or nobody could make room.
static void test_ring__publishes_before_it_waits(void **state)
{
    inlay_ring_tx tx;
    inlay_ring_rx rx;
    uint8_t      *room;

    (void)state;
    pair_make(&tx, &rx, &small);
    assert_int_equal(inlay_ring_reserve(&tx, 4000, 0, &room), INLAY_OK);
    message_fill(room, 4000, 5);
    inlay_ring_commit_later(&tx, 4000);
    assert_int_equal(inlay_ring_reserve(&tx, 4000, 0, &room), INLAY_FULL);
    message_take(&rx, 4000, 5);
    assert_int_equal(inlay_ring_reserve(&tx, 4000, 0, &room), INLAY_OK);
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
}

static void test_ring__says_which_bytes_are_stable(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < 3; i++) {
        inlay_ring_options options = {.mode = modes[i]};
        inlay_ring_message message;
        inlay_ring_tx      tx;
        inlay_ring_rx      rx;

        pair_make(&tx, &rx, &options);
        message_send(&tx, 10, 1);
        assert_int_equal(inlay_ring_peek(&rx, 0, &message), INLAY_OK);
        assert_int_equal(message.stable, modes[i] != INLAY_RING_IN_PLACE);
        inlay_ring_tx_close(&tx);
        inlay_ring_rx_close(&rx);
    }
}

// ---- Ends -------------------------------------------------------------------

static void test_ring__is_read_to_the_end_after_closing(void **state)
{
    holdings           before = holdings_now();
    inlay_ring_message message;
    inlay_ring_tx      tx;
    inlay_ring_rx      rx;
    uint8_t           *room;

    (void)state;
    pair_make(&tx, &rx, &small);
    message_send(&tx, 100, 1);
    assert_int_equal(inlay_ring_reserve(&tx, 50, 0, &room), INLAY_OK);
    message_fill(room, 50, 2);
    inlay_ring_commit_later(&tx, 50);
    inlay_ring_tx_close(&tx);
    inlay_ring_tx_close(&tx);
    message_take(&rx, 100, 1);
    message_take(&rx, 50, 2);
    assert_int_equal(inlay_ring_peek(&rx, INLAY_NEVER, &message), INLAY_CLOSED);
    assert_int_equal(inlay_ring_peek(&rx, 0, &message), INLAY_CLOSED);
    inlay_ring_rx_close(&rx);
    inlay_ring_rx_close(&rx);
    assert_int_equal(inlay_ring_reserve(&tx, 1, 0, &room), INLAY_CLOSED);
    assert_int_equal(inlay_ring_peek(&rx, 0, &message), INLAY_CLOSED);
    holdings_assert(before);
}

static void test_ring__tells_the_producer_of_the_end(void **state)
{
    inlay_ring_tx tx;
    inlay_ring_rx rx;
    uint8_t      *room;
    int           tries = 0;

    (void)state;
    pair_make(&tx, &rx, &small);
    inlay_ring_rx_close(&rx);
    message_send(&tx, 4000, 1);
    assert_int_equal(inlay_ring_reserve(&tx, 4000, INLAY_NEVER, &room),
                     INLAY_CLOSED);
    inlay_ring_tx_close(&tx);

    // Even who never waits is told before long.
    pair_make(&tx, &rx, &small);
    inlay_ring_tx_close(&tx);
    while (inlay_ring_peek(&rx, 0, &(inlay_ring_message){0}) ==
           INLAY_WOULD_WAIT) {
        assert_true(++tries < 2000);
    }
    inlay_ring_rx_close(&rx);
}

// ---- Time -------------------------------------------------------------------

static void test_ring__honours_deadlines(void **state)
{
    static const uint64_t waits[] = {0,      1,       1000,    100000,
                                     700000, 3000000, 20000000};
    inlay_ring_message    message;
    inlay_ring_tx         tx;
    inlay_ring_rx         rx;
    uint8_t              *room;
    size_t                i;

    (void)state;
    pair_make(&tx, &rx, &small);
    message_send(&tx, 4000, 1);
    for (i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        uint64_t begin = inlay_deadline_after(0);

        assert_int_equal(inlay_ring_reserve(&tx, 4000, begin + waits[i], &room),
                         INLAY_DEADLINE);
        assert_true(inlay_deadline_after(0) >= begin + waits[i]);
        assert_true(inlay_deadline_after(0) < begin + waits[i] + SECONDS);
    }
    message_take(&rx, 4000, 1);
    for (i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        uint64_t begin = inlay_deadline_after(0);

        assert_int_equal(inlay_ring_peek(&rx, begin + waits[i], &message),
                         INLAY_DEADLINE);
        assert_true(inlay_deadline_after(0) >= begin + waits[i]);
        assert_true(inlay_deadline_after(0) < begin + waits[i] + SECONDS);
    }
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
}

static void test_ring__counts(void **state)
{
    inlay_ring_stats stats;
    inlay_ring_tx    tx;
    inlay_ring_rx    rx;
    uint8_t         *room;
    uint64_t         i;

    (void)state;
    pair_make(&tx, &rx, &small);
    for (i = 0; i < 15; i++) {
        message_send(&tx, 248, i); // 256 bytes of ring
    }
    assert_int_equal(inlay_ring_reserve(&tx, 248, 0, &room), INLAY_FULL);
    assert_int_equal(inlay_ring_reserve(&tx, 248, 1, &room), INLAY_DEADLINE);
    stats = inlay_ring_tx_stats(&tx);
    assert_int_equal(stats.messages, 15);
    assert_int_equal(stats.bytes, 15 * 248);
    assert_int_equal(stats.waits, 2);
    assert_int_equal(stats.sleeps, 1);
    assert_int_equal(stats.wakes, 0);
    assert_true(stats.high_water <= 15 * 256);
    assert_true(stats.high_water >= 15 * 256 - 4096 / 16);
    for (i = 0; i < 15; i++) {
        message_take(&rx, 248, i);
    }
    stats = inlay_ring_rx_stats(&rx);
    assert_int_equal(stats.messages, 15);
    assert_int_equal(stats.bytes, 15 * 248);
    assert_int_equal(stats.waits, 0);
    assert_int_equal(inlay_ring_peek(&rx, 1, &(inlay_ring_message){0}),
                     INLAY_DEADLINE);
    assert_int_equal(inlay_ring_rx_stats(&rx).waits, 1);
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
}

// ---- Sealed messages --------------------------------------------------------

static void send_sealed(inlay_ring_tx *tx, size_t size, uint64_t number)
{
    uint8_t *room;

    assert_int_equal(inlay_ring_reserve_sealed(tx, size + 5000, 0, &room),
                     INLAY_OK);
    message_fill(room, size, number);
    assert_int_equal(inlay_ring_commit_sealed(tx, size), INLAY_OK);
}

static void test_ring__passes_sealed_messages_in_order(void **state)
{
    holdings           before = holdings_now();
    inlay_ring_kept    kept[3];
    inlay_ring_message message;
    inlay_ring_tx      tx;
    inlay_ring_rx      rx;
    uint64_t           i;

    (void)state;
    pair_make(&tx, &rx, &small);
    for (i = 0; i < 30; i += 3) {
        message_send(&tx, 20, i);
        send_sealed(&tx, 100000 + i, i + 1);
        message_send(&tx, 20, i + 2);
        message_take(&rx, 20, i);
        assert_int_equal(inlay_ring_peek(&rx, 0, &message), INLAY_OK);
        assert_true(message.sealed && message.stable);
        assert_int_equal(message.size, 100000 + i);
        message_assert(message.data, message.size, i + 1);
        if (i < 9) {
            inlay_ring_keep(&rx, &message, &kept[i / 3]);
        } else {
            inlay_ring_release(&rx, &message);
        }
        message_take(&rx, 20, i + 2);
    }
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
    for (i = 0; i < 3; i++) {
        message_assert(kept[i].data, kept[i].size, 3 * i + 1);
        inlay_ring_kept_release(&kept[i]);
    }
    holdings_assert(before);
}

static void test_ring__limits_sealed_messages_on_their_way(void **state)
{
    holdings           before = holdings_now();
    inlay_ring_options options = {.size = 4096, .sealed_max = 5000};
    inlay_ring_message message;
    inlay_ring_tx      tx;
    inlay_ring_rx      rx;
    uint8_t           *room;
    uint64_t           i;

    (void)state;
    pair_make(&tx, &rx, &options);
    assert_int_equal(inlay_ring_reserve_sealed(&tx, 0, 0, &room), INLAY_SYSTEM);
    for (i = 0; i < INLAY_RING_SEALED_COUNT; i++) {
        send_sealed(&tx, i == 3 ? 5001 : 100, i);
    }
    assert_int_equal(inlay_ring_reserve_sealed(&tx, 1, 0, &room), INLAY_FULL);
    assert_int_equal(
        inlay_ring_reserve_sealed(&tx, 1, inlay_deadline_after(1000), &room),
        INLAY_DEADLINE);
    message_send(&tx, 30, 99); // the ring itself is not full
    for (i = 0; i < INLAY_RING_SEALED_COUNT; i++) {
        inlay_status status = inlay_ring_peek(&rx, 0, &message);

        assert_int_equal(status, i == 3 ? INLAY_OVER_LIMIT : INLAY_OK);
        if (i != 3) {
            message_assert(message.data, 100, i);
            inlay_ring_release(&rx, &message);
            send_sealed(&tx, 10, i); // left for closing to clean up
        }
    }
    message_take(&rx, 30, 99);
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
    holdings_assert(before);
}

static void test_ring__seals_for_good(void **state)
{
    inlay_ring_message message;
    inlay_ring_tx      tx;
    inlay_ring_rx      rx;
    uint8_t           *room;
    void              *at;
    int                fd;

    (void)state;
    pair_make(&tx, &rx, &small);
    assert_int_equal(inlay_ring_reserve_sealed(&tx, 8192, 0, &room), INLAY_OK);
    fd = dup(tx.sealed_fd); // as a hostile producer would keep it
    assert_int_equal(inlay_ring_commit_sealed(&tx, 8192), INLAY_OK);
    assert_int_equal(write(fd, "x", 1), -1);
    assert_int_equal(ftruncate(fd, 0), -1);
    at = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_ptr_equal(at, MAP_FAILED);
    close(fd);
    assert_int_equal(inlay_ring_peek(&rx, 0, &message), INLAY_OK);
    inlay_ring_release(&rx, &message);
    assert_int_equal(inlay_ring_commit_sealed(&tx, 1), INLAY_SYSTEM);
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
}

// ---- Event loops ------------------------------------------------------------

static bool is_readable(int fd)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};

    return poll(&poll_fd, 1, 0) == 1;
}

static void test_ring__wakes_event_loops(void **state)
{
    inlay_ring_tx tx;
    inlay_ring_rx rx;
    int           i;

    (void)state;
    pair_make(&tx, &rx, &small);
    for (i = 0; i < 100; i++) {
        assert_true(inlay_ring_rx_arm(&rx));
        assert_false(is_readable(inlay_ring_rx_fd(&rx)));
        message_send(&tx, 1000, 1);
        message_send(&tx, 1000, 2);
        assert_true(is_readable(inlay_ring_rx_fd(&rx)));
        assert_false(inlay_ring_rx_arm(&rx));
        message_take(&rx, 1000, 1);
        message_take(&rx, 1000, 2);

        assert_false(inlay_ring_tx_arm(&tx, 4000));
        message_send(&tx, 3000, 3);
        assert_false(inlay_ring_tx_arm(&tx, 500));
        assert_true(inlay_ring_tx_arm(&tx, 2000));
        assert_false(is_readable(inlay_ring_tx_fd(&tx)));
        message_take(&rx, 3000, 3);
        assert_true(is_readable(inlay_ring_tx_fd(&tx)));
        assert_false(inlay_ring_tx_arm(&tx, 2000));
    }
    assert_int_equal(inlay_ring_tx_stats(&tx).wakes, 100);
    assert_int_equal(inlay_ring_rx_stats(&rx).wakes, 100);
    assert_true(inlay_ring_rx_arm(&rx));
    inlay_ring_tx_close(&tx);
    assert_true(is_readable(inlay_ring_rx_fd(&rx)));
    assert_false(inlay_ring_rx_arm(&rx));
    assert_int_equal(inlay_ring_peek(&rx, 0, &(inlay_ring_message){0}),
                     INLAY_CLOSED);
    inlay_ring_rx_close(&rx);
}

// ---- Failing calls ----------------------------------------------------------

// Makes a ring, sends one message each way, ends it.
static inlay_status use_once(void)
{
    inlay_ring_message message;
    inlay_ring_tx      tx;
    inlay_ring_rx      rx;
    uint8_t           *room;
    inlay_status       status = inlay_ring_pair(&tx, &rx, &small);

    if (status != INLAY_OK) {
        return status;
    }
    status = inlay_ring_reserve_sealed(&tx, 10000, 0, &room);
    if (status == INLAY_OK) {
        message_fill(room, 10000, 1);
        status = inlay_ring_commit_sealed(&tx, 9000);
    }
    if (status == INLAY_OK) {
        status = inlay_ring_peek(&rx, 0, &message);
        if (status == INLAY_OK) {
            message_assert(message.data, 9000, 1);
            inlay_ring_release(&rx, &message);
        }
    }
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
    return status;
}

static void test_ring__survives_every_failing_call(void **state)
{
    static const int errors[] = {EIO, ENOMEM, EINTR, EAGAIN, ECONNRESET};
    holdings         before = holdings_now();
    size_t           e;

    (void)state;
    for (e = 0; e < sizeof errors / sizeof errors[0]; e++) {
        bool     came = true;
        uint64_t n;

        for (n = 0; came; n++) {
            inlay_status status;

            fault_arm(n, FAULT_ERROR, errors[e]);
            status = use_once();
            came = fault_disarm();
            if (!came) {
                assert_int_equal(status, INLAY_OK);
            } else if (status != INLAY_OK) {
                assert_true(status == INLAY_SYSTEM || status == INLAY_CLOSED ||
                            status == INLAY_REFUSED || status == INLAY_FULL ||
                            status == INLAY_WOULD_WAIT ||
                            status == INLAY_PEER_FAULT);
            }
            holdings_assert(before);
        }
        assert_true(n > 8);
    }
    for (e = 0; e < 2; e++) {
        assert_int_equal(use_once(), INLAY_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ring__goes_round_with_messages_of_every_size),
        cmocka_unit_test(test_ring__refuses_what_never_fits),
        cmocka_unit_test(test_ring__commits_less_than_was_reserved),
        cmocka_unit_test(test_ring__shows_a_batch_at_once),
        cmocka_unit_test(test_ring__publishes_before_it_waits),
        cmocka_unit_test(test_ring__says_which_bytes_are_stable),
        cmocka_unit_test(test_ring__is_read_to_the_end_after_closing),
        cmocka_unit_test(test_ring__tells_the_producer_of_the_end),
        cmocka_unit_test(test_ring__honours_deadlines),
        cmocka_unit_test(test_ring__counts),
        cmocka_unit_test(test_ring__passes_sealed_messages_in_order),
        cmocka_unit_test(test_ring__limits_sealed_messages_on_their_way),
        cmocka_unit_test(test_ring__seals_for_good),
        cmocka_unit_test(test_ring__wakes_event_loops),
        cmocka_unit_test(test_ring__survives_every_failing_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
