// frame.c -- frames in memory, and their headers; see <inlay/frame.h>.

#include "codec/frame/frame_wire.h"

#include <string.h>

#include <inlay/wire.h>

#include "codec/compress/compress.h"
#include "codec/io/io.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

_Static_assert((int)INLAY_COMPRESSION_LZ4 == (int)COMPRESS_LZ4 &&
                   (int)INLAY_COMPRESSION_ZSTD == (int)COMPRESS_ZSTD,
               "one numbering for all");

static const uint8_t magic[FRAME_AT_VERSION] = {'I', 'N', 'L', 'Y'};

bool inlay_compression_built_in(inlay_compression compression)
{
    return compress_built_in(compression);
}

// ---- Checks -----------------------------------------------------------------

uint64_t frame_check_of(const uint8_t *header, const void *payload, size_t size)
{
    // The seed ties the header in: a frame of another type or size does not
    // pass with this payload.
    uint64_t seed = XXH3_64bits(header, FRAME_AT_CHECK);

    return XXH3_64bits_withSeed(payload, size, seed);
}

uint64_t frame_short_check_of(const void *payload, size_t size)
{
    return (uint32_t)XXH3_64bits_withSeed(payload, size, size);
}

// ---- Headers ----------------------------------------------------------------

// All of a header but the check.
static void header_write(uint8_t *header, uint64_t type_id,
                         inlay_compression compression, uint64_t length)
{
    memcpy(header, magic, sizeof magic);
    header[FRAME_AT_VERSION] = INLAY_FRAME_VERSION;
    header[FRAME_AT_FLAGS] = (uint8_t)compression;
    inlay_store_u16(header + FRAME_AT_RESERVED, 0);
    inlay_store_u64(header + FRAME_AT_TYPE, type_id);
    inlay_store_u64(header + FRAME_AT_LENGTH, length);
}

void inlay_frame_seal(uint8_t *header, uint64_t type_id,
                      inlay_compression compression, const void *payload,
                      size_t size)
{
    header_write(header, type_id, compression, size);
    inlay_store_u64(header + FRAME_AT_CHECK,
                    frame_check_of(header, payload, size));
}

inlay_status frame_header_read(const uint8_t *bytes, uint64_t type_id,
                               frame_header *header, uint64_t *at)
{
    uint64_t type = inlay_load_u64(bytes + FRAME_AT_TYPE);

    *at = 0;
    if (memcmp(bytes, magic, sizeof magic) != 0) {
        return INLAY_MAGIC;
    }
    *at = FRAME_AT_VERSION;
    if (bytes[FRAME_AT_VERSION] != INLAY_FRAME_VERSION) {
        return INLAY_OTHER_VERSION;
    }
    *at = FRAME_AT_FLAGS;
    if (bytes[FRAME_AT_FLAGS] > INLAY_COMPRESSION_ZSTD) {
        return INLAY_FLAGS;
    }
    *at = FRAME_AT_RESERVED;
    if (inlay_load_u16(bytes + FRAME_AT_RESERVED) != 0) {
        return INLAY_FLAGS;
    }
    *at = FRAME_AT_TYPE;
    if (type_id != INLAY_FRAME_ANY_TYPE && type != type_id) {
        return INLAY_TYPE_ID;
    }
    header->type_id = type;
    header->length = inlay_load_u64(bytes + FRAME_AT_LENGTH);
    header->check = inlay_load_u64(bytes + FRAME_AT_CHECK);
    header->compression = (inlay_compression)bytes[FRAME_AT_FLAGS];
    return INLAY_OK;
}

inlay_status frame_header_cut(const uint8_t *bytes, size_t size, uint64_t *at)
{
    size_t head = size < sizeof magic ? size : sizeof magic;

    *at = 0;
    if (head > 0 && memcmp(bytes, magic, head) != 0) {
        return INLAY_MAGIC;
    }
    *at = size;
    return INLAY_CUT_SHORT;
}

void frame_short_read(const uint8_t *bytes, frame_header *header)
{
    header->type_id = INLAY_FRAME_ANY_TYPE;
    header->length = inlay_load_u32(bytes);
    header->check = inlay_load_u32(bytes + 4);
    header->compression = INLAY_COMPRESSION_NONE;
}

// ---- In memory --------------------------------------------------------------

// Sets the frame of a header, its payload cut to what there is.
static void frame_set(inlay_frame *frame, const frame_header *header,
                      const uint8_t *payload, size_t available)
{
    frame->type_id = header->type_id;
    frame->compression = header->compression;
    frame->payload.data = payload;
    frame->payload.size =
        header->length < available ? (size_t)header->length : available;
    frame->check = header->check;
    frame->offset = 0;
}

inlay_status inlay_frame_open(const void *data, size_t size, uint64_t type_id,
                              inlay_frame *frame, inlay_error *error)
{
    const uint8_t *bytes = data;
    frame_header   header;
    inlay_status   status;
    uint64_t       at;

    if (size < INLAY_FRAME_SIZE) {
        status = frame_header_cut(bytes, size, &at);
        return io_fail(error, status, at);
    }
    status = frame_header_read(bytes, type_id, &header, &at);
    if (status != INLAY_OK) {
        return io_fail(error, status, at);
    }
    size -= INLAY_FRAME_SIZE;
    frame_set(frame, &header, bytes + INLAY_FRAME_SIZE, size);
    if (header.length > size) {
        return io_fail(error, INLAY_CUT_SHORT, INLAY_FRAME_SIZE + size);
    }
    return INLAY_OK;
}

inlay_status inlay_frame_check(const inlay_frame *frame, inlay_error *error)
{
    uint8_t header[FRAME_AT_CHECK];

    header_write(header, frame->type_id, frame->compression,
                 frame->payload.size);
    if (frame_check_of(header, frame->payload.data, frame->payload.size) !=
        frame->check) {
        return io_fail(error, INLAY_CHECKSUM, frame->offset + FRAME_AT_CHECK);
    }
    return INLAY_OK;
}

void inlay_frame_short_seal(uint8_t *header, const void *payload, uint32_t size)
{
    inlay_store_u32(header, size);
    inlay_store_u32(header + 4, (uint32_t)frame_short_check_of(payload, size));
}

inlay_status inlay_frame_short_open(const void *data, size_t size,
                                    inlay_frame *frame, inlay_error *error)
{
    const uint8_t *bytes = data;
    frame_header   header;

    if (size < INLAY_FRAME_SHORT_SIZE) {
        return io_fail(error, INLAY_CUT_SHORT, size);
    }
    frame_short_read(bytes, &header);
    if (header.length > size - INLAY_FRAME_SHORT_SIZE) {
        return io_fail(error, INLAY_CUT_SHORT, size);
    }
    if (frame_short_check_of(bytes + INLAY_FRAME_SHORT_SIZE,
                             (size_t)header.length) != header.check) {
        return io_fail(error, INLAY_CHECKSUM, 4);
    }
    frame_set(frame, &header, bytes + INLAY_FRAME_SHORT_SIZE,
              (size_t)header.length);
    return INLAY_OK;
}
