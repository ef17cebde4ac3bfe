// rival_size.c -- three tables of functions that add up sizes.

#include "bench/data/rival_size.h"

#define FNV_BASIS UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

// Every visitor that gets here was made by one of the functions below.
static rival_size *rival(visitor *self)
{
    return (rival_size *)self;
}

static void add(visitor *self, uint64_t size)
{
    rival(self)->size += size;
}

// ---- MessagePack -----------------------------------------------------------

static uint64_t msgpack_natural_size(uint64_t value)
{
    if (value < 128) {
        return 1;
    }
    if (value <= UINT8_MAX) {
        return 2;
    }
    if (value <= UINT16_MAX) {
        return 3;
    }
    return value <= UINT32_MAX ? 5 : 9;
}

static uint64_t msgpack_negative_size(int64_t value)
{
    if (value >= -32) {
        return 1;
    }
    if (value >= INT8_MIN) {
        return 2;
    }
    if (value >= INT16_MIN) {
        return 3;
    }
    return value >= INT32_MIN ? 5 : 9;
}

static void msgpack_boolean(visitor *self, bool value)
{
    (void)value;
    add(self, 1);
}

static void msgpack_natural(visitor *self, uint64_t value, size_t size)
{
    (void)size;
    add(self, msgpack_natural_size(value));
}

static void msgpack_integer(visitor *self, int64_t value, size_t size)
{
    (void)size;
    add(self, value < 0 ? msgpack_negative_size(value)
                        : msgpack_natural_size((uint64_t)value));
}

static void msgpack_real(visitor *self, uint64_t bits, size_t size)
{
    (void)bits;
    add(self, 1 + size);
}

static void msgpack_text(visitor *self, inlay_str value)
{
    if (value.size < 32) {
        add(self, 1 + value.size);
    } else {
        add(self, 1 + value.size +
                      (value.size <= UINT8_MAX    ? 1
                       : value.size <= UINT16_MAX ? 2
                                                  : 4));
    }
}

static void msgpack_variant(visitor *self, uint32_t index, const char *name)
{
    (void)index;
    msgpack_text(self, inlay_str_from(name));
}

// An absent value is a nil; a present one has nothing in front.
static void msgpack_optional(visitor *self, bool present)
{
    add(self, present ? 0 : 1);
}

static void msgpack_array(visitor *self, size_t count)
{
    if (count < 16) {
        add(self, 1);
    } else {
        add(self, count <= UINT16_MAX ? 3 : 5);
    }
}

static const visitor_table msgpack_table = {
    .boolean = msgpack_boolean,
    .natural = msgpack_natural,
    .integer = msgpack_integer,
    .real = msgpack_real,
    .text = msgpack_text,
    .variant = msgpack_variant,
    .optional = msgpack_optional,
    .vector = msgpack_array,
    .record = msgpack_array,
};

void rival_size_msgpack(rival_size *self)
{
    *self = (rival_size){.base = {&msgpack_table}};
}

// ---- Fixed width -----------------------------------------------------------

static void fixed_byte(rival_size *self, uint8_t byte)
{
    self->hash = (self->hash ^ byte) * FNV_PRIME;
    self->size++;
}

static void fixed_natural(visitor *self, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        fixed_byte(rival(self), (uint8_t)(value >> 8 * i));
    }
}

static void fixed_integer(visitor *self, int64_t value, size_t size)
{
    fixed_natural(self, (uint64_t)value, size);
}

static void fixed_boolean(visitor *self, bool value)
{
    fixed_natural(self, value, 1);
}

static void fixed_vector(visitor *self, size_t count)
{
    fixed_natural(self, count, 8);
}

static void fixed_text(visitor *self, inlay_str value)
{
    fixed_vector(self, value.size);
    for (size_t i = 0; i < value.size; i++) {
        fixed_byte(rival(self), (uint8_t)value.data[i]);
    }
}

static void fixed_variant(visitor *self, uint32_t index, const char *name)
{
    (void)name;
    fixed_natural(self, index, rival(self)->tag_size);
}

static void no_record(visitor *self, size_t count)
{
    (void)self;
    (void)count;
}

static const visitor_table fixed_table = {
    .boolean = fixed_boolean,
    .natural = fixed_natural,
    .integer = fixed_integer,
    .real = fixed_natural,
    .text = fixed_text,
    .variant = fixed_variant,
    .optional = fixed_boolean,
    .vector = fixed_vector,
    .record = no_record,
};

void rival_size_fixed(rival_size *self, size_t tag_size)
{
    *self = (rival_size){
        .base = {&fixed_table}, .hash = FNV_BASIS, .tag_size = tag_size};
}

// ---- postcard --------------------------------------------------------------

static void postcard_varint(visitor *self, uint64_t value)
{
    do {
        add(self, 1);
        value >>= 7;
    } while (value != 0);
}

static void postcard_boolean(visitor *self, bool value)
{
    (void)value;
    add(self, 1);
}

// Single bytes are kept as they are, signed ones too.
static void postcard_natural(visitor *self, uint64_t value, size_t size)
{
    if (size == 1) {
        add(self, 1);
    } else {
        postcard_varint(self, value);
    }
}

static void postcard_integer(visitor *self, int64_t value, size_t size)
{
    uint64_t twice = (uint64_t)value << 1;

    postcard_natural(self, value < 0 ? ~twice : twice, size);
}

static void postcard_real(visitor *self, uint64_t bits, size_t size)
{
    (void)bits;
    add(self, size);
}

static void postcard_vector(visitor *self, size_t count)
{
    postcard_varint(self, count);
}

static void postcard_text(visitor *self, inlay_str value)
{
    postcard_varint(self, value.size);
    add(self, value.size);
}

static void postcard_variant(visitor *self, uint32_t index, const char *name)
{
    (void)name;
    postcard_varint(self, index);
}

static const visitor_table postcard_table = {
    .boolean = postcard_boolean,
    .natural = postcard_natural,
    .integer = postcard_integer,
    .real = postcard_real,
    .text = postcard_text,
    .variant = postcard_variant,
    .optional = postcard_boolean,
    .vector = postcard_vector,
    .record = no_record,
};

void rival_size_postcard(rival_size *self)
{
    *self = (rival_size){.base = {&postcard_table}};
}
