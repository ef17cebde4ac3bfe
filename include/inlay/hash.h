/* hash.h -- identity: one value is one message, so a hash of the bytes is a
 * hash of the value.
 *
 * That holds for canonical messages of one schema (`_verify_canonical`), which
 * is what every encoder writes. The hashes are XXH3 without a seed: fast, the
 * same on every host and for ever, good for caches and for finding accidents,
 * no protection against somebody who looks for collisions.
 *
 *     uint64_t key;
 *
 *     status = log_entry_hash64(&entry, &encoder, &key);
 *
 * Source: XXH3 of xxHash, https://xxhash.com.
 * Threads: reading has no side effects.
 */
#ifndef INLAY_HASH_H
#define INLAY_HASH_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* 128 bits, as two halves. */
typedef struct inlay_hash128 {
    uint64_t low;
    uint64_t high;
} inlay_hash128;

/* Returns the XXH3-64 of bytes; O(size). */
uint64_t inlay_bytes_hash64(const void *data, size_t size);

/* Returns the XXH3-128 of bytes; O(size). */
inlay_hash128 inlay_bytes_hash128(const void *data, size_t size);

/* Returns whether both hashes are the same. */
static inline bool inlay_hash128_equal(inlay_hash128 a, inlay_hash128 b)
{
    return a.low == b.low && a.high == b.high;
}

#ifdef __cplusplus
}
#endif

#endif
