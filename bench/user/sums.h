// sums.h -- makes Inlay's side of the user's set: C that reads all numbers, or
// all texts, of a record's view, through the accessors that `inlay gen` made.
#ifndef BENCH_USER_SUMS_H
#define BENCH_USER_SUMS_H

#include <stdio.h>

#include "schema/ir.h"

// Writes a source file that defines
//
//     const bench_case *const inlay_user_cases[3]
//
// for messages of `root`: verified each time, verified once, clamped. It is to
// be compiled beside what `inlay gen` makes of all files of the schema. False
// when memory ran out; the file's own errors are its stream's.
bool user_sums_write(const ir_schema *ir, const ir_record *root, FILE *file);

#endif
