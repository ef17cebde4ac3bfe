// diag.h -- where errors in schemas go: a sink that collects them.
//
// A phase that meets an error reports it and keeps going, so that one run shows
// all that is wrong. The sink holds up to DIAG_MAX; the one after those only
// sets `stopped`. Nothing here prints or exits. The sink has memory of its own
// and copies what it shows, so it outlives the schema it tells about.
//
// Who may include it: schema/ and gen/.
#ifndef INLAY_SCHEMA_DIAG_H
#define INLAY_SCHEMA_DIAG_H

#include "schema/arena.h"
#include "schema/ir.h"

#define DIAG_MAX 20

typedef struct diag {
    const char *path;    // of the file; "" when there is none to name
    uint32_t    line;    // from 1; 0 when the error is about the whole file
    uint32_t    column;  // from 1, in bytes
    const char *message; // a sentence without its full stop
    const char *hint;    // what to do about it, or NULL
    const char *source;  // the line, or the part around the column; or NULL
    size_t      caret;   // byte of `source` that the caret goes under
    size_t      length;  // bytes of `source` to underline, at least 1
} diag;

typedef struct diag_sink {
    arena  memory;
    diag   list[DIAG_MAX];
    size_t count;
    bool   stopped;       // there was at least one more
    bool   out_of_memory; // then the only error says so
    bool   recorded;      // the last report was kept, and takes the hint
} diag_sink;

// Makes an empty sink on `alloc`; NULL stands for malloc and free.
void diag_init(diag_sink *sink, const inlay_alloc *alloc);

void diag_release(diag_sink *sink);

// Reports an error at `span`.
void diag_error(diag_sink *sink, ir_span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// Reports an error about a file that could not be read, so has no text.
void diag_error_path(diag_sink *sink, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// Adds a hint to the error that was reported last.
void diag_hint(diag_sink *sink, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Reports that memory ran out, which needs none, and drops all else: it may be
// wrong for want of memory.
void diag_out_of_memory(diag_sink *sink);

// Puts the errors in the order of their places within each file; files stay in
// the order in which they were first reported on.
void diag_sort(diag_sink *sink);

// Writes one error into `text` as lines that each end in a newline, terminated
// and cut to `size`; returns the length it would have.
//
//     log.inlay:4:12: error: there is no type `Adress`
//       address: Adress;
//                ^~~~~~
//     hint: did you mean `Address`?
size_t diag_render(const diag *error, char *text, size_t size);

// Writes all of them, and the line that says that there are more; as above.
size_t diag_render_all(const diag_sink *sink, char *text, size_t size);

#endif
