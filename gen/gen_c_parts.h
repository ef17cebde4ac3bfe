// gen_c_parts.h -- the parts of the C back end, one file each. Every part
// prints one aspect of an item; gen_c.c is the table of contents.
//
// Who may include it: gen/gen_c*.c.
#ifndef INLAY_GEN_GEN_C_PARTS_H
#define INLAY_GEN_GEN_C_PARTS_H

#include "gen/c_model.h"
#include "gen/emit.h"

// What is being printed, and where to.
typedef struct c_out {
    c_model *model;
    emit     header;
    emit     source;
} c_out;

// ---- gen_c_literal.c --------------------------------------------------------

// Spells a value of a fixed type, given as wire bytes, as a C initialiser.
const char *c_literal(c_model *m, const ir_type *type, const uint8_t *bytes);

// Spells a scalar's bits as a C constant of its type.
const char *c_scalar_literal(c_model *m, ir_kind kind, uint64_t bits);

// Returns a scalar's bits from its wire bytes.
uint64_t c_scalar_bits(const ir_type *type, const uint8_t *bytes);

// Spells wire bytes as the inside of an array's initialiser.
const char *c_bytes_literal(c_model *m, const uint8_t *bytes, uint32_t size);

// ---- gen_c_type.c: native types ---------------------------------------------

void c_emit_forwards(c_out *out);
void c_emit_type(c_out *out, const c_item *item);

// ---- gen_c_feed.c: lists of records that are no arrays ----------------------

void c_emit_list_source(c_out *out, const c_item *item);
void c_emit_list_builder(c_out *out, const c_item *item);

// ---- gen_c_struct.c: loads and stores of fixed types ------------------------

// Stores the native value `x` of a fixed type at `to`: statements.
const char *c_store(c_model *m, const ir_type *type, const char *to,
                    const char *x);

void c_emit_struct(c_out *out, const c_item *item);
void c_emit_enum(c_out *out, const c_item *item);

// ---- gen_c_view.c: readers and setters --------------------------------------

void c_emit_record_view(c_out *out, const c_item *item);
void c_emit_union_view(c_out *out, const c_item *item);
void c_emit_list_view(c_out *out, const c_item *item);
void c_emit_map_view(c_out *out, const c_item *item);

// ---- gen_c_set.c: setters ---------------------------------------------------

void c_emit_setters(c_out *out, const c_item *item, const c_field *field);

// ---- gen_c_encode.c ---------------------------------------------------------

void c_emit_record_encode(c_out *out, const c_item *item);
void c_emit_union_encode(c_out *out, const c_item *item);
void c_emit_list_encode(c_out *out, const c_item *item);
void c_emit_map_encode(c_out *out, const c_item *item);

// ---- gen_c_patch.c ----------------------------------------------------------

void c_emit_record_patch(c_out *out, const c_item *item);

// ---- gen_c_hash.c -----------------------------------------------------------

void c_emit_record_hash(c_out *out, const c_item *item);

// ---- gen_c_decode.c ---------------------------------------------------------

void c_emit_record_decode(c_out *out, const c_item *item);
void c_emit_union_decode(c_out *out, const c_item *item);
void c_emit_list_decode(c_out *out, const c_item *item);
void c_emit_map_decode(c_out *out, const c_item *item);

// ---- gen_c_desc.c: descriptor tables ----------------------------------------

void c_emit_descriptors(c_out *out);

#endif
