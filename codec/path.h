// path.h -- where in a message a walk stands, as a list of stack frames.
//
// A walk keeps one node per block, on its stack, linked to the block around
// it. Nothing is formatted until something fails: on the good path a node costs
// a few stores per block.
//
//    logs[17].body.text       { field "logs" } <- { index 17, field "body",
//                                                   variant "text" }
//
// Who may include it: codec/.
#ifndef INLAY_CODEC_PATH_H
#define INLAY_CODEC_PATH_H

#include <inlay/desc.h>

#define INLAY_PATH_NO_INDEX UINT64_MAX

typedef struct inlay_path {
    const struct inlay_path *parent;  // of the block around; NULL at the root
    uint64_t                 index;   // of the element, or INLAY_PATH_NO_INDEX
    const char              *field;   // NULL: the block or the element itself
    const char              *variant; // of the union in `field`, or NULL
} inlay_path;

// Returns the name that a field adds to paths: NULL, which is none, for the
// `value` of the synthetic record of a list.
static inline const char *inlay_path_field(const inlay_record_desc *record,
                                           const inlay_field_desc  *field)
{
    bool list = (record->flags & INLAY_RECORD_SYNTHETIC) != 0 &&
                record->field_count < 2;

    return list ? NULL : field->name;
}

// Writes the path from the root, terminated; "..." stands for a beginning that
// does not fit.
void inlay_path_write(const inlay_path *path, char text[INLAY_PATH_SIZE]);

#endif
