/* codec.h -- a small codec that is compiled in several ways while claims are
 * measured: claims 22 and 23. */
#ifndef WORKLOAD_CODEC_H
#define WORKLOAD_CODEC_H

#include <stddef.h>
#include <stdint.h>

typedef struct record {
    uint64_t id;
    int32_t  delta;
    uint32_t flags;
    char     name[24];
    uint8_t  name_size;
} record;

/* Writes varints, and names behind their sizes; returns where it ended. */
uint8_t *record_write(const record *self, uint8_t *to);

/* Reads one back; NULL when the bytes are no record. */
const uint8_t *record_read(record *self, const uint8_t *from,
                           const uint8_t *end);

/* Scales samples, rounds them to 16 bits and adds up what that loses. */
float samples_pack(const float *from, int16_t *to, size_t count, float scale);

#endif
