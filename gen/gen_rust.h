// gen_rust.h -- the Rust back end: one schema file in, a Rust module out, and
// C that asserts that its native types lie in memory as C's do.
//
// Reads the IR only. The same schema gives the same bytes on every run. The
// module is formatted as rustfmt would, but for lines that nothing can break.
#ifndef INLAY_GEN_GEN_RUST_H
#define INLAY_GEN_GEN_RUST_H

#include "gen/gen_c.h"

// Makes NAME.rs and NAME_layout.c of `file`. False when memory ran out; nothing
// is to be freed then.
bool gen_rust_file(const ir_schema *schema, const ir_file *file,
                   gen_text *module, gen_text *layout);

#endif
