// cache_build.c -- the builder of a cache; see <inlay/cache.h>.
//
// Values stream to the file through one buffer, which is also the unit of the
// data's check. What stays in memory is a mark for each entry.

#include "codec/cache/cache_build.h"

#include <errno.h>
#include <string.h>

#include <inlay/gen.h>

#include "codec/io/io.h"

enum {
    MARKS_FIRST = 1024,
    SAME_HASH_MAX = CACHE_PROBES_MAX * CACHE_BUCKET_SLOTS
};

#define VALUE_SIZE_MAX (UINT64_C(1) << 47)

static void *memory_get(const inlay_alloc *alloc, uint64_t size)
{
    return size <= SIZE_MAX
               ? alloc->resize(alloc->context, NULL, 0, (size_t)size)
               : NULL;
}

static void memory_free(const inlay_alloc *alloc, void *memory, uint64_t size)
{
    if (memory != NULL) {
        alloc->resize(alloc->context, memory, (size_t)size, 0);
    }
}

// ---- Beginning and end ------------------------------------------------------

static inlay_status builder_start(inlay_cache_builder *self, const char *path,
                                  uint64_t entries)
{
    if (entries > 0 && entries <= SIZE_MAX / sizeof(cache_mark)) {
        self->marks = memory_get(self->alloc, entries * sizeof(cache_mark));
        if (self->marks == NULL) {
            return INLAY_OUT_OF_MEMORY;
        }
        self->capacity = entries;
    }
    self->buffer = memory_get(self->alloc, CACHE_CHUNK);
    self->draft = memory_get(self->alloc, sizeof *self->draft);
    if (self->buffer == NULL || self->draft == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    *self->draft = (io_draft){.fd = -1};
    return io_draft_open(self->draft, path, self->alloc);
}

inlay_status
inlay_cache_builder_init(inlay_cache_builder *self, const char *path,
                         const inlay_cache_builder_options *options)
{
    static const inlay_cache_builder_options none = {0};
    inlay_cache_builder                      builder = {0};
    inlay_status                             status;

    options = options != NULL ? options : &none;
    builder.alloc = options->alloc != NULL ? options->alloc : &inlay_alloc_heap;
    builder.type_id = options->type_id;
    builder.start = CACHE_HEADER_SIZE;
    builder.end = CACHE_HEADER_SIZE;
    status = builder_start(&builder, path, options->entries_expected);
    if (status != INLAY_OK) {
        int error = errno;

        inlay_cache_builder_release(&builder);
        errno = error;
        return status;
    }
    *self = builder;
    return INLAY_OK;
}

void inlay_cache_builder_release(inlay_cache_builder *self)
{
    if (self->alloc == NULL) {
        return; // released already
    }
    if (self->draft != NULL) {
        io_draft_discard(self->draft, self->alloc);
    }
    memory_free(self->alloc, self->draft, sizeof *self->draft);
    memory_free(self->alloc, self->buffer, CACHE_CHUNK);
    memory_free(self->alloc, self->marks, self->capacity * sizeof(cache_mark));
    *self = (inlay_cache_builder){0};
}

// ---- Data -------------------------------------------------------------------

// Writes the buffer, which is full but at the very end.
static inlay_status data_flush(inlay_cache_builder *self)
{
    size_t size = (size_t)(self->end - self->start);

    if (size == 0) {
        return INLAY_OK;
    }
    INLAY_TRY(io_write_at(self->draft->fd, self->buffer, size, self->start));
    self->check = XXH3_64bits_withSeed(self->buffer, size, self->check);
    self->start = self->end;
    return INLAY_OK;
}

// Appends bytes to the data; NULL stands for zeros.
static inlay_status data_put(inlay_cache_builder *self, const void *data,
                             uint64_t size)
{
    const uint8_t *from = data;

    while (size > 0) {
        size_t used = (size_t)(self->end - self->start);
        size_t some = CACHE_CHUNK - used;

        some = size < some ? (size_t)size : some;
        if (from != NULL) {
            memcpy(self->buffer + used, from, some);
            from += some;
        } else {
            memset(self->buffer + used, 0, some);
        }
        self->end += some;
        size -= some;
        if (self->end - self->start == CACHE_CHUNK) {
            INLAY_TRY(data_flush(self));
        }
    }
    return INLAY_OK;
}

// Bytes from `offset` up to a multiple of 64.
static uint64_t pad_of(uint64_t offset)
{
    return (CACHE_ALIGN - offset % CACHE_ALIGN) % CACHE_ALIGN;
}

// ---- Adding -----------------------------------------------------------------

static inlay_status marks_reserve(inlay_cache_builder *self)
{
    uint64_t capacity = self->capacity > 0 ? self->capacity * 2 : MARKS_FIRST;
    cache_mark *marks;

    if (self->count < self->capacity) {
        return INLAY_OK;
    }
    if (capacity > SIZE_MAX / sizeof *marks) {
        return INLAY_OUT_OF_MEMORY;
    }
    marks = self->alloc->resize(self->alloc->context, self->marks,
                                (size_t)self->capacity * sizeof *marks,
                                (size_t)capacity * sizeof *marks);
    if (marks == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    self->marks = marks;
    self->capacity = capacity;
    return INLAY_OK;
}

// Puts the pad, the key, the head and the value, in this order.
static inlay_status entry_put(inlay_cache_builder *self, inlay_bytes key,
                              inlay_bytes value)
{
    uint8_t head[CACHE_ENTRY_HEAD];

    inlay_store_u64(
        head + CACHE_HEAD_CHECK,
        cache_entry_check_of(key.data, key.size, value.data, value.size));
    inlay_store_u64(head + CACHE_HEAD_VALUE_SIZE, value.size);
    inlay_store_u32(head + CACHE_HEAD_KEY_SIZE, (uint32_t)key.size);
    inlay_store_u32(head + CACHE_HEAD_ZERO, 0);
    INLAY_TRY(
        data_put(self, NULL, pad_of(self->end + key.size + CACHE_ENTRY_HEAD)));
    INLAY_TRY(data_put(self, key.data, key.size));
    INLAY_TRY(data_put(self, head, sizeof head));
    self->marks[self->count].offset = self->end;
    return data_put(self, value.data, value.size);
}

inlay_status inlay_cache_builder_add(inlay_cache_builder *self, const void *key,
                                     size_t key_size, const void *value,
                                     size_t value_size)
{
    inlay_bytes key_bytes = {key, key_size};
    inlay_bytes value_bytes = {value, value_size};

    if (self->status != INLAY_OK) {
        return self->status;
    }
    if (key_size > INLAY_CACHE_KEY_SIZE_MAX) {
        return INLAY_TOO_LONG;
    }
    if (value_size > VALUE_SIZE_MAX || self->end > VALUE_SIZE_MAX) {
        return INLAY_TOO_LARGE;
    }
    self->status = marks_reserve(self);
    if (self->status == INLAY_OK) {
        self->status = entry_put(self, key_bytes, value_bytes);
    }
    if (self->status == INLAY_OK) {
        self->marks[self->count].hash = cache_hash(0, key, key_size);
        self->count++;
    }
    return self->status;
}

// ---- Duplicates -------------------------------------------------------------

// Reads the key of an entry back; `key` has room for the longest one.
static inlay_status key_read(const inlay_cache_builder *self,
                             const cache_mark *mark, uint8_t *key, size_t *size)
{
    uint8_t head[CACHE_ENTRY_HEAD];

    INLAY_TRY(io_read_at(self->draft->fd, head, sizeof head,
                         mark->offset - sizeof head));
    *size = inlay_load_u32(head + CACHE_HEAD_KEY_SIZE);
    if (*size > INLAY_CACHE_KEY_SIZE_MAX) {
        return INLAY_DAMAGED; // by whom, in a file without a name?
    }
    return io_read_at(self->draft->fd, key, *size,
                      mark->offset - sizeof head - *size);
}

// Compares entries of one hash, each with each: there are few.
static inlay_status same_hash_check(const inlay_cache_builder *self,
                                    const cache_mark *marks, uint64_t count,
                                    inlay_error *error)
{
    uint8_t *one = self->buffer; // not needed before the index is written
    uint8_t *other = self->buffer + CACHE_CHUNK / 2;
    uint64_t i, j;
    size_t   one_size, other_size;

    if (count > SAME_HASH_MAX) {
        return INLAY_FULL;
    }
    for (i = 0; i + 1 < count; i++) {
        INLAY_TRY(key_read(self, &marks[i], one, &one_size));
        for (j = i + 1; j < count; j++) {
            INLAY_TRY(key_read(self, &marks[j], other, &other_size));
            if (one_size == other_size && memcmp(one, other, one_size) == 0) {
                io_fail(error, INLAY_DUPLICATE, INLAY_NO_OFFSET);
                if (error != NULL) {
                    cache_error_key(error, (inlay_bytes){one, one_size});
                }
                return INLAY_DUPLICATE;
            }
        }
    }
    return INLAY_OK;
}

// Looks for duplicates among the sorted marks.
static inlay_status duplicates_check(const inlay_cache_builder *self,
                                     inlay_error               *error)
{
    uint64_t begin = 0;

    while (begin < self->count) {
        uint64_t end = begin + 1;

        while (end < self->count &&
               self->marks[end].hash == self->marks[begin].hash) {
            end++;
        }
        if (end - begin > 1) {
            INLAY_TRY(
                same_hash_check(self, self->marks + begin, end - begin, error));
        }
        begin = end;
    }
    return INLAY_OK;
}

// ---- Publishing -------------------------------------------------------------

static inlay_status header_write(const inlay_cache_builder *self,
                                 const cache_index         *index)
{
    uint8_t header[CACHE_HEADER_SIZE] = {0};

    memcpy(header, cache_magic, sizeof cache_magic);
    inlay_store_u32(header + CACHE_AT_VERSION, CACHE_VERSION);
    inlay_store_u64(header + CACHE_AT_SIZE, self->end + index->size);
    inlay_store_u64(header + CACHE_AT_ENTRIES, self->count);
    inlay_store_u64(header + CACHE_AT_BUCKETS, index->bucket_count);
    inlay_store_u64(header + CACHE_AT_INDEX, self->end);
    inlay_store_u64(header + CACHE_AT_TYPE, self->type_id);
    inlay_store_u32(header + CACHE_AT_PROBES, index->probe_count);
    inlay_store_u64(header + CACHE_AT_DATA_CHECK, self->check);
    inlay_store_u64(header + CACHE_AT_INDEX_CHECK, index->check);
    inlay_store_u64(header + CACHE_AT_CHECK,
                    XXH3_64bits(header, CACHE_AT_CHECK));
    return io_write_at(self->draft->fd, header, sizeof header, 0);
}

static inlay_status builder_publish(inlay_cache_builder *self,
                                    inlay_error         *error)
{
    cache_index index;

    INLAY_TRY(data_put(self, NULL, pad_of(self->end)));
    INLAY_TRY(data_flush(self));
    cache_marks_sort(self->marks, self->count);
    INLAY_TRY(duplicates_check(self, error));
    INLAY_TRY(cache_index_plan(self->marks, self->count, &index));
    INLAY_TRY(cache_index_write(self->marks, self->count, self->draft->fd,
                                self->end, self->buffer, &index));
    INLAY_TRY(header_write(self, &index));
    return io_draft_publish(self->draft);
}

inlay_status inlay_cache_builder_publish(inlay_cache_builder *self,
                                         inlay_error         *error)
{
    inlay_status status = self->status;

    if (status == INLAY_OK) {
        status = builder_publish(self, error);
        self->status = status == INLAY_OK ? INLAY_CLOSED : status;
    }
    if (status != INLAY_OK && status != INLAY_DUPLICATE) {
        io_fail(error, status, INLAY_NO_OFFSET);
    }
    return status;
}
