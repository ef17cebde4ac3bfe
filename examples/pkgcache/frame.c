// frame.c -- see frame.h.
#include "frame.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <inlay/wire.h>

enum {
    VERSION = 1,
    AT_VERSION = 4,
    AT_FLAGS = 5,
    AT_RESERVED = 6,
    AT_TYPE = 8,
    AT_LENGTH = 16,
    AT_CHECK = 24
};

static const char magic[AT_VERSION] = {'I', 'N', 'L', 'Y'};

const char *frame_fault_text(frame_fault fault)
{
    static const char *const texts[] = {
        [FRAME_GOOD] = "all is well",
        [FRAME_EMPTY] = "the file is empty",
        [FRAME_SHORT] = "the file ends within its header",
        [FRAME_MAGIC] = "not a file of Inlay's: the magic is wrong",
        [FRAME_VERSION] = "a version of frames that is not known here",
        [FRAME_FLAGS] = "a compressed payload, which is not read here",
        [FRAME_RESERVED] = "reserved bytes of the header are not zero",
        [FRAME_TYPE] = "a message of another type",
        [FRAME_TRUNCATED] = "the file is cut short",
        [FRAME_TRAILING] = "bytes follow the payload",
        [FRAME_CHECKSUM] = "the checksum is not that of the payload",
    };

    return texts[fault];
}

static uint64_t frame_hash(const uint8_t *header, inlay_bytes payload)
{
    // The seed ties the header in: a frame of another type or size does not
    // pass with this payload.
    uint64_t seed = XXH3_64bits(header, AT_CHECK);

    return XXH3_64bits_withSeed(payload.data, payload.size, seed);
}

void frame_seal(uint8_t *header, uint64_t type_id, inlay_bytes payload)
{
    memcpy(header, magic, sizeof magic);
    header[AT_VERSION] = VERSION;
    header[AT_FLAGS] = 0;
    inlay_store_u16(header + AT_RESERVED, 0);
    inlay_store_u64(header + AT_TYPE, type_id);
    inlay_store_u64(header + AT_LENGTH, payload.size);
    inlay_store_u64(header + AT_CHECK, frame_hash(header, payload));
}

// Looks at all of the header but length and checksum.
static frame_fault header_check(const uint8_t *header, uint64_t type_id,
                                uint64_t *offset)
{
    *offset = 0;
    if (memcmp(header, magic, sizeof magic) != 0) {
        return FRAME_MAGIC;
    }
    *offset = AT_VERSION;
    if (header[AT_VERSION] != VERSION) {
        return FRAME_VERSION;
    }
    *offset = AT_FLAGS;
    if (header[AT_FLAGS] != 0) {
        return FRAME_FLAGS;
    }
    *offset = AT_RESERVED;
    if (inlay_load_u16(header + AT_RESERVED) != 0) {
        return FRAME_RESERVED;
    }
    *offset = AT_TYPE;
    return inlay_load_u64(header + AT_TYPE) == type_id ? FRAME_GOOD
                                                       : FRAME_TYPE;
}

frame_fault frame_open(inlay_bytes file, uint64_t type_id, inlay_bytes *payload,
                       uint64_t *offset)
{
    inlay_bytes rest = {NULL, 0};
    frame_fault fault;
    uint64_t    length;

    *payload = rest;
    *offset = file.size;
    if (file.size < FRAME_SIZE) {
        // Say that it is no such file at all, where that can be told.
        if (file.size >= sizeof magic &&
            memcmp(file.data, magic, sizeof magic) != 0) {
            *offset = 0;
            return FRAME_MAGIC;
        }
        return file.size == 0 ? FRAME_EMPTY : FRAME_SHORT;
    }
    fault = header_check(file.data, type_id, offset);
    if (fault != FRAME_GOOD) {
        return fault;
    }
    payload->data = file.data + FRAME_SIZE;
    payload->size = file.size - FRAME_SIZE;
    length = inlay_load_u64(file.data + AT_LENGTH);
    if (length > payload->size) {
        *offset = file.size;
        return FRAME_TRUNCATED;
    }
    *offset = FRAME_SIZE + length;
    if (length < payload->size) {
        payload->size = (size_t)length;
        return FRAME_TRAILING;
    }
    return FRAME_GOOD;
}

bool frame_check(const uint8_t *header, inlay_bytes payload)
{
    return inlay_load_u64(header + AT_CHECK) == frame_hash(header, payload);
}
