// ring_trip.c -- there and back: a message of 32 bytes, over rings and their
// rivals, held against a cache line that two processors pass to each other; and
// the same by who sleeps, held against a bare futex.
#define _GNU_SOURCE
#include <linux/futex.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench/harness/clock.h"
#include "bench/harness/histogram.h"
#include "bench/ipc/channel.h"
#include "bench/ipc/groups.h"

// ---- Two words --------------------------------------------------------------

// Each on lines of its own; both count up.
typedef struct words {
    _Alignas(128) uint32_t there;
    _Alignas(128) uint32_t back;
} words;

typedef struct line {
    peer     other;
    words   *shared;
    uint32_t next;
    void (*wait)(const uint32_t *word, uint32_t value);
    void (*set)(uint32_t *word, uint32_t value);
} line;

static void spin_wait(const uint32_t *word, uint32_t value)
{
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) != value) {
    }
}

static void spin_set(uint32_t *word, uint32_t value)
{
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

static void futex_wait(const uint32_t *word, uint32_t value)
{
    uint32_t now;

    while ((now = __atomic_load_n(word, __ATOMIC_ACQUIRE)) != value) {
        syscall(SYS_futex, word, FUTEX_WAIT, now, NULL, NULL, 0);
    }
}

static void futex_set(uint32_t *word, uint32_t value)
{
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
    syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static bool line_ping(void *state, uint64_t count)
{
    line    *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        uint64_t begin = channel_times != NULL ? bench_ticks_begin() : 0;

        self->next++;
        self->set(&self->shared->there, self->next);
        self->wait(&self->shared->back, self->next);
        if (channel_times != NULL) {
            histogram_add(channel_times, bench_ns(begin, bench_ticks_end()));
        }
    }
    return true;
}

static bool line_pong(void *state, uint64_t count)
{
    line    *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        self->next++;
        self->wait(&self->shared->there, self->next);
        self->set(&self->shared->back, self->next);
    }
    return true;
}

static const char *line_start(void **state,
                              void (*wait)(const uint32_t *, uint32_t),
                              void (*set)(uint32_t *, uint32_t))
{
    line *self = calloc(1, sizeof *self);
    void *shared = mmap(NULL, sizeof(words), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (self == NULL || shared == MAP_FAILED) {
        free(self);
        return "memory ran out";
    }
    self->shared = shared;
    self->wait = wait;
    self->set = set;
    if (!peer_start(&self->other, 1, NULL, line_pong, self)) {
        munmap(shared, sizeof(words));
        free(self);
        return "no child process";
    }
    *state = self;
    return NULL;
}

static const char *spin_start(void **state)
{
    return line_start(state, spin_wait, spin_set);
}

static const char *futex_start(void **state)
{
    return line_start(state, futex_wait, futex_set);
}

static bool line_run(void *state, uint64_t count)
{
    return peer_run(&((line *)state)->other, line_ping, state, count);
}

static void line_stop(void *state)
{
    line *self = state;

    peer_stop(&self->other);
    munmap(self->shared, sizeof(words));
    free(self);
}

// ---- Channels ---------------------------------------------------------------

static const char *ring_start(void **state)
{
    return channel_start(state, &channel_ring, channel_ping, channel_pong);
}

static const char *coded_start(void **state)
{
    return channel_start(state, &channel_ring_coded, channel_ping,
                         channel_pong);
}

static const char *sleepy_start(void **state)
{
    return channel_start(state, &channel_ring_sleepy, channel_ping,
                         channel_pong);
}

static const char *socket_start(void **state)
{
    return channel_start(state, &channel_socket, channel_ping, channel_pong);
}

static const char *pipe_start(void **state)
{
    return channel_start(state, &channel_pipe, channel_ping, channel_pong);
}

static const char *queue_start(void **state)
{
    return channel_start(state, &channel_queue, channel_ping, channel_pong);
}

static const char *zmq_start(void **state)
{
    return channel_start(state, &channel_zmq, channel_ping, channel_pong);
}

static const char *nng_start(void **state)
{
    return channel_start(state, &channel_nng, channel_ping, channel_pong);
}

static const ipc_subject line_subject = {
    "a cache line passed to and fro", "32 bits; the least that any could take",
    spin_start, line_run, line_stop};
static const ipc_subject ring_subject = {"ring, raw bytes read in place", NULL,
                                         ring_start, channel_run, channel_stop};
static const ipc_subject coded_subject = {"ring, encoded, copied, verified",
                                          NULL, coded_start, channel_run,
                                          channel_stop};
static const ipc_subject socket_subject = {
    "UNIX socket pair", NULL, socket_start, channel_run, channel_stop};
static const ipc_subject pipe_subject = {"two pipes", NULL, pipe_start,
                                         channel_run, channel_stop};
static const ipc_subject queue_subject = {
    "POSIX message queues", NULL, queue_start, channel_run, channel_stop};
static const ipc_subject zmq_subject = {"ZeroMQ pair, ipc", NULL, zmq_start,
                                        channel_run, channel_stop};
static const ipc_subject nng_subject = {"nng pair, ipc", NULL, nng_start,
                                        channel_run, channel_stop};

static const ipc_subject *const trips[] = {
    &line_subject, &ring_subject,  &coded_subject, &socket_subject,
    &pipe_subject, &queue_subject, &zmq_subject,   &nng_subject};

const ipc_group ipc_group_ring_trip = {
    "ring-trip", "32 bytes to another process and back", "round trip", trips,
    sizeof trips / sizeof trips[0]};

static const ipc_subject futex_subject = {"a bare futex each way", NULL,
                                          futex_start, line_run, line_stop};
static const ipc_subject sleepy_subject = {"ring, both sides always sleep",
                                           NULL, sleepy_start, channel_run,
                                           channel_stop};

static const ipc_subject *const wakes[] = {&futex_subject, &sleepy_subject,
                                           &socket_subject};

const ipc_group ipc_group_ring_wake = {
    "ring-wake", "a sleeper is woken, and wakes the first again", "round trip",
    wakes, sizeof wakes / sizeof wakes[0]};
