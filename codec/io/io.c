// io.c -- system calls repeated and continued, deadlines by poll(2).

#include "codec/io/io.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <inlay/decode.h>

enum {
    NANOSECONDS_PER_MILLISECOND = 1000000
};

inlay_status io_fail(inlay_error *error, inlay_status status, uint64_t offset)
{
    inlay_error_set(error, status);
    if (error != NULL) {
        error->offset = offset;
    }
    return status;
}

uint64_t io_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// Milliseconds until the deadline as poll(2) takes them, rounded up so that a
// wait never spins; -1 for ever.
static int wait_milliseconds(uint64_t deadline)
{
    uint64_t now;
    uint64_t wait;

    if (deadline == IO_NEVER) {
        return -1;
    }
    now = io_now();
    if (deadline <= now) {
        return 0;
    }
    wait = (deadline - now - 1) / NANOSECONDS_PER_MILLISECOND + 1;
    return wait < INT_MAX ? (int)wait : INT_MAX;
}

inlay_status io_wait(int fd, short events, uint64_t deadline)
{
    struct pollfd poll_fd = {.fd = fd, .events = events};

    for (;;) {
        int ready = poll(&poll_fd, 1, wait_milliseconds(deadline));

        if (ready > 0) {
            return INLAY_OK;
        }
        if (ready < 0 && errno != EINTR) {
            return INLAY_SYSTEM;
        }
        if (deadline == IO_AT_ONCE) {
            return INLAY_WOULD_WAIT;
        }
        if (deadline != IO_NEVER && io_now() >= deadline) {
            return INLAY_DEADLINE;
        }
    }
}

static bool is_would_block(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK;
}

// ---- Writing ----------------------------------------------------------------

// sendmsg(2) spares sockets the SIGPIPE; all else is written.
static ssize_t write_parts(int fd, struct iovec *parts, int count)
{
    struct msghdr message;
    ssize_t       got;

    memset(&message, 0, sizeof message);
    message.msg_iov = parts;
    message.msg_iovlen = (size_t)count;
    got = sendmsg(fd, &message, MSG_NOSIGNAL);
    if (got < 0 && errno == ENOTSOCK) {
        got = writev(fd, parts, count);
    }
    return got;
}

// Drops `size` written bytes from the front of the parts.
static void parts_skip(struct iovec **parts, int *count, size_t size)
{
    while (*count > 0 && size >= (*parts)->iov_len) {
        size -= (*parts)->iov_len;
        (*parts)++;
        (*count)--;
    }
    if (size > 0) {
        (*parts)->iov_base = (char *)(*parts)->iov_base + size;
        (*parts)->iov_len -= size;
    }
}

inlay_status io_write(int fd, struct iovec *parts, int count, uint64_t deadline,
                      size_t *written)
{
    size_t       total = 0;
    inlay_status status = INLAY_OK;

    parts_skip(&parts, &count, 0);
    while (count > 0 && status == INLAY_OK) {
        ssize_t got = write_parts(fd, parts, count);

        if (got >= 0) {
            total += (size_t)got;
            parts_skip(&parts, &count, (size_t)got);
        } else if (is_would_block(errno)) {
            status = io_wait(fd, POLLOUT, deadline);
        } else if (errno == EPIPE || errno == ECONNRESET) {
            status = INLAY_CLOSED;
        } else if (errno != EINTR) {
            status = INLAY_SYSTEM;
        }
    }
    if (written != NULL) {
        *written = total;
    }
    return status;
}

inlay_status io_write_at(int fd, const void *data, size_t size, uint64_t offset)
{
    const char *bytes = data;

    while (size > 0) {
        ssize_t got = pwrite(fd, bytes, size, (off_t)offset);

        if (got == 0) {
            errno = ENOSPC; // nothing was taken and nothing said: don't spin
        }
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return INLAY_SYSTEM;
        }
        if (got > 0) {
            bytes += got;
            size -= (size_t)got;
            offset += (uint64_t)got;
        }
    }
    return INLAY_OK;
}

// ---- Reading ----------------------------------------------------------------

inlay_status io_read(int fd, void *data, size_t size, uint64_t deadline,
                     size_t *got)
{
    inlay_status status = INLAY_OK;

    *got = 0;
    if (deadline != IO_NEVER) {
        status = io_wait(fd, POLLIN, deadline);
    }
    while (status == INLAY_OK) {
        ssize_t count = read(fd, data, size);

        if (count > 0) {
            *got = (size_t)count;
            return INLAY_OK;
        }
        if (count == 0 || errno == ECONNRESET) {
            return INLAY_CLOSED;
        }
        if (is_would_block(errno)) {
            status = io_wait(fd, POLLIN, deadline);
        } else if (errno != EINTR) {
            status = INLAY_SYSTEM;
        }
    }
    return status;
}

inlay_status io_read_at(int fd, void *data, size_t size, uint64_t offset)
{
    char *bytes = data;

    while (size > 0) {
        ssize_t got = pread(fd, bytes, size, (off_t)offset);

        if (got == 0) {
            return INLAY_CUT_SHORT;
        }
        if (got < 0 && errno != EINTR) {
            return INLAY_SYSTEM;
        }
        if (got > 0) {
            bytes += got;
            size -= (size_t)got;
            offset += (uint64_t)got;
        }
    }
    return INLAY_OK;
}

// ---- Files ------------------------------------------------------------------

inlay_status io_sync(int fd)
{
    while (fdatasync(fd) != 0) {
        if (errno != EINTR) {
            return INLAY_SYSTEM;
        }
    }
    return INLAY_OK;
}

// Opens the folder that `path` lies in.
static int folder_open(const char *path)
{
    const char *slash = strrchr(path, '/');
    char       *folder;
    int         fd;

    if (slash == NULL) {
        return open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    folder = strndup(path, (size_t)(slash - path) + 1);
    if (folder == NULL) {
        return -1;
    }
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    return fd;
}

inlay_status io_sync_folder(const char *path)
{
    int          fd = folder_open(path);
    inlay_status status = INLAY_OK;
    int          error;

    if (fd < 0) {
        return INLAY_SYSTEM;
    }
    if (fsync(fd) != 0) {
        status = INLAY_SYSTEM;
    }
    error = errno;
    close(fd);
    errno = error;
    return status;
}
