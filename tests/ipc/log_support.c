// log_support.c -- see log_support.h.
#define _GNU_SOURCE
#include "log_support.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- Files ------------------------------------------------------------------

void log_path_make(char path[LOG_PATH_SIZE])
{
    const char *folder = getenv("TMPDIR");

    if (access("/dev/shm", W_OK) == 0) {
        folder = "/dev/shm";
    }
    snprintf(path, LOG_PATH_SIZE, "%s/inlay-log-XXXXXX",
             folder != NULL ? folder : "/tmp");
    assert_non_null(mkdtemp(path));
    strcat(path, "/log");
}

void log_path_remove(const char *path)
{
    char folder[LOG_PATH_SIZE];

    unlink(path);
    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = '\0';
    assert_int_equal(rmdir(folder), 0);
}

uint8_t *log_bytes(const char *path, size_t *size)
{
    FILE    *file = fopen(path, "rb");
    uint8_t *bytes;
    long     end;

    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    end = ftell(file);
    assert_true(end >= 0);
    rewind(file);
    bytes = malloc((size_t)end + 1);
    assert_non_null(bytes);
    *size = fread(bytes, 1, (size_t)end, file);
    assert_int_equal(*size, end);
    fclose(file);
    return bytes;
}

void log_bytes_write(const char *path, const uint8_t *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    close(fd);
}

// ---- Events -----------------------------------------------------------------

size_t log_event(uint64_t number, uint8_t bytes[LOG_EVENT_MAX])
{
    static const char letters[] = "a line of text, as long as its number says, "
                                  "or a little less than that, now and then";
    static const float       floats[8] = {0.5f, 1, 2, 3, 4, 5, 6, 7};
    journal_event_tags_entry tags[] = {
        {.key = INLAY_STR("host"), .value = INLAY_STR("example.org")},
        {.key = INLAY_STR("path"), .value = INLAY_STR("/")},
    };
    journal_event event = {
        .number = number,
        .level = (journal_level)(number % 4),
        .text = {letters, (size_t)(number * 37 % 80)},
        .tags = {.items = tags, .count = number % 3},
        .samples = {.items = (const void *)floats, .count = number % 8}};
    size_t size;

    assert_int_equal(
        journal_event_encode(&event, bytes, LOG_EVENT_MAX, &size, NULL),
        INLAY_OK);
    return size;
}

inlay_status log_append_next(inlay_log *log)
{
    uint8_t bytes[LOG_EVENT_MAX];
    size_t  size = log_event(log->sequence, bytes);

    return inlay_log_append(log, bytes, size);
}

void log_fill(const char *path, const inlay_log_options *options,
              uint64_t count, unsigned group)
{
    inlay_log log;

    assert_int_equal(inlay_log_open(&log, path, &journal_event_desc, options),
                     INLAY_OK);
    while (log.sequence < count) {
        inlay_log_set_key(&log, log.sequence * 10);
        assert_int_equal(log_append_next(&log), INLAY_OK);
        if (log.sequence % group == 0) {
            assert_int_equal(inlay_log_flush(&log), INLAY_OK);
        }
    }
    assert_int_equal(inlay_log_close(&log), INLAY_OK);
}

// ---- Scans ------------------------------------------------------------------

static void record_check(const inlay_log_reader *reader,
                         const inlay_log_record *record, log_seen *seen)
{
    uint8_t            bytes[LOG_EVENT_MAX];
    size_t             size = log_event(record->sequence, bytes);
    journal_event_view event = {0};
    inlay_bytes        samples;

    assert_int_equal(record->size, size);
    assert_memory_equal(record->data, bytes, size);
    assert_int_equal((uintptr_t)record->data % reader->align, 0);
    assert_int_equal(
        journal_event_open_verified(record->data, record->size, &event, NULL),
        INLAY_OK);
    samples = inlay_slice_aligned(inlay_record_slot(event.record, 2), 64);
    if (samples.size > 0 && reader->align == 64) {
        assert_int_equal((uintptr_t)samples.data % 64, 0);
    }
    assert_true(record->sequence < LOG_NUMBERS);
    assert_true(seen->count == 0 || record->sequence > seen->last);
    seen->has[record->sequence] = true;
    seen->last = record->sequence;
    seen->count++;
}

inlay_status log_scan(const char *path, const inlay_log_reader_options *options,
                      log_seen *seen)
{
    inlay_log_reader reader;
    inlay_log_record record;
    inlay_status     status = inlay_log_reader_open(&reader, path, options);
    inlay_status     opened = status;

    memset(seen, 0, sizeof *seen);
    if (status != INLAY_OK) {
        return status;
    }
    while ((status = inlay_log_next(&reader, &record)) != INLAY_CLOSED) {
        if (status == INLAY_DAMAGED) {
            seen->damages++;
            seen->lost += reader.damage.records;
            assert_true(reader.damage.size > 0);
        } else {
            assert_int_equal(status, INLAY_OK);
            record_check(&reader, &record, seen);
        }
    }
    seen->tail = reader.damage.size;
    inlay_log_reader_close(&reader);
    return opened;
}
