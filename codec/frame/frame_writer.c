// frame_writer.c -- frames into a descriptor; see <inlay/frame.h>.

#include <string.h>

#include <inlay/gen.h>

#include "codec/frame/frame_wire.h"
#include "codec/frame/room.h"
#include "codec/io/io.h"

enum {
    BUFFER_SIZE = 64 << 10
};

void inlay_frame_writer_init(inlay_frame_writer *self, int fd,
                             const inlay_frame_options *options)
{
    *self = (inlay_frame_writer){.fd = fd};
    if (options != NULL) {
        self->options = *options;
    }
    if (self->options.size_limit == 0) {
        self->options.size_limit = INLAY_FRAME_SIZE_LIMIT;
    }
    if (self->options.buffer_size == 0) {
        self->options.buffer_size = BUFFER_SIZE;
    }
    if (self->options.short_frames && self->options.size_limit > UINT32_MAX) {
        self->options.size_limit = UINT32_MAX;
    }
    room_init(&self->room, self->options.alloc);
    room_init(&self->packed, self->options.alloc);
}

void inlay_frame_writer_release(inlay_frame_writer *self)
{
    room_release(&self->room);
    room_release(&self->packed);
    self->begin = 0;
    self->end = 0;
}

size_t inlay_frame_writer_pending(const inlay_frame_writer *self)
{
    return self->end - self->begin;
}

// ---- Out --------------------------------------------------------------------

static bool is_passing(inlay_status status)
{
    return status == INLAY_WOULD_WAIT || status == INLAY_DEADLINE;
}

// Drops what was written from the front; an empty buffer starts anew.
static void pending_drop(inlay_frame_writer *self, size_t size)
{
    self->begin += size;
    if (self->begin == self->end) {
        self->begin = 0;
        self->end = 0;
    }
}

inlay_status inlay_frame_writer_flush(inlay_frame_writer *self,
                                      uint64_t            deadline)
{
    struct iovec part = {NULL, self->end - self->begin};
    size_t       written;
    inlay_status status;

    if (self->status != INLAY_OK || part.iov_len == 0) {
        return self->status;
    }
    part.iov_base = self->room.data + self->begin;
    status = io_write(self->fd, &part, 1, deadline, &written);
    pending_drop(self, written);
    if (status != INLAY_OK && !is_passing(status)) {
        self->status = status;
    }
    return status;
}

// Keeps what is left of a frame that was written in part: the buffer is empty.
static inlay_status rest_keep(inlay_frame_writer *self, const uint8_t *header,
                              size_t header_size, inlay_bytes payload,
                              size_t written)
{
    size_t rest = header_size + payload.size - written;
    size_t head = written < header_size ? header_size - written : 0;
    size_t body = rest - head;

    self->status = room_grow(&self->room, rest, 0, 0, 0);
    if (self->status != INLAY_OK) {
        return self->status; // the stream ends within a frame
    }
    memcpy(self->room.data, header + header_size - head, head);
    memcpy(self->room.data + head, payload.data + (payload.size - body), body);
    self->begin = 0;
    self->end = rest;
    return INLAY_OK;
}

// Writes what waits and a frame behind it, in one call.
static inlay_status frame_send(inlay_frame_writer *self, uint8_t *header,
                               size_t header_size, inlay_bytes payload,
                               uint64_t deadline)
{
    size_t       pending = self->end - self->begin;
    struct iovec parts[3] = {
        {pending > 0 ? self->room.data + self->begin : NULL, pending},
        {header, header_size},
        {(void *)(uintptr_t)payload.data, payload.size},
    };
    size_t       written;
    inlay_status status = io_write(self->fd, parts, 3, deadline, &written);

    if (status == INLAY_OK) {
        pending_drop(self, pending);
        return INLAY_OK;
    }
    if (!is_passing(status)) {
        self->status = status;
        return status;
    }
    if (written <= pending) {
        pending_drop(self, written);
        return status;
    }
    pending_drop(self, pending);
    return rest_keep(self, header, header_size, payload, written - pending);
}

// ---- In ---------------------------------------------------------------------

// Makes room behind what waits, moving that to the front; false when there is
// not so much.
static bool pending_room(inlay_frame_writer *self, size_t size)
{
    size_t pending = self->end - self->begin;

    if (pending > self->options.buffer_size ||
        size > self->options.buffer_size - pending) {
        return false;
    }
    if (self->begin > 0 && size > self->room.capacity - self->end) {
        memmove(self->room.data, self->room.data + self->begin, pending);
        self->begin = 0;
        self->end = pending;
    }
    return size <= self->room.capacity - self->end;
}

static void frame_buffer(inlay_frame_writer *self, const uint8_t *header,
                         size_t header_size, inlay_bytes payload)
{
    uint8_t *to = self->room.data + self->end;

    memcpy(to, header, header_size);
    if (payload.size > 0) {
        memcpy(to + header_size, payload.data, payload.size);
    }
    self->end += header_size + payload.size;
}

static size_t header_make(const inlay_frame_writer *self, uint8_t *header,
                          uint64_t type_id, inlay_compression compression,
                          inlay_bytes payload)
{
    if (self->options.short_frames) {
        inlay_frame_short_seal(header, payload.data, (uint32_t)payload.size);
        return INLAY_FRAME_SHORT_SIZE;
    }
    inlay_frame_seal(header, type_id, compression, payload.data, payload.size);
    return INLAY_FRAME_SIZE;
}

// Packs a payload where that is asked for; `payload` and `compression` are then
// the packed one's. What does not become smaller goes as it is.
static inlay_status payload_pack(inlay_frame_writer *self, inlay_bytes *payload,
                                 inlay_compression *compression)
{
    size_t size;

    *compression = INLAY_COMPRESSION_NONE;
    if (self->options.compression == INLAY_COMPRESSION_NONE ||
        self->options.short_frames || payload->size == 0) {
        return INLAY_OK;
    }
    INLAY_TRY(
        room_pack(&self->packed, self->options.compression, *payload, &size));
    if (size >= payload->size) {
        return INLAY_OK;
    }
    payload->data = self->packed.data;
    payload->size = size;
    *compression = self->options.compression;
    return INLAY_OK;
}

inlay_status inlay_frame_writer_put(inlay_frame_writer *self, uint64_t type_id,
                                    const void *payload, size_t size,
                                    uint64_t deadline)
{
    inlay_bytes       bytes = {payload, size};
    inlay_compression compression;
    uint8_t           header[INLAY_FRAME_SIZE];
    size_t            header_size;

    if (self->status != INLAY_OK) {
        return self->status;
    }
    if (size > self->options.size_limit) {
        return INLAY_OVER_LIMIT;
    }
    INLAY_TRY(payload_pack(self, &bytes, &compression));
    header_size = header_make(self, header, type_id, compression, bytes);
    if (self->room.capacity < self->options.buffer_size) {
        INLAY_TRY(room_grow(&self->room, self->options.buffer_size, self->begin,
                            self->end, self->begin));
    }
    if (pending_room(self, header_size + bytes.size)) {
        frame_buffer(self, header, header_size, bytes);
        return INLAY_OK;
    }
    return frame_send(self, header, header_size, bytes, deadline);
}

inlay_status inlay_frame_write(int fd, uint64_t type_id, const void *payload,
                               size_t size, uint64_t deadline)
{
    uint8_t      header[INLAY_FRAME_SIZE];
    struct iovec parts[2] = {{header, sizeof header},
                             {(void *)(uintptr_t)payload, size}};

    inlay_frame_seal(header, type_id, INLAY_COMPRESSION_NONE, payload, size);
    return io_write(fd, parts, 2, deadline, NULL);
}
