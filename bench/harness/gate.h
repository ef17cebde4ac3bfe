/* gate.h -- correctness before timing.
 *
 * Every operation has to return what the model says, for several turns and
 * every message of a pool, before it may be measured.
 */
#ifndef BENCH_HARNESS_GATE_H
#define BENCH_HARNESS_GATE_H

#include "bench/harness/subject.h"

/* Runs all operations. Returns whether all are right; otherwise writes which
 * one is not, expected and found, into `message`. */
bool gate_check(subject *self, char *message, size_t size);

/* What an operation is called in results. */
const char *bench_op_name(unsigned op);

#endif
