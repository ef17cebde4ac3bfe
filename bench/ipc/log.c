// log.c -- the record log against plain calls on the same bytes, and SQLite.
//
// The files lie in the run's folder: on a memory file system (TMPDIR=/dev/shm)
// this is about the code, on a disk about the disk.
#define _GNU_SOURCE
#include "bench/ipc/log.h"

#include <fcntl.h>
#include <inlay/log.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/ipc/groups.h"
#include "user.inlay.h"

enum {
    BATCH_SIZE = LOG_BATCH * LOG_RECORD_SIZE,
    POOL = 4 * LOG_BATCH // different records
};

// ---- Records ----------------------------------------------------------------

uint64_t log_records_max(void)
{
    return ipc_smoke ? 2048 : 1 << 17;
}

const uint8_t *log_record(uint64_t index)
{
    static uint64_t *pool;

    if (pool == NULL) {
        size_t   words = (size_t)POOL * LOG_RECORD_SIZE / sizeof *pool;
        uint64_t state = 1;
        size_t   i;

        pool = malloc(words * sizeof *pool);
        if (pool == NULL) {
            abort();
        }
        for (i = 0; i < words; i++) {
            pool[i] = ipc_random(&state);
        }
    }
    return (const uint8_t *)pool + index % POOL * LOG_RECORD_SIZE;
}

bool log_path(char path[200], const char *name)
{
    const char *folder = ipc_folder();

    return folder != NULL && snprintf(path, 200, "%s/%s", folder, name) < 200;
}

// ---- Appending --------------------------------------------------------------

typedef struct appender {
    char      path[200];
    inlay_log log;
    int       fd;
    uint64_t  written; // records in the file
    uint64_t  per_call;
} appender;

static bool log_begin(appender *self)
{
    unlink(self->path);
    self->written = 0;
    return inlay_log_open(&self->log, self->path, &ipc_user_user_desc, NULL) ==
           INLAY_OK;
}

static const char *append_start(void **state)
{
    appender *self = calloc(1, sizeof *self);

    if (self == NULL || !log_path(self->path, "append.log") ||
        !log_begin(self)) {
        free(self);
        return "no log";
    }
    *state = self;
    return NULL;
}

static bool append_run(void *state, uint64_t count)
{
    appender *self = state;
    bool      good = true;
    uint64_t  i;

    for (i = 0; i < count && good; i++) {
        if (self->written++ == log_records_max()) {
            good = inlay_log_close(&self->log) == INLAY_OK && log_begin(self);
        }
        good = good && inlay_log_append(&self->log, log_record(i),
                                        LOG_RECORD_SIZE) == INLAY_OK;
    }
    return good && inlay_log_flush(&self->log) == INLAY_OK;
}

static void append_stop(void *state)
{
    appender *self = state;

    (void)inlay_log_close(&self->log);
    unlink(self->path);
    free(self);
}

