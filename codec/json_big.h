// json_big.h -- whole numbers of up to 5120 bits, for reading and writing
// decimals exactly.
//
// The largest that either needs: 10^(800 + 324) of a divisor, 3734 bits, and
// 64 + 32 more where the dividend is scaled to it.
//
// Who may include it: codec/json_float.c.
#ifndef INLAY_CODEC_JSON_BIG_H
#define INLAY_CODEC_JSON_BIG_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
    BIG_LIMBS = 160
};

// limb[0] is the least; limb[count - 1] is not 0.
typedef struct big {
    int      count;
    uint32_t limb[BIG_LIMBS];
} big;

static inline void big_set(big *self, uint64_t value)
{
    self->count = 0;
    for (; value != 0; value >>= 32) {
        self->limb[self->count++] = (uint32_t)value;
    }
}

static inline void big_copy(big *self, const big *other)
{
    self->count = other->count;
    memcpy(self->limb, other->limb,
           (size_t)other->count * sizeof other->limb[0]);
}

// self = self * factor + addend
static inline void big_multiply_add(big *self, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    int      i;

    for (i = 0; i < self->count; i++) {
        carry += (uint64_t)self->limb[i] * factor;
        self->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) {
        assert(self->count < BIG_LIMBS);
        self->limb[self->count++] = (uint32_t)carry;
    }
}

static inline void big_shift_left(big *self, int bits)
{
    int limbs = bits / 32;
    int rest = bits % 32;

    if (self->count == 0) {
        return;
    }
    assert(self->count + limbs < BIG_LIMBS);
    memmove(self->limb + limbs, self->limb,
            (size_t)self->count * sizeof self->limb[0]);
    memset(self->limb, 0, (size_t)limbs * sizeof self->limb[0]);
    self->count += limbs;
    if (rest != 0) {
        big_multiply_add(self, (uint32_t)1 << rest, 0);
    }
}

// self = self * 10^power
static inline void big_scale_ten(big *self, int power)
{
    const uint32_t five_13 = 1220703125;
    int            left = power;

    for (; left >= 13; left -= 13) {
        big_multiply_add(self, five_13, 0);
    }
    for (; left > 0; left--) {
        big_multiply_add(self, 5, 0);
    }
    big_shift_left(self, power);
}

static inline int big_compare(const big *a, const big *b)
{
    int i;

    if (a->count != b->count) {
        return a->count < b->count ? -1 : 1;
    }
    for (i = a->count - 1; i >= 0; i--) {
        if (a->limb[i] != b->limb[i]) {
            return a->limb[i] < b->limb[i] ? -1 : 1;
        }
    }
    return 0;
}

// self = self + other
static inline void big_add(big *self, const big *other)
{
    uint64_t carry = 0;
    int      i;

    for (i = 0; i < self->count || i < other->count || carry != 0; i++) {
        carry += i < self->count ? self->limb[i] : 0;
        carry += i < other->count ? other->limb[i] : 0;
        assert(i < BIG_LIMBS);
        self->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (i > self->count) {
        self->count = i;
    }
}

// self = self - other, which is not larger
static inline void big_subtract(big *self, const big *other)
{
    uint64_t borrow = 0;
    int      i;

    for (i = 0; i < self->count; i++) {
        uint64_t take = (i < other->count ? other->limb[i] : 0) + borrow;
        borrow = self->limb[i] < take;
        self->limb[i] = (uint32_t)(self->limb[i] - take);
    }
    assert(borrow == 0);
    while (self->count > 0 && self->limb[self->count - 1] == 0) {
        self->count--;
    }
}

static inline int big_bits(const big *self)
{
    int bits = self->count * 32;

    if (bits > 0) {
        uint32_t top = self->limb[self->count - 1];
        for (; top >> 31 == 0; top <<= 1) {
            bits--;
        }
    }
    return bits;
}

#endif
