// schema.h -- compiling schemas: files in, immutable IR or errors out.
//
// The one entry of the compiler's front half. It never prints, never exits, and
// keeps nothing between calls:
//
//     const char    *paths[] = {"log.inlay"};
//     schema_options options = {.paths = paths, .path_count = 1};
//     diag_sink      sink;
//     schema        *log;
//
//     diag_init(&sink, NULL);
//     log = schema_load(&options, &sink);
//     if (log == NULL) {
//         ... diag_render_all(&sink, ...) says why ...
//     } else {
//         generate(schema_ir(log));
//     }
//     schema_free(log);
//     diag_release(&sink);
//
// The language is described in LANGUAGE.md beside this file.
//
// Threads: calls share nothing; the IR is only read once it is there.
// Who may include it: whoever wants a schema compiled.
#ifndef INLAY_SCHEMA_SCHEMA_H
#define INLAY_SCHEMA_SCHEMA_H

#include "schema/describe.h"
#include "schema/diag.h"
#include "schema/ir.h"

#include <inlay/base.h>

// How many files one compilation may have, imports included.
#define SCHEMA_FILES_MAX 1024

// Gives the text of a file that is not on the disk: returns false when there
// is no such file. The text stays the reader's and must last for the call of
// schema_load.
typedef struct schema_reader {
    bool (*read)(void *context, const char *path, const char **text,
                 size_t *size);
    void *context;
} schema_reader;

typedef struct schema_options {
    const char *const *paths; // the schemas to compile
    size_t             path_count;
    const char *const *search;       // folders for imports, after the importing
    size_t             search_count; // file's own
    schema_reader      reader;       // `read` NULL: the disk
    const inlay_alloc *alloc;        // NULL: malloc and free
} schema_options;

// A compiled schema, and all the memory of its IR.
typedef struct schema schema;

// Compiles the files and all they import. Returns NULL when anything is wrong
// with them or memory runs out; `sink` then holds at least one error.
schema *schema_load(const schema_options *options, diag_sink *sink);

// Frees the schema and its IR; NULL is fine.
void schema_free(schema *s);

// Returns the IR, which lives as long as the schema.
const ir_schema *schema_ir(const schema *s);

// Finds a record by its qualified name (`log.Entry`), or by its name alone, and
// then the first one in the order of the files; NULL when there is none.
const ir_record *schema_find_record(const ir_schema *ir, const char *name);

// Finds any declaration in the same way; NULL when there is none.
const ir_decl *schema_find_decl(const ir_schema *ir, const char *name);

#endif
