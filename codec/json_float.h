// json_float.h -- floats as decimal text, exactly and in no locale.
//
// Writing gives the shortest digits that read back to the same bits, and of
// those the closest to the value; reading rounds once, to nearest even. Both
// work in whole numbers of any length (json_big.h), so neither the locale, the
// rounding mode nor excess precision of the host has a say.
//
// Who may include it: codec/, tests.
#ifndef INLAY_CODEC_JSON_FLOAT_H
#define INLAY_CODEC_JSON_FLOAT_H

#include <inlay/base.h>

// One IEEE 754 binary format.
typedef struct inlay_float_format {
    int      precision;    // bits of the mantissa with the implicit one
    int      exponent_min; // of the last bit of a denormal
    uint32_t exponent_all; // the biased exponent of infinities and NaNs
} inlay_float_format;

extern const inlay_float_format inlay_float_32;
extern const inlay_float_format inlay_float_64;

enum {
    INLAY_FLOAT_TEXT_MAX = 32
};

// Writes a finite value's text, not terminated, and returns its length, at
// most INLAY_FLOAT_TEXT_MAX.
size_t inlay_float_write(const inlay_float_format *format, uint64_t bits,
                         char *text);

// Reads a JSON number. Returns false when it rounds to infinity.
bool inlay_float_read(const inlay_float_format *format, const char *text,
                      size_t size, uint64_t *bits);

#endif
