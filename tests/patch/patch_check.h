// patch_check.h -- patches of any record against decoding, changing, encoding.
#ifndef INLAY_TESTS_PATCH_CHECK_H
#define INLAY_TESTS_PATCH_CHECK_H

#include "generated/walk.h"

typedef struct patch_check {
    const walk_root *roots; // of the schema
    size_t           root_count;
    uint64_t         random; // not 0
    bool             exact;  // the bytes must be the same, too
    size_t           done;   // patches
    size_t           inside; // of them, with patches inside
} patch_check;

// Replaces the fields that are `set`, in layout order, with those of `other`.
// With `inside`, records that are not set are patched in turn, by chance.
void patch_check_set(patch_check *self, const walk_root *root,
                     inlay_record base, inlay_record other, const bool *set,
                     bool inside);

// Replaces nothing, every field alone, all, some by chance, and with `pairs`
// every two fields.
void patch_check_record(patch_check *self, const walk_root *root,
                        inlay_record base, inlay_record other, bool pairs);

// The same for every record below, at any depth, with itself as the other one,
// and with the one before it in a list.
void patch_check_below(patch_check *self, const walk_root *root,
                       inlay_record base);

// Returns the root of a record, NULL when the schema has it from elsewhere.
const walk_root *patch_check_root(const patch_check       *self,
                                  const inlay_record_desc *desc);

#endif
