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

/* ---- Errors -------------------------------------------------------------- */

/* Writes an error with a place and no path; returns its status. `error` may be
 * NULL. errno stays. */
inlay_status io_fail(inlay_error *error, inlay_status status, uint64_t offset);

/* ---- Time ---------------------------------------------------------------- */

/* Nanoseconds of CLOCK_MONOTONIC. */
uint64_t io_now(void);

/* A deadline that never comes, and one that has passed: nothing waits. */
#define IO_NEVER   UINT64_MAX
#define IO_AT_ONCE UINT64_C(0)

/* Waits with poll(2) until `events` (POLLIN, POLLOUT), an error or the end of
 * the stream can be had. INLAY_WOULD_WAIT when the deadline is IO_AT_ONCE,
 * INLAY_DEADLINE when it is another that has passed; INLAY_SYSTEM. */
INLAY_NODISCARD inlay_status io_wait(int fd, short events, uint64_t deadline);

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
 * that blocks is waited for with poll(2) first unless `deadline` is IO_NEVER.
 */
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

/* ---- Files that appear whole --------------------------------------------- */

/* A file that is being written for a path, where nothing of it shows before it
 * is published. Members are for reading, `fd` for writing.
 *
 * The file has no name until then where the file system can do that
 * (O_TMPFILE), so that the end of the process is the end of it. Elsewhere it is
 * PATH.new. What somebody left behind there who died is taken away; while
 * somebody lives who has it, opening is INLAY_REFUSED. */
typedef struct io_draft {
    int   fd;
    char *path;
    char *beside; /* PATH.new */
    bool  named;  /* it has that name already */
} io_draft;

/* Opens a draft. INLAY_SYSTEM, INLAY_OUT_OF_MEMORY, INLAY_REFUSED; there is
 * nothing to discard then. */
INLAY_NODISCARD inlay_status io_draft_open(io_draft *self, const char *path,
                                           const inlay_alloc *alloc);

/* Makes the bytes durable, gives them their name in place of what has it, and
 * makes that durable. On failure what was there is there still, but for the
 * last step: the new file may be there, and not outlive a crash of the machine.
 */
INLAY_NODISCARD inlay_status io_draft_publish(io_draft *self);

/* Closes the draft, published or not, and frees its names; what was not
 * published is gone. */
void io_draft_discard(io_draft *self, const inlay_alloc *alloc);

#endif
