// frame_reader.c -- frames out of a descriptor; see <inlay/frame.h>.
//
//     room   |  done  |header|  payload ...  |  more frames  |   free   |
//            0        begin                                  end capacity
//
// A payload that is wholly there, at an odd place, is moved down onto what is
// done to a multiple of 64. One that is not is moved first, and the rest is
// read behind it: so large ones are not moved at all. An empty buffer starts
// where the first payload is aligned without a move.

#include <string.h>

#include <inlay/gen.h>

#include "codec/frame/frame_wire.h"
#include "codec/frame/room.h"
#include "codec/io/io.h"

_Static_assert(INLAY_NEVER == IO_NEVER && INLAY_AT_ONCE == IO_AT_ONCE,
               "deadlines are one thing");

enum {
    BUFFER_SIZE = 64 << 10,
    BUFFER_SIZE_MIN = 256
};

static size_t header_size(const inlay_frame_reader *self)
{
    return self->options.short_frames ? (size_t)INLAY_FRAME_SHORT_SIZE
                                      : (size_t)INLAY_FRAME_SIZE;
}

// Where a frame starts so that its payload is aligned.
static size_t aligned_start(const inlay_frame_reader *self)
{
    return ROOM_ALIGN - header_size(self);
}

void inlay_frame_reader_init(inlay_frame_reader *self, int fd,
                             const inlay_frame_options *options)
{
    *self = (inlay_frame_reader){.fd = fd};
    if (options != NULL) {
        self->options = *options;
    }
    if (self->options.size_limit == 0) {
        self->options.size_limit = INLAY_FRAME_SIZE_LIMIT;
    }
    if (self->options.size_limit > SIZE_MAX / 4) {
        self->options.size_limit = SIZE_MAX / 4; // so that sums do not wrap
    }
    if (self->options.buffer_size == 0) {
        self->options.buffer_size = BUFFER_SIZE;
    }
    if (self->options.buffer_size < BUFFER_SIZE_MIN) {
        self->options.buffer_size = BUFFER_SIZE_MIN;
    }
    room_init(&self->room, self->options.alloc);
    room_init(&self->unpacked, self->options.alloc);
    self->begin = aligned_start(self);
    self->end = self->begin;
}

void inlay_frame_reader_release(inlay_frame_reader *self)
{
    room_release(&self->room);
    room_release(&self->unpacked);
}

uint64_t inlay_frame_reader_offset(const inlay_frame_reader *self)
{
    return self->offset;
}

// ---- Getting bytes ----------------------------------------------------------

// Moves what is not done to the aligned start of a room that holds `need` bytes
// from there.
static inlay_status reader_arrange(inlay_frame_reader *self, size_t need)
{
    size_t start = aligned_start(self);
    size_t have = self->end - self->begin;
    size_t capacity = need > SIZE_MAX - start ? SIZE_MAX : start + need;

    if (capacity > self->room.capacity) {
        inlay_status status;

        if (capacity < self->options.buffer_size) {
            capacity = self->options.buffer_size;
        }
        status =
            room_grow(&self->room, capacity, self->begin, self->end, start);
        if (status != INLAY_OK) {
            return status;
        }
    } else if (have > 0) {
        memmove(self->room.data + start, self->room.data + self->begin, have);
    }
    self->begin = start;
    self->end = start + have;
    return INLAY_OK;
}

// Returns whether `need` bytes from `begin` fit where they are, the payload
// aligned when it has yet to be read.
static bool reader_fits(const inlay_frame_reader *self, size_t need)
{
    size_t header = header_size(self);

    return self->room.capacity >= self->begin &&
           need <= self->room.capacity - self->begin &&
           (need <= header || (self->begin + header) % ROOM_ALIGN == 0);
}

// Reads until there are `need` bytes from `begin` on. INLAY_CLOSED when the
// stream ends before.
static inlay_status reader_fill(inlay_frame_reader *self, size_t need,
                                uint64_t deadline)
{
    if (self->end - self->begin >= need) {
        return INLAY_OK;
    }
    if (self->begin == self->end || !reader_fits(self, need)) {
        INLAY_TRY(reader_arrange(self, need));
    }
    while (self->end - self->begin < need) {
        size_t       got = 0;
        inlay_status status;

        if (self->ended) {
            return INLAY_CLOSED;
        }
        status = io_read(self->fd, self->room.data + self->end,
                         self->room.capacity - self->end, deadline, &got);
        self->ended = status == INLAY_CLOSED;
        self->end += got;
        if (status != INLAY_OK && status != INLAY_CLOSED) {
            return status;
        }
    }
    return INLAY_OK;
}

// ---- Frames -----------------------------------------------------------------

static bool is_passing(inlay_status status)
{
    return status == INLAY_WOULD_WAIT || status == INLAY_DEADLINE ||
           status == INLAY_OUT_OF_MEMORY || status == INLAY_SYSTEM ||
           status == INLAY_CLOSED;
}

