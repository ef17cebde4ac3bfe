/* frame.h -- what a message wears in a file, a socket or a queue.
 *
 * Caveats first:
 *   - A checksum finds accidents. Whoever can write a frame can make it fit, so
 *     verify what comes from others.
 *   - The payload that a reader gives lies in the reader's buffer and dies with
 *     the next call on it. Copy what has to live longer.
 *   - A reader that has found damage is finished: in a stream of bytes nothing
 *     tells where the next frame starts. Use a log where damage must be
 *     survived.
 *   - What a packed payload holds is bounded by the limit you give, in memory
 *     and time, and by nothing else: kilobytes can ask for gigabytes. The
 *     compressors' own memory, some hundred kilobytes for the time of a call,
 *     comes from malloc and not from your inlay_alloc.
 *   - Reader and writer are for one thread at a time each; both may work on one
 *     socket at once.
 *
 * A frame (FORMAT.md, section 7):
 *
 *   OFFSET  SIZE
 *        0     4  "INLY"
 *        4     1  version, 1
 *        5     1  bits 0-1: compression of the payload; others 0
 *        6     2  0
 *        8     8  type id, <RECORD>_TYPE_ID in generated code
 *       16     8  size of the payload
 *       24     8  XXH3-64 of the payload, seeded with that of bytes 0 to 23
 *       32        payload
 *
 * A short frame, where both sides have settled type and compression:
 *
 *        0     4  size of the payload
 *        4     4  low half of XXH3-64 of the payload, seeded with the size
 *        8        payload
 *
 * Sending and receiving over any descriptor:
 *
 *     inlay_frame_writer writer;
 *     inlay_frame_reader reader;
 *     inlay_frame        frame;
 *
 *     inlay_frame_writer_init(&writer, fd, NULL);
 *     status = inlay_frame_writer_put(&writer, LOG_ENTRY_TYPE_ID, bytes, size,
 *                                     INLAY_NEVER);
 *     status = inlay_frame_writer_flush(&writer, INLAY_NEVER);
 *
 *     inlay_frame_reader_init(&reader, fd, NULL);
 *     while (inlay_frame_reader_next(&reader, INLAY_NEVER, &frame, &error) ==
 *            INLAY_OK) {
 *         log_entry_view entry =
 *             log_entry_open(frame.payload.data, frame.payload.size);
 *         ...
 *     }
 *
 * Part of libinlay-ipc. `error`, if not NULL, is written on failure only; its
 * offset counts bytes from the start of the memory, or of the stream.
 */
#ifndef INLAY_FRAME_H
#define INLAY_FRAME_H

#include "buffer.h"
#include "deadline.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    INLAY_FRAME_SIZE = 32,      /* header of a frame */
    INLAY_FRAME_SHORT_SIZE = 8, /* header of a short frame */
    INLAY_FRAME_VERSION = 1
};

/* How a payload is packed; the numbers are the wire's. Builds without the
 * library say INLAY_NOT_BUILT_IN. */
typedef enum inlay_compression {
    INLAY_COMPRESSION_NONE = 0,
    INLAY_COMPRESSION_LZ4 = 1, /* an LZ4 frame */
    INLAY_COMPRESSION_ZSTD = 2 /* a zstd frame */
} inlay_compression;

/* Returns whether this build packs and unpacks it; true for NONE. */
bool inlay_compression_built_in(inlay_compression compression);

/* Takes a frame of any type, where a type id is asked for. */
#define INLAY_FRAME_ANY_TYPE UINT64_C(0)

/* One frame. The payload borrows what the frame was found in. */
typedef struct inlay_frame {
    uint64_t          type_id;     /* of short frames: the one asked for */
    inlay_compression compression; /* of the payload as it lies here */
    inlay_bytes       payload;
    uint64_t          check;  /* as the header has it */
    uint64_t          offset; /* of the header, in the memory or stream */
} inlay_frame;

/* ---- In memory ----------------------------------------------------------- */

/* Writes the header of a frame, INLAY_FRAME_SIZE bytes at any address, for a
 * payload that is, or will be, behind it. O(size): the checksum. */
