// fault.c -- see fault.h. `ld --wrap=NAME` sends calls of NAME to __wrap_NAME
// and gives the real one as __real_NAME.
#define _GNU_SOURCE
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static struct {
    bool        armed;
    bool        fired;
    uint64_t    nth;
    uint64_t    calls;
    fault_kind  kind;
    int         error;
    const char *only;
    const char *last;
} fault = {.only = "", .last = ""};

void fault_arm(uint64_t nth, fault_kind kind, int error)
{
    fault.armed = true;
    fault.fired = false;
    fault.nth = nth;
    fault.calls = 0;
    fault.kind = kind;
    fault.error = error;
}

void fault_only(const char *name)
{
    fault.only = name;
}

bool fault_disarm(void)
{
    fault.armed = false;
    return fault.fired;
}

uint64_t fault_calls(void)
{
    return fault.calls;
}

const char *fault_last(void)
{
    return fault.last;
}

// Counts a call; returns whether it is the one, and dies there if asked to.
static bool fault_is_now(const char *name)
{
    if (!fault.armed ||
        (fault.kind == FAULT_NAMED && strcmp(name, fault.only) != 0) ||
        fault.calls++ != fault.nth) {
        return false;
    }
    fault.fired = true;
    fault.last = name;
    if (fault.kind == FAULT_KILL) {
        kill(getpid(), SIGKILL);
    }
    return true;
}

// Returns whether the call fails; errno is then set.
static bool fault_fails(const char *name)
{
    if (!fault_is_now(name) || fault.kind == FAULT_SHORT) {
        return false;
    }
    errno = fault.error;
    return true;
}

// The same for calls that move `*size` bytes, which may be made short.
static bool fault_moves(const char *name, size_t *size)
{
    if (!fault_is_now(name)) {
        return false;
    }
    if (fault.kind == FAULT_SHORT) {
        *size = *size > 1 ? 1 : *size;
        return false;
    }
    errno = fault.error;
    return true;
}

// The same for parts: what is left of them is the first byte of the first.
static bool fault_moves_parts(const char *name, const struct iovec **parts,
                              int *count, struct iovec *one)
{
    int i;

    if (!fault_is_now(name)) {
        return false;
    }
    if (fault.kind != FAULT_SHORT) {
        errno = fault.error;
        return true;
    }
    for (i = 0; i < *count; i++) {
        if ((*parts)[i].iov_len > 0) {
            *one = (struct iovec){(*parts)[i].iov_base, 1};
            *parts = one;
            *count = 1;
            break;
        }
    }
    return false;
}

// ---- Moving bytes -----------------------------------------------------------

#define MOVES(type, name, parameters, size, ...)                               \
    type __real_##name parameters;                                             \
    type __wrap_##name parameters;                                             \
    type __wrap_##name parameters                                              \
    {                                                                          \
        return fault_moves(#name, &size) ? -1 : __real_##name(__VA_ARGS__);    \
    }

MOVES(ssize_t, read, (int fd, void *to, size_t size), size, fd, to, size)
MOVES(ssize_t, write, (int fd, const void *from, size_t size), size, fd, from,
      size)
MOVES(ssize_t, pread, (int fd, void *to, size_t size, off_t at), size, fd, to,
      size, at)
MOVES(ssize_t, pwrite, (int fd, const void *from, size_t size, off_t at), size,
      fd, from, size, at)
MOVES(ssize_t, recv, (int fd, void *to, size_t size, int flags), size, fd, to,
      size, flags)
MOVES(ssize_t, send, (int fd, const void *from, size_t size, int flags), size,
      fd, from, size, flags)

#define MOVES_PARTS(name)                                                      \
    ssize_t __real_##name(int fd, const struct iovec *parts, int count);       \
    ssize_t __wrap_##name(int fd, const struct iovec *parts, int count);       \
    ssize_t __wrap_##name(int fd, const struct iovec *parts, int count)        \
    {                                                                          \
        struct iovec one;                                                      \
                                                                               \
        return fault_moves_parts(#name, &parts, &count, &one)                  \
                   ? -1                                                        \
                   : __real_##name(fd, parts, count);                          \
    }

MOVES_PARTS(readv)
MOVES_PARTS(writev)

ssize_t __real_sendmsg(int fd, const struct msghdr *message, int flags);
ssize_t __wrap_sendmsg(int fd, const struct msghdr *message, int flags);
ssize_t __wrap_sendmsg(int fd, const struct msghdr *message, int flags)
{
    struct msghdr       copy = *message;
    const struct iovec *parts = message->msg_iov;
    int                 count = (int)message->msg_iovlen;
    struct iovec        one;

    if (fault_moves_parts("sendmsg", &parts, &count, &one)) {
        return -1;
    }
    copy.msg_iov = (struct iovec *)(uintptr_t)parts;
    copy.msg_iovlen = (size_t)count;
    return __real_sendmsg(fd, &copy, flags);
}

// ---- All others -------------------------------------------------------------

#define FAILS(type, failure, name, parameters, ...)                            \
    type __real_##name parameters;                                             \
    type __wrap_##name parameters;                                             \
    type __wrap_##name parameters                                              \
    {                                                                          \
        return fault_fails(#name) ? failure : __real_##name(__VA_ARGS__);      \
    }

FAILS(ssize_t, -1, recvmsg, (int fd, struct msghdr *message, int flags), fd,
      message, flags)
FAILS(int, -1, fsync, (int fd), fd)
FAILS(int, -1, fdatasync, (int fd), fd)
FAILS(int, -1, ftruncate, (int fd, off_t size), fd, size)
FAILS(int, -1, fallocate, (int fd, int mode, off_t at, off_t size), fd, mode,
      at, size)
FAILS(int, -1, rename, (const char *from, const char *to), from, to)
FAILS(int, -1, linkat,
      (int from_fd, const char *from, int to_fd, const char *to, int flags),
      from_fd, from, to_fd, to, flags)
FAILS(int, -1, unlink, (const char *path), path)
FAILS(int, -1, fstat, (int fd, struct stat *facts), fd, facts)
FAILS(int, -1, fchmod, (int fd, mode_t mode), fd, mode)
FAILS(int, -1, flock, (int fd, int operation), fd, operation)
FAILS(int, -1, sync_file_range,
      (int fd, off64_t at, off64_t size, unsigned flags), fd, at, size, flags)
FAILS(void *, MAP_FAILED, mmap,
      (void *at, size_t size, int protection, int flags, int fd, off_t offset),
      at, size, protection, flags, fd, offset)

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    mode_t  mode = 0;
    va_list rest;

    va_start(rest, flags);
    if ((flags & (O_CREAT | O_TMPFILE)) != 0) {
        mode = va_arg(rest, mode_t);
    }
    va_end(rest);
    return fault_fails("open") ? -1 : __real_open(path, flags, mode);
}

int __real_openat(int folder, const char *path, int flags, ...);
int __wrap_openat(int folder, const char *path, int flags, ...);
int __wrap_openat(int folder, const char *path, int flags, ...)
{
    mode_t  mode = 0;
    va_list rest;

    va_start(rest, flags);
    if ((flags & (O_CREAT | O_TMPFILE)) != 0) {
        mode = va_arg(rest, mode_t);
    }
    va_end(rest);
    return fault_fails("openat") ? -1
                                 : __real_openat(folder, path, flags, mode);
}
