/* json.h -- any message to JSON and back, by its descriptor.
 *
 *     inlay_buffer message;
 *     inlay_error  error;
 *
 *     inlay_buffer_init(&message, NULL);
 *     if (inlay_json_read(&log_entry_desc, text, size, NULL, &message, &error)
 *         != INLAY_OK) {
 *         ... error.line, error.column, error.path ...
 *     }
 *     inlay_json_write(&log_entry_desc, message.data, message.size, NULL,
 *                      sink, &error);
 *     inlay_buffer_release(&message);
 *
 * The two are each other's inverse for all that the schema knows: integers are
 * exact to 64 bits, floats come back with the same bits, and what is written
 * from JSON is canonical, so equal values are equal bytes. FORMAT.md, section
 * 9, has the mapping.
 *
 * Both are safe on any input and linear in it, but for the sorting of names and
 * map keys. Neither depends on the locale.
 *
 * Threads: calls share nothing.
 */
#ifndef INLAY_JSON_H
#define INLAY_JSON_H

#include "buffer.h"
#include "desc.h"

#ifdef __cplusplus
extern "C" {
#endif

/* JSON text that nests objects and arrays deeper than this is refused: three
 * levels for each of the 64 levels of blocks, and room for nested arrays. */
#define INLAY_JSON_DEPTH_MAX 512

/* All zero is the default, and NULL stands for that. */
typedef struct inlay_json_options {
    unsigned indent;          /* writing: spaces a level, at most 16;
                                 0: all on one line, no spaces */
    bool allow_unknown;       /* reading: skip names that the schema
                                 does not know */
    const inlay_alloc *alloc; /* reading: where what is built on the
                                 way lives; NULL: the heap */
} inlay_json_options;

/* Where text goes, in pieces; `write` returns false to stop. */
typedef struct inlay_sink {
    bool (*write)(void *context, const char *data, size_t size);
    void *context;
} inlay_sink;

/* Returns a sink that appends to a buffer, which outlives it. */
inlay_sink inlay_sink_buffer(inlay_buffer *buffer);

/* Verifies a message and writes it as JSON, without a newline at the end (with
 * an indent: with one). Allocates nothing.
 *
 * Returns what inlay_verify returns when the bytes are no message; nothing was
 * written then. Returns INLAY_JSON_SINK when the sink stopped. */
INLAY_NODISCARD inlay_status inlay_json_write(const inlay_record_desc *record,
                                              const void *message, size_t size,
                                              const inlay_json_options *options,
                                              inlay_sink                sink,
                                              inlay_error              *error);

/* Reads JSON and appends its message, in canonical form, to `out`.
 *
 * Errors give the byte offset in the text, line and column, and the path of the
 * value where there is one. INLAY_JSON_SYNTAX, _TYPE, _RANGE, _NAME, _REPEATED
 * and _BASE64 say what is wrong with the text; INLAY_TOO_DEEP that it nests
 * deeper than a message may; INLAY_TOO_LONG that a value has more than its
 * @max; INLAY_OUT_OF_MEMORY can come from `options->alloc` or from `out`. On an
 * error nothing is appended. */
INLAY_NODISCARD inlay_status inlay_json_read(const inlay_record_desc *record,
                                             const char *json, size_t size,
                                             const inlay_json_options *options,
                                             inlay_buffer             *out,
                                             inlay_error              *error);

#ifdef __cplusplus
}
#endif

#endif
