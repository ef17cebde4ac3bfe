// input.h -- what the user brings: --schema, --type, --json.
#ifndef BENCH_USER_INPUT_H
#define BENCH_USER_INPUT_H

#include "bench/data/document.h"

#define USER_FOLDERS 16 // as many as the child under callgrind takes

typedef struct user_input {
    const char *schema;
    const char *type;
    const char *json;
    const char *folders[USER_FOLDERS]; // of -I
    size_t      folder_count;
} user_input;

// Reads the JSON and checks that it is a message of the schema's record. What
// is wrong is printed on standard error, with file, line and column where there
// are such; then NULL. The document refers to `input`.
data_document *user_read(const user_input *input);

#endif
