// random_json.c -- see random_json.h.

#include "random_json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RANDOM_DEPTH_MAX  12
#define RANDOM_LENGTH_MAX 300

static void put_type(random_json *r, const inlay_type *type);

// ---- Numbers ----------------------------------------------------------------

uint64_t random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state * UINT64_C(0x2545f4914f6cdd1d);
}

uint64_t random_below(uint64_t *state, uint64_t bound)
{
    return (random_next(state) >> 16) % bound;
}

static uint64_t below(random_json *r, uint64_t bound)
{
    return random_below(&r->state, bound);
}

// A number of `bits` bits: often small, or at an edge.
static uint64_t edgy(random_json *r, unsigned bits)
{
    uint64_t mask = UINT64_MAX >> (64 - bits);
    uint64_t value;

    switch (below(r, 5)) {
    case 0:
        value = below(r, 4);
        break;
    case 1:
        value = (UINT64_C(1) << below(r, bits)) - below(r, 2);
        break;
    case 2:
        value = UINT64_MAX - below(r, 3);
        break;
    case 3:
        value = (UINT64_C(1) << (bits - 1)) - below(r, 2);
        break;
    default:
        value = random_next(&r->state);
        break;
    }
    return value & mask;
}

// ---- Text -------------------------------------------------------------------

static void put(random_json *r, const char *text)
{
    inlay_buffer_append(r->text, text, strlen(text));
}

static void put_integer(random_json *r, inlay_kind kind, uint64_t bits)
{
    char text[32];

    switch (kind) {
    case INLAY_KIND_I8:
        snprintf(text, sizeof text, "%d", (int8_t)bits);
        break;
    case INLAY_KIND_I16:
        snprintf(text, sizeof text, "%d", (int16_t)bits);
        break;
    case INLAY_KIND_I32:
        snprintf(text, sizeof text, "%" PRId32, (int32_t)bits);
        break;
    case INLAY_KIND_I64:
        snprintf(text, sizeof text, "%" PRId64, (int64_t)bits);
        break;
    default:
        snprintf(text, sizeof text, "%" PRIu64, bits);
        break;
    }
    put(r, text);
}

static void put_float(random_json *r, bool single)
{
    char     text[64];
    uint64_t bits = random_next(&r->state);
    double   value;
    float    half;
    uint32_t low = (uint32_t)bits;

    memcpy(&half, &low, sizeof half);
    memcpy(&value, &bits, sizeof value);
    value = single ? (double)half : value;
    switch (below(r, 6)) {
    case 0:
        snprintf(text, sizeof text, "%d", (int)below(r, 1000) - 500);
        break;
    case 1:
        snprintf(text, sizeof text, "%s",
                 below(r, 2) == 0 ? "\"Infinity\"" : "\"-Infinity\"");
        break;
    case 2:
        snprintf(text, sizeof text,
                 single ? "\"NaN:ffc0%04x\"" : "\"NaN:7ff800000000%04x\"",
                 1 + (unsigned)below(r, 65535));
        break;
    case 3:
        snprintf(text, sizeof text, "%s",
                 below(r, 2) == 0 ? "-0.0" : "\"NaN\"");
        break;
    default:
        if (isnan(value) || isinf(value)) {
            value = 1.5;
        }
        snprintf(text, sizeof text, single ? "%.9g" : "%.17g", value);
        break;
    }
    put(r, text);
}

static size_t length(random_json *r)
{
    if (r->budget <= 0) {
        return 0;
    }
    switch (below(r, 8)) {
    case 0:
        return 0;
    case 1:
        return below(r, RANDOM_LENGTH_MAX);
    case 2:
        return below(r, 40);
    default:
        return 1 + below(r, 5);
    }
}

// `mark`, if not 0, ends the string and tells it from others.
static void put_string(random_json *r, size_t mark)
{
    static const char *const pieces[] = {"a",
                                         "Z",
                                         "0",
                                         " ",
                                         "\\n",
                                         "\\u0000",
                                         "\\\"",
                                         "/",
                                         "\xc3\xa9",
                                         "\xe2\x82\xac",
                                         "\xf0\x9f\x98\x80",
                                         "\\ud83d\\ude00"};
    size_t                   count = length(r);
    bool                     plain = below(r, 2) == 0;
    char                     text[32];

    put(r, "\"");
    while (count-- > 0) {
        put(r, pieces[below(r, plain ? 4 : sizeof pieces / sizeof pieces[0])]);
    }
    if (mark > 0) {
        snprintf(text, sizeof text, "%zu", mark);
        put(r, text);
    }
    put(r, "\"");
}

