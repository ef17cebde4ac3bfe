// json_float.c -- floats as decimal text; see json_float.h.
//
// Writing is Steele and White's free-format algorithm in Burger and Dybvig's
// form: with the value as r / s and half the distances to its neighbours as
// high / s and low / s, digits come from r / s until what is left is nearer to
// this value than to a neighbour.
#include <assert.h>
#include <string.h>

#include "json_big.h"
#include "json_float.h"

const inlay_float_format inlay_float_32 = {24, -149, 255};
const inlay_float_format inlay_float_64 = {53, -1074, 2047};

// ---- Writing ----------------------------------------------------------------

enum {
    DIGITS_MAX = 17
};

// 0.d1 d2 ... dn times 10^point; no digit at either end is 0.
typedef struct decimal {
    int  count;
    int  point;
    char digits[DIGITS_MAX];
} decimal;

typedef struct digit_source {
    big  r, s, high, low;
    bool even; // a mantissa to which a tie on either side rounds
} digit_source;

// Sets r / s and the half distances for mantissa * 2^exponent. Below a power
// of two (`edge`) the lower neighbour is only half as far.
static void source_init(digit_source *self, uint64_t mantissa, int exponent,
                        bool edge)
{
    int up = exponent > 0 ? exponent : 0;
    int down = exponent < 0 ? -exponent : 0;

    big_set(&self->r, mantissa);
    big_shift_left(&self->r, up + (edge ? 2 : 1));
    big_set(&self->s, 1);
    big_shift_left(&self->s, down + (edge ? 2 : 1));
    big_set(&self->low, 1);
    big_shift_left(&self->low, up);
    big_set(&self->high, 1);
    big_shift_left(&self->high, up + (edge ? 1 : 0));
    self->even = mantissa % 2 == 0;
}

// Whether r + high reaches s: the next digit up is within the rounding range.
static bool source_reaches(const digit_source *self)
{
    big sum;
    int order;

    big_copy(&sum, &self->r);
    big_add(&sum, &self->high);
    order = big_compare(&sum, &self->s);
    return order > 0 || (order == 0 && self->even);
}

static void source_times_ten(digit_source *self)
{
    big_multiply_add(&self->r, 10, 0);
    big_multiply_add(&self->high, 10, 0);
    big_multiply_add(&self->low, 10, 0);
}

// Divides by 10^point, so that 0.1 <= (r + high) / s < 1. `point` starts at a
// guess that is never too large.
static void source_scale(digit_source *self, int *point)
{
    if (*point >= 0) {
        big_scale_ten(&self->s, *point);
    } else {
        big_scale_ten(&self->r, -*point);
        big_scale_ten(&self->high, -*point);
        big_scale_ten(&self->low, -*point);
    }
    while (source_reaches(self)) {
        big_multiply_add(&self->s, 10, 0);
        (*point)++;
    }
}

static void source_digits(digit_source *self, decimal *out)
{
    for (;;) {
        int  digit = 0;
        int  order;
        bool down;
        bool up;

        source_times_ten(self);
        while (big_compare(&self->r, &self->s) >= 0) {
            big_subtract(&self->r, &self->s);
            digit++;
        }
        order = big_compare(&self->r, &self->low);
        down = order < 0 || (order == 0 && self->even);
        up = source_reaches(self);
        assert(out->count < DIGITS_MAX);
        if (down || up) {
            if (down && up) {
                big_multiply_add(&self->r, 2, 0);
                order = big_compare(&self->r, &self->s);
                up = order > 0 || (order == 0 && digit % 2 != 0);
            }
            out->digits[out->count++] = (char)('0' + digit + (up ? 1 : 0));
            return;
        }
        out->digits[out->count++] = (char)('0' + digit);
    }
}

// Returns floor(log10(2^exponent)), for |exponent| up to 1650.
static int log10_floor(int exponent)
{
    const int scale = 1 << 18;
    int       product = exponent * 78913; // log10(2) * 2^18

    return product >= 0 ? product / scale : -((-product + scale - 1) / scale);
}

// Whole numbers below 2^precision need all their digits.
static void decimal_from_whole(decimal *out, uint64_t value)
{
    int i;

    for (; value != 0; value /= 10) {
        assert(out->count < DIGITS_MAX);
        memmove(out->digits + 1, out->digits, (size_t)out->count);
        out->digits[0] = (char)('0' + value % 10);
        out->count++;
    }
    out->point = out->count;
    for (i = out->count; i > 0 && out->digits[i - 1] == '0'; i--) {
        out->count--;
    }
}

