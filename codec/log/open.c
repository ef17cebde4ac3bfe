// open.c -- opens a log for append, makes it, cuts its tail; see
// <inlay/log.h>.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codec/compress/compress.h"
#include "codec/io/io.h"
#include "codec/log/append.h"

// ---- The header -------------------------------------------------------------

// Writes both headers and makes them durable, unless the file, which is `size`
// bytes long, has just these bytes.
static inlay_status header_write(const inlay_log *self, const char *path,
                                 const log_header *header,
                                 inlay_bytes description, uint64_t size)
{
    size_t   extent = (size_t)log_header_extent(header);
    size_t   room = 4 * extent; // twice what should be, twice what is
    uint8_t *bytes = self->alloc->resize(self->alloc->context, NULL, 0, room);
    inlay_status status = INLAY_CUT_SHORT;

    if (bytes == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    memset(bytes, 0, extent);
    log_header_write(header, bytes);
    memcpy(bytes + LOG_HEADER_SIZE, description.data, description.size);
    memcpy(bytes + extent, bytes, extent);
    if (size >= 2 * extent) {
        status = io_read_at(self->fd, bytes + 2 * extent, 2 * extent, 0);
    }
    if (status == INLAY_CUT_SHORT ||
        (status == INLAY_OK &&
         memcmp(bytes, bytes + 2 * extent, 2 * extent) != 0)) {
        status = io_write_at(self->fd, bytes, 2 * extent, 0);
        status = status == INLAY_OK ? io_sync(self->fd) : status;
        status = status == INLAY_OK ? io_sync_folder(path) : status;
    }
    self->alloc->resize(self->alloc->context, bytes, room, 0);
    return status;
}

static inlay_status marker_make(uint8_t *marker)
{
    ssize_t got;

    do {
        got = getrandom(marker, LOG_MARKER_SIZE, 0);
    } while (got < 0 && errno == EINTR);
    return got == LOG_MARKER_SIZE ? INLAY_OK : INLAY_SYSTEM;
}

// Makes the log in a file that has nothing that matters.
static inlay_status log_make(inlay_log *self, const char *path,
                             inlay_bytes description, uint64_t type_id,
                             uint32_t align)
{
    log_header   header = {.align = align,
                           .description_size = (uint32_t)description.size,
                           .type_id = type_id};
    inlay_status status = marker_make(header.marker);

    header.fingerprint =
        inlay_description_fingerprint(description.data, description.size);
    if (status == INLAY_OK && ftruncate(self->fd, 0) != 0) {
        status = INLAY_SYSTEM;
    }
    if (status == INLAY_OK) {
        status = header_write(self, path, &header, description, 0);
    }
    memcpy(self->marker, header.marker, LOG_MARKER_SIZE);
    self->align = align;
    self->offset = 2 * log_header_extent(&header);
    return status;
}

// ---- An old log -------------------------------------------------------------

// Writes headers again of which one is damaged, or was not written out.
static inlay_status header_mend(const inlay_log *self, const char *path,
                                const inlay_log_reader *reader)
{
    log_header header = {.align = reader->align,
                         .description_size = (uint32_t)reader->description.size,
                         .fingerprint = reader->fingerprint,
                         .type_id = reader->type_id};

    memcpy(header.marker, reader->marker, LOG_MARKER_SIZE);
    return header_write(self, path, &header, reader->description, reader->size);
}

// Finds where to go on, and cuts off what follows.
static inlay_status tail_cut(inlay_log *self, inlay_log_reader *reader)
{
    log_chunk    last;
    inlay_status status = log_chunk_find_last(reader, &last);

    self->offset = reader->start;
    if (status == INLAY_OK) {
        self->offset = last.offset + log_chunk_extent(&last);
        self->sequence = last.sequence + last.count;
        self->key = last.key;
    } else if (status != INLAY_CLOSED) {
        return status;
    }
    if (reader->size <= self->offset) {
        return INLAY_OK;
    }
    self->cut = reader->size - self->offset;
    if (ftruncate(self->fd, (off_t)self->offset) != 0) {
        return INLAY_SYSTEM;
    }
    return io_sync(self->fd);
}

static inlay_status log_go_on(inlay_log *self, const char *path,
                              inlay_log_reader *reader, inlay_bytes description,
                              uint64_t type_id)
{
    inlay_status status;

    if (reader->type_id != type_id) {
        return INLAY_TYPE_ID;
    }
    if (!inlay_hash128_equal(reader->fingerprint,
                             inlay_description_fingerprint(description.data,
                                                           description.size))) {
        return INLAY_DESCRIPTION;
    }
    memcpy(self->marker, reader->marker, LOG_MARKER_SIZE);
    self->align = reader->align;
    status = header_mend(self, path, reader);
    return status == INLAY_OK ? tail_cut(self, reader) : status;
}

// A log whose making was cut off ends before any chunk could have been there,
// and begins as one, or with what the system left of it. Returns `status`,
// which reading the header gave, where it is not that: INLAY_OK where it is.
static inlay_status making_check(const inlay_log *self, inlay_status status,
                                 size_t description_size)
{
    log_header   header = {.description_size = (uint32_t)description_size};
    struct stat  info;
    uint8_t      bytes[8];
    size_t       size;
    inlay_status read;

    if (fstat(self->fd, &info) != 0) {
        return INLAY_SYSTEM;
    }
    if ((uint64_t)info.st_size > 2 * log_header_extent(&header)) {
        return status;
    }
    size = info.st_size < 8 ? (size_t)info.st_size : 8;
    read = io_read_at(self->fd, bytes, size, 0);
    if (read != INLAY_OK) {
        return read;
    }
    return log_header_begins(bytes, size) ? INLAY_OK : status;
}

static inlay_status log_start(inlay_log *self, const char *path,
                              inlay_bytes description, uint64_t type_id,
                              const inlay_log_options *options)
{
    inlay_log_reader_options how = {.alloc = self->alloc};
    inlay_log_reader         reader;
    inlay_status             status;

    if (flock(self->fd, LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK ? INLAY_WOULD_WAIT : INLAY_SYSTEM;
    }
    status = log_reader_start(&reader, self->fd, &how);
    if (status == INLAY_CUT_SHORT || status == INLAY_DAMAGED ||
        status == INLAY_MAGIC) {
        status = making_check(self, status, description.size);
        if (status == INLAY_OK) {
            return log_make(self, path, description, type_id,
                            options->align == 64 ? 64 : 8);
        }
    }
    if (status != INLAY_OK) {
        return status == INLAY_CUT_SHORT ? INLAY_DAMAGED : status;
    }
    status = log_go_on(self, path, &reader, description, type_id);
    reader.fd = -1;
    inlay_log_reader_close(&reader);
    return status;
}

// ---- Opening ----------------------------------------------------------------

static inlay_status open_as(inlay_log *self, const char *path,
                            inlay_bytes description, uint64_t type_id,
                            const inlay_log_options *options)
{
    static const inlay_log_options none;
    inlay_status                   status;
    int                            flags = O_RDWR | O_CLOEXEC;
    int                            error;

    if (options == NULL) {
        options = &none;
    }
    if (!compress_built_in(options->compression)) {
        return INLAY_NOT_BUILT_IN;
    }
    flags |= options->must_exist ? 0 : O_CREAT;
    flags |= options->must_be_new ? O_EXCL | O_CREAT : 0;
    log_init(self, options);
    self->fd = open(path, flags, 0666);
    if (self->fd < 0) {
        return INLAY_SYSTEM;
    }
    status = log_start(self, path, description, type_id, options);
    if (status != INLAY_OK) {
        error = errno;
        log_release(self);
        errno = error;
    }
    return status;
}

inlay_status inlay_log_open(inlay_log *self, const char *path,
                            const inlay_record_desc *record,
                            const inlay_log_options *options)
{
    inlay_buffer bytes;
    inlay_status status;

    inlay_buffer_init(&bytes, options != NULL ? options->alloc : NULL);
    status = inlay_describe(record, &bytes);
    if (status == INLAY_OK) {
        inlay_bytes description = {bytes.data, bytes.size};

        status = open_as(self, path, description, record->id, options);
    }
    inlay_buffer_release(&bytes);
    return status;
}

inlay_status inlay_log_open_described(inlay_log *self, const char *path,
                                      inlay_bytes              description,
                                      const inlay_log_options *options)
{
    inlay_description read;
    inlay_status      status =
        inlay_description_read(description.data, description.size,
                               options != NULL ? options->alloc : NULL, &read);

    if (status == INLAY_OK) {
        status = open_as(self, path, description, read.record->id, options);
        inlay_description_release(&read);
    }
    return status;
}
