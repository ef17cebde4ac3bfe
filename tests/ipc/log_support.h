// log_support.h -- what the tests of the log share: events that are told by
// their number, logs of them, and a scan that knows what must be there.
#ifndef INLAY_TESTS_LOG_SUPPORT_H
#define INLAY_TESTS_LOG_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inlay/log.h>

#include "journal.inlay.h"

enum {
    LOG_EVENT_MAX = 1024, // bytes of an event
    LOG_NUMBERS = 4096,   // events that a scan can tell apart
    LOG_PATH_SIZE = 200
};

// Writes a path in a new folder, in memory where the system has that; the file
// is not there yet.
void log_path_make(char path[LOG_PATH_SIZE]);

// Removes the file and its folder.
void log_path_remove(const char *path);

// Encodes event `number`; returns its size.
size_t log_event(uint64_t number, uint8_t bytes[LOG_EVENT_MAX]);

// Opens a log and appends events up to `count`, each with its sequence as its
// number, flushing after every `group`, and closes it.
void log_fill(const char *path, const inlay_log_options *options,
              uint64_t count, unsigned group);

// Appends the next event; returns what inlay_log_append does.
inlay_status log_append_next(inlay_log *log);

// What is found in a log.
typedef struct log_seen {
    bool     has[LOG_NUMBERS];
    uint64_t count;
    uint64_t last;    // number
    uint64_t damages; // regions, without the tail
    uint64_t lost;    // records, as told
    uint64_t tail;    // bytes
} log_seen;

// Reads a log as `options` say to its end, and makes sure that all records are
// events with their own number, in ascending order. Returns how opening went.
inlay_status log_scan(const char *path, const inlay_log_reader_options *options,
                      log_seen *seen);

// The file's bytes, in memory that the caller frees; and back.
uint8_t *log_bytes(const char *path, size_t *size);
void     log_bytes_write(const char *path, const uint8_t *bytes, size_t size);

#endif
