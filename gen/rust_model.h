// rust_model.h -- the Rust back end's view of one schema file: every name
// decided, every type spelled. It stands on the C back end's model, since the
// generated Rust is laid out as the generated C is, and calls it.
//
// Rust has generics, so containers need no names: `[T]`, `map<K, V>` and `T?`
// are types of the crate `inlay`. What is named is what the schema declares.
//
// Who may include it: gen/gen_rust*.c.
#ifndef INLAY_GEN_RUST_MODEL_H
#define INLAY_GEN_RUST_MODEL_H

#include "gen/c_model.h"

// A field, member, variant or enum value.
typedef struct rust_field {
    const char *name;  // of a member or accessor, a variant, a constant
    const char *place; // of a record's field: the constant of its place
} rust_field;

typedef struct rust_item {
    const char    *name;   // Entry
    const char    *view;   // EntryView; of records and unions
    const char    *setter; // EntryMut; of records
    const c_item  *c;      // NULL for constants of other files
    const ir_decl *decl;
    const ir_file *file;
    rust_field    *fields; // in the order of c->fields
} rust_item;

typedef struct rust_model {
    c_model     c;
    str_map     by_node; // IR node of a declaration to rust_item
    rust_item **order;   // of this file, as declared
    size_t      order_count;
} rust_model;

// Builds the model of one file. False when memory ran out.
bool rust_model_init(rust_model *m, const ir_schema *schema,
                     const ir_file *file);
void rust_model_release(rust_model *m);

// Returns the item of a record's, struct's, enum's or union's type.
const rust_item *rust_find(const rust_model *m, const ir_type *type);

// Spells the native type, borrowing for `life`: `inlay::Map<'a, u8, u16>`.
const char *rust_native(rust_model *m, const ir_type *type, const char *life);

// Spells what a reader of the type returns, in mode M: `EntryView<'a, M>`.
const char *rust_view(rust_model *m, const ir_type *type);

// Spells what a value of the type is set to in place: `Option<u16>`, `&str`;
// NULL where it is not set as a whole.
const char *rust_set(rust_model *m, const ir_type *type);

// Spells what leads to what can be set inside a value of the type:
// `EntryMut<'_>`, `inlay::VectorMut<'_, f32>`; NULL where there is nothing.
const char *rust_reach(rust_model *m, const ir_type *type);

// Returns whether a union has all the variants that there can be.
bool rust_is_full(const ir_union *onion);

// Returns whether the native type borrows.
bool rust_borrows(const ir_type *type);

// Spells a value of a fixed type, given as wire bytes.
const char *rust_literal(rust_model *m, const ir_type *type,
                         const uint8_t *bytes);

// Spells wire bytes as the inside of an array.
const char *rust_bytes(rust_model *m, const uint8_t *bytes, uint32_t size);

// Size and alignment of a native type where pointers and 64-bit scalars are
// aligned to 8 bytes.
typedef struct rust_layout {
    uint64_t size;
    uint64_t align;
} rust_layout;

rust_layout rust_layout_of(const ir_type *type);

// Puts a member of that layout behind `whole`; returns its offset.
uint64_t rust_layout_add(rust_layout *whole, rust_layout member);

// Rounds a struct's size up to its alignment.
void rust_layout_end(rust_layout *whole);

#endif
