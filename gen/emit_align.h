// emit_align.h -- lines up the names of declarations that stand together, as
// the project's clang-format does.
//
// Who may include it: gen/emit.c.
#ifndef INLAY_GEN_EMIT_ALIGN_H
#define INLAY_GEN_EMIT_ALIGN_H

#include <stdbool.h>
#include <stddef.h>

// Returns a copy of `size` bytes of C text with its declarations aligned, and
// its size; NULL when memory ran out. The copy is the caller's to free.
char *emit_align(const char *text, size_t size, size_t *aligned_size);

#endif
