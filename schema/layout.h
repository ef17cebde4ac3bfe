// layout.h -- where every field of a record lies: section 2 of the format.
//
// Who may include it: schema/.
#ifndef INLAY_SCHEMA_LAYOUT_H
#define INLAY_SCHEMA_LAYOUT_H

#include "schema/ir.h"

#define LAYOUT_SLOTS_MAX 65535u

typedef enum layout_status {
    LAYOUT_OK,
    LAYOUT_FIXED_TOO_LARGE, // F over FIXED_SIZE_MAX
    LAYOUT_TOO_MANY_SLOTS
} layout_status;

// Lays out `record`, whose fields are the `field_count` at `fields` in layout
// order, and fills the layout members of both. On failure `*index` is the field
// that was too much.
layout_status layout_record(ir_record *record, ir_field *fields,
                            uint32_t *index);

#endif
