// load.h -- the files of one compilation, and all they import.
//
// Who may include it: schema/.
#ifndef INLAY_SCHEMA_LOAD_H
#define INLAY_SCHEMA_LOAD_H

#include "schema/ast.h"
#include "schema/schema.h"
#include "schema/str.h"

typedef struct unit   unit;
typedef struct symbol symbol;

// One file of a compilation.
struct unit {
    ir_file     ir;
    const char *identity;
    ast_file   *ast;     // NULL when the text could not be read
    unit      **imports; // NULL where the file was not found
    symbol     *symbols; // one a declaration, in source order
    enum {
        UNIT_NEW,
        UNIT_OPEN,
        UNIT_DONE
    } state; // of the walk over imports
};

typedef struct compilation {
    arena     *arena;
    diag_sink *sink;
    str_table  strings;
    unit     **units; // in the order they were reached
    size_t     unit_count;
    size_t     unit_capacity;
    size_t     root_count;
    bool       lost; // declarations may be missing, so keep quiet about names
                     // that are not known
} compilation;

// Reads and parses all files, follows their imports, and gives each its hash.
// Errors go to the sink.
void load_files(compilation *c, const schema_options *options);

#endif
