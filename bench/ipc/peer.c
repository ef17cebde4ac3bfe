// peer.c -- see peer.h.
#define _GNU_SOURCE
#include "bench/ipc/peer.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// Processors are counted among those that this process may use.
static void pin(int index, cpu_set_t *before)
{
    cpu_set_t one;
    int       cpu;

    if (sched_getaffinity(0, sizeof *before, before) != 0 ||
        CPU_COUNT(before) < 2) {
        return;
    }
    CPU_ZERO(&one);
    for (cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (CPU_ISSET((size_t)cpu, before) && index-- == 0) {
            CPU_SET((size_t)cpu, &one);
        }
    }
    sched_setaffinity(0, sizeof one, &one);
}

static void serve(int commands, int processor, bool (*open)(void *),
                  peer_work *work, void *state)
{
    cpu_set_t before;
    uint64_t  count;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    pin(processor, &before);
    if (open != NULL && !open(state)) {
        _exit(1);
    }
    while (read(commands, &count, sizeof count) == sizeof count) {
        if (!work(state, count)) {
            _exit(1);
        }
    }
    _exit(0);
}

bool peer_start(peer *self, int processor, bool (*open)(void *),
                peer_work *work, void *state)
{
    int pipes[2];

    self->pid = -1;
    if (pipe(pipes) != 0) {
        return false;
    }
    self->pid = fork();
    if (self->pid == 0) {
        close(pipes[1]);
        serve(pipes[0], processor, open, work, state);
    }
    close(pipes[0]);
    self->commands = pipes[1];
    return self->pid > 0;
}

bool peer_tell(peer *self, uint64_t count)
{
    return write(self->commands, &count, sizeof count) == sizeof count;
}

bool peer_run(peer *self, peer_work *ours, void *state, uint64_t count)
{
    cpu_set_t before;
    bool      good;

    pin(0, &before);
    good = peer_tell(self, count) && ours(state, count);
    sched_setaffinity(0, sizeof before, &before);
    return good;
}

void peer_stop(peer *self)
{
    close(self->commands);
    if (self->pid > 0) {
        kill(self->pid, SIGKILL);
        waitpid(self->pid, NULL, 0);
    }
}
