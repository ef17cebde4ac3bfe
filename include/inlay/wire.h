/* wire.h -- loads and stores of everything the wire knows.
 *
 * The only file that knows the host's byte order. Every access goes through
 * memcpy, so any address serves and no type rule is broken; compilers turn each
 * into one instruction where the host has one.
 *
 * No function here checks a bound: callers do, by comparing offsets.
 */
#ifndef INLAY_WIRE_H
#define INLAY_WIRE_H

#include <string.h>

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether native scalars lie in memory as they do on the wire. */
#if defined(INLAY_FORCE_PORTABLE)
#define INLAY_HOST_IS_WIRE 0
#elif defined(__BYTE_ORDER__) && defined(__ORDER_LITTLE_ENDIAN__)
#define INLAY_HOST_IS_WIRE (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
#elif defined(_WIN32)
#define INLAY_HOST_IS_WIRE 1
#else
#define INLAY_HOST_IS_WIRE 0
#endif

/* ---- Loads --------------------------------------------------------------- */

/* Hides a loaded value from the optimiser, so that it can't load it again
 * behind a check: another process may be writing the memory. */
static inline uint64_t inlay_load(uint64_t value)
{
#if defined(__GNUC__) || defined(__clang__)
    __asm__("" : "+r"(value));
    return value;
#else
    volatile uint64_t once = value;
    return once;
#endif
}

static inline uint8_t inlay_load_u8(const uint8_t *from)
{
    return *from;
}

static inline uint16_t inlay_load_u16(const uint8_t *from)
{
#if INLAY_HOST_IS_WIRE
    uint16_t value;
    memcpy(&value, from, sizeof value);
    return value;
#else
    return (uint16_t)(from[0] | (uint32_t)from[1] << 8);
#endif
}

static inline uint32_t inlay_load_u32(const uint8_t *from)
{
#if INLAY_HOST_IS_WIRE
    uint32_t value;
    memcpy(&value, from, sizeof value);
    return value;
#else
    return inlay_load_u16(from) | (uint32_t)inlay_load_u16(from + 2) << 16;
#endif
}

static inline uint64_t inlay_load_u64(const uint8_t *from)
{
#if INLAY_HOST_IS_WIRE
    uint64_t value;
    memcpy(&value, from, sizeof value);
    return value;
#else
    return inlay_load_u32(from) | (uint64_t)inlay_load_u32(from + 4) << 32;
#endif
}

static inline int8_t inlay_load_i8(const uint8_t *from)
{
    return (int8_t)*from;
}

static inline int16_t inlay_load_i16(const uint8_t *from)
{
    return (int16_t)inlay_load_u16(from);
}

static inline int32_t inlay_load_i32(const uint8_t *from)
{
    return (int32_t)inlay_load_u32(from);
}

static inline int64_t inlay_load_i64(const uint8_t *from)
{
    return (int64_t)inlay_load_u64(from);
}

