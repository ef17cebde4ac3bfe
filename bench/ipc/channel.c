// channel.c -- what channels have in common, and round trips over them.

#include "bench/ipc/channel.h"

#include <stdlib.h>
#include <unistd.h>

#include "bench/harness/clock.h"
#include "bench/harness/histogram.h"

histogram *channel_times;

static bool open_child(void *state)
{
    channel *self = state;

    return self->kind->open(self, true);
}

static bool open_ours(void *state)
{
    channel *self = state;

    return self->kind->open(self, false);
}

static bool work_apart(void *state, uint64_t count)
{
    channel *self = state;

    return self->work(self, count) && write(self->done[1], "", 1) == 1;
}

// Round trips that are timed one by one stay in this process, where their times
// are wanted.
static bool is_apart(const channel *self)
{
    return self->kind->apart && channel_times == NULL;
}

static bool start(channel *self, peer_work *child)
{
    if (!peer_start(&self->other, 1, open_child, child, self)) {
        return false;
    }
    if (is_apart(self)) {
        bool good = pipe(self->done) == 0 &&
                    peer_start(&self->ours, 0, open_ours, work_apart, self);

        close(self->done[1]); // its end is to be seen
        return good;
    }
    return self->kind->open(self, false);
}

const char *channel_start(void **state, const channel_kind *kind,
                          peer_work *ours, peer_work *child)
{
    channel    *self = calloc(1, sizeof *self);
    const char *why;

    if (self == NULL) {
        return "memory ran out";
    }
    self->kind = kind;
    self->work = ours;
    why = kind->make(self);
    if (why == NULL && !start(self, child)) {
        why = "it could not be set up";
        peer_stop(&self->other);
    }
    if (why != NULL) {
        free(self);
        return why;
    }
    *state = self;
    return NULL;
}

bool channel_run(void *state, uint64_t count)
{
    channel *self = state;
    char     done;

    if (!is_apart(self)) {
        return peer_run(&self->other, self->work, self, count);
    }
    return peer_tell(&self->other, count) && peer_tell(&self->ours, count) &&
           read(self->done[0], &done, 1) == 1;
}

void channel_stop(void *state)
{
    channel *self = state;

    peer_stop(&self->other);
    if (is_apart(self)) {
        peer_stop(&self->ours);
        close(self->done[0]);
    } else {
        self->kind->close(self);
    }
    free(self);
}

bool channel_ping(void *state, uint64_t count)
{
    channel *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        uint64_t begin = channel_times != NULL ? bench_ticks_begin() : 0;

        if (!self->kind->send(self, self->next, CHANNEL_SMALL) ||
            !self->kind->receive(self, self->next, CHANNEL_SMALL)) {
            return false;
        }
        if (channel_times != NULL) {
            histogram_add(channel_times, bench_ns(begin, bench_ticks_end()));
        }
        self->next++;
    }
    return true;
}

bool channel_pong(void *state, uint64_t count)
{
    channel *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        if (!self->kind->receive(self, self->next, CHANNEL_SMALL) ||
            !self->kind->send(self, self->next, CHANNEL_SMALL)) {
            return false;
        }
        self->next++;
    }
    return true;
}
