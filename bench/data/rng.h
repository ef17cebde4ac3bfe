/* rng.h -- the random values of the public benchmark's data, to the bit.
 *
 * The public benchmark, here and in the files beside this one, is
 * github.com/djkoloski/rust_serialization_benchmark.
 *
 * The public data sets are what one generator and one set of sampling rules
 * make of one seed: PCG XSH RR 64/32 (M. O'Neill, 2014), and the rules of
 * Rust's `rand` 0.8 for ranges, chances, floats and weighted choices. These
 * are our own implementations of those rules. They differ per type, even where
 * the distribution is the same (how many draws, what is rejected), so each
 * function here says which of the Rust types it stands for.
 *
 * A range of exactly one value still draws. `high` is exclusive throughout.
 */
#ifndef BENCH_DATA_RNG_H
#define BENCH_DATA_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rng {
    uint64_t state;
    uint64_t increment;
} rng;

/* Starts the generator where every public data set starts: the seed is the
 * first twenty digits of pi, half as state and half as stream, and the number
 * of records has been drawn, from a range that holds only that number. */
void rng_init(rng *self);

/* ---- Whole types --------------------------------------------------------- */

uint32_t rng_u32(rng *self); /* narrower integers are its low bits */
uint64_t rng_u64(rng *self); /* the low half is drawn first */
float    rng_f32(rng *self); /* [0, 1) in steps of 2^-24 */
double   rng_f64(rng *self); /* [0, 1) in steps of 2^-53 */

/* ---- Ranges -------------------------------------------------------------- */

/* Below `range`, which is not 0, for types of 8 and 16 bits. */
uint32_t rng_below_small(rng *self, uint32_t range);

/* Below `range`, which is not 0, for types of 32 bits. */
uint32_t rng_below_u32(rng *self, uint32_t range);

/* Below `range`, which is not 0, for types of 64 bits, `usize` among them. No
 * data set has a range of over 32 bits, which spares a 128-bit product. */
uint64_t rng_below_u64(rng *self, uint32_t range);

int8_t  rng_range_i8(rng *self, int8_t low, int8_t high);
int16_t rng_range_i16(rng *self, int16_t low, int16_t high);
int32_t rng_range_i32(rng *self, int32_t low, int32_t high);
size_t  rng_range_size(rng *self, uint32_t low, uint32_t high);
float   rng_range_f32(rng *self, float low, float high);
double  rng_range_f64(rng *self, double low, double high);

/* ---- Choices ------------------------------------------------------------- */

/* Returns true with the chance `p`, 0 <= p < 1; always draws 64 bits. */
bool rng_chance(rng *self, double p);

/* Returns one of `count` texts, chosen by an index of 64 bits. */
const char *rng_text(rng *self, const char *const *texts, size_t count);

/* The same for an array whose size the compiler knows. */
#define RNG_TEXT(self, texts)                                                  \
    rng_text(self, texts, sizeof(texts) / sizeof((texts)[0]))

#define RNG_WEIGHTS_MAX 16

/* Weighted choice among up to RNG_WEIGHTS_MAX. */
typedef struct rng_weights {
    float  cumulative[RNG_WEIGHTS_MAX]; /* of all but the last */
    float  scale;
    size_t count;
} rng_weights;

void rng_weights_init(rng_weights *self, const float *weights, size_t count);

/* Returns an index below the count of weights. */
size_t rng_weighted(rng *self, const rng_weights *weights);

#ifdef __cplusplus
}
#endif

#endif
