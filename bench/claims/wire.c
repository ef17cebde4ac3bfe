// wire.c -- see wire.h.
#define _GNU_SOURCE
#include "bench/claims/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int listener(struct sockaddr_in *address)
{
    socklen_t size = sizeof *address;
    int       fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    *address = (struct sockaddr_in){.sin_family = AF_INET};
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd >= 0 && (bind(fd, (struct sockaddr *)address, size) != 0 ||
                    listen(fd, 1) != 0 ||
                    getsockname(fd, (struct sockaddr *)address, &size) != 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

bool wire_open(wire *self, bool no_delay)
{
    struct sockaddr_in address;
    int                on = no_delay;
    int                fd = listener(&address);

    self->client = fd < 0 ? -1 : socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    self->server = -1;
    if (self->client >= 0 && connect(self->client, (struct sockaddr *)&address,
                                     sizeof address) == 0) {
        self->server = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    }
    if (fd >= 0) {
        close(fd);
    }
    if (self->server < 0) {
        wire_close(self);
        return false;
    }
    setsockopt(self->client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(self->server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return true;
}

void wire_close(wire *self)
{
    if (self->client >= 0) {
        close(self->client);
    }
    if (self->server >= 0) {
        close(self->server);
    }
    self->client = -1;
    self->server = -1;
}

bool wire_write(int fd, const void *data, size_t size)
{
    const char *from = data;

    while (size > 0) {
        ssize_t put = send(fd, from, size, MSG_NOSIGNAL);

        if (put < 0 && errno != EINTR) {
            return false;
        }
        if (put > 0) {
            from += put;
            size -= (size_t)put;
        }
    }
    return true;
}

bool wire_read(int fd, void *data, size_t size)
{
    char *to = data;

    while (size > 0) {
        ssize_t got = read(fd, to, size);

        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        if (got > 0) {
            to += got;
            size -= (size_t)got;
        }
    }
    return true;
}

double wire_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}
