// code.h -- Inlay for the user's schema: generated, compiled and loaded.
#ifndef BENCH_USER_CODE_H
#define BENCH_USER_CODE_H

#include "bench/data/document.h"
#include "bench/harness/codec.h"

// Returns Inlay's three cases for the document: verified each time, verified
// once, clamped. The first call compiles them, with `cc` or what CC names, in a
// folder that is gone when it returns; what was loaded stays until the process
// ends. NULL, and a static sentence in `failure`, when that can't be done; the
// compiler's own words go to standard error.
const bench_case *const *user_code(const data_document *document,
                                   const char         **failure);

#endif
