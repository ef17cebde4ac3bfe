// ring_memory.c -- the shared memory: made, sealed, checked, mapped.

#include "codec/ring/ring_private.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U // Linux 6.3
#endif

uint64_t ring_page_size(void)
{
    return (uint64_t)sysconf(_SC_PAGESIZE);
}

void ring_fd_close(int fd)
{
    int error = errno;

    if (fd >= 0) {
        close(fd);
    }
    errno = error;
}

// fallocate takes all pages now, so that running out of memory is an error here
// and not a SIGBUS later.
int ring_memory_new(uint64_t size)
{
    unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    int      fd = memfd_create("inlay", flags | MFD_NOEXEC_SEAL);

    if (fd < 0 && errno == EINVAL) {
        fd = memfd_create("inlay", flags);
    }
    if (fd < 0) {
        return -1;
    }
    if (ftruncate(fd, (off_t)size) != 0 ||
        fallocate(fd, 0, 0, (off_t)size) != 0) {
        ring_fd_close(fd);
        return -1;
    }
    return fd;
}

// Only memory can have seals, but that may be of huge pages, too, where a page
// that can't be had is a SIGBUS: refused by its file system's type.
inlay_ring_refusal ring_memory_check(int fd, int seals, uint64_t size)
{
    struct statfs system;
    struct stat   file;
    int           found;

    if (fd < 0 || fstatfs(fd, &system) != 0 || system.f_type != TMPFS_MAGIC) {
        return INLAY_RING_REFUSED_FDS;
    }
    found = fcntl(fd, F_GET_SEALS);
    if (found < 0) {
        return INLAY_RING_REFUSED_FDS; // a device, say
    }
    if ((found & seals) != seals) {
        return INLAY_RING_REFUSED_SEALS;
    }
    // After the seals: now the size stays.
    if (fstat(fd, &file) != 0 || !S_ISREG(file.st_mode) || file.st_size < 0 ||
        (uint64_t)file.st_size != size) {
        return INLAY_RING_REFUSED_FDS;
    }
    return INLAY_RING_REFUSED_NONE;
}

// Maps memory 1 at `pages`, where room for it and the second look at the ring
// has been set aside.
static bool map_ring(inlay_ring_side *side, int fd, uint64_t page, int access)
{
    int   flags = MAP_SHARED | MAP_FIXED | MAP_POPULATE;
    void *first = mmap(side->pages, page + side->size, access, flags, fd, 0);
    void *again;

    if (first == MAP_FAILED) {
        return false;
    }
    again = mmap(side->ring + side->size, side->size, access, flags, fd,
                 (off_t)page);
    return again != MAP_FAILED;
}

inlay_status ring_map(inlay_ring_side *side, int data_fd, int tail_fd, bool tx)
{
    uint64_t page = ring_page_size();
    uint64_t total = page + 2 * side->size;
    int      read_write = PROT_READ | PROT_WRITE;
    void    *at;

    at = mmap(NULL, total, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) {
        return INLAY_SYSTEM;
    }
    side->pages = at;
    side->ring = side->pages + page;
    at = mmap(NULL, page, tx ? PROT_READ : read_write,
              MAP_SHARED | MAP_POPULATE, tail_fd, 0);
    if (at == MAP_FAILED) {
        return INLAY_SYSTEM;
    }
    side->tail_page = at;
    if (!map_ring(side, data_fd, page, tx ? read_write : PROT_READ) ||
        madvise(side->pages, total, MADV_DONTFORK) != 0 ||
        madvise(side->tail_page, page, MADV_DONTFORK) != 0) {
        return INLAY_SYSTEM;
    }
    side->sleep = (uint32_t *)(void *)side->pages;
    side->peer_sleep = (uint32_t *)(void *)(side->tail_page + RING_LINE);
    if (!tx) {
        uint32_t *mine = (uint32_t *)(void *)(side->tail_page + RING_LINE);

        side->peer_sleep = side->sleep;
        side->sleep = mine;
    }
    return INLAY_OK;
}

// Shutting down tells the peer even where a child of fork holds the socket.
void ring_side_release(inlay_ring_side *side)
{
    uint64_t page = ring_page_size();
    int      error = errno;

    while (side->fd_count > 0) {
        ring_fd_close(side->fds[--side->fd_count]);
    }
    if (side->socket >= 0) {
        shutdown(side->socket, SHUT_RDWR);
        close(side->socket);
    }
    if (side->pages != NULL) {
        munmap(side->pages, page + 2 * side->size);
    }
    if (side->tail_page != NULL) {
        munmap(side->tail_page, page);
    }
    side->socket = -1;
    side->pages = NULL;
    side->ring = NULL;
    side->tail_page = NULL;
    side->sleep = NULL;
    side->peer_sleep = NULL;
    if (side->status == INLAY_OK) {
        side->status = INLAY_CLOSED;
    }
    errno = error;
}
