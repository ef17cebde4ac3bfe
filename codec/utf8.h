// utf8.h -- UTF-8 for the codec: a verdict that knows ASCII, and a fast path
// for short text.
//
// Who may include it: codec/.
#ifndef INLAY_CODEC_UTF8_H
#define INLAY_CODEC_UTF8_H

#include <inlay/utf8.h>
#include <inlay/wire.h>

// Vector kernels exist where the compiler can build them for a machine that is
// better than the one it targets; which one runs is decided at run time.
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__)) &&        \
    !defined(INLAY_FORCE_PORTABLE)
#define INLAY_UTF8_X86 1
#else
#define INLAY_UTF8_X86 0
#endif

typedef enum inlay_utf8 {
    INLAY_UTF8_BAD,
    INLAY_UTF8_ASCII, // and so valid however it is cut
    INLAY_UTF8_MIXED  // valid, and not all ASCII
} inlay_utf8;

// Looks at text of any size.
inlay_utf8 inlay_utf8_scan(const uint8_t *data, size_t size);

// The kernels; each takes any size.
inlay_utf8 inlay_utf8_scan_portable(const uint8_t *data, size_t size);
#if INLAY_UTF8_X86
inlay_utf8 inlay_utf8_scan_ssse3(const uint8_t *data, size_t size);
inlay_utf8 inlay_utf8_scan_avx2(const uint8_t *data, size_t size);
#endif

#define INLAY_UTF8_HIGH_BITS UINT64_C(0x8080808080808080)

// Returns whether text of at most 32 bytes is ASCII, by loads that overlap;
// false for anything longer.
static inline bool inlay_utf8_short_ascii(const uint8_t *data, uint64_t size)
{
    uint64_t bits;

    if (size >= 8) {
        if (size > 32) {
            return false;
        }
        bits = inlay_load_u64(data) | inlay_load_u64(data + size - 8);
        if (size > 16) {
            bits |= inlay_load_u64(data + 8);
            bits |= inlay_load_u64(data + size - 16);
        }
    } else if (size >= 4) {
        bits = inlay_load_u32(data) | inlay_load_u32(data + size - 4);
    } else if (size > 0) {
        bits = (uint64_t)data[0] | data[size / 2] | data[size - 1];
    } else {
        bits = 0;
    }
    return (bits & INLAY_UTF8_HIGH_BITS) == 0;
}

// The verdict on text that is mostly short and mostly ASCII.
static inline inlay_utf8 inlay_utf8_look(const uint8_t *data, uint64_t size)
{
    return inlay_utf8_short_ascii(data, size)
               ? INLAY_UTF8_ASCII
               : inlay_utf8_scan(data, (size_t)size);
}

#endif
