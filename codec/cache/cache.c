// cache.c -- lookups; see <inlay/cache.h>, and cache_file.h for the index.

#include "codec/cache/cache_find.h"

#include <string.h>

#include <inlay/verify.h>

enum {
    BATCH = 32, // keys of which the cache misses overlap
    MARK_BITS = 64
};

static inline void prefetch(const void *at)
{
#if defined(__GNUC__) || defined(__clang__)
    __builtin_prefetch(at);
#else
    (void)at;
#endif
}

// ---- Buckets ----------------------------------------------------------------

// A bit for each slot of the bucket with the tag; `*full` when none is empty.
// Empty slots have the tag 0, but no offset. No branches: they would be missed
// half of the time.
static unsigned bucket_match(const uint8_t *bucket, uint64_t tag, bool *full)
{
    unsigned match = 0;
    unsigned i;

    for (i = 0; i < CACHE_BUCKET_SLOTS; i++) {
        uint64_t slot = inlay_load_u64(bucket + (size_t)i * 8);

        match |= (unsigned)(cache_slot_tag(slot) == tag) << i;
    }
    *full = inlay_load_u64(bucket + CACHE_BUCKET_SIZE - 8) != 0;
    return match;
}

// Of bits that are not 0.
static unsigned lowest_bit(unsigned bits)
{
#if defined(__GNUC__) || defined(__clang__)
    return (unsigned)__builtin_ctz(bits);
#else
    unsigned at = 0;

    while ((bits >> at & 1) == 0) {
        at++;
    }
    return at;
#endif
}

// Returns whether the slot's entry has the key.
static bool slot_holds(const inlay_cache *self, uint64_t slot, const void *key,
                       size_t key_size, inlay_cache_entry *entry)
{
    return cache_entry_read(self, slot, entry) && entry->key.size == key_size &&
           (key_size == 0 || memcmp(entry->key.data, key, key_size) == 0);
}

static bool find_hashed(const inlay_cache *self, uint64_t hash, const void *key,
                        size_t key_size, inlay_cache_entry *entry)
{
    uint64_t bucket = cache_bucket_of(hash, self->bucket_count);
    uint32_t probe;

    for (probe = 0; probe < self->probe_count; probe++, bucket++) {
        bool     full;
        unsigned match = bucket_match(cache_bucket(self, bucket),
                                      cache_hash_tag(hash), &full);

        for (; match != 0; match &= match - 1) {
            uint64_t number = bucket * CACHE_BUCKET_SLOTS + lowest_bit(match);

            if (slot_holds(self, cache_slot(self, number), key, key_size,
                           entry)) {
                entry->slot = number;
                return true;
            }
        }
        if (!full) {
            break;
        }
    }
    return false;
}

bool cache_find(const inlay_cache *self, const void *key, size_t key_size,
                inlay_cache_entry *entry)
{
    return find_hashed(self, cache_hash(self->seed, key, key_size), key,
                       key_size, entry);
}

// ---- Values -----------------------------------------------------------------

// Verifies a value the first time. Two threads may do it at once: both find the
// same.
static inlay_status value_verify(const inlay_cache       *self,
                                 const inlay_cache_entry *entry)
{
    uint64_t *word = &self->verified[entry->slot / MARK_BITS];
    uint64_t  bit = UINT64_C(1) << entry->slot % MARK_BITS;

    if ((__atomic_load_n(word, __ATOMIC_RELAXED) & bit) == 0) {
        inlay_status status;

        if (!cache_entry_is_whole(entry)) {
            return INLAY_CHECKSUM;
        }
        status = inlay_verify(self->options.verify, entry->value.data,
                              entry->value.size, NULL);
        if (status != INLAY_OK) {
            return status;
        }
        __atomic_fetch_or(word, bit, __ATOMIC_RELAXED);
    }
    return INLAY_OK;
}

// Hands a value out, verified where that is asked for.
static inlay_status value_give(const inlay_cache       *self,
                               const inlay_cache_entry *entry,
                               inlay_bytes             *value)
{
    inlay_status status =
        self->verified != NULL ? value_verify(self, entry) : INLAY_OK;

    if (status == INLAY_OK) {
        *value = entry->value;
    }
    return status;
}

inlay_status inlay_cache_get(const inlay_cache *self, const void *key,
                             size_t key_size, inlay_bytes *value)
{
    inlay_cache_entry entry;

    if (!cache_find(self, key, key_size, &entry)) {
        return INLAY_NOT_FOUND;
    }
    return value_give(self, &entry, value);
}

// ---- Many at once -----------------------------------------------------------

// Has the line of each first candidate fetched: the bucket was, long ago.
static void entry_prefetch(const inlay_cache *self, uint64_t hash)
{
    const uint8_t *bucket =
        cache_bucket(self, cache_bucket_of(hash, self->bucket_count));
    bool     full;
    unsigned match = bucket_match(bucket, cache_hash_tag(hash), &full);
    uint64_t at;

    if (match == 0) {
        return;
    }
    at = cache_slot_offset(
        inlay_load_u64(bucket + (size_t)lowest_bit(match) * 8));
    if (at >= CACHE_HEADER_SIZE && at < self->index) {
        prefetch(self->data + at - CACHE_ENTRY_HEAD);
        prefetch(self->data + at);
    }
}

static size_t get_batch(const inlay_cache *self, const inlay_bytes *keys,
                        size_t count, inlay_bytes *values)
{
    uint64_t hashes[BATCH];
    size_t   found = 0;
    size_t   i;

    for (i = 0; i < count; i++) {
        hashes[i] = cache_hash(self->seed, keys[i].data, keys[i].size);
        prefetch(
            cache_bucket(self, cache_bucket_of(hashes[i], self->bucket_count)));
    }
    for (i = 0; i < count; i++) {
        entry_prefetch(self, hashes[i]);
    }
    for (i = 0; i < count; i++) {
        inlay_cache_entry entry;

        values[i].data = NULL;
        values[i].size = 0;
        found +=
            find_hashed(self, hashes[i], keys[i].data, keys[i].size, &entry) &&
            value_give(self, &entry, &values[i]) == INLAY_OK;
    }
    return found;
}

size_t inlay_cache_get_many(const inlay_cache *self, const inlay_bytes *keys,
                            size_t count, inlay_bytes *values)
{
    size_t found = 0;
    size_t at;

    for (at = 0; at < count; at += BATCH) {
        size_t some = count - at < BATCH ? count - at : BATCH;

        found += get_batch(self, keys + at, some, values + at);
    }
    return found;
}
