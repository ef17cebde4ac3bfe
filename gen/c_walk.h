// c_walk.h -- for programs that are made to walk generated code: what is to be
// called for a type, asked of the C back end's model, so that they follow
// whatever its names become.
//
// Who may include it: tests/generated/gen_walk.c, bench/user/.
#ifndef INLAY_GEN_C_WALK_H
#define INLAY_GEN_C_WALK_H

#include "gen/c_model.h"

// Returns what an optional is an optional of; other types are themselves.
const ir_type *c_walk_value(const ir_type *type);

// Returns whether a field has a `_has_` accessor.
bool c_walk_has(const ir_field *field);

// Returns what walk functions of a type are called.
const char *c_walk_name(c_model *m, const ir_type *type);

// Returns the element of a C_LIST, and whether it has a `_has_at` accessor.
const ir_type *c_walk_element(const c_item *item);
bool           c_walk_has_at(const ir_type *element);

#endif
