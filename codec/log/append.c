// append.c -- records into chunks, and chunks into the file; see
// <inlay/log.h>.
//
// A chunk is put together in one piece of memory, header first, so that it is
// written with one call and from where records were encoded to. Writing it goes
// to a place in the file that stays the same until it has succeeded.
#include "codec/log/append.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <inlay/wire.h>

#include "codec/compress/compress.h"
#include "codec/io/io.h"

enum {
    CHUNK_SIZE_DEFAULT = 1 << 18,
    ENDS_FIRST = 1 << 10,
    COUNT_MAX = 1 << 24 // of records in a chunk, since they may be empty
};

// ---- Memory -----------------------------------------------------------------

void log_init(inlay_log *self, const inlay_log_options *options)
{
    size_t size = options->chunk_size;

    *self = (inlay_log){
        .alloc = options->alloc != NULL ? options->alloc : &inlay_alloc_heap,
        .fd = -1,
        .compression = options->compression,
        .align = 8,
        .chunk_size = size == 0                     ? CHUNK_SIZE_DEFAULT
                      : size < INLAY_LOG_RECORD_MAX ? size
                                                    : INLAY_LOG_RECORD_MAX};
}

static void *memory_resize(const inlay_log *self, void *memory, size_t old,
                           size_t size)
{
    return self->alloc->resize(self->alloc->context, memory, old, size);
}

static size_t ends_bytes(uint32_t count)
{
    return (size_t)count * sizeof(uint32_t);
}

void log_release(inlay_log *self)
{
    if (self->buffer != NULL) {
        memory_resize(self, self->buffer, self->room, 0);
    }
    if (self->ends != NULL) {
        memory_resize(self, self->ends, ends_bytes(self->ends_room), 0);
    }
    if (self->packed != NULL) {
        memory_resize(self, self->packed, self->packed_room, 0);
    }
    if (self->fd >= 0) {
        close(self->fd);
    }
    *self = (inlay_log){.fd = -1, .failed = INLAY_SYSTEM};
}

