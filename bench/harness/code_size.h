/* code_size.h -- bytes of machine code that a codec takes per data set.
 *
 * Of everything that was compiled for the set: generated code and the calls of
 * it that this suite makes, templates included; not the library. Made by
 * code_size.sh at build time from the object files. Only of codecs that have an
 * object file per set.
 */
#ifndef BENCH_HARNESS_CODE_SIZE_H
#define BENCH_HARNESS_CODE_SIZE_H

#include <stddef.h>

typedef struct bench_code_size {
    const char *codec;
    const char *set;
    size_t      bytes;
} bench_code_size;

extern const bench_code_size bench_code_sizes[];
extern const size_t          bench_code_size_count;

#endif
