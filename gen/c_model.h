// c_model.h -- the C back end's view of one schema file: every name decided,
// every item in the order in which C wants it. Built before a character is
// printed; the printing functions (gen_c_*.c) only look things up.
//
// Items are what the file gives C: the declarations, and the containers that
// type expressions need, named after the alias or the field they stand in.
//
// Who may include it: gen/gen_c*.c.
#ifndef INLAY_GEN_C_MODEL_H
#define INLAY_GEN_C_MODEL_H

#include "gen/names.h"
#include "schema/ir.h"

typedef enum c_item_kind {
    C_ENUM,
    C_STRUCT,
    C_UNION,
    C_RECORD,
    C_ALIAS, // of a type that has a C type already: a typedef
    C_CONST,
    C_LIST,  // [X]: of a record, of a union, or of what has no list of its own
    C_MAP,   // the pointer and count of a map's entries
    C_ENTRY, // one entry of a map
    C_OPT    // T? of what has no optional of its own
} c_item_kind;

// A field, member, variant or enum value.
typedef struct c_field {
    const char     *name;     // in the schema, in accessors and paths
    const char     *member;   // in the native struct
    const char     *constant; // of an enum value or a variant's tag, or NULL
    const char     *doc;      // or NULL
    const ir_type  *type;     // NULL for an enum value or a typeless variant
    const ir_field *ir;       // of a record's field, else NULL
} c_field;

typedef struct c_item {
    c_item_kind    kind;
    const char    *name;  // log_entry
    const char    *upper; // LOG_ENTRY
    const char    *title; // what the schema calls it, for rulers and comments
    const char    *doc;   // or NULL
    const ir_file *file;
    const ir_type *type;   // of LIST, MAP, ENTRY and OPT: the container's;
                           // of RECORD, STRUCT, ENUM, UNION: the named type
    const ir_decl *decl;   // NULL for containers
    c_field       *fields; // records in layout order, else as declared
    size_t         field_count;
    bool           placed; // in the order below, or being placed
    struct c_item *next;   // in the file's naming order
} c_item;

typedef struct c_model {
    arena            memory;
    const ir_schema *schema;
    const ir_file   *file;
    const char      *stem;    // the schema's file name without `.inlay`
    const char      *guard;   // of the header
    str_map          by_node; // IR node to c_item
    str_map          lists;   // RECORD and UNION node to the item of its list
    str_map          entries; // MAP node to the item of its entry
    c_item          *first;   // of this file, as named
    c_item          *last;
    c_item         **order; // of this file, as C wants them
    size_t           order_count;
} c_model;

// Builds the model of one file. False when memory ran out.
bool c_model_init(c_model *m, const ir_schema *schema, const ir_file *file);
void c_model_release(c_model *m);

// ---- Looking up -------------------------------------------------------------

// Text made as printf makes it; lives as long as the model. Never NULL.
const char *c_text(c_model *m, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Puts a line under lines, which may be "" yet.
const char *c_join(c_model *m, const char *lines, const char *line);

// Moves lines in by four spaces.
const char *c_indented(c_model *m, const char *lines);

// Returns the item of a declaration's type node or of a container.
const c_item *c_find(const c_model *m, const ir_type *type);

// Returns a type's native C type: `uint16_t`, `inlay_str`, `log_entry`.
// Arrays and optional records have none: use c_declare.
const char *c_native(c_model *m, const ir_type *type);

// Declares `name` to be of that type: `uint8_t name[4]`, `const tree *name`.
const char *c_declare(c_model *m, const ir_type *type, const char *name);

// Returns the prefix of a list's or a map's functions: `inlay_u16_list`.
const char *c_container(c_model *m, const ir_type *type);

// Returns what a reader of that type returns: scalars, structs and spans are
// themselves, the rest are views.
const char *c_view(c_model *m, const ir_type *type);

// Returns the kind of scalar that a BOOL, an integer, a float or an ENUM is.
ir_kind c_scalar(const ir_type *type);

// Returns the runtime's word for a scalar, `u16`, and its C type, `uint16_t`.
const char *c_word(const ir_type *type);
const char *c_scalar_type(ir_kind kind);

bool c_is_scalar(const ir_type *type); // BOOL..F64, ENUM
bool c_is_array_of_structs(const ir_type *type);

// Returns the innermost element of an array, and how many of them it has.
const ir_type *c_array_base(const ir_type *type, uint32_t *count);

// Returns whether a struct lies in memory as on the wire on every host of that
// byte order, and any bytes are a value of it: no holes, no bools.
bool c_is_plain(const ir_type *type);

// Returns whether measuring a slice of the type can fail, or notes widths.
bool c_is_nested(const ir_type *type);

// Returns whether there is an @align in a record, at any depth.
bool c_has_align(c_model *m, const ir_record *record);

#endif
