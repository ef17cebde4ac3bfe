/* cache_file.h -- the file of a snapshot cache, shared by reader and builder.
 *
 *   header | entries ... | pad to 64 | buckets
 *
 * Header, 128 bytes:
 *
 *   OFFSET  SIZE
 *        0     8  "INLC" 0D 0A 1A 0A: what transfers as text spoil
 *        8     4  version, 1
 *       12     4  flags, 0
 *       16     8  size of the file
 *       24     8  entries
 *       32     8  buckets that hashes lead to
 *       40     8  offset of the buckets, a multiple of 64
 *       48     8  type id of the values; 0: not said
 *       56     4  buckets that an entry may lie in, 1 to 64
 *       60     4  0
 *       64     8  seed of the keys' hashes
 *       72     8  check of the data, from 128 to the buckets
 *       80     8  XXH3-64 of the buckets
 *       88    32  0
 *      120     8  XXH3-64 of bytes 0 to 119
 *
 * The check of the data is that of a chain: XXH3-64 of each MiB in turn, seeded
 * with that of the MiB before; the first seed is 0.
 *
 * An entry. The value lies at a multiple of 64; what finds it lies right before
 * it, so that small entries share lines:
 *
 *            k   key
 *      -24   8   check: XXH3-64 of the value, seeded with XXH3-64 of the key
 *                seeded with the value's size
 *      -16   8   size of the value
 *       -8   4   size of the key, k
 *       -4   4   0
 *        0       value
 *
 * Bytes between entries are 0.
 *
 * A bucket is a cache line of 8 slots, filled from the front. A slot is 0 or
 *
 *       bits 48-63  low bits of the key's hash
 *       bits  0-47  offset of the value / 64
 *
 * The hash's high 32 bits, times the buckets that hashes lead to, shifted right
 * by 32, are its bucket; what is full spills into the next one, and behind the
 * last one stand as many more as spills can need. So a lookup stops at the
 * first bucket with an empty slot, and never wraps around.
 */
#ifndef CODEC_CACHE_CACHE_FILE_H
#define CODEC_CACHE_CACHE_FILE_H

#include <inlay/cache.h>
#include <inlay/wire.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
    CACHE_HEADER_SIZE = 128,
    CACHE_VERSION = 1,
    CACHE_AT_VERSION = 8,
    CACHE_AT_FLAGS = 12,
    CACHE_AT_SIZE = 16,
    CACHE_AT_ENTRIES = 24,
    CACHE_AT_BUCKETS = 32,
    CACHE_AT_INDEX = 40,
    CACHE_AT_TYPE = 48,
    CACHE_AT_PROBES = 56,
    CACHE_AT_RESERVED = 60,
    CACHE_AT_SEED = 64,
    CACHE_AT_DATA_CHECK = 72,
    CACHE_AT_INDEX_CHECK = 80,
    CACHE_AT_ZEROS = 88,
    CACHE_AT_CHECK = 120,

    CACHE_ALIGN = 64,
    CACHE_CHUNK = 1 << 20, // of the check of the data

    CACHE_ENTRY_HEAD = 24, // before the value
    CACHE_HEAD_CHECK = 0,
    CACHE_HEAD_VALUE_SIZE = 8,
    CACHE_HEAD_KEY_SIZE = 16,
    CACHE_HEAD_ZERO = 20,

    CACHE_BUCKET_SIZE = 64,
    CACHE_BUCKET_SLOTS = 8,
    CACHE_BUCKET_FILL = 5, // slots in use, on average
    CACHE_PROBES_MAX = 64,
    CACHE_OFFSET_BITS = 48
};

extern const uint8_t cache_magic[CACHE_AT_VERSION];

static inline uint64_t cache_hash(uint64_t seed, const void *key, size_t size)
{
    return XXH3_64bits_withSeed(key, size, seed);
}

static inline uint64_t cache_bucket_of(uint64_t hash, uint64_t bucket_count)
{
    return (hash >> 32) * bucket_count >> 32;
}

static inline uint64_t cache_slot_make(uint64_t hash, uint64_t offset)
{
    return hash << CACHE_OFFSET_BITS | offset / CACHE_ALIGN;
}

static inline uint64_t cache_slot_offset(uint64_t slot)
{
    return (slot & ((UINT64_C(1) << CACHE_OFFSET_BITS) - 1)) * CACHE_ALIGN;
}

static inline uint64_t cache_slot_tag(uint64_t slot)
{
    return slot >> CACHE_OFFSET_BITS;
}

static inline uint64_t cache_hash_tag(uint64_t hash)
{
    return hash & UINT16_MAX;
}

static inline uint64_t cache_entry_check_of(const void *key, size_t key_size,
                                            const void *value,
                                            size_t      value_size)
{
    uint64_t seed = XXH3_64bits_withSeed(key, key_size, value_size);

    return XXH3_64bits_withSeed(value, value_size, seed);
}

/* Names a key in an error's path: `key "..."`, what is not printable escaped.
 */
void cache_error_key(inlay_error *error, inlay_bytes key);

#endif
