// ring_latency.c -- inlay-ring-latency: how single round trips are spread, what
// passing 4 MB takes, and how soon death is seen. Medians beside their peers
// are inlay-ipc-bench's; this is about tails.
//
//     inlay-ring-latency [ROUND TRIPS]
#define _GNU_SOURCE
#include <inlay/ring.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/harness/clock.h"
#include "bench/harness/histogram.h"
#include "bench/ipc/channel.h"
#include "bench/ipc/groups.h"

static void print(const char *name, const histogram *times)
{
    printf("  %-40s %10.2f %10.2f %10.2f %10.2f\n", name,
           histogram_quantile(times, 0.5) / 1000,
           histogram_quantile(times, 0.99) / 1000,
           histogram_quantile(times, 0.999) / 1000, times->most / 1000);
    fflush(stdout);
}

static void head(const char *about)
{
    printf("%s\n  %-40s %10s %10s %10s %10s\n", about, "microseconds", "50 %",
           "99 %", "99.9 %", "most");
}

static bool measure(const ipc_subject *subject, uint64_t count)
{
    histogram  *times = histogram_new();
    const char *why;
    void       *state;
    bool        good;

    channel_times = times; // the child is told by the fork
    why = subject->start(&state);
    if (why != NULL) {
        printf("  %-40s not measured: %s\n", subject->name, why);
        free(times);
        return true;
    }
    good = subject->run(state, count / 10 + 1); // warms up
    free(times);
    channel_times = times = histogram_new();
    good = good && subject->run(state, count);
    subject->stop(state);
    print(subject->name, times);
    free(times);
    return good;
}

static bool measure_group(const ipc_group *group, uint64_t count)
{
    bool   good = true;
    size_t i;

    head(group->about);
    for (i = 0; i < group->subject_count && good; i++) {
        good = measure(group->subjects[i], count);
    }
    return good;
}

// ---- Death ------------------------------------------------------------------

// A producer that says when and dies, after `after_us`.
static void die(int socket, uint64_t *when, unsigned after_us)
{
    inlay_ring_options options = {.size = 4096};
    inlay_ring_tx      tx;

    if (inlay_ring_offer(&tx, socket, &options, INLAY_NEVER, NULL) ==
        INLAY_OK) {
        usleep(after_us);
        __atomic_store_n(when, inlay_deadline_after(0), __ATOMIC_SEQ_CST);
        kill(getpid(), SIGKILL);
    }
    _exit(1);
}

static bool die_once(histogram *times, uint64_t *when, unsigned after_us)
{
    inlay_ring_options options = {.size = 4096};
    inlay_ring_message message;
    inlay_ring_rx      rx;
    inlay_status       status;
    int                sockets[2];
    pid_t              child;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets) != 0) {
        return false;
    }
    child = fork();
    if (child == 0) {
        close(sockets[0]);
        die(sockets[1], when, after_us);
    }
    close(sockets[1]);
    status = inlay_ring_accept(&rx, sockets[0], &options, INLAY_NEVER, NULL);
    if (status == INLAY_OK) {
        status = inlay_ring_peek(&rx, INLAY_NEVER, &message);
        histogram_add(times, (double)(inlay_deadline_after(0) - *when));
        inlay_ring_rx_close(&rx);
    }
    waitpid(child, NULL, 0);
    return status == INLAY_CLOSED;
}

static bool measure_death(const char *name, unsigned after_us, uint64_t count)
{
    uint64_t  *when = mmap(NULL, sizeof *when, PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    histogram *times = histogram_new();
    bool       good = when != MAP_FAILED;
    uint64_t   i;

    for (i = 0; i < count && good; i++) {
        good = die_once(times, when, after_us);
    }
    print(name, times);
    free(times);
    if (when != MAP_FAILED) {
        munmap(when, sizeof *when);
    }
    return good;
}

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    uint64_t few = count / 2000 + 1;
    bool     good;

    bench_clock_init();
    good = measure_group(&ipc_group_ring_trip, count / 10 + 1) &&
           measure_group(&ipc_group_ring_wake, count / 50 + 1);
    head("4 MB in sealed memory, once filled, until mapped and acknowledged");
    good = good && measure(ipc_group_ring_large.subjects[1], few);
    head("from SIGKILL to being told of it");
    good = good && measure_death("while napping", 200, few) &&
           measure_death("while asleep", 3000, few);
    ipc_folder_remove();
    return good ? 0 : 1;
}
