/* reader.h -- members of a JSON tree, strictly: what result_read.c is made of.
 *
 * A `place` is a value and the way to it, kept on the C stack, so that any
 * complaint can name the member. Errors stick: the first one is kept, and after
 * it all getters return what stands for nothing (NAN, NULL, "" for a text that
 * must be there, 0), so callers go on until they are through. A member that is
 * null is not there.
 *
 * Who may include it: bench/report/result_read.c.
 */
#ifndef BENCH_REPORT_READER_H
#define BENCH_REPORT_READER_H

#include <yajl/yajl_tree.h>

#include "bench/report/result.h"

/* What to do about a member that is not what it should be. */
#define SEE_FORMAT "; see bench/RESULT.md"

typedef struct reader {
    result       *result;
    const char   *path; /* of the file */
    size_t        run;  /* its index */
    result_error *error;
    bool          failed;
} reader;

typedef struct place {
    const struct place *up;     /* NULL at the root */
    const char         *member; /* NULL: an element */
    size_t              index;
    yajl_val            value;
} place;

/* Whether a member that is not there is an error. */
typedef enum need {
    MAY,
    MUST
} need;

/* ---- Complaining --------------------------------------------------------- */

void reader_fail(reader *self, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Puts the member before the complaint: "cells[3].ns.low: ...". */
void reader_fail_at(reader *self, const place *at, const char *complaint);

/* ---- Values -------------------------------------------------------------- */

/* Finite, 0 or more. */
double reader_number_at(reader *self, const place *at);
double reader_number(reader *self, const place *object, const char *name,
                     need needed);

/* Above 0, since 0 would be "not measured". */
double reader_time_at(reader *self, const place *at);
double reader_time_of(reader *self, const place *object, const char *name,
                      need needed);

/* A copy that lives as long as the result; not empty when it must be there. */
const char *reader_text(reader *self, const place *object, const char *name,
                        need needed);

result_flag reader_flag(reader *self, const place *object, const char *name);

/* Sets `out` to an object; false when it is not there. */
bool reader_object(reader *self, const place *up, const char *name, need needed,
                   place *out);

/* Sets `out` to a list and returns the count of its elements; 0 when it is not
 * there. */
size_t reader_list(reader *self, const place *up, const char *name, need needed,
                   place *out);

place reader_element(const place *list, size_t index);

/* ---- Values of results --------------------------------------------------- */

/* The members "op" and "trust". */
result_op    reader_op_of(reader *self, const place *up);
result_trust reader_trust_of(reader *self, const place *up);

/* The name of something declared before, by its index. */
size_t reader_reference(reader *self, const place *up, const char *member,
                        size_t (*find_in)(const result *, const char *));

/* { "median": ..., "low": ..., "high": ... }, which are in order. */
result_estimate reader_estimate(reader *self, const place *at);

/* Returns a list with room for `more` elements, those that were there first. */
void *reader_grow(reader *self, const void *old, size_t count, size_t more,
                  size_t size);

#endif
