/* layout.h -- where every field of a record lies: section 2 of FORMAT.md, on
 * descriptor tables.
 *
 * The compiler has the same walk on its own tree (schema/layout.c), and the
 * codec may not include it; the tests hold the two equal on every schema.
 *
 * Who may include it: codec/describe/.
 */
#ifndef CODEC_DESCRIBE_LAYOUT_H
#define CODEC_DESCRIBE_LAYOUT_H

#include <inlay/desc.h>

/* No fixed value is larger, and no head's fixed part. */
#define LAYOUT_FIXED_MAX (UINT32_C(1) << 20)
#define LAYOUT_SLOTS_MAX 65535u

/* Fills in what follows from the fields' types, in order: their places and the
 * record's sizes, flags and spare bits. `sparse` tells which fields are
 * @sparse, NULL: none. False where the head grows beyond the limits. */
bool describe_layout(inlay_record_desc *record, inlay_field_desc *fields,
                     const bool *sparse);

#endif