static void decimal_from_float(decimal *out, const inlay_float_format *format,
                               uint64_t mantissa, int exponent)
{
    uint64_t     hidden = (uint64_t)1 << (format->precision - 1);
    digit_source source;
    int          bits = 0;

    if (exponent <= 0 && -exponent < format->precision &&
        mantissa >> -exponent << -exponent == mantissa) {
        decimal_from_whole(out, mantissa >> -exponent);
        return;
    }
    while (mantissa >> bits != 0) {
        bits++;
    }
    source_init(&source, mantissa, exponent,
                mantissa == hidden && exponent > format->exponent_min);
    out->point = log10_floor(exponent + bits - 1);
    source_scale(&source, &out->point);
    source_digits(&source, out);
}

static char *text_zeros(char *text, int count)
{
    for (; count > 0; count--) {
        *text++ = '0';
    }
    return text;
}

static char *text_digits(char *text, const decimal *value, int from, int to)
{
    memcpy(text, value->digits + from, (size_t)(to - from));
    return text + (to - from);
}

// d.ddde-x
static char *text_scientific(char *text, const decimal *value)
{
    int exponent = value->point - 1;
    int power = 100;

    text = text_digits(text, value, 0, 1);
    if (value->count > 1) {
        *text++ = '.';
        text = text_digits(text, value, 1, value->count);
    }
    *text++ = 'e';
    if (exponent < 0) {
        *text++ = '-';
        exponent = -exponent;
    }
    while (power > 1 && exponent < power) {
        power /= 10;
    }
    for (; power > 0; power /= 10) {
        *text++ = (char)('0' + exponent / power % 10);
    }
    return text;
}

// 0.00ddd, dd.ddd or ddd00
static char *text_plain(char *text, const decimal *value)
{
    if (value->point <= 0) {
        *text++ = '0';
        *text++ = '.';
        text = text_zeros(text, -value->point);
        return text_digits(text, value, 0, value->count);
    }
    if (value->count <= value->point) {
        text = text_digits(text, value, 0, value->count);
        return text_zeros(text, value->point - value->count);
    }
    text = text_digits(text, value, 0, value->point);
    *text++ = '.';
    return text_digits(text, value, value->point, value->count);
}

size_t inlay_float_write(const inlay_float_format *format, uint64_t bits,
                         char *text)
{
    int      fraction_bits = format->precision - 1;
    uint64_t mantissa = bits & (((uint64_t)1 << fraction_bits) - 1);
    uint32_t biased = (uint32_t)(bits >> fraction_bits) & format->exponent_all;
    bool     negative = bits >> fraction_bits > format->exponent_all;
    decimal  value = {0};
    char    *end = text;

    assert(biased != format->exponent_all);
    if (negative) {
        *end++ = '-';
    }
    if (biased == 0 && mantissa == 0) {
        // Many readers take -0 for the integer 0, and lose the sign.
        memcpy(end, "0.0", 3);
        return negative ? 4 : 1;
    }
    if (biased != 0) {
        mantissa |= (uint64_t)1 << fraction_bits;
        biased--;
    }
    decimal_from_float(&value, format, mantissa,
                       format->exponent_min + (int)biased);
    // From 0.0001 to 9999999999999999 as people write it.
    if (value.point > -4 && value.point <= 16) {
        end = text_plain(end, &value);
    } else {
        end = text_scientific(end, &value);
    }
    assert(end - text <= INLAY_FLOAT_TEXT_MAX);
    return (size_t)(end - text);
}

// ---- Reading ----------------------------------------------------------------

// More digits than any boundary between two floats has (767 for f64); beyond
// them only "is anything not zero" matters.
enum {
    KEPT_DIGITS = 800
};

// digits * 10^exponent
typedef struct number {
    big     digits;
    int     count;
    int64_t exponent;
} number;

// Takes the digit into the number, or notes that a digit beyond the kept ones
// is not zero by making the last kept one odd, which is on the same side of
// every boundary.
static void number_push(number *self, int digit, bool *rest)
{
    if (self->count == 0 && digit == 0) {
        return;
    }
    if (self->count < KEPT_DIGITS) {
        big_multiply_add(&self->digits, 10, (uint32_t)digit);
        self->count++;
        return;
    }
    *rest = *rest || digit != 0;
    self->exponent++;
}

