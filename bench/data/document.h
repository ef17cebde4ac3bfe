/* document.h -- the data set "user": any JSON text, as a tree.
 *
 * What a user brings with --schema, --type and --json. Codecs without a schema
 * serialize the tree; Inlay serializes the message that the text is by the
 * schema.
 *
 * Lifetime: everything reachable belongs to the root and dies with it.
 */
#ifndef BENCH_DATA_DOCUMENT_H
#define BENCH_DATA_DOCUMENT_H

#include "bench/data/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum data_kind {
    DATA_NULL,
    DATA_BOOL,
    DATA_INTEGER, /* without fraction and exponent, and below 2^63 */
    DATA_NATURAL, /* from 2^63 to 2^64 - 1 */
    DATA_REAL,
    DATA_TEXT,
    DATA_ARRAY,
    DATA_OBJECT,
} data_kind;

typedef struct data_node {
    data_kind kind;
    union {
        bool      boolean;
        int64_t   integer;
        uint64_t  natural;
        double    real;
        inlay_str text;
        struct {
            struct data_node *items; /* values, of an object in its order */
            inlay_str        *names; /* of an object's members; or NULL */
            size_t            count;
        } list;
    } of;
} data_node;

typedef struct data_document {
    data_node   root;
    inlay_bytes text; /* the JSON, as it was read */
    /* For Inlay: what --schema and --type named. */
    const char        *schema;
    const char        *type;
    const char        *json;    /* the path of the text */
    const char *const *folders; /* of -I */
    size_t             folder_count;
    data_arena         memory;
} data_document;

/* Parses JSON, which it copies. On a syntax error returns NULL and writes what
 * is wrong, and where, into `message`. */
data_document *data_document_new(const void *text, size_t size, char *message,
                                 size_t message_size);

void data_document_free(data_document *self);

#ifdef __cplusplus
}
#endif

#endif
