// json_parse.h -- JSON text as a tree of values in a pool.
//
// Syntax is libyajl's: it hands numbers over as text, so that they stay exact,
// and keeps repeated names, -0 and NUL, which libraries with a tree of their
// own lose. What it lets pass is checked here: invalid UTF-8 of the subtler
// kinds, and lone surrogates, which it would replace.
//
// Who may include it: codec/json_*.c.
#ifndef INLAY_CODEC_JSON_PARSE_H
#define INLAY_CODEC_JSON_PARSE_H

#include <inlay/base.h>

#include "pool.h"

typedef enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
} json_kind;

// A value. Text that has no escapes points into the JSON text. The children of
// an object are names (strings) and values in turn.
typedef struct json_value json_value;
struct json_value {
    json_kind   kind;
    uint64_t    offset; // in the JSON text
    json_value *next;   // in the container, or NULL
    size_t      count;  // of elements, or of members
    inlay_str   text;   // of numbers and strings
    json_value *first;  // of containers, or NULL
};

// What is wrong with the text, and where.
typedef struct json_failure {
    inlay_status status;
    uint64_t     offset;
} json_failure;

// Parses the text. Returns NULL and sets `failure` when it is not JSON
// (INLAY_JSON_SYNTAX), nests deeper than INLAY_JSON_DEPTH_MAX (INLAY_TOO_DEEP)
// or memory runs out.
INLAY_NODISCARD json_value *inlay_json_parse(const char *json, size_t size,
                                             inlay_pool   *pool,
                                             json_failure *failure);

#endif