static void put_base64(random_json *r, const uint8_t *bytes, size_t size)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
        "uvwxyz0123456789+/";
    size_t i;

    put(r, "\"");
    for (i = 0; i < size; i += 3) {
        uint32_t three = (uint32_t)bytes[i] << 16;
        char     four[4];

        three |= i + 1 < size ? (uint32_t)bytes[i + 1] << 8 : 0;
        three |= i + 2 < size ? bytes[i + 2] : 0;
        four[0] = digits[three >> 18];
        four[1] = digits[three >> 12 & 63];
        four[2] = i + 1 < size ? digits[three >> 6 & 63] : '=';
        four[3] = i + 2 < size ? digits[three & 63] : '=';
        inlay_buffer_append(r->text, four, 4);
    }
    put(r, "\"");
}

static void put_bytes(random_json *r, size_t size, size_t mark)
{
    uint8_t *bytes = malloc(size + 1);
    size_t   i;

    for (i = 0; bytes != NULL && i < size; i++) {
        bytes[i] = (uint8_t)below(r, 256);
    }
    if (bytes != NULL && mark > 0 && size > 0) {
        bytes[0] = (uint8_t)mark;
    }
    put_base64(r, bytes, bytes != NULL ? size : 0);
    free(bytes);
}

// ---- Values -----------------------------------------------------------------

static const inlay_value_desc *known_value(const inlay_enum_desc *desc,
                                           uint64_t               value)
{
    uint32_t i;

    for (i = 0; i < desc->value_count; i++) {
        if (desc->values[i].value == value) {
            return &desc->values[i];
        }
    }
    return NULL;
}

static unsigned scalar_bits(inlay_kind kind)
{
    static const unsigned bits[] = {1, 8, 16, 32, 64, 8, 16, 32, 64, 32, 64};

    return bits[kind];
}

// Sign-extends as descriptors do.
static uint64_t extended(inlay_kind base, uint64_t value)
{
    switch (base) {
    case INLAY_KIND_I8:
        return (uint64_t)(int8_t)value;
    case INLAY_KIND_I16:
        return (uint64_t)(int16_t)value;
    case INLAY_KIND_I32:
        return (uint64_t)(int32_t)value;
    default:
        return value;
    }
}

static void put_enum_value(random_json *r, const inlay_enum_desc *desc,
                           uint64_t value, bool key)
{
    const inlay_value_desc *known = known_value(desc, value);

    if (known != NULL || key) {
        put(r, "\"");
    }
    if (known != NULL) {
        put(r, known->name);
    } else {
        put_integer(r, desc->base, value);
    }
    if (known != NULL || key) {
        put(r, "\"");
    }
}

static void put_enum(random_json *r, const inlay_enum_desc *desc)
{
    uint64_t value = desc->values[below(r, desc->value_count)].value;

    if (below(r, 4) == 0) {
        value = extended(desc->base, edgy(r, scalar_bits(desc->base)));
    }
    put_enum_value(r, desc, value, false);
}

static void put_name(random_json *r, const char *name, bool *first)
{
    put(r, *first ? "\"" : ",\"");
    put(r, name);
    put(r, "\":");
    *first = false;
}

static void put_struct(random_json *r, const inlay_struct_desc *desc)
{
    bool     first = true;
    uint32_t i;

    put(r, "{");
    for (i = 0; i < desc->member_count; i++) {
        if (below(r, 8) > 0) {
            put_name(r, desc->members[i].name, &first);
            put_type(r, desc->members[i].type);
        }
    }
    put(r, "}");
}

static void put_items(random_json *r, const inlay_type *type, size_t count)
{
    size_t i;

    put(r, "[");
    for (i = 0; i < count; i++) {
        put(r, i > 0 ? "," : "");
        put_type(r, type);
    }
    put(r, "]");
}

static void put_union(random_json *r, const inlay_union_desc *desc)
{
    const inlay_variant_desc *variant =
        &desc->variants[below(r, desc->variant_count)];

    if (r->budget <= 0 || below(r, 5) == 0) {
        put(r, "null");
    } else if (variant->type == NULL) {
        put(r, "\"");
        put(r, variant->name);
        put(r, "\"");
    } else {
        put(r, "{\"");
        put(r, variant->name);
        put(r, "\":");
        put_type(r, variant->type);
        put(r, "}");
    }
}

