// ring_flow.c -- one way: messages of 64 bytes as fast as they go, and one back
// when the last has come.
#define _GNU_SOURCE
#include "bench/ipc/channel.h"
#include "bench/ipc/groups.h"

static bool flow_out(void *state, uint64_t count)
{
    channel *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        if (!self->kind->send(self, self->next++, CHANNEL_LARGE)) {
            return false;
        }
    }
    return (self->kind->flush == NULL || self->kind->flush(self)) &&
           self->kind->receive(self, self->next, CHANNEL_SMALL);
}

static bool flow_in(void *state, uint64_t count)
{
    channel *self = state;
    uint64_t i;

    for (i = 0; i < count; i++) {
        if (!self->kind->receive(self, self->next++, CHANNEL_LARGE)) {
            return false;
        }
    }
    return self->kind->send(self, self->next, CHANNEL_SMALL) &&
           (self->kind->flush == NULL || self->kind->flush(self));
}

static const char *ring_start(void **state)
{
    return channel_start(state, &channel_ring, flow_out, flow_in);
}

static const char *coded_start(void **state)
{
    return channel_start(state, &channel_ring_coded, flow_out, flow_in);
}

static const char *batch_start(void **state)
{
    return channel_start(state, &channel_ring_batch, flow_out, flow_in);
}

static const char *socket_start(void **state)
{
    return channel_start(state, &channel_socket, flow_out, flow_in);
}

static const char *pipe_start(void **state)
{
    return channel_start(state, &channel_pipe, flow_out, flow_in);
}

static const char *queue_start(void **state)
{
    return channel_start(state, &channel_queue, flow_out, flow_in);
}

static const char *zmq_start(void **state)
{
    return channel_start(state, &channel_zmq, flow_out, flow_in);
}

static const char *nng_start(void **state)
{
    return channel_start(state, &channel_nng, flow_out, flow_in);
}

static const ipc_subject ring_subject = {"ring, raw bytes read in place", NULL,
                                         ring_start, channel_run, channel_stop};
static const ipc_subject coded_subject = {"ring, encoded, copied, verified",
                                          NULL, coded_start, channel_run,
                                          channel_stop};
static const ipc_subject batch_subject = {
    "ring, encoded, copied, verified, by 64",
    "published and released 64 at a time", batch_start, channel_run,
    channel_stop};
static const ipc_subject socket_subject = {
    "UNIX socket pair", NULL, socket_start, channel_run, channel_stop};
static const ipc_subject pipe_subject = {"pipe", NULL, pipe_start, channel_run,
                                         channel_stop};
static const ipc_subject queue_subject = {
    "POSIX message queue", "10 messages long, the system's default",
    queue_start, channel_run, channel_stop};
static const ipc_subject zmq_subject = {"ZeroMQ pair, ipc", "batches by itself",
                                        zmq_start, channel_run, channel_stop};
static const ipc_subject nng_subject = {"nng pair, ipc", NULL, nng_start,
                                        channel_run, channel_stop};

static const ipc_subject *const flows[] = {
    &ring_subject, &coded_subject, &batch_subject, &socket_subject,
    &pipe_subject, &queue_subject, &zmq_subject,   &nng_subject};

const ipc_group ipc_group_ring_flow = {
    "ring-flow", "64 bytes to another process, one after the other", "message",
    flows, sizeof flows / sizeof flows[0]};