// Reports a failure `at` bytes into the current frame, for ever if it is
// damage.
static inlay_status reader_fail(inlay_frame_reader *self, inlay_status status,
                                uint64_t at, inlay_error *error)
{
    inlay_error here;

    io_fail(&here, status, self->offset + at);
    if (!is_passing(status)) {
        self->error = here;
    }
    if (error != NULL) {
        *error = here;
    }
    return status;
}

// The stream has ended within a frame, or where one would start.
static inlay_status reader_end(const inlay_frame_reader *self, uint64_t *at)
{
    size_t have = self->end - self->begin;

    *at = have;
    if (have == 0) {
        return INLAY_CLOSED;
    }
    if (self->options.short_frames || have >= INLAY_FRAME_SIZE) {
        return INLAY_CUT_SHORT;
    }
    return frame_header_cut(self->room.data + self->begin, have, at);
}

static inlay_status reader_header(inlay_frame_reader *self, uint64_t deadline,
                                  frame_header *header, uint64_t *at)
{
    inlay_status status = reader_fill(self, header_size(self), deadline);

    *at = 0;
    if (status == INLAY_CLOSED) {
        return reader_end(self, at);
    }
    if (status != INLAY_OK) {
        return status;
    }
    if (self->options.short_frames) {
        frame_short_read(self->room.data + self->begin, header);
        header->type_id = self->options.type_id;
    } else {
        status = frame_header_read(self->room.data + self->begin,
                                   self->options.type_id, header, at);
    }
    if (status == INLAY_OK && header->length > self->options.size_limit) {
        *at = self->options.short_frames ? 0 : FRAME_AT_LENGTH;
        return INLAY_OVER_LIMIT;
    }
    return status;
}

// Puts the payload at a multiple of 64 and returns where it starts.
static size_t payload_align(inlay_frame_reader *self, size_t size)
{
    size_t from = self->begin + header_size(self);
    size_t to = from - from % ROOM_ALIGN;

    if (to != from) {
        memmove(self->room.data + to, self->room.data + from, size);
    }
    return to;
}

static inlay_status payload_check(const inlay_frame_reader *self,
                                  const frame_header *header, uint64_t *at)
{
    const uint8_t *bytes = self->room.data + self->begin;
    size_t         size = (size_t)header->length;
    uint64_t       check =
        self->options.short_frames
                  ? frame_short_check_of(bytes + INLAY_FRAME_SHORT_SIZE, size)
                  : frame_check_of(bytes, bytes + INLAY_FRAME_SIZE, size);

    *at = self->options.short_frames ? 4 : FRAME_AT_CHECK;
    return check == header->check ? INLAY_OK : INLAY_CHECKSUM;
}

static inlay_status payload_unpack(inlay_frame_reader *self, inlay_frame *frame)
{
    size_t       size;
    inlay_status status =
        room_unpack(&self->unpacked, frame->compression, frame->payload,
                    self->options.size_limit, &size);

    if (status == INLAY_OK) {
        frame->payload.data = self->unpacked.data;
        frame->payload.size = size;
        frame->compression = INLAY_COMPRESSION_NONE;
    }
    return status;
}

// Gives the frame that is wholly in the buffer.
static inlay_status reader_give(inlay_frame_reader *self,
                                const frame_header *header, inlay_frame *frame,
                                uint64_t *at)
{
    size_t      size = (size_t)header->length;
    size_t      whole = header_size(self) + size;
    inlay_frame found = {.type_id = header->type_id,
                         .compression = header->compression,
                         .check = header->check,
                         .offset = self->offset};

    INLAY_TRY(payload_check(self, header, at));
    *at = header_size(self);
    if (header->compression != INLAY_COMPRESSION_NONE &&
        !self->options.packed) {
        found.payload.data = self->room.data + self->begin + header_size(self);
        found.payload.size = size;
        INLAY_TRY(payload_unpack(self, &found));
    } else {
        found.payload.data = self->room.data + payload_align(self, size);
        found.payload.size = size;
    }
    self->begin += whole;
    self->offset += whole;
    *frame = found;
    return INLAY_OK;
}

inlay_status inlay_frame_reader_next(inlay_frame_reader *self,
                                     uint64_t deadline, inlay_frame *frame,
                                     inlay_error *error)
{
    frame_header header;
    inlay_status status;
    uint64_t     at;

    if (self->error.status != INLAY_OK) {
        if (error != NULL) {
            *error = self->error;
        }
        return self->error.status;
    }
    status = reader_header(self, deadline, &header, &at);
    if (status == INLAY_OK) {
        status = reader_fill(self, header_size(self) + (size_t)header.length,
                             deadline);
        at = self->end - self->begin;
        if (status == INLAY_CLOSED) {
            status = INLAY_CUT_SHORT;
        }
    }
    if (status == INLAY_OK) {
        status = reader_give(self, &header, frame, &at);
    }
    return status == INLAY_OK ? INLAY_OK : reader_fail(self, status, at, error);
}
