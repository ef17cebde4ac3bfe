// ir.h -- the compiled schema: what the resolver and the layout leave behind
// and the back ends read.
//
// Immutable once schema_load (schema.h) returns. Every node lives in the
// schema's arena and dies with it; every pointer is non-NULL unless its comment
// says otherwise. Nothing here knows tokens, syntax or a target language, and a
// back end never computes an offset: they are all here.
//
// Ordering is the source's, so that output is the same on every run. Who may
// include it: schema/ and gen/.
#ifndef INLAY_SCHEMA_IR_H
#define INLAY_SCHEMA_IR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ir_type   ir_type;
typedef struct ir_file   ir_file;
typedef struct ir_record ir_record;
typedef struct ir_struct ir_struct;
typedef struct ir_enum   ir_enum;
typedef struct ir_union  ir_union;
typedef struct ir_alias  ir_alias;

// A place in a source file; line and column count from 1, columns in bytes.
typedef struct ir_span {
    const ir_file *file;
    uint32_t       line;
    uint32_t       column;
    uint32_t       length; // bytes on that line, at least 1
} ir_span;

// ---- Types ------------------------------------------------------------------

// Same order and meaning as inlay_kind in <inlay/desc.h>.
typedef enum ir_kind {
    IR_BOOL,
    IR_U8,
    IR_U16,
    IR_U32,
    IR_U64,
    IR_I8,
    IR_I16,
    IR_I32,
    IR_I64,
    IR_F32,
    IR_F64,
    IR_ENUM,
    IR_STRUCT,
    IR_ARRAY, // [T; N]
    IR_STRING,
    IR_BYTES,
    IR_VECTOR, // [T], T fixed and not bool
    IR_BITSET, // [bool]
    IR_RECORD,
    IR_LIST, // any other [X]
    IR_MAP,
    IR_UNION,
    IR_OPTIONAL
} ir_kind;

// One type expression. Built-in and named types are one shared node each;
// `[T]`, `[T; N]`, `map` and `T?` are a node per place where they are written,
// except that all uses of an alias share the alias's node.
struct ir_type {
    ir_kind kind;
    bool    fixed;                // has a size that no value changes
    bool    has_bool;             // fixed, and a bool byte lies in it (STRUCT,
                                  // ARRAY; not for a plain BOOL)
    uint32_t       size;          // bytes on the wire when fixed, else 0
    uint32_t       count;         // N of an ARRAY
    const ir_type *element;       // ARRAY, VECTOR, BITSET (bool), LIST (X),
                                  // MAP (V), OPTIONAL (T); else NULL
    const ir_type   *key;         // MAP; else NULL
    const ir_enum   *enumeration; // ENUM; else NULL
    const ir_struct *structure;   // STRUCT; else NULL
    const ir_record *record; // RECORD: it. LIST: X's record, or a synthetic
                             // { value: X }. MAP: synthetic { key; value }.
    const ir_union *onion;   // UNION; else NULL ("union" is a keyword of C)
    const ir_alias *alias;   // the alias whose type expression this is, or NULL
};

// ---- Records ----------------------------------------------------------------

// Same order and meaning as inlay_place in <inlay/desc.h>.
typedef enum ir_place {
    IR_PLACE_BIT,
    IR_PLACE_BIT_OPTIONAL,
    IR_PLACE_FIXED,
    IR_PLACE_FIXED_OPTIONAL,
    IR_PLACE_SLOT,
    IR_PLACE_SLOT_PRESENT,
    IR_PLACE_SLOT_OPTIONAL,
    IR_PLACE_UNION
} ir_place;

typedef struct ir_field {
    const char    *name;
    const char    *doc;  // text of the /// lines, newline between; NULL if none
    ir_span        span; // of the name
    const ir_type *type;
    const uint8_t *initial; // declared default as wire bytes (type->size of
                            // them, a bool one byte 0 or 1); NULL when zero
    uint32_t declared;      // index in declaration order
    uint32_t align;         // of @align(N); 0 if none
    uint32_t max;           // of @max(N), bytes or elements; 0 if none
    bool     sparse;
    bool     deprecated;
    // Layout, FORMAT.md section 2. Members that `place` does not use are 0.
    ir_place place;
    uint32_t offset; // of the value, the tag, or the value bit's byte
    uint8_t  bit;
    uint8_t  present_bit;
    uint32_t present_offset;
    uint32_t slot;
    uint32_t fixed_after; // F of a block that ends after this field
    uint32_t slots_after; // S of a block that ends after this field
} ir_field;

