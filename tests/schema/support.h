// support.h -- compiling schemas that are string literals.
#ifndef INLAY_TESTS_SCHEMA_SUPPORT_H
#define INLAY_TESTS_SCHEMA_SUPPORT_H

#include "schema/schema.h"

// A file in memory. Lists of them end with one whose path is NULL.
typedef struct memory_file {
    const char *path;
    const char *text;
} memory_file;

// What came out of a compilation.
typedef struct compiled {
    schema     *handle; // NULL after an error
    diag_sink   sink;
    const char *errors; // rendered; "" when there are none
    char        text[16384];
} compiled;

// Compiles the first of `files`; the others are there for imports.
void compile_files(compiled *out, const memory_file *files);

// Compiles one text as `test.inlay`, with `package test;` put before it on the
// same line.
void compile_text(compiled *out, const char *text);

void compiled_release(compiled *out);

// Finds things by name; they fail the test when there is none.
const ir_record *get_record(const compiled *c, const char *name);
const ir_field  *get_field(const compiled *c, const char *record,
                           const char *field);
const ir_decl   *get_decl(const compiled *c, const char *name);

// Checks that the text compiles, or that exactly one error comes of it, whose
// message is `message`.
void assert_compiles(const char *text);
void assert_refused(const char *text, const char *message);

// The reader behind compile_files, with a list of memory_file as its context.
bool memory_read(void *context, const char *path, const char **text,
                 size_t *size);

#endif
