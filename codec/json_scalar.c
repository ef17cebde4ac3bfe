// json_scalar.c -- JSON values without parts; see json_reader.h.
#include <assert.h>
#include <string.h>

#include <inlay/wire.h>

#include "json_float.h"
#include "json_reader.h"

// ---- Integers and enums -----------------------------------------------------

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Reads digits without a leading zero. INLAY_JSON_TYPE: it is something else.
static inlay_status magnitude_read(const char *text, size_t size,
                                   uint64_t *value)
{
    bool   fits = true;
    size_t i;

    if (size == 0 || (size > 1 && text[0] == '0')) {
        return INLAY_JSON_TYPE;
    }
    *value = 0;
    for (i = 0; i < size; i++) {
        uint64_t digit = (uint64_t)(text[i] - '0');

        if (!is_digit(text[i])) {
            return INLAY_JSON_TYPE;
        }
        fits = fits && *value <= (UINT64_MAX - digit) / 10;
        *value = *value * 10 + digit;
    }
    return fits ? INLAY_OK : INLAY_JSON_RANGE;
}

static unsigned integer_bits(inlay_kind kind)
{
    unsigned power = (unsigned)(kind >= INLAY_KIND_I8 ? kind - INLAY_KIND_I8
                                                      : kind - INLAY_KIND_U8);

    return 8u << power;
}

inlay_status inlay_json_integer(inlay_kind kind, inlay_str text,
                                uint64_t *value)
{
    bool         is_signed = kind >= INLAY_KIND_I8;
    bool         negative = text.size > 0 && text.data[0] == '-';
    size_t       skip = negative ? 1 : 0;
    uint64_t     max = UINT64_MAX >> (64 - integer_bits(kind));
    uint64_t     magnitude;
    inlay_status status;

    if (text.size == 0) {
        return INLAY_JSON_TYPE;
    }
    status = magnitude_read(text.data + skip, text.size - skip, &magnitude);
    if (status != INLAY_OK) {
        return status;
    }
    if (is_signed) {
        max = max / 2 + (negative ? 1 : 0);
    } else if (negative) {
        max = 0;
    }
    if (magnitude > max) {
        return INLAY_JSON_RANGE;
    }
    *value = negative ? 0 - magnitude : magnitude;
    return INLAY_OK;
}

static const char *value_name(const void *desc, uint32_t index)
{
    return ((const inlay_enum_desc *)desc)->values[index].name;
}

bool inlay_json_enum(json_reader *self, const inlay_enum_desc *desc,
                     inlay_str name, uint64_t *value)
{
    uint32_t count = desc->value_count;
    uint32_t index = inlay_json_find(self, desc, value_name, count, name, 0);

    if (index == count) {
        return false;
    }
    *value = desc->values[index].value;
    return true;
}

static bool read_integer(json_reader *self, const json_at *at,
                         const inlay_type *type, const json_value *value,
                         uint8_t *to)
{
    uint64_t     number;
    inlay_status status;

    if (value->kind != JSON_NUMBER && value->kind != JSON_STRING) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
    }
    status = inlay_json_integer(type->kind, value->text, &number);
    if (status != INLAY_OK) {
        // A number with a fraction or an exponent is a number still.
        return inlay_json_fail(
            self, value->kind == JSON_NUMBER ? INLAY_JSON_RANGE : status, at,
            value);
    }
    inlay_store_width(to, number, type->size);
    return true;
}

static bool read_enum(json_reader *self, const json_at *at,
                      const inlay_type *type, const json_value *value,
                      uint8_t *to)
{
    const inlay_enum_desc *desc = type->of;
    uint64_t               number;
    bool                   good;

    if (value->kind != JSON_NUMBER && value->kind != JSON_STRING) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
    }
    if (value->kind == JSON_STRING) {
        good = inlay_json_enum(self, desc, value->text, &number);
    } else {
        good = inlay_json_integer(desc->base, value->text, &number) == INLAY_OK;
    }
    if (!good) {
        return inlay_json_fail(self, INLAY_JSON_RANGE, at, value);
    }
    inlay_store_width(to, number, type->size);
    return true;
}

// ---- Floats -----------------------------------------------------------------

