/* compare.h -- what changed between two result files.
 *
 * Per cell the ratio new / old, of blocks that are each divided by the anchor
 * taken beside them, so that a machine that was slower that day cancels. The
 * interval is a percentile bootstrap over the blocks of both files.
 *
 * A cell regressed when all of its 95 % interval lies above 1, its ratio lies
 * beyond the threshold, and beyond the noise of both files: the interval of a
 * codec against itself. Improved is the same downwards. Everything else is
 * indistinguishable, which is no proof of equality: `detectable` says which
 * change would have been found in four of five such comparisons.
 *
 * Builds differ in where the linker puts the code, and that alone moves a time
 * by some percent: a change near the threshold calls for a second run.
 */
#ifndef BENCH_REPORT_COMPARE_H
#define BENCH_REPORT_COMPARE_H

#include <stdio.h>

#include "bench/report/result.h"

/* Fewer blocks than this have no interval to speak of. */
#define COMPARE_BLOCKS_MIN 5

#define COMPARE_THRESHOLD 5.0

typedef enum compare_verdict {
    COMPARE_INDISTINGUISHABLE,
    COMPARE_IMPROVED,
    COMPARE_REGRESSED
} compare_verdict;

typedef struct compare_row {
    const result_cell *before;
    const result_cell *after;
    const char        *set;
    const char        *codec;
    result_estimate    ratio;      /* after / before */
    double             detectable; /* as a ratio: 1.03 is 3 % */
    compare_verdict    verdict;
} compare_row;

/* A cell that can't be compared, and why. */
typedef struct compare_left {
    const result_cell *cell;
    const char        *set;
    const char        *codec;
    const char        *reason;
} compare_left;

/* Borrows texts and cells of both results. */
typedef struct compare {
    compare_row  *rows; /* regressed ones first, worst first; then improved */
    size_t        row_count;
    compare_left *left;
    size_t        left_count;
    size_t        counts[3]; /* rows per verdict */
    double        threshold; /* percent */
} compare;

void compare_init(compare *self, const result *before, const result *after,
                  double threshold);

void compare_release(compare *self);

typedef struct compare_style {
    bool colour;
    bool all; /* indistinguishable rows too */
} compare_style;

/* Prints the table and a summary. */
void compare_print(const compare *self, FILE *out, compare_style style);

#endif
