// kill -9 of either side, at every step and at random: nothing published is
// lost, the survivor is told soon, and keeps nothing.
//
// The ring's sources are built into this program with INLAY_RING_STEPS, so that
// they call inlay_ring_step. The victim is a child, the survivor this process.

#include "ring_support.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "codec/ring/ring_private.h"

enum {
    MESSAGES = 600,
    RANDOM_KILLS = 1230,
    SEALED_EVERY = 41,
    SEALED_SIZE = 5000,
    BATCH = 5
};

// What the victim says of itself, in memory that outlives it.
typedef struct testimony {
    uint64_t published;
    uint64_t died; // by the clock of deadlines; 0: it did not
} testimony;

static testimony *told;
static int        kill_step = -1; // where this process dies,
static int        kill_left;      // after passing there so often

static uint64_t told_ns[4096]; // from death to being told
static size_t   told_count;

static void die(void)
{
    told->died = inlay_deadline_after(0);
    kill(getpid(), SIGKILL);
}

void inlay_ring_step(int step)
{
    if (step == kill_step && kill_left-- == 0) {
        die();
    }
}

static void on_alarm(int number)
{
    (void)number;
    die();
}

// ---- The roles --------------------------------------------------------------

static const inlay_ring_options options = {.size = 4096, .spins = 50};

static uint64_t soon(void)
{
    return inlay_deadline_after(10 * SECONDS);
}

// Now and then long enough for the other side to nap, or to sleep.
static void linger(uint64_t i)
{
    struct timespec wait = {.tv_nsec = i % 151 == 75 ? 900000 : 60000};

    if (i % 75 == 0) {
        nanosleep(&wait, NULL);
    }
}

static inlay_status produce_one(inlay_ring_tx *tx, uint64_t i)
{
    uint8_t     *room;
    inlay_status status;

    if (i % SEALED_EVERY == SEALED_EVERY - 1) {
        status = inlay_ring_reserve_sealed(tx, SEALED_SIZE, soon(), &room);
        if (status == INLAY_OK) {
            message_fill(room, SEALED_SIZE, i);
            status = inlay_ring_commit_sealed(tx, SEALED_SIZE);
        }
        return status;
    }
    status = inlay_ring_reserve(tx, i % 290, soon(), &room);
    if (status == INLAY_OK) {
        message_fill(room, i % 290, i);
        inlay_ring_commit_later(tx, i % 290);
        if (i % BATCH == 0) {
            inlay_ring_publish(tx);
        }
    }
    return status;
}

static inlay_status produce(int socket)
{
    inlay_ring_tx tx;
    inlay_status  status;
    uint64_t      i;

    status = inlay_ring_offer(&tx, socket, &options, soon(), NULL);
    if (status != INLAY_OK) {
        return status;
    }
    for (i = 0; i < MESSAGES && status == INLAY_OK; i++) {
        linger(i + 30);
        status = produce_one(&tx, i);
        if (status == INLAY_OK && tx.first == tx.write) {
            __atomic_store_n(&told->published, i + 1, __ATOMIC_RELAXED);
        }
    }
    inlay_ring_tx_close(&tx);
    return status;
}

static inlay_status consume(int socket, uint64_t *taken)
{
    inlay_ring_message message;
    inlay_ring_rx      rx;
    inlay_status       status;

    *taken = 0;
    status = inlay_ring_accept(&rx, socket, &options, soon(), NULL);
    while (status == INLAY_OK) {
        status = inlay_ring_peek(&rx, soon(), &message);
        if (status == INLAY_OK) {
            bool sealed = *taken % SEALED_EVERY == SEALED_EVERY - 1;

            assert_int_equal(message.sealed, sealed);
            assert_int_equal(message.size, sealed ? SEALED_SIZE : *taken % 290);
            message_assert(message.data, message.size, *taken);
            linger(++*taken);
            inlay_ring_release(&rx, &message);
        } else {
            inlay_ring_rx_close(&rx);
        }
    }
    return status;
}

// ---- One death --------------------------------------------------------------

