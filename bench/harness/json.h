/* json.h -- members of a result file (bench/RESULT.md), for all that write one.
 */
#ifndef BENCH_HARNESS_JSON_H
#define BENCH_HARNESS_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <yajl/yajl_gen.h>

#include "bench/harness/machine.h"

typedef yajl_gen json;

/* ---- Values and members -------------------------------------------------- */

void json_text(json out, const char *text);
void json_count(json out, uint64_t count);
void json_real(json out, double value); /* 6 digits; what is not finite is 0 */

void json_text_member(json out, const char *name, const char *value);
void json_count_member(json out, const char *name, uint64_t value);
void json_real_member(json out, const char *name, double value);

/* Begin an object or a list, to be closed by yajl_gen_map_close or
 * yajl_gen_array_close. */
void json_open_member(json out, const char *name);
void json_array_member(json out, const char *name);

/* ---- What all results have ----------------------------------------------- */

/* The members "format", "when" and "inlay". */
void json_head(json out);

void json_machine(json out, const bench_machine *m);

/* Writes bytes and a newline to a file, which appears whole or not at all;
 * false with errno. */
bool json_file_write(const char *path, const void *data, size_t size);

#endif