// Makes the buffer hold `size` bytes of records, with the header before them,
// and their ends and pads behind.
static inlay_status buffer_grow(inlay_log *self, size_t size, uint32_t count)
{
    size_t   room = LOG_CHUNK_SIZE + size + ends_bytes(count) + LOG_GRAIN;
    uint8_t *buffer;

    if (room <= self->room) {
        return INLAY_OK;
    }
    room += room / 8;
    buffer = memory_resize(self, self->buffer, self->room, room);
    if (buffer == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    self->buffer = buffer;
    self->room = room;
    return INLAY_OK;
}

static inlay_status ends_grow(inlay_log *self)
{
    uint32_t  room = self->ends_room == 0 ? ENDS_FIRST : self->ends_room * 2;
    uint32_t *ends;

    if (self->count < self->ends_room) {
        return INLAY_OK;
    }
    ends = memory_resize(self, self->ends, ends_bytes(self->ends_room),
                         ends_bytes(room));
    if (ends == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    self->ends = ends;
    self->ends_room = room;
    return INLAY_OK;
}

// ---- Chunks -----------------------------------------------------------------

// Puts the ends behind the records; returns the size of both.
static uint32_t ends_write(inlay_log *self)
{
    uint8_t *to = self->buffer + LOG_CHUNK_SIZE + self->used;
    uint32_t i;

    for (i = 0; i < self->count; i++) {
        inlay_store_u32(to + ends_bytes(i), self->ends[i]);
    }
    return (uint32_t)(self->used + ends_bytes(self->count));
}

// Compresses the chunk; NULL where that does not serve. What goes wrong here,
// memory say, costs room in the file and nothing else.
static uint8_t *chunk_pack(inlay_log *self, log_chunk *chunk)
{
    size_t bound = compress_bound(self->compression, chunk->raw);
    size_t room = LOG_CHUNK_SIZE + bound + LOG_GRAIN;
    size_t packed;

    if (bound == 0) {
        return NULL;
    }
    if (self->packed_room < room) {
        uint8_t *memory =
            memory_resize(self, self->packed, self->packed_room, room);

        if (memory == NULL) {
            return NULL;
        }
        self->packed = memory;
        self->packed_room = room;
    }
    if (compress_pack(self->compression, self->buffer + LOG_CHUNK_SIZE,
                      chunk->raw, self->packed + LOG_CHUNK_SIZE, bound,
                      &packed) != INLAY_OK ||
        packed >= chunk->raw) {
        return NULL;
    }
    chunk->stored = (uint32_t)packed;
    chunk->compression = (uint8_t)self->compression;
    return self->packed;
}

static inlay_status chunk_write(inlay_log *self)
{
    log_chunk chunk = {.offset = self->offset,
                       .count = self->count,
                       .sequence = self->sequence - self->count,
                       .key = self->chunk_key};
    uint8_t  *bytes;
    uint64_t  extent;

    chunk.raw = ends_write(self);
    chunk.stored = chunk.raw;
    bytes = chunk_pack(self, &chunk);
    if (bytes == NULL) {
        bytes = self->buffer;
    }
    extent = log_chunk_extent(&chunk);
    memset(bytes + LOG_CHUNK_SIZE + chunk.stored, 0,
           (size_t)extent - LOG_CHUNK_SIZE - chunk.stored);
    chunk.data_hash = inlay_bytes_hash64(bytes + LOG_CHUNK_SIZE, chunk.stored);
    log_chunk_write(&chunk, self->marker, bytes);
    return io_write_at(self->fd, bytes, (size_t)extent, self->offset) ==
                   INLAY_OK
               ? (self->offset += extent, INLAY_OK)
               : INLAY_SYSTEM;
}

inlay_status inlay_log_flush(inlay_log *self)
{
    inlay_status status = self->failed;

    self->reserved = 0;
    if (status != INLAY_OK) {
        errno = EIO;
    } else if (self->count > 0) {
        status = chunk_write(self);
        if (status == INLAY_OK) {
            self->count = 0;
            self->used = 0;
        }
    }
    return status;
}

inlay_status inlay_log_skip(inlay_log *self, uint64_t sequence)
{
    inlay_status status = inlay_log_flush(self);

    if (status == INLAY_OK && sequence > self->sequence) {
        self->sequence = sequence;
    }
    return status;
}

inlay_status inlay_log_sync(inlay_log *self)
{
    inlay_status status = inlay_log_flush(self);

    if (status == INLAY_OK) {
        // What a failed fdatasync(2) was to write may be dropped and called
        // clean; the next one would say that all is well.
        status = io_sync(self->fd);
        self->failed = status;
    }
    return status;
}

inlay_status inlay_log_close(inlay_log *self)
{
    inlay_status status = inlay_log_flush(self);
    int          error = errno;

    log_release(self);
    errno = error;
    return status;
}

// ---- Records ----------------------------------------------------------------

void inlay_log_set_key(inlay_log *self, uint64_t key)
{
    if (key > self->key) {
        self->key = key;
    }
}

// Returns where the next record of the chunk starts.
static size_t record_start(const inlay_log *self)
{
    return (size_t)log_round_up(self->used, self->align);
}

inlay_status inlay_log_reserve(inlay_log *self, size_t size, uint8_t **room)
{
    size_t       start = record_start(self);
    inlay_status status = self->failed;

    if (size > INLAY_LOG_RECORD_MAX) {
        return INLAY_OVER_LIMIT;
    }
    if (status != INLAY_OK) {
        errno = EIO;
        return status;
    }
    if (self->count > 0 &&
        (start + size > self->chunk_size || self->count == COUNT_MAX)) {
        status = inlay_log_flush(self);
        start = record_start(self);
    }
    if (status == INLAY_OK) {
        status = ends_grow(self);
    }
    if (status == INLAY_OK) {
        size_t least = self->count == 0 && start + size < self->chunk_size
                           ? self->chunk_size
                           : start + size;

        status = buffer_grow(self, least, self->count + 1);
    }
    if (status != INLAY_OK) {
        return status;
    }
    self->reserved = size;
    *room = self->buffer + LOG_CHUNK_SIZE + start;
    return INLAY_OK;
}

void inlay_log_commit(inlay_log *self, size_t size)
{
    size_t start = record_start(self);

    size = size < self->reserved ? size : self->reserved;
    memset(self->buffer + LOG_CHUNK_SIZE + self->used, 0, start - self->used);
    if (self->count == 0) {
        self->chunk_key = self->key;
    }
    self->used = start + size;
    self->ends[self->count++] = (uint32_t)self->used;
    self->sequence++;
    self->reserved = 0;
}

inlay_status inlay_log_append(inlay_log *self, const void *data, size_t size)
{
    uint8_t     *room;
    inlay_status status = inlay_log_reserve(self, size, &room);

    if (status == INLAY_OK) {
        if (size > 0) {
            memcpy(room, data, size);
        }
        inlay_log_commit(self, size);
    }
    return status;
}
