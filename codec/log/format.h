/* format.h -- the bytes of a log's header and of its chunks' headers, as the
 * tables in <inlay/log.h> have them.
 *
 * Who may include it: codec/log/.
 */
#ifndef CODEC_LOG_FORMAT_H
#define CODEC_LOG_FORMAT_H

#include <inlay/log.h>

enum {
    LOG_HEADER_SIZE = 64, /* of a file's, without the description */
    LOG_CHUNK_SIZE = 64,  /* of a chunk's header */
    LOG_GRAIN = 64,       /* where headers and chunks start */
    LOG_MARKER_SIZE = 16
};

/* What chunks hold at most: a record, what is before it, and the ends. */
#define LOG_RAW_MAX (UINT32_C(3) << 30)

static inline uint64_t log_round_up(uint64_t size, uint64_t to)
{
    return (size + (to - 1)) & ~(to - 1);
}

/* ---- Files --------------------------------------------------------------- */

typedef struct log_header {
    uint32_t      align;
    uint32_t      description_size;
    uint8_t       marker[LOG_MARKER_SIZE];
    inlay_hash128 fingerprint;
    uint64_t      type_id;
} log_header;

/* Bytes of a header with its description and pad; there are two. */
static inline uint64_t log_header_extent(const log_header *self)
{
    return log_round_up(LOG_HEADER_SIZE + (uint64_t)self->description_size,
                        LOG_GRAIN);
}

void log_header_write(const log_header *self, uint8_t *to);

/* Reads LOG_HEADER_SIZE bytes. INLAY_MAGIC, INLAY_CHECKSUM,
 * INLAY_OTHER_VERSION, INLAY_DAMAGED. */
INLAY_NODISCARD inlay_status log_header_read(const uint8_t *from,
                                             log_header    *self);

/* Returns whether some bytes could be the start of a header that was cut off:
 * of the magic number, or zeros. */
bool log_header_begins(const uint8_t *from, size_t size);

/* ---- Chunks -------------------------------------------------------------- */

typedef struct log_chunk {
    uint64_t offset; /* in the file */
    uint32_t stored;
    uint32_t raw;
    uint32_t count;
    uint8_t  compression;
    uint64_t sequence;
    uint64_t key;
    uint64_t data_hash;
} log_chunk;

/* Bytes that a chunk takes in the file. */
static inline uint64_t log_chunk_extent(const log_chunk *self)
{
    return LOG_CHUNK_SIZE + log_round_up(self->stored, LOG_GRAIN);
}

void log_chunk_write(const log_chunk *self, const uint8_t *marker, uint8_t *to);

/* Reads what lies at `offset`; false when it is no chunk's header. */
bool log_chunk_read(const uint8_t *from, const uint8_t *marker, uint64_t offset,
                    log_chunk *self);

/* Returns whether the ends of records, `raw` bytes of both, are in order. */
bool log_ends_are_valid(const uint8_t *data, const log_chunk *chunk,
                        uint32_t align);

#endif