static bool text_is(inlay_str text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

static bool hex_read(const char *text, size_t size, uint64_t *bits)
{
    size_t i;

    *bits = 0;
    for (i = 0; i < size; i++) {
        char lower = (char)(text[i] | 32);

        if (is_digit(text[i])) {
            *bits = *bits << 4 | (uint64_t)(text[i] - '0');
        } else if (lower >= 'a' && lower <= 'f') {
            *bits = *bits << 4 | (uint64_t)(lower - 'a' + 10);
        } else {
            return false;
        }
    }
    return true;
}

// Reads "NaN", "NaN:7fc00001", "Infinity", "-Infinity".
static inlay_status float_word(const inlay_float_format *format, inlay_str text,
                               size_t digits, uint64_t *bits)
{
    uint64_t infinity = (uint64_t)format->exponent_all
                        << (format->precision - 1);
    uint64_t sign = (uint64_t)1 << (digits * 4 - 1);

    if (text_is(text, "Infinity")) {
        *bits = infinity;
    } else if (text_is(text, "-Infinity")) {
        *bits = infinity | sign;
    } else if (text_is(text, "NaN")) {
        *bits = infinity | (uint64_t)1 << (format->precision - 2);
    } else if (text.size > 4 && memcmp(text.data, "NaN:", 4) == 0) {
        if (text.size != 4 + digits || !hex_read(text.data + 4, digits, bits) ||
            (*bits & ~sign) <= infinity) {
            return INLAY_JSON_RANGE;
        }
    } else {
        return INLAY_JSON_TYPE;
    }
    return INLAY_OK;
}

static bool read_float(json_reader *self, const json_at *at,
                       const inlay_type *type, const json_value *value,
                       uint8_t *to)
{
    const inlay_float_format *format =
        type->kind == INLAY_KIND_F32 ? &inlay_float_32 : &inlay_float_64;
    uint64_t     bits = 0;
    inlay_status status = INLAY_JSON_TYPE;

    if (value->kind == JSON_STRING) {
        status = float_word(format, value->text, type->size * 2, &bits);
    } else if (value->kind == JSON_NUMBER) {
        status =
            inlay_float_read(format, value->text.data, value->text.size, &bits)
                ? INLAY_OK
                : INLAY_JSON_RANGE;
    }
    if (status != INLAY_OK) {
        return inlay_json_fail(self, status, at, value);
    }
    inlay_store_width(to, bits, type->size);
    return true;
}

bool inlay_json_scalar(json_reader *self, const json_at *at,
                       const inlay_type *type, const json_value *value,
                       uint8_t *to)
{
    switch (type->kind) {
    case INLAY_KIND_BOOL:
        if (value->kind != JSON_TRUE && value->kind != JSON_FALSE) {
            return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
        }
        inlay_store_bool(to, value->kind == JSON_TRUE);
        return true;
    case INLAY_KIND_F32:
    case INLAY_KIND_F64:
        return read_float(self, at, type, value, to);
    case INLAY_KIND_ENUM:
        return read_enum(self, at, type, value, to);
    default:
        assert(type->kind >= INLAY_KIND_U8 && type->kind <= INLAY_KIND_I64);
        return read_integer(self, at, type, value, to);
    }
}

// ---- Base64 -----------------------------------------------------------------

// Returns the digit's value, -1 for anything else.
static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (is_digit(c)) {
        return c - '0' + 52;
    }
    if (c == '+') {
        return 62;
    }
    return c == '/' ? 63 : -1;
}

// Decodes four digits, of which `pad` at the end are padding, to 3 - pad bytes.
static bool base64_group(const char *text, unsigned pad, uint8_t *to)
{
    uint32_t group = 0;
    unsigned i;

    for (i = 0; i < 4; i++) {
        int digit = i < 4 - pad ? base64_digit(text[i]) : 0;

        if (digit < 0) {
            return false;
        }
        group = group << 6 | (uint32_t)digit;
    }
    if ((group & ((1u << 8 * pad) - 1)) != 0) {
        return false; // stray bits
    }
    for (i = 0; i < 3 - pad; i++) {
        to[i] = (uint8_t)(group >> (16 - 8 * i));
    }
    return true;
}

bool inlay_json_base64(json_reader *self, const json_at *at,
                       const json_value *value, inlay_bytes *bytes)
{
    inlay_str text = value->text;
    unsigned  pad = 0;
    uint8_t  *to;
    size_t    i;

    if (value->kind != JSON_STRING) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
    }
    if (text.size % 4 != 0) {
        return inlay_json_fail(self, INLAY_JSON_BASE64, at, value);
    }
    while (pad < 2 && text.size > pad &&
           text.data[text.size - 1 - pad] == '=') {
        pad++;
    }
    to = inlay_pool_take(&self->pool, text.size / 4, 3);
    if (to == NULL) {
        return inlay_json_fail_memory(self);
    }
    for (i = 0; i < text.size / 4; i++) {
        bool last = i + 1 == text.size / 4;

        if (!base64_group(text.data + 4 * i, last ? pad : 0, to + 3 * i)) {
            return inlay_json_fail(self, INLAY_JSON_BASE64, at, value);
        }
    }
    bytes->data = to;
    bytes->size = text.size / 4 * 3 - pad;
    return true;
}
