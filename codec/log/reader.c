// reader.c -- opens a log, and gives its records; see <inlay/log.h>.
#include "codec/log/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <inlay/wire.h>

#include "codec/io/io.h"

// ---- The header -------------------------------------------------------------

// Reads one of the two headers with its description, into memory that the
// reader keeps. INLAY_MAGIC where there is none at all.
static inlay_status header_load(inlay_log_reader *self, uint64_t offset,
                                log_header *header)
{
    uint8_t      bytes[LOG_HEADER_SIZE];
    uint8_t     *text;
    inlay_status status;

    if (offset > self->size || self->size - offset < sizeof bytes) {
        return INLAY_MAGIC;
    }
    status = io_read_at(self->fd, bytes, sizeof bytes, offset);
    if (status == INLAY_OK) {
        status = log_header_read(bytes, header);
    }
    if (status != INLAY_OK) {
        return status;
    }
    if (self->size - offset < log_header_extent(header)) {
        return INLAY_CUT_SHORT;
    }
    self->header_size = header->description_size;
    text = self->alloc->resize(self->alloc->context, NULL, 0,
                               self->header_size + 1);
    if (text == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    status =
        io_read_at(self->fd, text, self->header_size, offset + LOG_HEADER_SIZE);
    if (status == INLAY_OK &&
        !inlay_hash128_equal(
            header->fingerprint,
            inlay_description_fingerprint(text, self->header_size))) {
        status = INLAY_CHECKSUM;
    }
    if (status != INLAY_OK) {
        self->alloc->resize(self->alloc->context, text, self->header_size + 1,
                            0);
        return status;
    }
    self->header = text;
    return INLAY_OK;
}

// Looks for the second header where the first is damaged, and with it its size.
static inlay_status header_find_second(inlay_log_reader *self,
                                       log_header *header, uint64_t *offset)
{
    uint64_t last =
        LOG_GRAIN + log_round_up(INLAY_DESCRIPTION_SIZE_MAX, LOG_GRAIN);
    uint64_t at;

    for (at = LOG_GRAIN; at <= last && at < self->size; at += LOG_GRAIN) {
        inlay_status status = header_load(self, at, header);

        if (status == INLAY_OK && log_header_extent(header) != at) {
            self->alloc->resize(self->alloc->context, self->header,
                                self->header_size + 1, 0);
            self->header = NULL;
            continue;
        }
        *offset = at;
        if (status == INLAY_OK || status == INLAY_OUT_OF_MEMORY ||
            status == INLAY_SYSTEM || status == INLAY_OTHER_VERSION) {
            return status;
        }
    }
    return INLAY_DAMAGED;
}

// Says what is wrong with a file that has no whole header.
static inlay_status header_missing(inlay_log_reader *self, inlay_status first)
{
    uint8_t      bytes[8];
    size_t       size = self->size < 8 ? (size_t)self->size : 8;
    inlay_status status = io_read_at(self->fd, bytes, size, 0);

    if (status != INLAY_OK) {
        return status;
    }
    if (first == INLAY_CUT_SHORT ||
        (self->size < LOG_HEADER_SIZE && log_header_begins(bytes, size))) {
        return INLAY_CUT_SHORT;
    }
    return first == INLAY_MAGIC ? INLAY_MAGIC : INLAY_DAMAGED;
}

static inlay_status header_read(inlay_log_reader *self)
{
    log_header   header;
    uint64_t     second = 0;
    inlay_status status = header_load(self, 0, &header);
    inlay_status first = status;

    if (status != INLAY_OK && status != INLAY_OUT_OF_MEMORY &&
        status != INLAY_SYSTEM && status != INLAY_OTHER_VERSION) {
        status = header_find_second(self, &header, &second);
        if (status == INLAY_DAMAGED) {
            return header_missing(self, first);
        }
    }
    if (status != INLAY_OK) {
        return status;
    }
    self->type_id = header.type_id;
    self->description.data = self->header;
    self->description.size = header.description_size;
    self->fingerprint = header.fingerprint;
    self->align = header.align;
    self->start = 2 * log_header_extent(&header);
    memcpy(self->marker, header.marker, sizeof self->marker);
    return INLAY_OK;
}

// ---- Opening and closing ----------------------------------------------------

inlay_status log_reader_refresh(inlay_log_reader *self)
{
    struct stat info;

    if (fstat(self->fd, &info) != 0) {
        return INLAY_SYSTEM;
    }
    self->size = (uint64_t)info.st_size;
    return INLAY_OK;
}

inlay_status log_reader_start(inlay_log_reader *self, int fd,
                              const inlay_log_reader_options *options)
{
    static const inlay_log_reader_options none;
    inlay_status                          status;

    if (options == NULL) {
        options = &none;
    }
    *self = (inlay_log_reader){
        .alloc = options->alloc != NULL ? options->alloc : &inlay_alloc_heap,
        .fd = fd,
        .mapped = options->map,
        .to = options->to,
        .limit = options->limit != 0 ? options->limit : LOG_RAW_MAX};
    status = log_reader_refresh(self);
    if (status == INLAY_OK) {
        status = header_read(self);
    }
    if (status == INLAY_OK && options->record != NULL &&
        options->record->id != self->type_id) {
        status = INLAY_TYPE_ID;
    }
    if (status != INLAY_OK) {
        self->fd = -1;
        inlay_log_reader_close(self);
        return status;
    }
    self->resync = options->from > self->start;
    self->position =
        self->resync ? log_round_up(options->from, LOG_GRAIN) : self->start;
    return INLAY_OK;
}

inlay_status inlay_log_reader_open(inlay_log_reader *self, const char *path,
                                   const inlay_log_reader_options *options)
{
    int          fd = open(path, O_RDONLY | O_CLOEXEC);
    inlay_status status;
    int          error;

    if (fd < 0) {
        return INLAY_SYSTEM;
    }
    status = log_reader_start(self, fd, options);
    if (status != INLAY_OK) {
        error = errno;
        close(fd);
        errno = error;
    }
    return status;
}

static void memory_free(const inlay_log_reader *self, void *memory, size_t size)
{
    if (memory != NULL) {
        self->alloc->resize(self->alloc->context, memory, size, 0);
    }
}

void inlay_log_reader_close(inlay_log_reader *self)
{
    if (self->alloc == NULL) {
        return;
    }
    memory_free(self, self->header, self->header_size + 1);
    memory_free(self, self->memory[0], self->memory_size[0]);
    memory_free(self, self->memory[1], self->memory_size[1]);
    if (self->map != NULL) {
        munmap((void *)(uintptr_t)self->map, self->map_size);
    }
    if (self->fd >= 0) {
        close(self->fd);
    }
    *self = (inlay_log_reader){.fd = -1};
}

inlay_status inlay_log_reader_describe(const inlay_log_reader *self,
                                       inlay_description      *description)
{
    return inlay_description_read(self->description.data,
                                  self->description.size, self->alloc,
                                  description);
}

// ---- Chunks in a row --------------------------------------------------------

// The chunk at hand is the next one: goes behind it.
static inlay_status chunk_accept(inlay_log_reader *self, const log_chunk *chunk)
{
    self->position = chunk->offset + log_chunk_extent(chunk);
    self->expected = chunk->sequence + chunk->count;
    self->resync = false;
    if (self->least > chunk->sequence) {
        uint64_t skip = self->least - chunk->sequence;

        self->next = skip < chunk->count ? (uint32_t)skip : chunk->count;
    }
    return INLAY_OK;
}

// Notes what is lost before a whole chunk, which comes next.
static inlay_status chunk_lost(inlay_log_reader *self, const log_chunk *next)
{
    self->damage.offset = self->position;
    self->damage.size = next->offset - self->position;
    self->damage.records =
        next->sequence > self->expected ? next->sequence - self->expected : 0;
    self->position = next->offset;
    self->expected = next->sequence;
    self->count = 0;
    return INLAY_DAMAGED;
}

// Nothing whole follows, or what does is not for this reader.
static inlay_status chunk_none(inlay_log_reader *self, bool follows)
{
    bool tail = !follows && !self->resync && self->size > self->position;

    self->count = 0;
    self->damage.offset = self->position;
    self->damage.size = tail ? self->size - self->position : 0;
    self->damage.records = 0;
    return INLAY_CLOSED;
}

// Takes the next chunk. A reader of a part looks at the chunk behind its part
// as well: what is damaged there nobody else would notice, since the reader of
// the next part starts with whatever chunk it finds.
//
// A chunk that is not whole may be in the making; so when another stands behind
// it, it is looked at once more, for by then it was written.
static inlay_status chunk_next(inlay_log_reader *self)
{
    bool past = self->to != 0 && self->position >= self->to;
    bool another = false; // stands behind the one at `position`
    bool looked = false;  // with the size as it is now

    for (;;) {
        log_chunk    chunk = {.offset = self->position};
        inlay_status status = INLAY_CHECKSUM;

        if (!self->resync) {
            status = log_chunk_take(self, self->position, &chunk);
        }
        if (status == INLAY_OK) {
            return past ? chunk_none(self, true) : chunk_accept(self, &chunk);
        }
        if (status == INLAY_CHECKSUM) {
            status = log_reader_refresh(self);
        }
        if (status == INLAY_OK) {
            status = log_chunk_find_whole(self, chunk.offset, &chunk);
        }
        if (status == INLAY_CLOSED && (looked || self->resync)) {
            return chunk_none(self, false);
        }
        if (status != INLAY_OK && status != INLAY_CLOSED) {
            return status;
        }
        if (self->resync) {
            self->position = chunk.offset;
            past = self->to != 0 && self->position >= self->to;
            return past ? chunk_none(self, true) : chunk_accept(self, &chunk);
        }
        if (status == INLAY_OK && another) {
            return chunk_lost(self, &chunk);
        }
        another = another || status == INLAY_OK;
        looked = true;
    }
}

// ---- Records ----------------------------------------------------------------

// The ends were looked at, but a map may be written meanwhile.
static void record_at(const inlay_log_reader *self, uint32_t index,
                      inlay_log_record *record)
{
    uint64_t size = (uint64_t)(self->ends - self->data);
    uint64_t start = 0;
    uint64_t end = inlay_load_u32(self->ends + (size_t)index * 4);

    if (index > 0) {
        start = log_round_up(inlay_load_u32(self->ends + (size_t)index * 4 - 4),
                             self->align);
    }
    start = start < size ? start : size;
    end = end < start ? start : end < size ? end : size;
    record->data = self->data + start;
    record->size = (size_t)(end - start);
    record->sequence = self->sequence + index;
}

inlay_status inlay_log_next(inlay_log_reader *self, inlay_log_record *record)
{
    while (self->next >= self->count) {
        inlay_status status = chunk_next(self);

        if (status != INLAY_OK) {
            return status;
        }
    }
    record_at(self, self->next++, record);
    return INLAY_OK;
}
