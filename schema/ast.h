// ast.h -- what the parser leaves behind: the source as written, nothing
// resolved and nothing checked beyond the grammar.
//
// Lists are linked in source order. A pointer is NULL where the source has
// nothing; a type or value that could not be parsed is NULL too, and then the
// node that should hold it is marked `broken`, which tells the resolver that an
// error has been reported.
//
// Who may include it: schema/.
#ifndef INLAY_SCHEMA_AST_H
#define INLAY_SCHEMA_AST_H

#include "schema/ir.h"

// How deep types and values may nest where they are written, and types also
// once aliases and structs are looked through.
#define AST_DEPTH_MAX 64

typedef struct ast_type      ast_type;
typedef struct ast_value     ast_value;
typedef struct ast_attribute ast_attribute;
typedef struct ast_item      ast_item;
typedef struct ast_decl      ast_decl;
typedef struct ast_import    ast_import;

// ---- Types and values -------------------------------------------------------

typedef enum ast_type_kind {
    AST_TYPE_NAME,    // `u8`, `Entry`, `log.Entry`
    AST_TYPE_VECTOR,  // `[T]`
    AST_TYPE_ARRAY,   // `[T; N]`
    AST_TYPE_MAP,     // `map<K, V>`
    AST_TYPE_OPTIONAL // `T?`
} ast_type_kind;

struct ast_type {
    ast_type_kind kind;
    ir_span       span;
    const char   *name;    // NAME: with its dots
    ast_type     *element; // VECTOR, ARRAY, OPTIONAL; V of a MAP
    ast_type     *key;     // MAP
    ast_value    *count;   // ARRAY: NUMBER or NAME
};

typedef enum ast_value_kind {
    AST_VALUE_NUMBER, // text as written, with its minus
    AST_VALUE_BOOL,
    AST_VALUE_NAME,  // an enum's value, a constant, inf or nan
    AST_VALUE_LIST,  // `[1, 2]`
    AST_VALUE_STRUCT // `{ x: 1 }`
} ast_value_kind;

struct ast_value {
    ast_value_kind kind;
    ir_span        span;
    const char    *text;     // NUMBER without its minus; NAME with its dots
    bool           negative; // NUMBER and NAME: a minus was there
    bool           truth;    // BOOL
    ast_value     *values;   // LIST, STRUCT: the first one
    uint32_t       value_count;
    const char    *member; // in a STRUCT: the name before the colon
    ir_span        member_span;
    ast_value     *next;
};

// ---- Declarations -----------------------------------------------------------

struct ast_attribute {
    const char    *name; // without the @; NULL for an ordinal
    ir_span        span; // of the @ and the name
    ast_value     *argument;
    ast_attribute *next;
};

// A field, member, variant or enum value.
struct ast_item {
    const char    *name;
    const char    *doc;
    ir_span        span;
    ast_type      *type;
    ast_value     *value; // a field's default, an enum value's number
    ast_attribute *attributes;
    bool           broken;
    ast_item      *next;
};

struct ast_decl {
    ir_decl_kind   kind;
    const char    *name;
    const char    *doc;
    ir_span        span;
    ast_attribute *attributes;
    ast_type      *type;  // of an alias or constant; an enum's base
    ast_value     *value; // of a constant
    ast_item      *items;
    uint32_t       item_count;
    bool           broken; // something in it could not be parsed
    ast_decl      *next;
};

struct ast_import {
    const char *path; // as written between the quotes
    ir_span     span;
    ast_import *next;
};

typedef struct ast_file {
    const char *package; // with its dots; NULL when it is missing
    ir_span     package_span;
    const char *doc;
    ast_import *imports;
    uint32_t    import_count;
    ast_decl   *decls;
    uint32_t    decl_count;
    bool        lost; // declarations may be missing from `decls`
} ast_file;

#endif
