// verify_support.h -- what the tests of the verifier share: schemas, messages
// in hex, the format's vectors.
#ifndef INLAY_TESTS_VERIFY_SUPPORT_H
#define INLAY_TESTS_VERIFY_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inlay/verify.h>

#include "gen/desc_build.h"
#include "schema/schema.h"

// ---- Schemas ----------------------------------------------------------------

typedef struct test_schema {
    schema    *compiled;
    desc_build build;
} test_schema;

// Compiles a file of the vectors, or a text; a test fails where that fails.
void test_schema_load(test_schema *self, const char *file);
void test_schema_text(test_schema *self, const char *text);
void test_schema_release(test_schema *self);

const inlay_record_desc *test_schema_record(test_schema *self,
                                            const char  *name);

// ---- Messages ---------------------------------------------------------------

// Bytes that end where their memory ends, so that sanitizers see a byte too
// far.
typedef struct test_bytes {
    uint8_t *data;
    size_t   size;
} test_bytes;

// Decodes hex; anything that is no hex digit is skipped.
test_bytes test_bytes_from_hex(const char *hex);

// Copies `size` bytes to memory of exactly that size.
test_bytes test_bytes_copy(const uint8_t *data, size_t size);

void test_bytes_free(test_bytes bytes);

// Runs both verifications, and fails a test where they contradict each other or
// their errors are not filled in. Returns what inlay_verify says.
inlay_status test_verify(const inlay_record_desc *desc, test_bytes bytes,
                         inlay_error *error);

// ---- Vectors ----------------------------------------------------------------

typedef struct test_vector {
    const inlay_record_desc *desc;
    const char              *schema;
    const char              *root;
    const char              *why; // of `invalid`, else NULL
    test_bytes               bytes;
} test_vector;

typedef void test_vector_visit(const test_vector *vector, void *context);

// Calls `visit` with every vector of `valid`, `read` or `invalid`.
void test_vectors_visit(const char *section, test_vector_visit *visit,
                        void *context);

#endif
