// json_reader.h -- what the parts of inlay_json_read share.
//
//     text  --json_parse-->  values  --json_read*-->  blocks  --tree-->  bytes
//
// The first failure ends everything: functions return false, and the error has
// been written by then.
//
// Who may include it: codec/json_*.c.
#ifndef INLAY_CODEC_JSON_READER_H
#define INLAY_CODEC_JSON_READER_H

#include <inlay/desc.h>

#include "json_parse.h"
#include "pool.h"
#include "tree.h"

typedef struct json_names json_names;

typedef struct json_reader {
    const char  *json;
    size_t       size;
    bool         allow_unknown;
    inlay_pool   pool;
    json_names  *names; // sorted tables, made when first needed
    inlay_error *error; // or NULL
    inlay_status status;
} json_reader;

// ---- Where a value stands (json_path.c) -------------------------------------

typedef enum json_step {
    JSON_STEP_ROOT,
    JSON_STEP_NAME, // .name
    JSON_STEP_KEY,  // ["name"]
    JSON_STEP_INDEX // [index]
} json_step;

// One step of the path to a value, linked on the stack to the steps before.
typedef struct json_at {
    const struct json_at *parent;
    json_step             step;
    unsigned              blocks; // around what is read here; the root is 1
    inlay_str             name;
    uint64_t              index;
} json_at;

json_at inlay_json_at_name(const json_at *parent, inlay_str name);
json_at inlay_json_at_key(const json_at *parent, inlay_str name);
json_at inlay_json_at_index(const json_at *parent, uint64_t index);

// Writes the error, at a byte of the text; `at` NULL: no value. Returns false.
bool inlay_json_fail_at(json_reader *self, inlay_status status,
                        const json_at *at, uint64_t offset);

// The same at a value.
bool inlay_json_fail(json_reader *self, inlay_status status, const json_at *at,
                     const json_value *value);

// The same when memory ran out, which has no place.
bool inlay_json_fail_memory(json_reader *self);

// ---- Names (json_names.c) ---------------------------------------------------

// Returns the name of a descriptor's part, as in fields[index].name.
typedef const char *json_name_get(const void *desc, uint32_t index);

// Finds a name among a descriptor's `count` ones; returns its index, or `count`
// when there is none. `hint` is the index that is likely.
uint32_t inlay_json_find(json_reader *self, const void *desc,
                         json_name_get *get, uint32_t count, inlay_str name,
                         uint32_t hint);

// Fails when the object repeats a name; with `deep`, any object below it too.
bool inlay_json_check_names(json_reader *self, const json_at *at,
                            const json_value *object);
bool inlay_json_check_names_deep(json_reader *self, const json_at *at,
                                 const json_value *value);

// Compares two texts as unsigned bytes, a prefix first.
int inlay_json_compare(inlay_str a, inlay_str b);

// Sorts pointers by merging, so stably, in the same time whatever they are;
// `scratch` holds as many.
void inlay_json_sort(const void **items, const void **scratch, size_t count,
                     int (*compare)(const void *a, const void *b));

// ---- Scalars (json_scalar.c) ------------------------------------------------

// Reads an integer's text, sign-extended if its kind is signed. Returns
// INLAY_OK, INLAY_JSON_RANGE, or INLAY_JSON_TYPE when it is no integer at all.
inlay_status inlay_json_integer(inlay_kind kind, inlay_str text,
                                uint64_t *value);

// Returns the value of an enum by its name.
bool inlay_json_enum(json_reader *self, const inlay_enum_desc *desc,
                     inlay_str name, uint64_t *value);

// Reads a bool, an integer, a float or an enum to its bytes on the wire.
bool inlay_json_scalar(json_reader *self, const json_at *at,
                       const inlay_type *type, const json_value *value,
                       uint8_t *to);

// Reads base64, which must have its padding and no stray bits; the bytes are
// the pool's.
bool inlay_json_base64(json_reader *self, const json_at *at,
                       const json_value *value, inlay_bytes *bytes);

// ---- Values (json_read.c, json_read_map.c) ----------------------------------

// Reads a fixed value of any kind to its bytes on the wire, which are zero
// before.
bool inlay_json_fixed(json_reader *self, const json_at *at,
                      const inlay_type *type, const json_value *value,
                      uint8_t *to);

// Reads one field into a head of zero bytes and empty slices. null is absent.
bool inlay_json_field(json_reader *self, const json_at *at,
                      const inlay_field_desc *field, const json_value *value,
                      uint8_t *head, inlay_tree_slice *slices);

bool inlay_json_map(json_reader *self, const json_at *at,
                    const inlay_type *type, const json_value *value,
                    inlay_tree_slice *slice);

#endif
