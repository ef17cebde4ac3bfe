// room.c -- see room.h.

#include "codec/frame/room.h"

#include <string.h>

#include "codec/compress/compress.h"

enum {
    GUESS_LEAST = 4096, // room for what a header does not give the size of
    GUESS_TIMES = 4
};

void room_init(inlay_room *self, const inlay_alloc *alloc)
{
    *self = (inlay_room){0};
    self->alloc = alloc != NULL ? alloc : &inlay_alloc_heap;
}

void room_release(inlay_room *self)
{
    if (self->memory != NULL) {
        self->alloc->resize(self->alloc->context, self->memory,
                            self->capacity + ROOM_ALIGN, 0);
    }
    room_init(self, self->alloc);
}

inlay_status room_grow(inlay_room *self, size_t capacity, size_t from,
                       size_t to, size_t target)
{
    uint8_t *memory;
    uint8_t *data;

    if (capacity <= self->capacity) {
        return INLAY_OK;
    }
    if (capacity > SIZE_MAX - ROOM_ALIGN) {
        return INLAY_OUT_OF_MEMORY;
    }
    memory = self->alloc->resize(self->alloc->context, NULL, 0,
                                 capacity + ROOM_ALIGN);
    if (memory == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    data = memory + (ROOM_ALIGN - (uintptr_t)memory % ROOM_ALIGN);
    if (from < to) {
        memcpy(data + target, self->data + from, to - from);
    }
    room_release(self);
    self->memory = memory;
    self->data = data;
    self->capacity = capacity;
    return INLAY_OK;
}

inlay_status room_pack(inlay_room *self, inlay_compression compression,
                       inlay_bytes bytes, size_t *packed)
{
    size_t       bound = compress_bound(compression, bytes.size);
    inlay_status status;

    if (bound == 0) {
        return compress_built_in(compression) ? INLAY_TOO_LARGE
                                              : INLAY_NOT_BUILT_IN;
    }
    status = room_grow(self, bound, 0, 0, 0);
    if (status != INLAY_OK) {
        return status;
    }
    return compress_pack(compression, bytes.data, bytes.size, self->data,
                         self->capacity, packed);
}

// Unpacks what its header gives the size of.
static inlay_status unpack_exactly(inlay_room       *self,
                                   inlay_compression compression,
                                   inlay_bytes packed, size_t raw, size_t *size)
{
    inlay_status status = room_grow(self, raw, 0, 0, 0);

    if (status == INLAY_OK) {
        status = compress_unpack(compression, packed.data, packed.size,
                                 self->data, raw);
    }
    if (status == INLAY_OK) {
        *size = raw;
    }
    return status;
}

// Tries twice the room each time it was too little: twice the work in all.
static inlay_status unpack_by_guess(inlay_room       *self,
                                    inlay_compression compression,
                                    inlay_bytes packed, size_t size_limit,
                                    size_t *size)
{
    size_t room = packed.size < SIZE_MAX / GUESS_TIMES
                      ? packed.size * GUESS_TIMES
                      : SIZE_MAX;

    room = room < GUESS_LEAST ? GUESS_LEAST : room;
    for (;;) {
        inlay_status status;

        room = room < size_limit ? room : size_limit;
        status = room_grow(self, room, 0, 0, 0);
        if (status == INLAY_OK) {
            status = compress_unpack_within(
                compression, packed.data, packed.size, self->data, room, size);
        }
        if (status != INLAY_BUFFER_TOO_SMALL) {
            return status;
        }
        if (room == size_limit) {
            return INLAY_OVER_LIMIT;
        }
        room = room <= SIZE_MAX / 2 ? room * 2 : SIZE_MAX;
    }
}

inlay_status room_unpack(inlay_room *self, inlay_compression compression,
                         inlay_bytes packed, size_t size_limit, size_t *size)
{
    uint64_t raw;

    if (!compress_built_in(compression)) {
        return INLAY_NOT_BUILT_IN;
    }
    if (compress_raw_size(compression, packed.data, packed.size, &raw) !=
        INLAY_OK) {
        return unpack_by_guess(self, compression, packed, size_limit, size);
    }
    if (raw > size_limit) {
        return INLAY_OVER_LIMIT;
    }
    return unpack_exactly(self, compression, packed, (size_t)raw, size);
}
