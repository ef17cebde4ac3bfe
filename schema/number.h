// number.h -- what the digits in a schema mean.
//
// Integers are decimal without a leading zero, 0x or 0b; floats are decimal,
// with digits on both sides of the point. An underscore may stand between any
// two digits.
//
// Who may include it: schema/.
#ifndef INLAY_SCHEMA_NUMBER_H
#define INLAY_SCHEMA_NUMBER_H

#include "schema/arena.h"

#include <stdint.h>

typedef enum number_status {
    NUMBER_OK,
    NUMBER_MALFORMED, // neither an integer nor a float
    NUMBER_FLOAT,     // a float where an integer is wanted
    NUMBER_INTEGER,   // a 0x or 0b integer where a float is wanted
    NUMBER_TOO_LARGE
} number_status;

// Reads an integer without a sign.
number_status number_integer(const char *text, uint64_t *value);

// Reads a float without a sign, rounded once to the nearest of its own type,
// ties to even; gives its bits. An integer in decimal is one, too.
number_status number_f32(arena *a, const char *text, uint64_t *bits);
number_status number_f64(arena *a, const char *text, uint64_t *bits);

#endif
