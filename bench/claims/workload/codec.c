/* codec.c -- see codec.h. */

#include "codec.h"

#include <string.h>

static uint8_t *varint_write(uint8_t *to, uint64_t value)
{
    while (value >= 0x80) {
        *to++ = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    *to++ = (uint8_t)value;
    return to;
}

static const uint8_t *varint_read(const uint8_t *from, const uint8_t *end,
                                  uint64_t *value)
{
    unsigned shift;

    *value = 0;
    for (shift = 0; shift < 64 && from < end; shift += 7) {
        uint8_t byte = *from++;

        *value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            return from;
        }
    }
    return NULL;
}

static uint64_t zigzag(int32_t value)
{
    return (uint32_t)value << 1 ^ (uint32_t)(value >> 31);
}

static int32_t unzigzag(uint64_t value)
{
    return (int32_t)((uint32_t)value >> 1 ^ (0u - ((uint32_t)value & 1)));
}

uint8_t *record_write(const record *self, uint8_t *to)
{
    to = varint_write(to, self->id);
    to = varint_write(to, zigzag(self->delta));
    to = varint_write(to, self->flags);
    *to++ = self->name_size;
    memcpy(to, self->name, self->name_size);
    return to + self->name_size;
}

const uint8_t *record_read(record *self, const uint8_t *from,
                           const uint8_t *end)
{
    uint64_t value;

    if ((from = varint_read(from, end, &self->id)) == NULL ||
        (from = varint_read(from, end, &value)) == NULL) {
        return NULL;
    }
    self->delta = unzigzag(value);
    if ((from = varint_read(from, end, &value)) == NULL || from == end) {
        return NULL;
    }
    self->flags = (uint32_t)value;
    self->name_size = *from++;
    if (self->name_size > sizeof self->name ||
        (size_t)(end - from) < self->name_size) {
        return NULL;
    }
    memcpy(self->name, from, self->name_size);
    return from + self->name_size;
}

float samples_pack(const float *from, int16_t *to, size_t count, float scale)
{
    int32_t loss = 0;
    size_t  i;

    for (i = 0; i < count; i++) {
        float   scaled = from[i] * scale;
        int32_t rounded = (int32_t)(scaled + (scaled < 0 ? -0.5f : 0.5f));

        to[i] = (int16_t)rounded;
        loss += (int32_t)((scaled - (float)rounded) * 256.0f);
    }
    return (float)loss / 256.0f;
}
