// desc_build.h -- runtime descriptors straight from a compiled schema.
//
// Generated .c files hold the same tables as constants; building them at run
// time lets the command read and write messages without a C compiler.
//
//     desc_build build;
//     desc_build_init(&build, NULL);
//     desc = desc_build_record(&build, schema_find_record(ir, "log.Entry"));
//     ...
//     desc_build_release(&build);
//
// Names are the schema's own, so descriptors live no longer than it does. One
// builder gives the same descriptor for the same record every time.
//
// Who may include it: gen/, tests.
#ifndef INLAY_GEN_DESC_BUILD_H
#define INLAY_GEN_DESC_BUILD_H

#include <inlay/desc.h>

#include "schema/arena.h"
#include "schema/ir.h"
#include "schema/str.h"

typedef struct desc_todo desc_todo;

typedef struct desc_build {
    arena      memory;
    str_map    built; // IR node to descriptor
    desc_todo *todo;  // descriptors that are known but not filled in
} desc_build;

// Allocates nothing. `alloc` NULL means the heap.
void desc_build_init(desc_build *self, const inlay_alloc *alloc);

// Frees the builder and all its descriptors.
void desc_build_release(desc_build *self);

// Returns the descriptor of a record, with all that it leads to; NULL when
// memory ran out.
const inlay_record_desc *desc_build_record(desc_build      *self,
                                           const ir_record *record);

#endif
