// gen_c_element.h -- how an element is encoded, piece by piece.
//
// An element is a record, the one value of a list's element, or an entry of a
// map. What is printed follows from the placements of its fields; how a field
// is reached in the native form is all that differs.
//
// Who may include it: gen/gen_c_*.c.
#ifndef INLAY_GEN_GEN_C_ELEMENT_H
#define INLAY_GEN_GEN_C_ELEMENT_H

#include "gen/gen_c_parts.h"

typedef struct c_element {
    const char    *name; // prefix of its functions
    const char    *self; // parameter: `const log_entry *self`
    const c_field *fields;
    const char   **exprs; // how each is reached: `self->code`, `*item`
    size_t         field_count;
    uint32_t       fixed;
    uint32_t       slots;
} c_element;

// Returns a record as an element.
c_element c_record_element(c_model *m, const c_item *item);

// Returns `x.member`, or `item->member` of `*item`; `&x`, or `item`.
const char *c_member_of(c_model *m, const char *x, const char *member);
const char *c_address_of(c_model *m, const char *x);

// Returns whether measuring the element can fail.
bool c_element_is_nested(const c_element *e);

// Returns whether writing it has a use for the encoder.
bool c_element_uses_encoder(const c_element *e);

// ---- Parameters -------------------------------------------------------------

// A function has the parameters that it uses, so its calls are made here, too.
const char *c_share_call(c_model *m, const c_element *e, const char *encoder,
                         const char *self);

// What the function that writes an element is given, as parameters or as the
// arguments of a call.
const char *c_write_args(c_model *m, const c_element *e, const char *encoder,
                         const char *self, const char *head, const char *splits,
                         const char *heap);

// Says of the rest that it is unused: statements.
const char *c_write_unused(c_model *m, const c_element *e);

// ---- Heads (gen_c_head.c) ---------------------------------------------------

// Returns `head + offset`.
const char *c_head_at(c_model *m, uint32_t offset);

// Writes all of the head but anchor and splits: statements.
const char *c_head_write(c_model *m, const c_element *e);

// Prints the tables of composite defaults, which stores and tests refer to.
void c_emit_initial_tables(c_out *out, const c_element *e);

// ---- Slices -----------------------------------------------------------------

// Returns the expression of the size of a slice that holds `x`.
const char *c_slice_size(c_model *m, const ir_type *type, const char *x);

// Writes such a slice at `heap` and moves that behind it: statements.
const char *c_slice_write(c_model *m, const ir_type *type, const char *x);

// The same of a field's slot, pads and all.
const char *c_slot_size(c_model *m, const c_field *field, const char *x);
const char *c_slot_write(c_model *m, const c_field *field, const char *x);

// Returns what a field's @max counts.
const char *c_slot_length(c_model *m, const ir_type *type, const char *x);

// Prints what a list of records has besides, for when it is no array
// (gen_c_feed.c): `_fed_size` and `_fed_write`, and a builder's functions.
void c_emit_fed_list(c_out *out, const char *name, const c_element *e);
void c_emit_builder(c_out *out, const c_item *item, const c_element *e);

// Prints the two functions of an element: `_share` adds up the slices it will
// own, `_share_write` writes its head and them.
void c_emit_element(c_out *out, const c_element *e);

#endif