/* Floats travel as their bits, so a NaN keeps its payload. */
static inline float inlay_f32_from_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline double inlay_f64_from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline uint32_t inlay_f32_bits(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline uint64_t inlay_f64_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline float inlay_load_f32(const uint8_t *from)
{
    return inlay_f32_from_bits(inlay_load_u32(from));
}

static inline double inlay_load_f64(const uint8_t *from)
{
    return inlay_f64_from_bits(inlay_load_u64(from));
}

/* A bool byte of a struct or an array: anything but 0 is true. */
static inline bool inlay_load_bool(const uint8_t *from)
{
    return *from != 0;
}

/* Loads an unsigned value of 1 to 8 bytes, touching no other byte. */
static inline uint64_t inlay_load_exact(const uint8_t *from, unsigned width)
{
    uint64_t value = 0;
    unsigned i;

    for (i = 0; i < width; i++) {
        value |= (uint64_t)from[i] << (8 * i);
    }
    return value;
}

/* Returns the bits of a 64-bit word that a value of 1 to 8 bytes takes. */
static inline uint64_t inlay_width_mask(unsigned width)
{
    return UINT64_MAX >> (64 - 8 * width);
}

/* Loads an unsigned value of 1 to 8 bytes. With `wide`, 8 bytes may be read
 * from there, and a load and the width's mask do. */
static inline uint64_t inlay_load_masked(const uint8_t *from, unsigned width,
                                         uint64_t mask, bool wide)
{
    if (INLAY_LIKELY(wide)) {
        return inlay_load_u64(from) & mask;
    }
    return inlay_load_exact(from, width);
}

static inline uint64_t inlay_load_width(const uint8_t *from, unsigned width,
                                        bool wide)
{
    return inlay_load_masked(from, width, inlay_width_mask(width), wide);
}

/* ---- Stores -------------------------------------------------------------- */

static inline void inlay_store_u8(uint8_t *to, uint8_t value)
{
    *to = value;
}

static inline void inlay_store_u16(uint8_t *to, uint16_t value)
{
#if INLAY_HOST_IS_WIRE
    memcpy(to, &value, sizeof value);
#else
    to[0] = (uint8_t)(value & 255);
    to[1] = (uint8_t)(value >> 8);
#endif
}

static inline void inlay_store_u32(uint8_t *to, uint32_t value)
{
#if INLAY_HOST_IS_WIRE
    memcpy(to, &value, sizeof value);
#else
    inlay_store_u16(to, (uint16_t)(value & 0xffff));
    inlay_store_u16(to + 2, (uint16_t)(value >> 16));
#endif
}

static inline void inlay_store_u64(uint8_t *to, uint64_t value)
{
#if INLAY_HOST_IS_WIRE
    memcpy(to, &value, sizeof value);
#else
    inlay_store_u32(to, (uint32_t)(value & 0xffffffff));
    inlay_store_u32(to + 4, (uint32_t)(value >> 32));
#endif
}

static inline void inlay_store_i8(uint8_t *to, int8_t value)
{
    *to = (uint8_t)value;
}

static inline void inlay_store_i16(uint8_t *to, int16_t value)
{
    inlay_store_u16(to, (uint16_t)value);
}

static inline void inlay_store_i32(uint8_t *to, int32_t value)
{
    inlay_store_u32(to, (uint32_t)value);
}

static inline void inlay_store_i64(uint8_t *to, int64_t value)
{
    inlay_store_u64(to, (uint64_t)value);
}

static inline void inlay_store_f32(uint8_t *to, float value)
{
    inlay_store_u32(to, inlay_f32_bits(value));
}

static inline void inlay_store_f64(uint8_t *to, double value)
{
    inlay_store_u64(to, inlay_f64_bits(value));
}

static inline void inlay_store_bool(uint8_t *to, bool value)
{
    *to = value ? 1 : 0;
}

/* Stores an unsigned value in 1 to 8 bytes, touching no other byte. Two
 * overlapping stores serve every width that is not a power of two. */
static inline void inlay_store_width(uint8_t *to, uint64_t value,
                                     unsigned width)
{
    if (width == 1) {
        *to = (uint8_t)value;
    } else if (width < 4) {
        inlay_store_u16(to, (uint16_t)value);
        inlay_store_u16(to + width - 2, (uint16_t)(value >> (8 * (width - 2))));
    } else {
        inlay_store_u32(to, (uint32_t)value);
        inlay_store_u32(to + width - 4, (uint32_t)(value >> (8 * (width - 4))));
    }
}

/* Returns the least number of bytes, 1 to 8, that hold `value`: `bytes(x)` of
 * FORMAT.md. */
static inline unsigned inlay_width(uint64_t value)
{
    unsigned width = 1;

    while (width < 8 && value >> (8 * width) != 0) {
        width++;
    }
    return width;
}

#ifdef __cplusplus
}
#endif

#endif