static void put_record(random_json *r, const inlay_record_desc *desc)
{
    bool     first = true;
    unsigned odds = below(r, 3) == 0 ? 8 : 2;
    uint32_t i;

    put(r, "{");
    for (i = 0; i < desc->field_count && r->budget > 0; i++) {
        if (below(r, odds) > 0) {
            put_name(r, desc->fields[i].name, &first);
            put_type(r, desc->fields[i].type);
        }
    }
    put(r, "}");
}

// Keys must differ: each has its number in it.
static void put_key(random_json *r, const inlay_type *type, size_t number)
{
    const inlay_enum_desc *desc;

    switch (type->kind) {
    case INLAY_KIND_STRING:
        put_string(r, number + 1);
        return;
    case INLAY_KIND_BYTES:
        put_bytes(r, 1 + below(r, 9), number + 1);
        return;
    case INLAY_KIND_ARRAY:
        put_bytes(r, type->count, number + 1);
        return;
    case INLAY_KIND_ENUM:
        desc = type->of;
        put_enum_value(r, desc, extended(desc->base, number * 3), true);
        return;
    default:
        put(r, "\"");
        put_integer(r, type->kind, number * 5 - 3);
        put(r, "\"");
        return;
    }
}

static void put_map(random_json *r, const inlay_record_desc *entry)
{
    size_t count = length(r);
    size_t i;

    count = count > 12 ? 12 : count;
    put(r, "{");
    for (i = 0; i < count; i++) {
        put(r, i > 0 ? "," : "");
        put_key(r, entry->fields[0].type, count - i);
        put(r, ":");
        put_type(r, entry->fields[1].type);
    }
    put(r, "}");
}

static void put_variable(random_json *r, const inlay_type *type)
{
    static const inlay_type bit = {INLAY_KIND_BOOL, 1, 0, NULL, NULL};

    size_t count;

    switch (type->kind) {
    case INLAY_KIND_STRING:
        put_string(r, 0);
        break;
    case INLAY_KIND_BYTES:
        put_bytes(r, length(r), 0);
        break;
    case INLAY_KIND_BITSET:
        put_items(r, &bit, length(r));
        break;
    case INLAY_KIND_VECTOR:
        put_items(r, type->element, length(r));
        break;
    case INLAY_KIND_LIST:
        count = length(r);
        put_items(r, type->element, count > 20 ? 20 : count);
        break;
    case INLAY_KIND_RECORD:
        put_record(r, type->of);
        break;
    case INLAY_KIND_MAP:
        put_map(r, type->of);
        break;
    default:
        put_union(r, type->of);
        break;
    }
}

static void put_nested(random_json *r, const inlay_type *type)
{
    int64_t kept = r->budget;

    r->budget--;
    r->depth++;
    if (r->depth > RANDOM_DEPTH_MAX) {
        r->budget = 0;
    }
    put_variable(r, type);
    if (r->depth > RANDOM_DEPTH_MAX) {
        r->budget = kept - 1;
    }
    r->depth--;
}

static void put_type(random_json *r, const inlay_type *type)
{
    switch (type->kind) {
    case INLAY_KIND_BOOL:
        put(r, below(r, 2) == 0 ? "true" : "false");
        break;
    case INLAY_KIND_F32:
    case INLAY_KIND_F64:
        put_float(r, type->kind == INLAY_KIND_F32);
        break;
    case INLAY_KIND_ENUM:
        put_enum(r, type->of);
        break;
    case INLAY_KIND_STRUCT:
        put_struct(r, type->of);
        break;
    case INLAY_KIND_ARRAY:
        put_items(r, type->element, type->count);
        break;
    case INLAY_KIND_OPTIONAL:
        if (below(r, 3) == 0) {
            put(r, "null");
        } else {
            put_type(r, type->element);
        }
        break;
    default:
        if (type->kind < INLAY_KIND_F32) {
            put_integer(r, type->kind, edgy(r, scalar_bits(type->kind)));
        } else {
            put_nested(r, type);
        }
        break;
    }
}

void random_json_record(uint64_t *state, const inlay_record_desc *record,
                        int64_t size, inlay_buffer *out)
{
    random_json r = {*state, size, 0, out};

    put_record(&r, record);
    *state = r.state;
}
