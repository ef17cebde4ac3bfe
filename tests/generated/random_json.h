// random_json.h -- JSON of made-up values of any record, by its descriptor.
#ifndef INLAY_TESTS_RANDOM_JSON_H
#define INLAY_TESTS_RANDOM_JSON_H

#include <inlay/json.h>

// Where values come from. The same state gives the same values.
typedef struct random_json {
    uint64_t      state;  // not 0
    int64_t       budget; // values that may hold others; then all are empty
    unsigned      depth;
    inlay_buffer *text;
} random_json;

// Returns a number, and one below `bound`.
uint64_t random_next(uint64_t *state);
uint64_t random_below(uint64_t *state, uint64_t bound);

// Appends a record's JSON to `out`, of some `size` values, in canonical form up
// to the order of names and map keys.
void random_json_record(uint64_t *state, const inlay_record_desc *record,
                        int64_t size, inlay_buffer *out);

#endif
