// gen_c.h -- the C back end: one schema file in, a header and a source out.
//
// Reads the IR only. The same schema gives the same bytes on every run.
#ifndef INLAY_GEN_GEN_C_H
#define INLAY_GEN_GEN_C_H

#include <stdbool.h>
#include <stddef.h>

#include "schema/ir.h"

// Generated text, terminated; `data` is the caller's to free.
typedef struct gen_text {
    char  *data;
    size_t size;
} gen_text;

// Makes NAME.inlay.h and NAME.inlay.c of `file`. False when memory ran out;
// nothing is to be freed then.
bool gen_c_file(const ir_schema *schema, const ir_file *file, gen_text *header,
                gen_text *source);

#endif
