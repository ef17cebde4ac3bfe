// ring_wait.c -- waiting for the other side: spin, nap, sleep; waking it.
//
//     spin    look at the word, some 20 us
//     nap     sleep on the word by futex, at most half a millisecond
//     sleep   on the socket, by poll
//
// A futex wakes sooner but can't see a peer die; the socket sees that at once.
// So a nap is as short as death may go unnoticed, and nothing ticks in long
// waits. The nap's own timer costs something where timers are dear: on a virtual
// machine half of what waking costs, which naps of 20 ms would have avoided.
//
// Nothing is lost between looking and sleeping: the sleeper stores its sleep
// word and then looks at the peer's word, the waker stores its word and then
// looks at the sleep word, all four sequentially consistent, so one of them
// sees the other. Each nap has a number, and a nap is ended by one system call,
// so a peer that scribbles sleep words costs us one per message at most.

#include "codec/ring/ring_private.h"

#include <linux/futex.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "codec/io/io.h"

enum {
    NAP_NS = 500000,
    LOOKS_PER_CLOCK = 64,  // while spinning
    IDLE_PER_DRAIN = 1024, // looks that did not wait, to notice death
    SLEEPS_BY_FUTEX = 1,   // low bits of a sleep word
    SLEEPS_BY_SOCKET = 2,
    SLEEP_BITS = 3
};

static inline void relax(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static bool has_changed(const uint64_t *word, uint64_t seen)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE) != seen;
}

// Returns the half of the word that a futex compares: the low one.
static uint32_t *futex_word(const uint64_t *word)
{
    uint32_t *halves = (uint32_t *)(uintptr_t)word;

    return halves + (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);
}

// ---- Waking -----------------------------------------------------------------

static void wake(inlay_ring_side *side, uint64_t *word, uint32_t nap)
{
    static const uint32_t packet = RING_PACKET_WAKE;

    side->woken = nap;
    side->stats.wakes++;
    inlay_ring_step(RING_STEP_WAKING);
    if ((nap & SLEEP_BITS) == SLEEPS_BY_FUTEX) {
        syscall(SYS_futex, futex_word(word), FUTEX_WAKE, 1, NULL, NULL, 0);
    } else {
        // A socket that takes no more is readable already.
        (void)!send(side->socket, &packet, sizeof packet,
                    MSG_DONTWAIT | MSG_NOSIGNAL);
    }
}

void ring_publish(inlay_ring_side *side, uint64_t *word, uint64_t value)
{
    uint32_t nap;

    __atomic_store_n(word, value, __ATOMIC_RELEASE);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    nap = __atomic_load_n(side->peer_sleep, __ATOMIC_RELAXED);
    if (INLAY_UNLIKELY(nap != 0 && nap != side->woken)) {
        wake(side, word, nap);
    }
}

// ---- Sleeping ---------------------------------------------------------------

// Says that we sleep, and how; true when the word is still `seen`.
static bool announce(inlay_ring_side *side, const uint64_t *word, uint64_t seen,
                     uint32_t how)
{
    side->nap = (side->nap & ~(uint32_t)SLEEP_BITS) + SLEEP_BITS + 1;
    side->nap |= how;
    __atomic_store_n(side->sleep, side->nap, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    inlay_ring_step(RING_STEP_ANNOUNCED);
    return __atomic_load_n(word, __ATOMIC_ACQUIRE) == seen;
}

static void awake(inlay_ring_side *side)
{
    __atomic_store_n(side->sleep, 0, __ATOMIC_RELAXED);
}

static bool spin(const inlay_ring_side *side, const uint64_t *word,
                 uint64_t seen, uint64_t deadline)
{
    uint32_t i;

    for (i = 1; i <= side->spins; i++) {
        if (has_changed(word, seen)) {
            return true;
        }
        if (i % LOOKS_PER_CLOCK == 0 && deadline != INLAY_NEVER &&
            io_now() >= deadline) {
            break;
        }
        relax();
    }
    return has_changed(word, seen);
}

// Sleeps once on the word itself.
static bool sleep_on_word(inlay_ring_side *side, const uint64_t *word,
                          uint64_t seen, uint64_t deadline)
{
    struct timespec wait = {.tv_nsec = NAP_NS};

    if (deadline != INLAY_NEVER) {
        uint64_t now = io_now();
        uint64_t left = deadline > now ? deadline - now : 0;

        wait.tv_nsec = left < NAP_NS ? (long)left : NAP_NS;
    }
    if (announce(side, word, seen, SLEEPS_BY_FUTEX)) {
        syscall(SYS_futex, futex_word(word), FUTEX_WAIT, (uint32_t)seen, &wait,
                NULL, 0);
    }
    awake(side);
    return has_changed(word, seen);
}

// Sleeps on the socket until the word changes, the peer ends or time is up.
static inlay_status sleep_on_socket(inlay_ring_side *side, const uint64_t *word,
                                    uint64_t seen, uint64_t deadline)
{
    inlay_status status = INLAY_OK;

    while (status == INLAY_OK && !side->gone) {
        if (announce(side, word, seen, SLEEPS_BY_SOCKET)) {
            status = io_wait(side->socket, POLLIN, deadline);
        }
        awake(side);
        ring_drain(side);
        if (has_changed(word, seen)) {
            return INLAY_OK;
        }
        if (side->status != INLAY_OK) {
            return side->status;
        }
        // A peer may keep the socket readable.
        if (deadline != INLAY_NEVER && io_now() >= deadline) {
            status = INLAY_DEADLINE;
        }
    }
    return side->gone ? INLAY_CLOSED : status;
}

inlay_status ring_wait(inlay_ring_side *side, const uint64_t *word,
                       uint64_t seen, uint64_t deadline)
{
    if (deadline == INLAY_AT_ONCE) {
        if (++side->idle % IDLE_PER_DRAIN == 0) {
            ring_drain(side);
        }
        if (has_changed(word, seen)) {
            return INLAY_OK;
        }
        if (side->status != INLAY_OK) {
            return side->status;
        }
        return side->gone ? INLAY_CLOSED : INLAY_WOULD_WAIT;
    }
    side->stats.waits++;
    if (spin(side, word, seen, deadline)) {
        return INLAY_OK;
    }
    side->stats.sleeps++;
    if (!side->gone && sleep_on_word(side, word, seen, deadline)) {
        return INLAY_OK;
    }
    return sleep_on_socket(side, word, seen, deadline);
}

bool ring_arm(inlay_ring_side *side, const uint64_t *word, uint64_t seen)
{
    ring_drain(side);
    if (side->status != INLAY_OK || side->gone) {
        return false;
    }
    if (!announce(side, word, seen, SLEEPS_BY_SOCKET)) {
        awake(side);
        return false;
    }
    return true;
}

inlay_status ring_fault(inlay_ring_side *side)
{
    if (side->status == INLAY_OK) {
        side->status = INLAY_PEER_FAULT;
        shutdown(side->socket, SHUT_RDWR);
    }
    return side->status;
}
