// rng.c -- PCG XSH RR 64/32 and the sampling rules of Rust's `rand` 0.8.
//
// Integers below n: the high half of draw * n is the value, and draws whose
// low half is above a zone are rejected, which makes the values equally likely
// (D. Lemire, "Fast random integer generation in an interval", 2019). What
// differs between the widths is how the zone is found.

#include "bench/data/rng.h"

#include <assert.h>
#include <string.h>

#define SEED_STATE  UINT64_C(3141592653)
#define SEED_STREAM UINT64_C(5897932384)
#define MULTIPLIER  UINT64_C(6364136223846793005)

// ---- The generator ---------------------------------------------------------

static void step(rng *self)
{
    self->state = self->state * MULTIPLIER + self->increment;
}

void rng_init(rng *self)
{
    self->increment = SEED_STREAM << 1 | 1;
    self->state = SEED_STATE + self->increment;
    step(self);
    (void)rng_below_u64(self, 1);
}

uint32_t rng_u32(rng *self)
{
    uint64_t state = self->state;
    uint32_t turn = (uint32_t)(state >> 59);
    uint32_t folded = (uint32_t)((state >> 18 ^ state) >> 27);

    step(self);
    return folded >> turn | folded << (-turn & 31);
}

uint64_t rng_u64(rng *self)
{
    uint64_t low = rng_u32(self);

    return (uint64_t)rng_u32(self) << 32 | low;
}

float rng_f32(rng *self)
{
    return (float)(rng_u32(self) >> 8) * 0x1p-24F;
}

double rng_f64(rng *self)
{
    return (double)(rng_u64(self) >> 11) * 0x1p-53;
}

// ---- Integer ranges --------------------------------------------------------

static uint32_t below_u32_zone(rng *self, uint32_t range, uint32_t zone)
{
    for (;;) {
        uint64_t product = (uint64_t)rng_u32(self) * range;

        if ((uint32_t)product <= zone) {
            return (uint32_t)(product >> 32);
        }
    }
}

// The narrow types take the exact zone, which costs a division.
uint32_t rng_below_small(rng *self, uint32_t range)
{
    assert(range > 0 && range <= UINT16_MAX);
    return below_u32_zone(self, range,
                          UINT32_MAX - (UINT32_MAX - range + 1) % range);
}

// The wide types take a power-of-two multiple of the range, which may reject
// up to half of the draws.
uint32_t rng_below_u32(rng *self, uint32_t range)
{
    uint32_t multiple = range;

    assert(range > 0);
    while (multiple >> 31 == 0) {
        multiple <<= 1;
    }
    return below_u32_zone(self, range, multiple - 1);
}

uint64_t rng_below_u64(rng *self, uint32_t range)
{
    uint64_t multiple = range;

    assert(range > 0);
    while (multiple >> 63 == 0) {
        multiple <<= 1;
    }
    for (;;) {
        uint64_t draw = rng_u64(self);
        uint64_t low = (draw & UINT32_MAX) * range;
        uint64_t high = (draw >> 32) * range + (low >> 32);

        if ((high << 32 | (low & UINT32_MAX)) <= multiple - 1) {
            return high >> 32;
        }
    }
}

int8_t rng_range_i8(rng *self, int8_t low, int8_t high)
{
    return (int8_t)(low + (int)rng_below_small(self, (uint32_t)(high - low)));
}

int16_t rng_range_i16(rng *self, int16_t low, int16_t high)
{
    return (int16_t)(low + (int)rng_below_small(self, (uint32_t)(high - low)));
}

int32_t rng_range_i32(rng *self, int32_t low, int32_t high)
{
    return low + (int32_t)rng_below_u32(self, (uint32_t)(high - low));
}

size_t rng_range_size(rng *self, uint32_t low, uint32_t high)
{
    return low + (size_t)rng_below_u64(self, high - low);
}

// ---- Float ranges ----------------------------------------------------------

// Both take the draw's high bits as the fraction of a float in [1, 2): one bit
// less than rng_f32 and rng_f64 have.
static float unit_f32(rng *self)
{
    uint32_t bits = rng_u32(self) >> 9 | UINT32_C(127) << 23;
    float    value;

    memcpy(&value, &bits, sizeof(value));
    return value - 1.0F;
}

static double unit_f64(rng *self)
{
    uint64_t bits = rng_u64(self) >> 12 | UINT64_C(1023) << 52;
    double   value;

    memcpy(&value, &bits, sizeof(value));
    return value - 1.0;
}

float rng_range_f32(rng *self, float low, float high)
{
    float scale = high - low;
    float value;

    do {
        value = unit_f32(self) * scale + low;
    } while (!(value < high)); // rounding may reach it
    return value;
}

double rng_range_f64(rng *self, double low, double high)
{
    double scale = high - low;
    double value;

    do {
        value = unit_f64(self) * scale + low;
    } while (!(value < high));
    return value;
}

// ---- Choices ---------------------------------------------------------------

bool rng_chance(rng *self, double p)
{
    assert(p >= 0.0 && p < 1.0);
    return rng_u64(self) < (uint64_t)(p * 0x1p64);
}

const char *rng_text(rng *self, const char *const *texts, size_t count)
{
    return texts[rng_below_u64(self, (uint32_t)count)];
}

// Returns the float just below a positive one.
static float float_before(float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof(bits));
    bits--;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

void rng_weights_init(rng_weights *self, const float *weights, size_t count)
{
    float total = weights[0];

    assert(count > 0 && count <= RNG_WEIGHTS_MAX);
    for (size_t i = 1; i < count; i++) {
        self->cumulative[i - 1] = total;
        total += weights[i];
    }
    // The largest unit_f32 must stay below the total.
    self->scale = total;
    while (self->scale * (1.0F - 0x1p-23F) >= total) {
        self->scale = float_before(self->scale);
    }
    self->count = count;
}

size_t rng_weighted(rng *self, const rng_weights *weights)
{
    float  chosen = unit_f32(self) * weights->scale;
    size_t index = 0;

    while (index + 1 < weights->count && weights->cumulative[index] <= chosen) {
        index++;
    }
    return index;
}
