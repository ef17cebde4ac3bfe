// cache_check.c -- all entries of a cache, and what may be wrong with them; see
// <inlay/cache.h>.

#include "codec/cache/cache_find.h"

#include <stdio.h>
#include <string.h>

#include <inlay/gen.h>

#include "codec/io/io.h"

void cache_error_key(inlay_error *error, inlay_bytes key)
{
    static const char head[] = "key \"";
    size_t            used = sizeof head - 1;
    size_t            i;

    memcpy(error->path, head, sizeof head);
    for (i = 0; i < key.size; i++) {
        uint8_t byte = key.data[i];

        if (used + sizeof "\\x00...\"" > sizeof error->path) {
            memcpy(error->path + used, "...", 4);
            used += 3;
            break;
        }
        if (byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\') {
            error->path[used++] = (char)byte;
        } else {
            used += (size_t)snprintf(
                error->path + used, sizeof error->path - used, "\\x%02x", byte);
        }
    }
    error->path[used++] = '"';
    error->path[used] = '\0';
}

// ---- Entries ----------------------------------------------------------------

inlay_status inlay_cache_next(const inlay_cache *self, uint64_t *cursor,
                              inlay_cache_entry *entry, inlay_error *error)
{
    uint64_t count = cache_slot_count(self);

    while (*cursor < count) {
        uint64_t          number = (*cursor)++;
        uint64_t          slot = cache_slot(self, number);
        inlay_cache_entry found;

        if (slot == 0) {
            continue;
        }
        if (!cache_entry_read(self, slot, &found)) {
            return io_fail(error, INLAY_DAMAGED, self->index + number * 8);
        }
        found.slot = number;
        *entry = found;
        return INLAY_OK;
    }
    return io_fail(error, INLAY_NOT_FOUND, INLAY_NO_OFFSET);
}

// Reports what is wrong with an entry, `at` bytes into the file.
static inlay_status entry_fail(const inlay_cache_entry *entry,
                               inlay_status status, uint64_t at,
                               inlay_error *error)
{
    io_fail(error, status, at);
    if (error != NULL) {
        cache_error_key(error, entry->key);
    }
    return status;
}

// Puts the key before the path that the verifier has found.
static inlay_status value_fail(const inlay_cache_entry *entry,
                               const inlay_error *found, inlay_error *error)
{
    uint64_t at = found->offset == INLAY_NO_OFFSET
                      ? entry->offset
                      : entry->offset + found->offset;

    entry_fail(entry, found->status, at, error);
    if (error != NULL && found->path[0] != '\0') {
        size_t used = strlen(error->path);

        snprintf(error->path + used, sizeof error->path - used, ": %s",
                 found->path);
    }
    return found->status;
}

inlay_status inlay_cache_entry_check(const inlay_cache       *self,
                                     const inlay_cache_entry *entry,
                                     const inlay_record_desc *desc,
                                     inlay_error             *error)
{
    inlay_cache_entry other;
    inlay_error       found;

    if (!cache_entry_is_whole(entry)) {
        return entry_fail(entry, INLAY_CHECKSUM,
                          entry->offset - CACHE_ENTRY_HEAD, error);
    }
    if (!cache_find(self, entry->key.data, entry->key.size, &other)) {
        return entry_fail(entry, INLAY_DAMAGED, self->index + entry->slot * 8,
                          error);
    }
    if (other.slot != entry->slot) {
        return entry_fail(entry, INLAY_DUPLICATE, self->index + entry->slot * 8,
                          error);
    }
    if (desc != NULL && inlay_verify(desc, entry->value.data, entry->value.size,
                                     &found) != INLAY_OK) {
        return value_fail(entry, &found, error);
    }
    return INLAY_OK;
}

// ---- The file ---------------------------------------------------------------

// The chain over all data; see cache_file.h.
static uint64_t data_check(const inlay_cache *self)
{
    uint64_t check = 0;
    uint64_t at = CACHE_HEADER_SIZE;

    while (at < self->index) {
        uint64_t rest = self->index - at;
        size_t   size = rest < CACHE_CHUNK ? (size_t)rest : CACHE_CHUNK;

        check = XXH3_64bits_withSeed(self->data + at, size, check);
        at += size;
    }
    return check;
}

// The index says of how many entries the header speaks.
static uint64_t index_count(const inlay_cache *self)
{
    uint64_t count = 0;
    uint64_t number;

    for (number = 0; number < cache_slot_count(self); number++) {
        count += cache_slot(self, number) != 0;
    }
    return count;
}

inlay_status inlay_cache_check(const inlay_cache *self, inlay_error *error)
{
    if (XXH3_64bits(self->data + self->index,
                    (size_t)(self->size - self->index)) !=
        inlay_load_u64(self->data + CACHE_AT_INDEX_CHECK)) {
        return io_fail(error, INLAY_CHECKSUM, self->index);
    }
    if (data_check(self) != inlay_load_u64(self->data + CACHE_AT_DATA_CHECK)) {
        return io_fail(error, INLAY_CHECKSUM, CACHE_HEADER_SIZE);
    }
    if (index_count(self) != self->entry_count) {
        return io_fail(error, INLAY_DAMAGED, CACHE_AT_ENTRIES);
    }
    return INLAY_OK;
}
