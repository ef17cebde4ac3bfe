// describe.h -- how the schema language itself calls what is in the IR.
//
// Who may include it: schema/ and gen/.
#ifndef INLAY_SCHEMA_DESCRIBE_H
#define INLAY_SCHEMA_DESCRIBE_H

#include "schema/arena.h"
#include "schema/ir.h"

// Returns a type as it is written, `map<string, [u8; 4]?>`; declared types and
// aliases by their qualified names. Memory is the arena's; never NULL.
const char *ir_type_text(arena *a, const ir_type *type);

// Returns what a declaration is called, without and with its package.
const char *ir_decl_name(const ir_decl *decl);
const char *ir_decl_qualified(const ir_decl *decl);

// Returns the keyword's meaning, as in "record" or "constant".
const char *ir_decl_kind_text(ir_decl_kind kind);

#endif
