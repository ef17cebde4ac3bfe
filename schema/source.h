// source.h -- where the text of schemas comes from, and what paths mean.
//
// Who may include it: schema/.
#ifndef INLAY_SCHEMA_SOURCE_H
#define INLAY_SCHEMA_SOURCE_H

#include "schema/schema.h"

// The largest file that is read; a schema is kilobytes.
#define SOURCE_SIZE_MAX ((size_t)16 * 1024 * 1024)

typedef enum source_status {
    SOURCE_OK,
    SOURCE_MISSING,
    SOURCE_UNREADABLE,
    SOURCE_TOO_LARGE
} source_status;

typedef struct source {
    const char *text; // in the arena, terminated
    size_t      size;
    const char *identity; // the same for two paths to one file
} source;

// Reads a file, through `reader` where it has a function, else from the disk.
source_status source_read(arena *a, const schema_reader *reader,
                          const char *path, source *out);

// Returns `name` as seen from `folder`; `name` itself when it is absolute or
// the folder is "" or ".".
const char *source_join(arena *a, const char *folder, const char *name);

// Returns the folder part of a path without the slash, "" when it has none.
const char *source_folder(arena *a, const char *path);

#endif