static bool file_begin(appender *self)
{
    if (self->fd >= 0) {
        close(self->fd);
    }
    unlink(self->path);
    self->written = 0;
    self->fd = open(self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return self->fd >= 0;
}

static const char *file_start(void **state, uint64_t per_call)
{
    appender *self = calloc(1, sizeof *self);

    if (self == NULL) {
        return "no memory";
    }
    self->fd = -1;
    self->per_call = per_call;
    if (!log_path(self->path, "append.bytes") || !file_begin(self)) {
        free(self);
        return "no file";
    }
    *state = self;
    return NULL;
}

static const char *write_start(void **state)
{
    return file_start(state, LOG_BATCH);
}

static const char *write_each_start(void **state)
{
    return file_start(state, 1);
}

static bool write_run(void *state, uint64_t count)
{
    appender *self = state;
    bool      good = true;
    uint64_t  i = 0;

    while (i < count && good) {
        uint64_t some = count - i < self->per_call ? count - i : self->per_call;
        size_t   size = (size_t)some * LOG_RECORD_SIZE;

        if (self->written >= log_records_max()) {
            good = file_begin(self);
        }
        // The pool is a multiple of a batch, so the records lie in a row.
        good = good && write(self->fd, log_record(i), size) == (ssize_t)size;
        self->written += some;
        i += some;
    }
    return good;
}

static void write_stop(void *state)
{
    appender *self = state;

    close(self->fd);
    unlink(self->path);
    free(self);
}

// ---- Scanning ---------------------------------------------------------------

typedef struct scanner {
    char             path[200];
    inlay_log_reader reader;
    bool             map;
    int              fd;
    uint8_t         *buffer;
    uint64_t         sum;
} scanner;

// Fills a log; of every `bad`th chunk, if not 0, a byte is damaged.
static bool scan_fill(const char *path, uint64_t bad)
{
    inlay_log log;
    uint64_t  i;
    bool      good;

    unlink(path);
    if (inlay_log_open(&log, path, &ipc_user_user_desc, NULL) != INLAY_OK) {
        return false;
    }
    good = true;
    for (i = 0; i < log_records_max() && good; i++) {
        good =
            inlay_log_append(&log, log_record(i), LOG_RECORD_SIZE) == INLAY_OK;
    }
    good = inlay_log_close(&log) == INLAY_OK && good;
    if (good && bad != 0) {
        int      fd = open(path, O_RDWR | O_CLOEXEC);
        uint64_t size = log_records_max() * LOG_RECORD_SIZE;
        uint64_t at;

        // Through the marker of the chunk's header or its data: either.
        for (at = BATCH_SIZE * bad; fd >= 0 && at < size;
             at += BATCH_SIZE * bad) {
            good = pwrite(fd, "x", 1, (off_t)at) == 1 && good;
        }
        good = fd >= 0 && close(fd) == 0 && good;
    }
    return good;
}

static const char *scan_open(void **state, const char *name, bool map,
                             uint64_t bad)
{
    inlay_log_reader_options how = {.map = map};
    scanner                 *self = calloc(1, sizeof *self);

    if (self == NULL || !log_path(self->path, name) ||
        !scan_fill(self->path, bad) ||
        inlay_log_reader_open(&self->reader, self->path, &how) != INLAY_OK) {
        free(self);
        return "no log";
    }
    self->map = map;
    *state = self;
    return NULL;
}

static const char *scan_start(void **state)
{
    return scan_open(state, "scan.log", false, 0);
}

static const char *scan_map_start(void **state)
{
    return scan_open(state, "map.log", true, 0);
}

static const char *scan_bad_start(void **state)
{
    return scan_open(state, "bad.log", false, 8);
}

// Reads `count` records, from the start again at the end; each one's first
// bytes are looked at. Records that are lost count: they are read, too.
static bool scan_run(void *state, uint64_t count)
{
    scanner *self = state;
    uint64_t i = 0;

    while (i < count) {
        inlay_log_record record;
        inlay_status     status = inlay_log_next(&self->reader, &record);

        if (status == INLAY_OK) {
            self->sum += record.data[0];
            i++;
        } else if (status == INLAY_DAMAGED) {
            i += self->reader.damage.records;
        } else if (status != INLAY_CLOSED ||
                   inlay_log_seek(&self->reader, 0) != INLAY_OK) {
            return false;
        }
    }
    return true;
}

static void scan_stop(void *state)
{
    scanner *self = state;

    inlay_log_reader_close(&self->reader);
    unlink(self->path);
    free(self);
}

static const char *read_start(void **state)
{
    scanner *self = calloc(1, sizeof *self);

    if (self == NULL || !log_path(self->path, "read.log") ||
        !scan_fill(self->path, 0)) {
        free(self);
        return "no file";
    }
    self->buffer = malloc(BATCH_SIZE);
    self->fd = open(self->path, O_RDONLY | O_CLOEXEC);
    *state = self;
    return self->fd >= 0 && self->buffer != NULL ? NULL : "no file";
}

static bool read_run(void *state, uint64_t count)
{
    scanner *self = state;
    uint64_t i = 0;

    while (i < count) {
        uint64_t some = count - i < LOG_BATCH ? count - i : LOG_BATCH;
        ssize_t  got =
            read(self->fd, self->buffer, (size_t)some * LOG_RECORD_SIZE);
        ssize_t at;

        if (got < 0 || (got == 0 && lseek(self->fd, 0, SEEK_SET) != 0)) {
            return false;
        }
        for (at = 0; at < got; at += LOG_RECORD_SIZE) {
            self->sum += self->buffer[at];
        }
        i += (uint64_t)got / LOG_RECORD_SIZE;
    }
    return true;
}

static void read_stop(void *state)
{
    scanner *self = state;

    close(self->fd);
    free(self->buffer);
    unlink(self->path);
    free(self);
}

// ---- Groups -----------------------------------------------------------------

static const ipc_subject log_append = {
    "Inlay log", "chunks of 256 KiB, two checksums each; not synced",
    append_start, append_run, append_stop};
static const ipc_subject write_batch = {
    "write, 256 KiB a call", "the same bytes; no checksum, no record's border",
    write_start, write_run, write_stop};
static const ipc_subject write_each = {"write, a call per record",
                                       "the same bytes; no checksum",
                                       write_each_start, write_run, write_stop};

static const ipc_subject *const append_subjects[] = {
    &log_append, &write_batch, &write_each, &log_sqlite_append};

const ipc_group ipc_group_log_append = {
    "log-append",
    "append records of 1 KiB to a file",
    "record",
    append_subjects,
    sizeof append_subjects / sizeof append_subjects[0],
};

static const ipc_subject log_scan = {"Inlay log", "copied, checksums looked at",
                                     scan_start, scan_run, scan_stop};
static const ipc_subject log_scan_map = {"Inlay log, mapped",
                                         "in place, checksums looked at",
                                         scan_map_start, scan_run, scan_stop};
static const ipc_subject log_scan_bad = {"Inlay log, every 8th chunk damaged",
                                         "what is lost counts as read",
                                         scan_bad_start, scan_run, scan_stop};
static const ipc_subject read_batch = {"read, 256 KiB a call",
                                       "the same bytes; nothing is looked at",
                                       read_start, read_run, read_stop};

static const ipc_subject *const scan_subjects[] = {
    &log_scan, &log_scan_map, &log_scan_bad, &read_batch, &log_sqlite_scan};

const ipc_group ipc_group_log_scan = {
    "log-scan",    "read all records of 1 KiB of a file, one by one", "record",
    scan_subjects, sizeof scan_subjects / sizeof scan_subjects[0],
};
