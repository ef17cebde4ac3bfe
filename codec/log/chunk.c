// chunk.c -- finds and loads chunks; see reader.h.
//
// All bytes come through view(), from the map or by pread(2) into memory of the
// reader's own: in the second case nobody can change what was looked at, nor
// take it away. Nothing is read beyond the size that the file last had.
#include "codec/log/reader.h"

#include <string.h>

#include <sys/mman.h>

#include "codec/compress/compress.h"
#include "codec/io/io.h"

enum {
    STORED = 0, // of the reader's two pieces of memory
    UNPACKED = 1,
    SEARCH_SIZE = 1 << 18 // how much is searched at once
};

// Returns `size` bytes of the reader's own, at a multiple of 64; NULL when
// memory ran out.
static uint8_t *room_take(inlay_log_reader *self, int which, size_t size)
{
    uint8_t *memory = self->memory[which];

    if (self->memory_size[which] < size + LOG_GRAIN) {
        size_t room = size + size / 4 + LOG_GRAIN;

        if (memory != NULL) {
            self->alloc->resize(self->alloc->context, memory,
                                self->memory_size[which], 0);
        }
        memory = self->alloc->resize(self->alloc->context, NULL, 0, room);
        self->memory[which] = memory;
        self->memory_size[which] = memory != NULL ? room : 0;
        if (memory == NULL) {
            return NULL;
        }
    }
    return memory + (LOG_GRAIN - (uintptr_t)memory % LOG_GRAIN) % LOG_GRAIN;
}

// Maps the file anew when it has outgrown the map; room for as much again costs
// nothing, and is not touched before the file has grown into it.
static inlay_status map_grow(inlay_log_reader *self, uint64_t size)
{
    uint64_t room = size + size / 2 + (1 << 20);
    void    *map;

    if (size <= self->map_size) {
        return INLAY_OK;
    }
    if (room > SIZE_MAX / 2) {
        return INLAY_OUT_OF_MEMORY;
    }
    if (self->map != NULL) {
        munmap((void *)(uintptr_t)self->map, self->map_size);
        self->map = NULL;
        self->map_size = 0;
    }
    map = mmap(NULL, (size_t)room, PROT_READ, MAP_SHARED, self->fd, 0);
    if (map == MAP_FAILED) {
        return INLAY_SYSTEM;
    }
    self->map = map;
    self->map_size = (size_t)room;
    return INLAY_OK;
}