struct ir_record {
    const char     *name;      // `Entry`; synthetic: "" (empty)
    const char     *qualified; // `log.Entry`; synthetic: ""
    const char     *doc;       // or NULL
    ir_span         span;      // of the name
    const ir_file  *file;
    const ir_type  *type;   // the RECORD node that names it; synthetic: NULL
    const ir_field *fields; // in layout order (by ordinal, else declared)
    uint32_t        field_count;
    const ir_field *const *declared_fields; // the same, in declaration order
    bool                   synthetic;
    bool                   has_id; // @id was given
    uint64_t               id;     // of @id, or XXH3-64 of `qualified`
    uint32_t               fixed;  // F
    uint32_t               slots;  // S
    uint32_t spare_offset;         // the one bit byte with bits no field takes
    uint8_t  spare_mask;           // those bits; 0 when there is none
    bool     all_strings;          // S > 0, all slots are string or string?
    bool     checked;              // heads have a present bit, a tag, or a bool
                                   // inside a struct or array; or a slot has a
                                   // @max
    // The sizes of its messages, FORMAT.md section 3; see bounds.h. Not of
    // synthetic records, which are no messages.
    uint64_t    size_least;
    uint64_t    size_largest; // 0 when unbounded
    const char *unbounded;    // path of the field that makes it so, as in
                              // `headers[].key`; NULL: bounded
};

// ---- Structs, enums, unions, constants, aliases -----------------------------

typedef struct ir_member {
    const char    *name;
    const char    *doc; // or NULL
    ir_span        span;
    const ir_type *type;   // fixed
    uint32_t       offset; // on the wire, no padding
} ir_member;

struct ir_struct {
    const char      *name;
    const char      *qualified;
    const char      *doc; // or NULL
    ir_span          span;
    const ir_file   *file;
    const ir_type   *type;
    const ir_member *members;
    uint32_t         member_count;
    uint32_t         size;
    bool             has_bool;
};

typedef struct ir_value {
    const char *name;
    const char *doc; // or NULL
    ir_span     span;
    uint64_t    value; // sign-extended when the base is signed
} ir_value;

struct ir_enum {
    const char     *name;
    const char     *qualified;
    const char     *doc; // or NULL
    ir_span         span;
    const ir_file  *file;
    const ir_type  *type;
    ir_kind         base; // IR_U8..IR_I64
    const ir_value *values;
    uint32_t        value_count;
};

typedef struct ir_variant {
    const char    *name;
    const char    *doc; // or NULL
    ir_span        span;
    const ir_type *type; // NULL for a variant with no type
} ir_variant;

struct ir_union {
    const char       *name;
    const char       *qualified;
    const char       *doc; // or NULL
    ir_span           span;
    const ir_file    *file;
    const ir_type    *type;
    const ir_variant *variants; // tag = index + 1
    uint32_t          variant_count;
};

struct ir_alias {
    const char    *name;
    const char    *qualified;
    const char    *doc; // or NULL
    ir_span        span;
    const ir_file *file;
    const ir_type *type; // never shares a node with a built-in or named type:
                         // `type Micros = i64` has a node of its own, whose
                         // `alias` leads back here
};

typedef struct ir_const {
    const char    *name;
    const char    *qualified;
    const char    *doc; // or NULL
    ir_span        span;
    const ir_file *file;
    const ir_type *type; // BOOL, an integer, a float or an ENUM
    uint64_t       bits; // integers sign-extended, floats as their bits
} ir_const;

// ---- Files ------------------------------------------------------------------

typedef enum ir_decl_kind {
    IR_DECL_ENUM,
    IR_DECL_STRUCT,
    IR_DECL_UNION,
    IR_DECL_RECORD,
    IR_DECL_ALIAS,
    IR_DECL_CONST
} ir_decl_kind;

// A declaration, in source order.
typedef struct ir_decl {
    ir_decl_kind kind;
    union {
        const ir_enum   *enumeration;
        const ir_struct *structure;
        const ir_union  *onion;
        const ir_record *record;
        const ir_alias  *alias;
        const ir_const  *constant;
    } of;
} ir_decl;

struct ir_file {
    const char           *path;    // as opened
    const char           *package; // `log`, `vec.aligned`
    const char           *doc;     // of the package line, or NULL
    const char           *text;    // the source, text_size bytes
    size_t                text_size;
    uint64_t              hash;    // XXH3-64 of text, chained with the imports'
    const ir_file *const *imports; // direct ones, in source order
    uint32_t              import_count;
    const char *const    *import_names; // as written between the quotes
    const ir_decl        *decls;
    uint32_t              decl_count;
};

// One compilation: the files named on the command line first, then what they
// import, each once, in the order they were first reached.
typedef struct ir_schema {
    const ir_file *const *files;
    uint32_t              file_count;
    uint32_t              root_count; // how many of them were named
} ir_schema;

#endif
