/* io.h -- file descriptors as every carrier uses them: whole, or an error.
 *
 * System calls are repeated on EINTR and continued after short counts. On a
 * descriptor that does not block, the waiting functions wait with poll(2).
 * errno is left as the failing call set it whenever INLAY_SYSTEM is returned.
 * Private to libinlay-ipc. Threads: no state, but descriptors are the caller's.
 */
#ifndef CODEC_IO_IO_H
#define CODEC_IO_IO_H

#include <sys/types.h>
#include <sys/uio.h>

#include <inlay/base.h>

/* ---- Time ---------------------------------------------------------------- */

/* Nanoseconds of CLOCK_MONOTONIC. */
uint64_t io_now(void);

/* A deadline that never comes, and one that has passed: nothing waits. */
#define IO_NEVER UINT64_MAX
#define IO_AT_ONCE UINT64_C(0)

/* ---- Reading and writing ------------------------------------------------- */

/* Writes all of the parts in order, changing `parts` as it goes, with as few
 * writev(2) as the system needs. `count` is at most 8. INLAY_DEADLINE: some may
 * be written, `*written` says how much (may be NULL). EPIPE is INLAY_CLOSED;
 * sockets do not raise SIGPIPE, pipes do where the caller lets them. */
INLAY_NODISCARD inlay_status io_write(int fd, struct iovec *parts, int count,
                                      uint64_t deadline, size_t *written);

/* Reads at least one byte and at most `size`. INLAY_CLOSED at the end of the
 * file or stream; INLAY_WOULD_WAIT when the deadline is IO_AT_ONCE and nothing
 * is there, INLAY_DEADLINE when it is another that has passed. A descriptor
 * that blocks is waited for with poll(2) first unless `deadline` is IO_NEVER. */
INLAY_NODISCARD inlay_status io_read(int fd, void *data, size_t size,
                                     uint64_t deadline, size_t *got);

/* Reads exactly `size` bytes at `offset`. INLAY_CUT_SHORT: the file ends. */
INLAY_NODISCARD inlay_status io_read_at(int fd, void *data, size_t size,
                                        uint64_t offset);

/* Writes all `size` bytes at `offset`. */
INLAY_NODISCARD inlay_status io_write_at(int fd, const void *data, size_t size,
                                         uint64_t offset);

/* ---- Files --------------------------------------------------------------- */

/* Makes the file's bytes durable: fdatasync(2). */
INLAY_NODISCARD inlay_status io_sync(int fd);

/* Makes durable that `path` is in its folder: fsync(2) of the folder. */
INLAY_NODISCARD inlay_status io_sync_folder(const char *path);

#endif
