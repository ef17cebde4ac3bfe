// format.c -- headers to and from bytes; see format.h.
#include "codec/log/format.h"

#include <string.h>

#include <inlay/wire.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
    VERSION = 1,
    HASHED = 56 // bytes of a header before its hash, of both kinds
};

static const uint8_t magic[8] = {0x89, 'I', 'L', 'O', 'G', '\r', '\n', 0x1a};

// ---- Files ------------------------------------------------------------------

void log_header_write(const log_header *self, uint8_t *to)
{
    memset(to, 0, LOG_HEADER_SIZE);
    memcpy(to, magic, sizeof magic);
    to[8] = VERSION;
    to[9] = self->align == 64 ? 6 : 3;
    inlay_store_u32(to + 12, self->description_size);
    memcpy(to + 16, self->marker, LOG_MARKER_SIZE);
    inlay_store_u64(to + 32, self->fingerprint.low);
    inlay_store_u64(to + 40, self->fingerprint.high);
    inlay_store_u64(to + 48, self->type_id);
    inlay_store_u64(to + HASHED, XXH3_64bits(to, HASHED));
}

inlay_status log_header_read(const uint8_t *from, log_header *self)
{
    if (memcmp(from, magic, sizeof magic) != 0) {
        return INLAY_MAGIC;
    }
    if (inlay_load_u64(from + HASHED) != XXH3_64bits(from, HASHED)) {
        return INLAY_CHECKSUM;
    }
    if (from[8] != VERSION) {
        return INLAY_OTHER_VERSION;
    }
    self->align = 1u << (from[9] & 31);
    self->description_size = inlay_load_u32(from + 12);
    memcpy(self->marker, from + 16, LOG_MARKER_SIZE);
    self->fingerprint.low = inlay_load_u64(from + 32);
    self->fingerprint.high = inlay_load_u64(from + 40);
    self->type_id = inlay_load_u64(from + 48);
    return (self->align == 8 || self->align == 64) && from[10] == 0 &&
                   from[11] == 0 &&
                   self->description_size <= INLAY_DESCRIPTION_SIZE_MAX
               ? INLAY_OK
               : INLAY_DAMAGED;
}

bool log_header_begins(const uint8_t *from, size_t size)
{
    size_t i = 0;

    while (i < size && from[i] == 0) {
        i++;
    }
    return i == size ||
           memcmp(from, magic, size < sizeof magic ? size : sizeof magic) == 0;
}

// ---- Chunks -----------------------------------------------------------------

void log_chunk_write(const log_chunk *self, const uint8_t *marker, uint8_t *to)
{
    memcpy(to, marker, LOG_MARKER_SIZE);
    inlay_store_u32(to + 16, self->stored);
    inlay_store_u32(to + 20, self->raw);
    inlay_store_u32(to + 24, self->count);
    inlay_store_u32(to + 28, self->compression);
    inlay_store_u64(to + 32, self->sequence);
    inlay_store_u64(to + 40, self->key);
    inlay_store_u64(to + 48, self->data_hash);
    inlay_store_u64(to + HASHED,
                    XXH3_64bits_withSeed(to, HASHED, self->offset));
}

bool log_chunk_read(const uint8_t *from, const uint8_t *marker, uint64_t offset,
                    log_chunk *self)
{
    uint32_t compression;

    if (memcmp(from, marker, LOG_MARKER_SIZE) != 0 ||
        inlay_load_u64(from + HASHED) !=
            XXH3_64bits_withSeed(from, HASHED, offset)) {
        return false;
    }
    self->offset = offset;
    self->stored = inlay_load_u32(from + 16);
    self->raw = inlay_load_u32(from + 20);
    self->count = inlay_load_u32(from + 24);
    compression = inlay_load_u32(from + 28);
    self->compression = (uint8_t)compression;
    self->sequence = inlay_load_u64(from + 32);
    self->key = inlay_load_u64(from + 40);
    self->data_hash = inlay_load_u64(from + 48);
    return self->count > 0 && self->raw <= LOG_RAW_MAX &&
           self->count <= self->raw / 4 && compression <= INLAY_LOG_ZSTD &&
           self->stored <= self->raw &&
           (compression != INLAY_LOG_PLAIN || self->stored == self->raw);
}

bool log_ends_are_valid(const uint8_t *data, const log_chunk *chunk,
                        uint32_t align)
{
    uint32_t       size = chunk->raw - 4 * chunk->count;
    const uint8_t *ends = data + size;
    uint64_t       before = 0;
    bool           bad = false;
    uint32_t       i;

    for (i = 0; i < chunk->count; i++) {
        uint64_t end = inlay_load_u32(ends + (size_t)i * 4);

        bad |= end < log_round_up(before, align);
        before = end;
    }
    return !bad && before == size;
}
