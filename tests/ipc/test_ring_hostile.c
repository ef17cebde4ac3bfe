// A hostile process on the other side: it rewrites all that it can write while
// we read, and sends what nobody asked for. We read only inside our mappings
// (sanitizers watch), return within our deadlines, and leave nothing behind.
//
// A child attacks, this process is the victim; what it walks are messages of a
// schema with every construct, through every generated accessor.

#include "ring_support.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "codec/ring/ring_private.h"
#include "generated/random_json.h"
#include "generated/walk.h"

enum {
    ROUNDS = 6,
    MESSAGES = 64,
    BUDGET = 4000
};

#define ROUND_NS  (20 * MILLISECONDS)
#define PATIENCE  (2 * MILLISECONDS)
#define IMPATIENT (2 * SECONDS)

static inlay_buffer messages[MESSAGES];
static uint64_t     seed = UINT64_C(0x9e3779b97f4a7c15);

static uint64_t any(uint64_t below)
{
    return random_below(&seed, below);
}

static int make_messages(void **state)
{
    inlay_buffer text;
    inlay_error  error;
    size_t       i;

    (void)state;
    for (i = 0; i < MESSAGES; i++) {
        const walk_root *root = &walk_roots[i % walk_root_count];

        inlay_buffer_init(&messages[i], NULL);
        inlay_buffer_init(&text, NULL);
        random_json_record(&seed, root->desc, (int64_t)(i % 16), &text);
        assert_int_equal(inlay_json_read(root->desc, (const char *)text.data,
                                         text.size, NULL, &messages[i], &error),
                         INLAY_OK);
        inlay_buffer_release(&text);
    }
    return 0;
}

static int free_messages(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < MESSAGES; i++) {
        inlay_buffer_release(&messages[i]);
    }
    return 0;
}

