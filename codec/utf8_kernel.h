// utf8_kernel.h -- UTF-8 validation by table lookups, once for every width of
// vector.
//
// After John Keiser and Daniel Lemire, "Validating UTF-8 In Less Than One
// Instruction Per Byte", Software: Practice and Experience 51(5), 2021. Every
// error but one shows in two neighbouring bytes, in fact in three of their four
// nibbles. Three tables of 16 turn each nibble into the set of errors that it
// leaves possible, one bit per error; what survives the intersection happened.
// The remaining error is a missing or surplus third or fourth byte: TWO_CONTS
// must survive exactly where a byte of 0xE0 or more stands two before, or one
// of 0xF0 or more three before.
//
// The file that includes this defines, for its instruction set,
//
//    KERNEL                        attributes of every function here
//    VECTOR_SIZE                   bytes in a vector
//    vector                        the type
//    vector_load(p)                unaligned
//    vector_fill(byte)
//    vector_table(t)               16 bytes, repeated
//    vector_or, vector_and, vector_xor
//    vector_subtract(a, b)         per unsigned byte, 0 when below 0
//    vector_high_nibbles(a), vector_low_nibbles(a)
//    vector_look_up(table, nibbles)
//    vector_high_bit(a)            whether a byte has its high bit
//    vector_any(a)                 whether a bit is set
//    vector_back(a, before, n)     bytes n earlier; n is 1, 2 or 3
//
// and then gets utf8_kernel_scan().

// Errors by two bytes; in each comment the bytes that make them.
enum {
    TOO_SHORT = 1 << 0,  // 11______ 0_______, 11______ 11______
    TOO_LONG = 1 << 1,   // 0_______ 10______
    OVERLONG_3 = 1 << 2, // 11100000 100_____
    TOO_LARGE = 1 << 3,  // 11110100 1001____ and up
    SURROGATE = 1 << 4,  // 11101101 101_____
    OVERLONG_2 = 1 << 5, // 1100000_ 10______
    OVERLONG_4 = 1 << 6, // 11110000 1000____; and 0xF5.. with 1000____
    TWO_CONTS = 1 << 7,  // 10______ 10______
    // What the low nibble of the first byte tells nothing about.
    CARRY = TOO_SHORT | TOO_LONG | TWO_CONTS,
    ABOVE_F4 = CARRY | TOO_LARGE | OVERLONG_4
};

static const uint8_t first_high_errors[16] = {
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TWO_CONTS,
    TWO_CONTS,
    TWO_CONTS,
    TWO_CONTS,
    TOO_SHORT | OVERLONG_2,
    TOO_SHORT,
    TOO_SHORT | OVERLONG_3 | SURROGATE,
    TOO_SHORT | TOO_LARGE | OVERLONG_4,
};

static const uint8_t first_low_errors[16] = {
    CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4,
    CARRY | OVERLONG_2,
    CARRY,
    CARRY,
    CARRY | TOO_LARGE,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4 | SURROGATE,
    ABOVE_F4,
    ABOVE_F4,
};

static const uint8_t second_high_errors[16] = {
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | OVERLONG_4,
    TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE,
    TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE,
    TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
};

// Returns nonzero bytes where `input`, which follows `before`, goes wrong.
KERNEL static inline vector vector_errors(vector input, vector before)
{
    vector first = vector_back(input, before, 1);
    vector second = vector_back(input, before, 2);
    vector third = vector_back(input, before, 3);
    vector errors =
        vector_and(vector_and(vector_look_up(vector_table(first_high_errors),
                                             vector_high_nibbles(first)),
                              vector_look_up(vector_table(first_low_errors),
                                             vector_low_nibbles(first))),
                   vector_look_up(vector_table(second_high_errors),
                                  vector_high_nibbles(input)));
    vector expected =
        vector_and(vector_or(vector_subtract(second, vector_fill(0xe0 - 0x80)),
                             vector_subtract(third, vector_fill(0xf0 - 0x80))),
                   vector_fill(0x80));

    return vector_xor(errors, expected);
}

// Returns the last `size` bytes before `end`, fewer than a vector, at the start
// of a vector and zeros after them.
KERNEL static inline vector vector_tail(const uint8_t *end, size_t size)
{
    uint8_t bytes[VECTOR_SIZE] = {0};

    memcpy(bytes, end - size, size);
    return vector_load(bytes);
}

KERNEL static inline inlay_utf8 utf8_kernel_check(const uint8_t *data,
                                                  size_t         size)
{
    vector before = vector_fill(0);
    vector errors = vector_fill(0);
    vector input;
    size_t at = 0;

    for (; size - at >= VECTOR_SIZE; at += VECTOR_SIZE) {
        input = vector_load(data + at);
        // Two vectors of ASCII in a row have nothing to tell.
        if (vector_high_bit(vector_or(input, before))) {
            errors = vector_or(errors, vector_errors(input, before));
        }
        before = input;
    }
    // The tail has a zero at least, in which an unfinished character shows.
    input = vector_tail(data + size, size - at);
    errors = vector_or(errors, vector_errors(input, before));
    return vector_any(errors) ? INLAY_UTF8_BAD : INLAY_UTF8_MIXED;
}

// Returns where the first vector starts that is not all ASCII, roughly; `size`
// if there is none.
KERNEL static inline size_t utf8_kernel_ascii(const uint8_t *data, size_t size)
{
    size_t at = 0;

    for (; size - at >= 4 * VECTOR_SIZE; at += 4 * VECTOR_SIZE) {
        vector a = vector_or(vector_load(data + at),
                             vector_load(data + at + VECTOR_SIZE));
        vector b = vector_or(vector_load(data + at + 2 * VECTOR_SIZE),
                             vector_load(data + at + 3 * VECTOR_SIZE));

        if (vector_high_bit(vector_or(a, b))) {
            return at;
        }
    }
    for (; size - at >= VECTOR_SIZE; at += VECTOR_SIZE) {
        if (vector_high_bit(vector_load(data + at))) {
            return at;
        }
    }
    if (size < VECTOR_SIZE) {
        return 0; // short texts that are ASCII have been found out before
    }
    return vector_high_bit(vector_load(data + size - VECTOR_SIZE)) ? at : size;
}

// Returns the verdict on any text. The ASCII beginning is looked at in big
// strides; a text that stays ASCII never meets the tables.
KERNEL static inline inlay_utf8 utf8_kernel_scan(const uint8_t *data,
                                                 size_t         size)
{
    size_t at = utf8_kernel_ascii(data, size);

    return at == size ? INLAY_UTF8_ASCII
                      : utf8_kernel_check(data + at, size - at);
}
