// utf8.c -- the well-formed byte sequences of the Unicode standard, table 3-7.
#include "schema/utf8.h"

#include <stdbool.h>

static bool in_range(unsigned char byte, unsigned char low, unsigned char high)
{
    return byte >= low && byte <= high;
}

size_t utf8_length(const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    unsigned char        low = 0x80;
    unsigned char        high = 0xBF;
    size_t               length;

    if (size == 0) {
        return 0;
    }
    if (bytes[0] < 0x80) {
        return 1;
    }
    length = bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    if (!in_range(bytes[0], 0xC2, 0xF4) || length > size) {
        return 0;
    }
    // The second byte rules out overlong forms, surrogates and what lies
    // beyond U+10FFFF.
    switch (bytes[0]) {
    case 0xE0:
        low = 0xA0;
        break;
    case 0xED:
        high = 0x9F;
        break;
    case 0xF0:
        low = 0x90;
        break;
    case 0xF4:
        high = 0x8F;
        break;
    default:
        break;
    }
    if (!in_range(bytes[1], low, high)) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if (!in_range(bytes[i], 0x80, 0xBF)) {
            return 0;
        }
    }
    return length;
}

size_t utf8_check(const char *text, size_t size)
{
    size_t valid = 0;

    while (valid < size) {
        size_t length = utf8_length(text + valid, size - valid);

        if (length == 0) {
            break;
        }
        valid += length;
    }
    return valid;
}
