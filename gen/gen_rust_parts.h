// gen_rust_parts.h -- the parts of the Rust back end, one file each;
// gen_rust.c is the table of contents.
//
// Who may include it: gen/gen_rust*.c.
#ifndef INLAY_GEN_GEN_RUST_PARTS_H
#define INLAY_GEN_GEN_RUST_PARTS_H

#include "gen/emit.h"
#include "gen/rust_model.h"

// Lines that are longer are broken as rustfmt would.
#define RUST_COLUMNS 100

// What is being printed, and where to.
typedef struct rust_out {
    rust_model *model;
    emit        module;
    emit        layout;
} rust_out;

// Documents an item: by its schema's words, or else by these.
void rust_emit_doc(rust_out *out, const char *doc, const char *otherwise);

// ---- gen_rust_type.c: native types ------------------------------------------

void rust_emit_type(rust_out *out, const rust_item *item);

// ---- gen_rust_view.c: views, accessors, setters -----------------------------

void rust_emit_view(rust_out *out, const rust_item *item);

// ---- gen_rust_table.c: what the crate's macros make the rest of -------------

void rust_emit_table(rust_out *out, const rust_item *item);
void rust_emit_links(rust_out *out);

// ---- gen_rust_layout.c: assertions, in Rust and in C ------------------------

void rust_emit_layouts(rust_out *out);

#endif
