/* instructions.h -- instructions per operation, counted by callgrind.
 *
 * Callgrind counts exactly, so noise is none, but runs fifty times slower, and
 * knows no AVX-512. The program runs itself under valgrind: the child prepares
 * everything uncounted, then counts each operation and dumps it under a name.
 */
#ifndef BENCH_HARNESS_INSTRUCTIONS_H
#define BENCH_HARNESS_INSTRUCTIONS_H

#include "bench/harness/measure.h"

/* Runs `arguments` (of this program, NULL at the end) under callgrind and calls
 * `found` for each operation that was counted. False, with the reason on
 * standard error, when valgrind is missing or fails. */
bool instructions_run(const char *program, const char *const *arguments,
                      void (*found)(void *context, const char *set,
                                    const char *codec, const char *op,
                                    uint64_t instructions),
                      void *context);

/* In the child: counts all operations of a subject. */
void instructions_count(subject *s);

/* Returns whether this process runs under valgrind. */
bool instructions_counting(void);

#endif
