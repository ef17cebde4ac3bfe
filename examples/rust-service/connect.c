// connect.c -- see connect.h.
#define _POSIX_C_SOURCE 200809L
#include "connect.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "say.h"

// Connects a new socket. Linux waits for connections, too, no longer than it
// would wait to send.
static int connect_one(int family, const struct sockaddr *to, socklen_t size,
                       uint32_t wait_ms)
{
    struct timeval wait = {.tv_sec = wait_ms / 1000,
                           .tv_usec = wait_ms % 1000 * 1000};
    int            fd = socket(family, SOCK_STREAM, 0);
    int            error;

    if (fd < 0) {
        return -1;
    }
    if (setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) == 0 &&
        connect(fd, to, size) == 0) {
        return fd;
    }
    error = errno;
    close(fd);
    errno = error;
    return -1;
}

static int connect_unix(const char *path, uint32_t wait_ms)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t             size = strlen(path);

    if (size >= sizeof to.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(to.sun_path, path, size);
    return connect_one(AF_UNIX, (const struct sockaddr *)&to, sizeof to,
                       wait_ms);
}

// Tries all addresses of a name.
static int connect_tcp(const char *host, const char *port, uint32_t wait_ms)
{
    struct addrinfo  hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
    struct addrinfo *each;
    int              one = 1;
    int              fd = -1;

    if (getaddrinfo(host, port, &hints, &found) != 0) {
        errno = EADDRNOTAVAIL;
        return -1;
    }
    for (each = found; each != NULL && fd < 0; each = each->ai_next) {
        fd = connect_one(each->ai_family, each->ai_addr, each->ai_addrlen,
                         wait_ms);
    }
    freeaddrinfo(found);
    if (fd >= 0) {
        // Requests are written whole; there is nothing to wait for.
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    }
    return fd;
}

static int connect_host(const char *address, uint32_t wait_ms)
{
    const char *colon = strrchr(address, ':');
    char       *host;
    int         fd;

    if (colon == NULL) {
        errno = EINVAL;
        return -1;
    }
    host = strndup(address, (size_t)(colon - address));
    if (host == NULL) {
        return -1;
    }
    fd = connect_tcp(host, colon + 1, wait_ms);
    free(host);
    return fd;
}

int connect_to(const char *address, uint32_t wait_ms)
{
    int fd = strncmp(address, "unix:", 5) == 0
                 ? connect_unix(address + 5, wait_ms)
                 : connect_host(address, wait_ms);

    if (fd < 0) {
        complain(EXIT_WRONG, "%s: %s", address, strerror(errno));
    }
    return fd;
}
