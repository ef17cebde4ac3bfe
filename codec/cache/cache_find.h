/* cache_find.h -- from a slot to its entry, bounds first. Private to
 * codec/cache.
 */
#ifndef CODEC_CACHE_CACHE_FIND_H
#define CODEC_CACHE_CACHE_FIND_H

#include "codec/cache/cache_file.h"

/* Where slots are in all of the file; the last one's number plus 1. */
static inline const uint8_t *cache_bucket(const inlay_cache *self,
                                          uint64_t           bucket)
{
    return self->data + self->index + bucket * CACHE_BUCKET_SIZE;
}

static inline uint64_t cache_slot_count(const inlay_cache *self)
{
    return (self->bucket_count + self->probe_count - 1) * CACHE_BUCKET_SLOTS;
}

static inline uint64_t cache_slot(const inlay_cache *self, uint64_t number)
{
    return inlay_load(
        inlay_load_u64(cache_bucket(self, number / CACHE_BUCKET_SLOTS) +
                       number % CACHE_BUCKET_SLOTS * 8));
}

/* Sets key and value of the entry that a slot leads to. False when any of it
 * lies outside of the data. Everything is read once, since the file may be
 * another process's to write. */
static inline bool cache_entry_read(const inlay_cache *self, uint64_t slot,
                                    inlay_cache_entry *entry)
{
    uint64_t       at = cache_slot_offset(slot);
    const uint8_t *value;
    uint64_t       value_size;
    uint64_t       key_size;

    if (at < CACHE_HEADER_SIZE + CACHE_ENTRY_HEAD || at > self->index) {
        return false;
    }
    value = self->data + at;
    value_size = inlay_load(
        inlay_load_u64(value - CACHE_ENTRY_HEAD + CACHE_HEAD_VALUE_SIZE));
    key_size = inlay_load(
        inlay_load_u32(value - CACHE_ENTRY_HEAD + CACHE_HEAD_KEY_SIZE));
    if (value_size > self->index - at ||
        key_size > at - CACHE_HEADER_SIZE - CACHE_ENTRY_HEAD) {
        return false;
    }
    entry->key.data = value - CACHE_ENTRY_HEAD - key_size;
    entry->key.size = (size_t)key_size;
    entry->value.data = value;
    entry->value.size = (size_t)value_size;
    entry->offset = at;
    return true;
}

/* Finds the entry of a key. */
bool cache_find(const inlay_cache *self, const void *key, size_t key_size,
                inlay_cache_entry *entry);

/* The checksum of an entry against its own bytes. */
static inline bool cache_entry_is_whole(const inlay_cache_entry *entry)
{
    const uint8_t *head = entry->value.data - CACHE_ENTRY_HEAD;

    return inlay_load_u64(head + CACHE_HEAD_CHECK) ==
               cache_entry_check_of(entry->key.data, entry->key.size,
                                    entry->value.data, entry->value.size) &&
           inlay_load_u32(head + CACHE_HEAD_ZERO) == 0;
}

#endif
