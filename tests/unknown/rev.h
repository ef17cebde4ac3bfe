// rev.h -- one revision of the schema, seen from outside.
#ifndef INLAY_TESTS_UNKNOWN_REV_H
#define INLAY_TESTS_UNKNOWN_REV_H

#include <inlay/inlay.h>

// How a message passes through a revision.
typedef struct rev_job {
    bool               keep;  // what is unknown
    uint64_t           seed;  // of changes to known fields; 0: none
    const inlay_alloc *alloc; // for decoding and encoding
    size_t             limit; // of the arena
    inlay_bytes        other; // a message to merge into it, if not empty
} rev_job;

typedef struct rev_ops {
    const inlay_record_desc *desc; // of the root

    // Decodes a message, changes it and appends the new one to `out`. The
    // same seed makes the same changes in every revision, to what all know.
    inlay_status (*pass)(inlay_bytes message, const rev_job *job,
                         inlay_buffer *out);
} rev_ops;

#define REV_COUNT 4

extern const rev_ops rev1_ops, rev2_ops, rev3_ops, rev4_ops;

#endif
