// frame_buffer.c -- whole frames into buffers and out of them; see
// <inlay/frame.h>.

#include <string.h>

#include "codec/compress/compress.h"
#include "codec/frame/room.h"

// Packs to behind the header that is to come; `*packed` is `size` where packing
// does not make it smaller.
static inlay_status payload_pack(inlay_buffer     *out,
                                 inlay_compression compression,
                                 const void *payload, size_t size,
                                 size_t *packed)
{
    size_t   bound = compress_bound(compression, size);
    uint8_t *to;

    if (!compress_built_in(compression)) {
        return INLAY_NOT_BUILT_IN;
    }
    if (bound == 0 || bound > SIZE_MAX - INLAY_FRAME_SIZE) {
        return INLAY_TOO_LARGE;
    }
    to = inlay_buffer_reserve(out, INLAY_FRAME_SIZE + bound);
    if (to == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    return compress_pack(compression, payload, size, to + INLAY_FRAME_SIZE,
                         bound, packed);
}

static inlay_status payload_copy(inlay_buffer *out, const void *payload,
                                 size_t size)
{
    uint8_t *to;

    if (size > SIZE_MAX - INLAY_FRAME_SIZE) {
        return INLAY_TOO_LARGE;
    }
    to = inlay_buffer_reserve(out, INLAY_FRAME_SIZE + size);
    if (to == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    if (size > 0) {
        memcpy(to + INLAY_FRAME_SIZE, payload, size);
    }
    return INLAY_OK;
}

inlay_status inlay_frame_append(inlay_buffer *out, uint64_t type_id,
                                inlay_compression compression,
                                const void *payload, size_t size)
{
    size_t       stored = size;
    inlay_status status = INLAY_OK;
    uint8_t     *header;

    if (compression != INLAY_COMPRESSION_NONE && size > 0) {
        status = payload_pack(out, compression, payload, size, &stored);
    }
    if (stored >= size && status == INLAY_OK) {
        compression = INLAY_COMPRESSION_NONE;
        stored = size;
        status = payload_copy(out, payload, size);
    }
    if (status != INLAY_OK) {
        return status;
    }
    header = out->data + out->size;
    inlay_frame_seal(header, type_id, compression, header + INLAY_FRAME_SIZE,
                     stored);
    out->size += INLAY_FRAME_SIZE + stored;
    return INLAY_OK;
}

inlay_status inlay_frame_unpack(const inlay_frame *frame, size_t size_limit,
                                inlay_buffer *out)
{
    inlay_bytes  held = frame->payload;
    inlay_room   room;
    inlay_status status = INLAY_OK;

    room_init(&room, out->alloc);
    if (frame->compression != INLAY_COMPRESSION_NONE) {
        status = room_unpack(&room, frame->compression, frame->payload,
                             size_limit, &held.size);
        held.data = room.data;
    } else if (held.size > size_limit) {
        status = INLAY_OVER_LIMIT;
    }
    if (status == INLAY_OK && !inlay_buffer_append(out, held.data, held.size)) {
        status = INLAY_OUT_OF_MEMORY;
    }
    room_release(&room);
    return status;
}
