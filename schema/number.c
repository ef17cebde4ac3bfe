// number.c -- literals by their own grammar, then by strtof and strtod.
#include "schema/number.h"

#include "schema/str.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Beyond these, every decimal is zero or too large in either type, so an
// exponent need not be exact.
#define EXPONENT_LIMIT 1000000L

static int digit_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
        return (c | 0x20) - 'a' + 10;
    }
    return 16;
}

// Returns the length of `digit { [ "_" ] digit }` at the start, 0 if none.
static size_t digits_length(const char *text, int base)
{
    size_t length = 0;

    while (digit_value(text[length]) < base ||
           (length > 0 && text[length] == '_' &&
            digit_value(text[length + 1]) < base)) {
        length++;
    }
    return length;
}

// ---- Integers ---------------------------------------------------------------

static number_status digits_read(const char *text, int base, uint64_t *value)
{
    uint64_t sum = 0;

    for (; *text != '\0'; text++) {
        uint64_t digit;

        if (*text == '_') {
            continue;
        }
        digit = (uint64_t)digit_value(*text);
        if (sum > (UINT64_MAX - digit) / (uint64_t)base) {
            return NUMBER_TOO_LARGE;
        }
        sum = sum * (uint64_t)base + digit;
    }
    *value = sum;
    return NUMBER_OK;
}

static number_status number_classify(const char *text);

number_status number_integer(const char *text, uint64_t *value)
{
    char mark = text[0] == '0' ? (char)(text[1] | 0x20) : '\0';
    int  base = mark == 'x' ? 16 : mark == 'b' ? 2 : 10;

    if (base != 10) {
        text += 2;
    } else if (number_classify(text) == NUMBER_FLOAT) {
        return NUMBER_FLOAT;
    } else if (text[0] == '0' && text[1] != '\0') {
        return NUMBER_MALFORMED;
    }
    if (*text == '\0' || text[digits_length(text, base)] != '\0') {
        return NUMBER_MALFORMED;
    }
    return digits_read(text, base, value);
}

// ---- Floats -----------------------------------------------------------------

// The parts of `digits [ "." digits ] [ "e" [ sign ] digits ]`.
typedef struct decimal {
    size_t whole;    // length of the digits before the point
    size_t fraction; // and behind it
    size_t exponent; // where its sign or first digit is, 0 when there is none
} decimal;

static bool decimal_scan(const char *text, decimal *out)
{
    size_t at = digits_length(text, 10);

    *out = (decimal){.whole = at};
    if (at == 0) {
        return false;
    }
    if (text[at] == '.') {
        out->fraction = digits_length(text + at + 1, 10);
        if (out->fraction == 0) {
            return false;
        }
        at += 1 + out->fraction;
    }
    if ((text[at] | 0x20) == 'e') {
        size_t sign = text[at + 1] == '-' || text[at + 1] == '+' ? 1 : 0;
        size_t digits = digits_length(text + at + 1 + sign, 10);

        out->exponent = at + 1;
        if (digits == 0) {
            return false;
        }
        at += 1 + sign + digits;
    }
    return text[at] == '\0' && !(out->whole > 1 && text[0] == '0');
}

static number_status number_classify(const char *text)
{
    decimal parts;

    if (text[0] == '0' &&
        ((text[1] | 0x20) == 'x' || (text[1] | 0x20) == 'b')) {
        return NUMBER_INTEGER;
    }
    if (!decimal_scan(text, &parts)) {
        return NUMBER_MALFORMED;
    }
    return parts.fraction > 0 || parts.exponent > 0 ? NUMBER_FLOAT : NUMBER_OK;
}

static long exponent_read(const char *text)
{
    bool negative = *text == '-';
    long value = 0;

    for (; *text != '\0'; text++) {
        if (digit_value(*text) < 10 && value < EXPONENT_LIMIT) {
            value = value * 10 + digit_value(*text);
        }
    }
    return negative ? -value : value;
}

// Writes the decimal as digits and an exponent alone. strtod reads a point as
// the locale of the process has it, and there is none left to misread.
static const char *decimal_plain(arena *a, const char *text,
                                 const decimal *parts)
{
    size_t end = parts->whole + (parts->fraction > 0 ? 1 + parts->fraction : 0);
    char  *digits = arena_alloc(a, end + 1, 1);
    size_t size = 0;
    long   exponent =
        parts->exponent > 0 ? exponent_read(text + parts->exponent) : 0;

    if (digits == NULL) {
        return "0";
    }
    for (size_t i = 0; i < end; i++) {
        if (text[i] != '_' && text[i] != '.') {
            digits[size++] = text[i];
            exponent -= i > parts->whole ? 1 : 0;
        }
    }
    return str_format(a, "%se%ld", digits, exponent);
}

static number_status number_float(arena *a, const char *text,
                                  const char **plain)
{
    number_status status = number_classify(text);
    decimal       parts;

    if (status == NUMBER_MALFORMED || status == NUMBER_INTEGER) {
        return status;
    }
    (void)decimal_scan(text, &parts);
    *plain = decimal_plain(a, text, &parts);
    return NUMBER_OK;
}

number_status number_f32(arena *a, const char *text, uint64_t *bits)
{
    const char   *plain;
    number_status status = number_float(a, text, &plain);
    float         value;
    uint32_t      raw;

    if (status != NUMBER_OK) {
        return status;
    }
    value = strtof(plain, NULL);
    if (isinf(value)) {
        return NUMBER_TOO_LARGE;
    }
    memcpy(&raw, &value, sizeof(raw));
    *bits = raw;
    return NUMBER_OK;
}

number_status number_f64(arena *a, const char *text, uint64_t *bits)
{
    const char   *plain;
    number_status status = number_float(a, text, &plain);
    double        value;

    if (status != NUMBER_OK) {
        return status;
    }
    value = strtod(plain, NULL);
    if (isinf(value)) {
        return NUMBER_TOO_LARGE;
    }
    memcpy(bits, &value, sizeof(*bits));
    return NUMBER_OK;
}