typedef struct death {
    bool     producer; // dies
    int      step;     // or -1
    int      nth;
    uint32_t after_us; // or 0
} death;

static void victim(death how, int socket)
{
    uint64_t taken;

    kill_step = how.step;
    kill_left = how.nth;
    if (how.after_us != 0) {
        struct itimerval timer = {
            .it_value = {.tv_usec = (suseconds_t)how.after_us}};

        signal(SIGALRM, on_alarm);
        setitimer(ITIMER_REAL, &timer, NULL);
    }
    if (how.producer) {
        (void)produce(socket);
    } else {
        (void)consume(socket, &taken);
    }
    _exit(0);
}

// Judges by what the victim told: all it published was taken, and no time lost.
static void judge(death how, inlay_status status, uint64_t taken, uint64_t when)
{
    if (how.producer) {
        assert_int_equal(status, INLAY_CLOSED);
        assert_true(taken >= told->published);
        assert_true(told->died != 0 || taken == MESSAGES);
    } else {
        assert_true(status == INLAY_CLOSED || status == INLAY_OK);
    }
    if (told->died != 0 && when > told->died && status == INLAY_CLOSED) {
        uint64_t late = when - told->died;

        assert_true(late < SECONDS);
        if (told_count < sizeof told_ns / sizeof told_ns[0]) {
            told_ns[told_count++] = late;
        }
    }
}

static void run(death how)
{
    holdings     before = holdings_now();
    uint64_t     taken = 0;
    inlay_status status;
    int          sockets[2];
    uint64_t     when;
    pid_t        child;

    memset(told, 0, sizeof *told);
    sockets_make(sockets);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(sockets[0]);
        victim(how, sockets[1]);
    }
    close(sockets[1]);
    if (how.producer) {
        status = consume(sockets[0], &taken);
    } else {
        status = produce(sockets[0]);
    }
    when = inlay_deadline_after(0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    judge(how, status, taken, when);
    holdings_assert(before);
}

// ---- All of them ------------------------------------------------------------

static void test_ring__survives_a_kill_at_every_step(void **state)
{
    static const int nths[] = {0, 1, 2, 7, 40};
    int              deaths = 0;
    int              step;
    size_t           n;

    (void)state;
    for (step = 0; step < RING_STEP_COUNT; step++) {
        bool reached = false;

        for (n = 0; n < sizeof nths / sizeof nths[0]; n++) {
            run((death){.producer = true, .step = step, .nth = nths[n]});
            reached = reached || told->died != 0;
            deaths += told->died != 0;
            run((death){.producer = false, .step = step, .nth = nths[n]});
            reached = reached || told->died != 0;
            deaths += told->died != 0;
        }
        if (!reached) {
            fail_msg("nobody came by step %d", step);
        }
    }
    printf("%d deaths at %d steps\n", deaths, RING_STEP_COUNT);
}

static void test_ring__survives_a_kill_at_any_time(void **state)
{
    unsigned seed = 20260701;
    int      deaths = 0;
    int      i;

    (void)state;
    for (i = 0; i < RANDOM_KILLS; i++) {
        seed = seed * 1103515245u + 12345u;
        run((death){.producer = i % 2 == 0,
                    .step = -1,
                    .after_us = 1 + (seed >> 8) % (i % 3 == 0 ? 300 : 3000)});
        deaths += told->died != 0;
    }
    printf("%d deaths at random\n", deaths);
}

static int by_size(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static int end(void **state)
{
    (void)state;
    qsort(told_ns, told_count, sizeof told_ns[0], by_size);
    printf("told after: median %llu us, 99 %% %llu us, most %llu us\n",
           (unsigned long long)(told_ns[told_count / 2] / 1000),
           (unsigned long long)(told_ns[told_count * 99 / 100] / 1000),
           (unsigned long long)(told_ns[told_count - 1] / 1000));
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ring__survives_a_kill_at_every_step),
        cmocka_unit_test(test_ring__survives_a_kill_at_any_time),
    };

    told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (told == MAP_FAILED) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, end);
}