// An attacker attacks until it is killed; else it was no attack.
static void attacker_end(pid_t child)
{
    int status;

    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

// ---- Attacks on the consumer ------------------------------------------------

static void publish_one(inlay_ring_tx *tx)
{
    const inlay_buffer *message = &messages[any(MESSAGES)];
    uint8_t            *room;

    if (message->size <= inlay_ring_size_max(tx) &&
        inlay_ring_reserve(tx, message->size, INLAY_AT_ONCE, &room) ==
            INLAY_OK) {
        memcpy(room, message->data, message->size);
        inlay_ring_commit(tx, message->size);
    }
}

static void scribble_payloads(inlay_ring_tx *tx)
{
    uint64_t span = tx->write - tx->tail;
    int      i;

    publish_one(tx);
    for (i = 0; i < 200 && span > 16; i++) {
        uint8_t *at = ring_at(&tx->side, tx->tail + 8 + any(span - 8));

        *(volatile uint8_t *)at = (uint8_t)any(256);
    }
}

static void scribble_headers(inlay_ring_tx *tx)
{
    uint64_t lengths[] = {0,          1,         7,          4096,
                          4080,       4081,      UINT32_MAX, UINT32_MAX - 7,
                          0x80000000, any(5000), any(100),   any(UINT32_MAX)};
    uint64_t flags = any(8) == 0 ? any(UINT32_MAX) : 1 + 2 * (any(6) == 0);

    publish_one(tx);
    __atomic_store_n(ring_header(&tx->side, tx->tail + 8 * any(64)),
                     ring_header_make((uint32_t)flags, lengths[any(12)]),
                     __ATOMIC_RELEASE);
}

static void scribble_sleep_word(inlay_ring_tx *tx)
{
    publish_one(tx);
    __atomic_store_n(tx->side.sleep, (uint32_t)any(UINT32_MAX),
                     __ATOMIC_RELAXED);
}

static int hostile_memory(size_t size)
{
    int fd = memfd_create("hostile", MFD_ALLOW_SEALING);

    if (ftruncate(fd, (off_t)size) != 0 ||
        fcntl(fd, F_ADD_SEALS,
              (int)any(2) * F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW |
                  (int)any(2) * F_SEAL_SEAL) != 0) {
        _exit(1);
    }
    return fd;
}

static void send_junk(inlay_ring_tx *tx)
{
    char     junk[64] = {0};
    int      fds[2] = {hostile_memory(4096), hostile_memory(any(9000))};
    uint32_t kind = (uint32_t)any(4);

    publish_one(tx);
    memcpy(junk, &kind, sizeof kind);
    (void)!ring_send(tx->side.socket, junk, any(3) == 0 ? any(64) : 4, fds,
                     any(3), INLAY_AT_ONCE);
    close(fds[0]);
    close(fds[1]);
}

// Marks whose descriptor is missing, unsealed, of another size, or late.
static void send_false_marks(inlay_ring_tx *tx)
{
    static const uint32_t packet = RING_PACKET_SEALED;
    uint64_t              size = any(10000);
    int                   fd = hostile_memory(any(2) == 0 ? size : any(10000));
    uint8_t              *room;

    if (any(4) != 0) {
        (void)!ring_send(tx->side.socket, &packet, sizeof packet, &fd, 1,
                         INLAY_AT_ONCE);
    }
    close(fd);
    if (inlay_ring_reserve(tx, 8, INLAY_AT_ONCE, &room) == INLAY_OK) {
        ring_tx_commit_mark(tx, size);
    }
    publish_one(tx);
}

typedef void attack(inlay_ring_tx *tx);

static void attack_as_producer(int socket, attack *how, uint64_t its_seed)
{
    inlay_ring_options options = {.size = 4096};
    inlay_ring_tx      tx;

    seed = its_seed;
    if (inlay_ring_offer(&tx, socket, &options, INLAY_NEVER, NULL) !=
        INLAY_OK) {
        _exit(1);
    }
    for (;;) {
        tx.side.status = INLAY_OK;
        tx.side.gone = false;
        how(&tx);
    }
}

static void read_message(inlay_ring_mode mode, inlay_ring_message message)
{
    const walk_root *root = &walk_roots[any(walk_root_count)];
    walk             w = walk_start(BUDGET);
    inlay_error      error;

    if (!message.stable) {
        root->walk(&w, message.data, message.size);
    } else if (mode == INLAY_RING_TRUSTED && !message.sealed) {
        walk_bytes(&w, (inlay_bytes){message.data, message.size});
    } else if (root->verify(message.data, message.size, &error) == INLAY_OK) {
        root->walk_verified(&w, message.data, message.size);
    } else {
        root->walk(&w, message.data, message.size);
    }
}

// Reads until the ring ends or time is up.
static void consume(inlay_ring_rx *rx, inlay_ring_mode mode)
{
    uint64_t     end = inlay_deadline_after(ROUND_NS);
    inlay_status status = INLAY_OK;

    while (status == INLAY_OK || status == INLAY_DEADLINE ||
           status == INLAY_OVER_LIMIT) {
        uint64_t           before = inlay_deadline_after(0);
        inlay_ring_message message;

        if (before >= end) {
            return;
        }
        status = inlay_ring_peek(rx, before + PATIENCE, &message);
        assert_true(inlay_deadline_after(0) < before + IMPATIENT);
        if (status == INLAY_OK) {
            read_message(mode, message);
            inlay_ring_release(rx, &message);
        }
    }
    assert_true(status == INLAY_PEER_FAULT || status == INLAY_CLOSED);
}

static void endure_producer(attack *how, inlay_ring_mode mode)
{
    inlay_ring_options options = {.mode = mode};
    holdings           before = holdings_now();
    inlay_ring_rx      rx;
    int                sockets[2];
    pid_t              child;

    sockets_make(sockets);
    child = fork();
    if (child == 0) {
        close(sockets[0]);
        attack_as_producer(sockets[1], how, seed + 1);
    }
    close(sockets[1]);
    assert_int_equal(inlay_ring_accept(&rx, sockets[0], &options,
                                       inlay_deadline_after(10 * SECONDS),
                                       NULL),
                     INLAY_OK);
    consume(&rx, mode);
    attacker_end(child);
    inlay_ring_rx_close(&rx);
    holdings_assert(before);
    seed += 17;
}

static void test_ring_hostile__producer_is_endured(void **state)
{
    static attack *const attacks[] = {scribble_payloads, scribble_headers,
                                      scribble_sleep_word, send_junk,
                                      send_false_marks};
    size_t               i, mode, round;

    (void)state;
    for (i = 0; i < sizeof attacks / sizeof attacks[0]; i++) {
        for (mode = INLAY_RING_COPY; mode <= INLAY_RING_TRUSTED; mode++) {
            for (round = 0; round < ROUNDS; round++) {
                endure_producer(attacks[i], (inlay_ring_mode)mode);
            }
        }
    }
}

// ---- Attacks on the producer ------------------------------------------------

static void attack_as_consumer(int socket, int kind, uint64_t its_seed)
{
    inlay_ring_options options = {.mode = INLAY_RING_TRUSTED};
    inlay_ring_message message;
    inlay_ring_rx      rx;

    seed = its_seed;
    if (inlay_ring_accept(&rx, socket, &options, INLAY_NEVER, NULL) !=
        INLAY_OK) {
        _exit(1);
    }
    for (;;) {
        uint64_t *tail = ring_tail(&rx.side);

        rx.side.status = INLAY_OK;
        if (inlay_ring_peek(&rx, INLAY_AT_ONCE, &message) == INLAY_OK) {
            inlay_ring_release(&rx, &message);
        }
        if (kind == 0) { // ahead, backwards, nowhere
            __atomic_store_n(tail, rx.tail + any(3) * 4096 - 4096,
                             __ATOMIC_RELEASE);
        } else if (kind == 1) {
            __atomic_store_n(tail, any(UINT64_MAX), __ATOMIC_RELEASE);
        } else if (kind == 2) {
            __atomic_store_n(rx.side.sleep, (uint32_t)any(UINT32_MAX),
                             __ATOMIC_RELAXED);
        } else {
            uint32_t junk[2] = {(uint32_t)any(4), 0};
            int      fds[2] = {0, 1};

            (void)!ring_send(rx.side.socket, junk, any(9), fds, any(3),
                             INLAY_AT_ONCE);
        }
    }
}

static void produce(inlay_ring_tx *tx)
{
    uint64_t     end = inlay_deadline_after(ROUND_NS);
    inlay_status status = INLAY_OK;

    while (status == INLAY_OK || status == INLAY_DEADLINE) {
        uint64_t before = inlay_deadline_after(0);
        size_t   size = any(1000);
        uint8_t *room;

        if (before >= end) {
            return;
        }
        if (any(50) == 0) {
            status = inlay_ring_reserve_sealed(tx, size + 1, before + PATIENCE,
                                               &room);
            if (status == INLAY_OK) {
                status = inlay_ring_commit_sealed(tx, size + 1);
                status = status == INLAY_FULL ? INLAY_DEADLINE : status;
            }
        } else {
            status = inlay_ring_reserve(tx, size, before + PATIENCE, &room);
            if (status == INLAY_OK) {
                memset(room, 0x5a, size);
                inlay_ring_commit(tx, size);
            }
        }
        assert_true(inlay_deadline_after(0) < before + IMPATIENT);
    }
    assert_true(status == INLAY_PEER_FAULT || status == INLAY_CLOSED);
}

static void endure_consumer(int kind)
{
    inlay_ring_options options = {.size = 4096};
    holdings           before = holdings_now();
    inlay_ring_tx      tx;
    int                sockets[2];
    pid_t              child;

    sockets_make(sockets);
    child = fork();
    if (child == 0) {
        close(sockets[0]);
        attack_as_consumer(sockets[1], kind, seed + 1);
    }
    close(sockets[1]);
    assert_int_equal(inlay_ring_offer(&tx, sockets[0], &options,
                                      inlay_deadline_after(10 * SECONDS), NULL),
                     INLAY_OK);
    produce(&tx);
    attacker_end(child);
    inlay_ring_tx_close(&tx);
    holdings_assert(before);
    seed += 17;
}

static void test_ring_hostile__consumer_is_endured(void **state)
{
    int kind, round;

    (void)state;
    for (kind = 0; kind < 4; kind++) {
        for (round = 0; round < 2 * ROUNDS; round++) {
            endure_consumer(kind);
        }
    }
}

// ---- What memory 1 and 2 allow ----------------------------------------------

static void test_ring_hostile__consumer_cannot_write_the_ring(void **state)
{
    inlay_ring_tx tx;
    inlay_ring_rx rx;

    (void)state;
    pair_make(&tx, &rx, &(inlay_ring_options){.size = 4096});
    assert_int_equal(mprotect(rx.side.pages, 4096, PROT_READ | PROT_WRITE), -1);
    assert_int_equal(mprotect(rx.side.ring, 8192, PROT_READ | PROT_WRITE), -1);
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
}

// A child of fork has none of it.
static void test_ring_hostile__children_do_not_get_the_memory(void **state)
{
    inlay_ring_tx tx;
    inlay_ring_rx rx;
    int           status;
    pid_t         child;

    (void)state;
    pair_make(&tx, &rx, &(inlay_ring_options){.size = 4096});
    child = fork();
    if (child == 0) {
        _exit(holdings_now().maps);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_true(holdings_now().maps > 0);
    assert_true((fcntl(inlay_ring_rx_fd(&rx), F_GETFD) & FD_CLOEXEC) != 0);
    inlay_ring_tx_close(&tx);
    inlay_ring_rx_close(&rx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ring_hostile__producer_is_endured),
        cmocka_unit_test(test_ring_hostile__consumer_is_endured),
        cmocka_unit_test(test_ring_hostile__consumer_cannot_write_the_ring),
        cmocka_unit_test(test_ring_hostile__children_do_not_get_the_memory),
    };
    return cmocka_run_group_tests(tests, make_messages, free_messages);
}