void inlay_frame_seal(uint8_t *header, uint64_t type_id,
                      inlay_compression compression, const void *payload,
                      size_t size);

/* Finds the first frame in memory, in O(1): the checksum is left to
 * inlay_frame_check. The next one starts behind the payload.
 *
 * Fails with INLAY_CUT_SHORT (the offset is where the memory ends),
 * INLAY_MAGIC, INLAY_OTHER_VERSION, INLAY_FLAGS, INLAY_TYPE_ID. When the
 * payload is cut short, and only then, `frame` is written in spite of the
 * failure, with as much of the payload as there is. */
INLAY_NODISCARD inlay_status inlay_frame_open(const void *data, size_t size,
                                              uint64_t     type_id,
                                              inlay_frame *frame,
                                              inlay_error *error);

/* Checks the payload of a frame from inlay_frame_open: INLAY_CHECKSUM. O(size).
 */
INLAY_NODISCARD inlay_status inlay_frame_check(const inlay_frame *frame,
                                               inlay_error       *error);

/* Appends a whole frame to a buffer, packed where that makes it smaller. Fails
 * with INLAY_OUT_OF_MEMORY, INLAY_NOT_BUILT_IN, INLAY_TOO_LARGE, and leaves the
 * buffer's bytes as they were. */
INLAY_NODISCARD inlay_status inlay_frame_append(inlay_buffer     *out,
                                                uint64_t          type_id,
                                                inlay_compression compression,
                                                const void       *payload,
                                                size_t            size);

/* Appends what a frame's payload holds, unpacked, to a buffer: at most
 * `size_limit` bytes. Check the frame first. Fails with INLAY_OVER_LIMIT,
 * INLAY_COMPRESSION, INLAY_NOT_BUILT_IN, INLAY_OUT_OF_MEMORY. */
INLAY_NODISCARD inlay_status inlay_frame_unpack(const inlay_frame *frame,
                                                size_t             size_limit,
                                                inlay_buffer      *out);

/* Writes the header of a short frame, INLAY_FRAME_SHORT_SIZE bytes. */
void inlay_frame_short_seal(uint8_t *header, const void *payload,
                            uint32_t size);

/* Finds the first short frame in memory and checks it: INLAY_CUT_SHORT,
 * INLAY_CHECKSUM. */
INLAY_NODISCARD inlay_status inlay_frame_short_open(const void  *data,
                                                    size_t       size,
                                                    inlay_frame *frame,
                                                    inlay_error *error);

/* ---- Options of readers and writers -------------------------------------- */

/* The largest payload where nothing else is said: 64 MiB. */
#define INLAY_FRAME_SIZE_LIMIT ((size_t)64 << 20)

/* All zero is a good default. */
typedef struct inlay_frame_options {
    size_t   size_limit;  /* of payloads, packed and unpacked; 0: as above */
    size_t   buffer_size; /* to start with; 0: 64 KiB */
    uint64_t type_id;     /* reader: refuse others; 0: take all */
    inlay_compression  compression;  /* writer: of frames; of short ones NONE */
    bool               short_frames; /* both sides agree */
    bool               packed; /* reader: give packed payloads as they are */
    const inlay_alloc *alloc;  /* NULL: the heap; else outlives it all */
} inlay_frame_options;

/* Memory at a multiple of 64 bytes that grows: readers' and writers' own. */
typedef struct inlay_room {
    uint8_t           *data;
    size_t             capacity;
    void              *memory; /* what was allocated; `data` lies in it */
    const inlay_alloc *alloc;
} inlay_room;

/* ---- Reading ------------------------------------------------------------- */

/* Reads frames from a descriptor, many with one read(2) where they are small.
 * Members are private.
 *
 * Works on files, pipes and sockets, blocking or not. Memory: the buffer, grown
 * to the largest frame that came and so at most buffer_size + size_limit, and
 * as much again for what is unpacked. */
typedef struct inlay_frame_reader {
    int                 fd;
    inlay_frame_options options;
    inlay_room          room;     /* what was read: [begin, end) */
    inlay_room          unpacked; /* the last packed payload */
    size_t              begin;
    size_t              end;
    uint64_t            offset; /* of `begin` in the stream */
    bool                ended;  /* the descriptor has */
    inlay_error         error;  /* sticky, once the stream can't go on */
} inlay_frame_reader;

