/* frame_wire.h -- the headers of frames as bytes: what memory, readers and
 * writers share. Private to codec/frame.
 */
#ifndef CODEC_FRAME_FRAME_WIRE_H
#define CODEC_FRAME_FRAME_WIRE_H

#include <inlay/frame.h>

enum {
    FRAME_AT_VERSION = 4,
    FRAME_AT_FLAGS = 5,
    FRAME_AT_RESERVED = 6,
    FRAME_AT_TYPE = 8,
    FRAME_AT_LENGTH = 16,
    FRAME_AT_CHECK = 24
};

/* What a header says. `at` is where in the header the failure lies. */
typedef struct frame_header {
    uint64_t          type_id;
    uint64_t          length;
    uint64_t          check;
    inlay_compression compression;
} frame_header;

/* Reads a header of INLAY_FRAME_SIZE bytes: INLAY_MAGIC, INLAY_OTHER_VERSION,
 * INLAY_FLAGS, INLAY_TYPE_ID. The length may be anything. */
INLAY_NODISCARD inlay_status frame_header_read(const uint8_t *bytes,
                                               uint64_t       type_id,
                                               frame_header  *header,
                                               uint64_t      *at);

/* The same of the first `size` bytes of a header that are all there is: is that
 * the start of one? INLAY_CUT_SHORT when it is. */
INLAY_NODISCARD inlay_status frame_header_cut(const uint8_t *bytes, size_t size,
                                              uint64_t *at);

/* Reads a short header of INLAY_FRAME_SHORT_SIZE bytes. */
void frame_short_read(const uint8_t *bytes, frame_header *header);

/* Returns the check that belongs to a payload. `header` are the first
 * FRAME_AT_CHECK bytes of a frame. */
uint64_t frame_check_of(const uint8_t *header, const void *payload,
                        size_t size);
uint64_t frame_short_check_of(const void *payload, size_t size);

#endif
