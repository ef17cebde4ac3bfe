/* figures.h -- numbers as people read them: units, as many digits as are known,
 * thousands set apart.
 */
#ifndef BENCH_REPORT_FIGURES_H
#define BENCH_REPORT_FIGURES_H

#include "bench/report/result.h"

/* A figure as text, returned by value so that several fit into one printf:
 * printf("%s (%s)", figure_time(...).text, ...). Nothing is "-" when the number
 * is NAN. */
typedef struct figure {
    char text[48];
} figure;

/* Returns how many digits of a median its interval supports: down to the place
 * of the first digit of the interval's half, so that rounding stays inside.
 * 3 at most, for more are never true of another machine, and 1 at least. */
int figure_digits(const result_estimate *estimate);

/* "133 µs"; digits beyond the significant ones are 0. */
figure figure_time(double ns, int digits);

/* The median with the digits that its interval supports. */
figure figure_estimate(const result_estimate *ns);

/* "1.25", "0.031", "1,480". */
figure figure_ratio(double ratio, int digits);

/* "785,783" */
figure figure_count(double count);

/* "32 KiB" */
figure figure_bytes(double bytes);

/* "+10.3 %" of a ratio of 1.103; "x 2.4" from a doubling on. */
figure figure_change(double ratio);

/* The same without a sign, of a ratio of 1 or more: "10.3 %". */
figure figure_excess(double ratio);

/* Returns the columns that a text takes on a terminal: its code points. */
size_t figure_width(const char *text);

#endif
