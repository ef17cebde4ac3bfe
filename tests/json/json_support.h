// json_support.h -- what the JSON tests share.
#ifndef INLAY_TESTS_JSON_SUPPORT_H
#define INLAY_TESTS_JSON_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inlay/json.h>

#include "codec/json_parse.h"
#include "gen/desc_build.h"
#include "schema/schema.h"

// A compiled schema with its descriptors.
typedef struct json_schema {
    schema    *compiled;
    desc_build build;
} json_schema;

// Compiles a file, or text; a test fails when that fails.
void json_schema_load(json_schema *self, const char *path);
void json_schema_text(json_schema *self, const char *text);
void json_schema_release(json_schema *self);

const inlay_record_desc *json_schema_record(json_schema *self,
                                            const char  *name);

// Reads a whole file into terminated memory that the caller frees.
char *json_file(const char *path, size_t *size);

// Decodes hex to memory that the caller frees.
uint8_t *json_unhex(inlay_str hex, size_t *size);

// Whether two values are the same: numbers exactly, members in order.
bool json_same(const json_value *a, const json_value *b);

// Returns the member of an object; NULL when there is none.
const json_value *json_member(const json_value *object, const char *name);

// Returns the text of a value inside the text that it was parsed from.
inlay_str json_text_of(const char *json, const json_value *value);

// An allocator on the heap that counts what is held, and fails from the
// `fail_at`th call on (0: never).
typedef struct json_memory {
    size_t calls;
    size_t fail_at;
    size_t held;
} json_memory;

inlay_alloc json_memory_alloc(json_memory *memory);

// A generator of numbers, the same on every run.
uint64_t json_random(uint64_t *state);

#endif