// Sets `*data` to `size` bytes at `offset`, which the file has, or had: when it
// was cut meanwhile, INLAY_CHECKSUM.
static inlay_status view(inlay_log_reader *self, uint64_t offset, size_t size,
                         const uint8_t **data)
{
    uint8_t     *room;
    inlay_status status;

    if (self->mapped) {
        status = map_grow(self, offset + size);
        *data = status == INLAY_OK ? self->map + offset : NULL;
        return status;
    }
    room = room_take(self, STORED, size);
    if (room == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    *data = room;
    status = io_read_at(self->fd, room, size, offset);
    return status == INLAY_CUT_SHORT ? INLAY_CHECKSUM : status;
}

// ---- One chunk --------------------------------------------------------------

// Unpacks, where that is needed.
static inlay_status chunk_unpack(inlay_log_reader *self, const log_chunk *chunk,
                                 const uint8_t **data)
{
    uint8_t     *room;
    uint64_t     raw;
    inlay_status status;

    if (chunk->compression == INLAY_LOG_PLAIN) {
        return INLAY_OK;
    }
    if (!compress_built_in(chunk->compression)) {
        return INLAY_NOT_BUILT_IN;
    }
    status = compress_raw_size(chunk->compression, *data, chunk->stored, &raw);
    if (status != INLAY_OK || raw != chunk->raw) {
        return status == INLAY_OUT_OF_MEMORY ? status : INLAY_CHECKSUM;
    }
    room = room_take(self, UNPACKED, chunk->raw);
    if (room == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    status = compress_unpack(chunk->compression, *data, chunk->stored, room,
                             chunk->raw);
    *data = room;
    return status == INLAY_COMPRESSION ? INLAY_CHECKSUM : status;
}

inlay_status log_chunk_take(inlay_log_reader *self, uint64_t offset,
                            log_chunk *chunk)
{
    const uint8_t *data;
    inlay_status   status;

    self->count = 0;
    self->next = 0;
    chunk->offset = offset + LOG_GRAIN;
    if (offset > self->size || self->size - offset < LOG_CHUNK_SIZE) {
        return INLAY_CHECKSUM;
    }
    status = view(self, offset, LOG_CHUNK_SIZE, &data);
    if (status != INLAY_OK) {
        return status;
    }
    if (!log_chunk_read(data, self->marker, offset, chunk)) {
        chunk->offset = offset + LOG_GRAIN;
        return INLAY_CHECKSUM;
    }
    chunk->offset = offset + log_chunk_extent(chunk);
    if (chunk->stored > self->size - offset - LOG_CHUNK_SIZE ||
        chunk->raw > self->limit) {
        return INLAY_CHECKSUM;
    }
    status = view(self, offset + LOG_CHUNK_SIZE, chunk->stored, &data);
    if (status == INLAY_OK &&
        inlay_bytes_hash64(data, chunk->stored) != chunk->data_hash) {
        status = INLAY_CHECKSUM;
    }
    if (status == INLAY_OK) {
        status = chunk_unpack(self, chunk, &data);
    }
    if (status == INLAY_OK && !log_ends_are_valid(data, chunk, self->align)) {
        status = INLAY_CHECKSUM;
    }
    if (status == INLAY_OK) {
        chunk->offset = offset;
        self->offset = offset;
        self->key = chunk->key;
        self->sequence = chunk->sequence;
        self->count = chunk->count;
        self->data = data;
        self->ends = data + (chunk->raw - 4 * chunk->count);
    }
    return status;
}

// ---- Searching --------------------------------------------------------------

// Returns the first header among `size` bytes that lie at `offset`; false when
// there is none.
static bool search(const inlay_log_reader *self, const uint8_t *data,
                   size_t size, uint64_t offset, log_chunk *chunk)
{
    uint64_t marker, here;
    size_t   at;

    memcpy(&marker, self->marker, sizeof marker);
    for (at = 0; at + LOG_CHUNK_SIZE <= size; at += LOG_GRAIN) {
        memcpy(&here, data + at, sizeof here);
        if (here == marker &&
            log_chunk_read(data + at, self->marker, offset + at, chunk)) {
            return true;
        }
    }
    return false;
}

inlay_status log_chunk_find(inlay_log_reader *self, uint64_t from, uint64_t to,
                            log_chunk *chunk)
{
    uint64_t at = log_round_up(from, LOG_GRAIN);

    while (at < to && at < self->size && self->size - at >= LOG_CHUNK_SIZE) {
        uint64_t left = self->size - at < to - at ? self->size - at : to - at;
        size_t   size = left < SEARCH_SIZE ? (size_t)left : SEARCH_SIZE;
        const uint8_t *data;
        inlay_status   status;

        // A header that starts before `to` is looked at as a whole.
        size = (size_t)log_round_up(size, LOG_GRAIN);
        if (size > self->size - at) {
            size -= LOG_GRAIN;
        }
        status = view(self, at, size, &data);
        if (status != INLAY_OK) {
            return status == INLAY_CHECKSUM ? INLAY_CLOSED : status;
        }
        if (search(self, data, size, at, chunk)) {
            return INLAY_OK;
        }
        at += size;
    }
    return INLAY_CLOSED;
}

inlay_status log_chunk_find_whole(inlay_log_reader *self, uint64_t from,
                                  log_chunk *chunk)
{
    inlay_status status = INLAY_CHECKSUM;

    while (status == INLAY_CHECKSUM) {
        status = log_chunk_find(self, from, self->size, chunk);
        if (status == INLAY_OK) {
            status = log_chunk_take(self, chunk->offset, chunk);
            from = chunk->offset;
        }
    }
    return status;
}

// Returns the last header that starts in [from, to).
static inlay_status find_last_header(inlay_log_reader *self, uint64_t from,
                                     uint64_t to, log_chunk *chunk)
{
    uint64_t     end = to;
    inlay_status status = INLAY_CLOSED;

    while (status == INLAY_CLOSED && end > from) {
        uint64_t  start = end - from > SEARCH_SIZE ? end - SEARCH_SIZE : from;
        log_chunk found;

        start &= ~(uint64_t)(LOG_GRAIN - 1);
        status = log_chunk_find(self, start, end, &found);
        while (status == INLAY_OK) {
            *chunk = found;
            status =
                log_chunk_find(self, found.offset + LOG_GRAIN, end, &found);
            if (status == INLAY_CLOSED) {
                return INLAY_OK;
            }
        }
        end = start;
    }
    return status;
}

// What is not whole bounds what comes before: chunks do not overlap, so that no
// byte is hashed twice.
inlay_status log_chunk_find_last(inlay_log_reader *self, log_chunk *chunk)
{
    uint64_t     size = self->size;
    uint64_t     end = size;
    inlay_status status = INLAY_CHECKSUM;

    while (status == INLAY_CHECKSUM) {
        status = find_last_header(self, self->start, end, chunk);
        if (status == INLAY_OK) {
            end = chunk->offset;
            status = log_chunk_take(self, end, chunk);
            self->size = end; // for the next round
        }
    }
    self->size = size;
    return status;
}
