// utf8.c -- the portable scan, and the choice between it and the kernels.
//
// The portable scan takes 8 bytes at a time while they are ASCII and one
// character at a time where they are not.

#include "utf8.h"

// ---- One character ----------------------------------------------------------

static bool byte_continues(uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

// Returns the size of the character that `data` begins with, 0 if there is none
// within `size` bytes. After Unicode's table 3-7: only the second byte's range
// depends on the first byte.
static size_t character_size(const uint8_t *data, size_t size)
{
    uint8_t first = data[0];
    uint8_t low = 0x80, high = 0xbf;
    size_t  count, i;

    if (first < 0x80) {
        return 1;
    }
    if (first < 0xc2 || first > 0xf4) {
        return 0;
    }
    count = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (size < count) {
        return 0;
    }
    switch (first) {
    case 0xe0: // shorter forms exist below
        low = 0xa0;
        break;
    case 0xed: // surrogates above
        high = 0x9f;
        break;
    case 0xf0: // shorter forms below
        low = 0x90;
        break;
    case 0xf4: // beyond U+10FFFF above
        high = 0x8f;
        break;
    default:
        break;
    }
    if (data[1] < low || data[1] > high) {
        return 0;
    }
    for (i = 2; i < count; i++) {
        if (!byte_continues(data[i])) {
            return 0;
        }
    }
    return count;
}

// ---- Whole texts ------------------------------------------------------------

static size_t ascii_prefix(const uint8_t *data, size_t size)
{
    size_t at = 0;

    while (size - at >= 8 &&
           (inlay_load_u64(data + at) & INLAY_UTF8_HIGH_BITS) == 0) {
        at += 8;
    }
    while (at < size && data[at] < 0x80) {
        at++;
    }
    return at;
}

size_t inlay_utf8_valid_prefix(const void *text, size_t size)
{
    const uint8_t *data = text;
    size_t         at = 0, step;

    while (at < size) {
        if (data[at] < 0x80) {
            at += ascii_prefix(data + at, size - at);
            continue;
        }
        step = character_size(data + at, size - at);
        if (step == 0) {
            break;
        }
        at += step;
    }
    return at;
}

inlay_utf8 inlay_utf8_scan_portable(const uint8_t *data, size_t size)
{
    size_t ascii = ascii_prefix(data, size);

    if (ascii == size) {
        return INLAY_UTF8_ASCII;
    }
    data += ascii;
    size -= ascii;
    return inlay_utf8_valid_prefix(data, size) == size ? INLAY_UTF8_MIXED
                                                       : INLAY_UTF8_BAD;
}

inlay_utf8 inlay_utf8_scan(const uint8_t *data, size_t size)
{
#if INLAY_UTF8_X86
    // Below this, setting a kernel up costs more than it saves.
    if (size >= 16) {
        if (__builtin_cpu_supports("avx2")) {
            return inlay_utf8_scan_avx2(data, size);
        }
        if (__builtin_cpu_supports("ssse3")) {
            return inlay_utf8_scan_ssse3(data, size);
        }
    }
#endif
    return inlay_utf8_scan_portable(data, size);
}

bool inlay_utf8_valid(const void *data, size_t size)
{
    return inlay_utf8_look(data, size) != INLAY_UTF8_BAD;
}