// Reads the exponent after 'e', held at a size that no text can reach.
static int64_t exponent_read(const char *text, const char *end)
{
    const int64_t far = (int64_t)1 << 60;
    bool          negative = *text == '-';
    int64_t       exponent = 0;

    if (*text == '-' || *text == '+') {
        text++;
    }
    for (; text < end; text++) {
        if (exponent < far / 10 - 1) {
            exponent = exponent * 10 + (*text - '0');
        }
    }
    return negative ? -exponent : exponent;
}

static void number_read(number *self, const char *text, const char *end)
{
    bool fraction = false;
    bool rest = false;

    self->digits.count = 0;
    self->count = 0;
    self->exponent = 0;
    for (; text < end && *text != 'e' && *text != 'E'; text++) {
        if (*text == '.') {
            fraction = true;
            continue;
        }
        if (fraction) {
            self->exponent--;
        }
        number_push(self, *text - '0', &rest);
    }
    if (rest) {
        big_multiply_add(&self->digits, 10, 1);
        self->count++;
        self->exponent--;
    }
    if (text < end) {
        self->exponent += exponent_read(text + 1, end);
    }
}

// Divides two numbers to 64 bits: over / under = quotient * 2^exponent, with
// the top bit set, and `sticky` when something is left over.
static uint64_t big_quotient(big *over, big *under, int *exponent, bool *sticky)
{
    int      shift = big_bits(over) - big_bits(under);
    uint64_t quotient = 0;
    int      i;

    // With equal bits the quotient is in (1/2, 2): make it [1, 2).
    big_shift_left(shift < 0 ? over : under, shift < 0 ? -shift : shift);
    if (big_compare(over, under) < 0) {
        big_shift_left(over, 1);
        shift--;
    }
    for (i = 0; i < 64; i++) {
        quotient <<= 1;
        if (big_compare(over, under) >= 0) {
            big_subtract(over, under);
            quotient |= 1;
        }
        if (over->count != 0) {
            big_shift_left(over, 1);
        }
    }
    *exponent = shift - 63;
    *sticky = over->count != 0;
    return quotient;
}

// Rounds quotient * 2^exponent once, to nearest even, and returns the bits
// without a sign. An exponent of all ones means infinity.
static uint64_t float_round(const inlay_float_format *format, uint64_t quotient,
                            int exponent, bool sticky)
{
    int      shift = 64 - format->precision;
    int      biased = 0;
    uint64_t mantissa;
    uint64_t rest;
    uint64_t half;

    if (exponent + shift < format->exponent_min) {
        shift = format->exponent_min - exponent;
    }
    if (shift > 64) {
        return 0;
    }
    mantissa = shift == 64 ? 0 : quotient >> shift;
    rest = shift == 64 ? quotient : quotient & (((uint64_t)1 << shift) - 1);
    half = (uint64_t)1 << (shift - 1);
    if (mantissa >> (format->precision - 1) != 0) {
        biased = exponent + shift - format->exponent_min;
    }
    if (rest > half || (rest == half && (sticky || mantissa % 2 != 0))) {
        mantissa++;
    }
    // The implicit bit, or the carry of rounding up, adds one to `biased`.
    if (biased >= (int)format->exponent_all) {
        return (uint64_t)format->exponent_all << (format->precision - 1);
    }
    return mantissa + ((uint64_t)biased << (format->precision - 1));
}

bool inlay_float_read(const inlay_float_format *format, const char *text,
                      size_t size, uint64_t *bits)
{
    const char *end = text + size;
    uint64_t    infinity = (uint64_t)format->exponent_all
                        << (format->precision - 1);
    bool     negative = size > 0 && *text == '-';
    uint64_t value = 0;
    number   read;

    number_read(&read, negative ? text + 1 : text, end);
    if (read.count != 0 && read.exponent + read.count > 310) {
        return false;
    }
    // Below 10^-324 everything rounds to zero.
    if (read.count != 0 && read.exponent + read.count > -324) {
        big  under;
        int  exponent;
        bool sticky;

        big_set(&under, 1);
        if (read.exponent >= 0) {
            big_scale_ten(&read.digits, (int)read.exponent);
        } else {
            big_scale_ten(&under, (int)-read.exponent);
        }
        value = big_quotient(&read.digits, &under, &exponent, &sticky);
        value = float_round(format, value, exponent, sticky);
    }
    if (value >= infinity) {
        return false;
    }
    if (negative) {
        value |= (uint64_t)1 << (format->exponent_all > 255 ? 63 : 31);
    }
    *bits = value;
    return true;
}