/* Makes a reader; allocates nothing yet. `options` may be NULL; it is copied.
 * The descriptor stays the caller's, to close after the release. */
void inlay_frame_reader_init(inlay_frame_reader *self, int fd,
                             const inlay_frame_options *options);

void inlay_frame_reader_release(inlay_frame_reader *self);

/* Gives the next frame, checked and unpacked, its payload at a multiple of 64
 * bytes and alive until the next call.
 *
 * INLAY_CLOSED: the stream ended behind a whole frame. INLAY_WOULD_WAIT,
 * INLAY_DEADLINE: not all of it is there yet; call again. INLAY_OUT_OF_MEMORY
 * and INLAY_SYSTEM may be tried again as well. Everything else is damage and
 * stays: INLAY_CUT_SHORT, INLAY_MAGIC, INLAY_OTHER_VERSION, INLAY_FLAGS,
 * INLAY_TYPE_ID, INLAY_OVER_LIMIT (before anything is allocated),
 * INLAY_CHECKSUM, INLAY_COMPRESSION, INLAY_NOT_BUILT_IN. */
INLAY_NODISCARD inlay_status inlay_frame_reader_next(inlay_frame_reader *self,
                                                     uint64_t     deadline,
                                                     inlay_frame *frame,
                                                     inlay_error *error);

/* Returns how many bytes of the stream were given out, headers included: where
 * the next frame starts. */
uint64_t inlay_frame_reader_offset(const inlay_frame_reader *self);

/* ---- Writing ------------------------------------------------------------- */

/* Writes frames to a descriptor. Small ones gather in a buffer until it is full
 * or flushed; what does not fit is written from where it lies, together with
 * the buffer and its header in one call. Members are private.
 *
 * A frame is taken wholly or not at all, also when only a part of it could be
 * written by the deadline: the rest is then kept, beyond buffer_size if need
 * be, and goes out first with the next call. */
typedef struct inlay_frame_writer {
    int                 fd;
    inlay_frame_options options;
    inlay_room          room; /* what is to be written: [begin, end) */
    inlay_room          packed;
    size_t              begin;
    size_t              end;
    inlay_status        status; /* sticky, once the stream is broken */
} inlay_frame_writer;

/* Makes a writer; allocates nothing yet. `options` may be NULL; it is copied.
 * The descriptor stays the caller's. */
void inlay_frame_writer_init(inlay_frame_writer *self, int fd,
                             const inlay_frame_options *options);

/* Frees the buffer; what was not flushed is lost. */
void inlay_frame_writer_release(inlay_frame_writer *self);

/* Takes one message, copied or written before this returns.
 *
 * The message was not taken on failure: INLAY_WOULD_WAIT, INLAY_DEADLINE,
 * INLAY_OVER_LIMIT, INLAY_OUT_OF_MEMORY, INLAY_NOT_BUILT_IN; try again as you
 * like. INLAY_CLOSED, INLAY_SYSTEM: what was taken before may be lost, and the
 * writer stays so. */
INLAY_NODISCARD inlay_status inlay_frame_writer_put(inlay_frame_writer *self,
                                                    uint64_t            type_id,
                                                    const void         *payload,
                                                    size_t              size,
                                                    uint64_t deadline);

/* Writes all that was taken. INLAY_WOULD_WAIT, INLAY_DEADLINE: call again. */
INLAY_NODISCARD inlay_status inlay_frame_writer_flush(inlay_frame_writer *self,
                                                      uint64_t deadline);

/* Returns how many bytes wait to be written: what backpressure looks at. */
size_t inlay_frame_writer_pending(const inlay_frame_writer *self);

/* Writes one frame, uncompressed, without a writer: header and payload in one
 * call of the system. INLAY_DEADLINE and INLAY_WOULD_WAIT may leave a part of
 * it written, which ends the use of a stream. */
INLAY_NODISCARD inlay_status inlay_frame_write(int fd, uint64_t type_id,
                                               const void *payload, size_t size,
                                               uint64_t deadline);

#ifdef __cplusplus
}
#endif

#endif
