// channel_fd.c -- a UNIX socket pair, two pipes, two POSIX message queues. Raw
// bytes, neither encoded nor verified: in their favour.
#define _GNU_SOURCE
#include "bench/ipc/channel.h"

#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    ROOM = 64
};

static const char *socket_make(channel *self)
{
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        return "no socket pair";
    }
    self->fds[0] = self->fds[1] = ends[0];
    self->fds[2] = self->fds[3] = ends[1];
    return NULL;
}

static const char *pipe_make(channel *self)
{
    int there[2], back[2];

    if (pipe(there) != 0 || pipe(back) != 0) {
        return "no pipe";
    }
    self->fds[0] = back[0];
    self->fds[1] = there[1];
    self->fds[2] = there[0];
    self->fds[3] = back[1];
    return NULL;
}

static bool fd_open(channel *self, bool child)
{
    int mine = child ? 2 : 0;

    self->in = self->fds[mine];
    self->out = self->fds[mine + 1];
    close(self->fds[2 - mine]);
    if (self->fds[2 - mine] != self->fds[3 - mine]) {
        close(self->fds[3 - mine]);
    }
    return true;
}

static void fd_close(channel *self)
{
    close(self->in);
    if (self->in != self->out) {
        close(self->out);
    }
}

static bool fd_send(channel *self, uint64_t sequence, size_t size)
{
    char bytes[ROOM] = {0};

    memcpy(bytes, &sequence, sizeof sequence);
    return write(self->out, bytes, size) == (ssize_t)size;
}

static bool fd_receive(channel *self, uint64_t sequence, size_t size)
{
    char   bytes[ROOM];
    size_t have = 0;

    while (have < size) {
        ssize_t got = read(self->in, bytes + have, size - have);

        if (got <= 0) {
            return false;
        }
        have += (size_t)got;
    }
    return memcmp(bytes, &sequence, sizeof sequence) == 0;
}

// ---- Queues -----------------------------------------------------------------

static mqd_t queue_new(int number)
{
    struct mq_attr attributes = {.mq_maxmsg = 10, .mq_msgsize = ROOM};
    char           name[64];
    mqd_t          queue;

    snprintf(name, sizeof name, "/inlay-bench-%d-%d", (int)getpid(), number);
    queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
    mq_unlink(name); // both processes have it open
    return queue;
}

static const char *queue_make(channel *self)
{
    mqd_t there = queue_new(0);
    mqd_t back = queue_new(1);

    if (there < 0 || back < 0) {
        return "no POSIX message queues here";
    }
    self->fds[0] = self->fds[3] = back;
    self->fds[1] = self->fds[2] = there;
    return NULL;
}

static bool queue_open(channel *self, bool child)
{
    self->in = self->fds[child ? 2 : 0];
    self->out = self->fds[child ? 3 : 1];
    return true;
}

static bool queue_send(channel *self, uint64_t sequence, size_t size)
{
    char bytes[ROOM] = {0};

    memcpy(bytes, &sequence, sizeof sequence);
    return mq_send(self->out, bytes, size, 0) == 0;
}

static bool queue_receive(channel *self, uint64_t sequence, size_t size)
{
    char bytes[ROOM];

    return mq_receive(self->in, bytes, sizeof bytes, NULL) == (ssize_t)size &&
           memcmp(bytes, &sequence, sizeof sequence) == 0;
}

static void queue_close(channel *self)
{
    mq_close(self->in);
    mq_close(self->out);
}

const channel_kind channel_socket = {
    "UNIX socket pair", NULL, socket_make, fd_open, fd_send,
    fd_receive,         NULL, fd_close,    false};

const channel_kind channel_pipe = {"two pipes", NULL,     pipe_make,
                                   fd_open,     fd_send,  fd_receive,
                                   NULL,        fd_close, false};

const channel_kind channel_queue = {"POSIX message queues",
                                    "10 messages long, the system's default",
                                    queue_make,
                                    queue_open,
                                    queue_send,
                                    queue_receive,
                                    NULL,
                                    queue_close,
                                    false};
