// rows.c -- adding rows: see claim.h.

#include "bench/claims/claim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static claim_row *row_new(claim_bench *bench, const char *what)
{
    size_t     size = (bench->count + 1) * sizeof(claim_row);
    claim_row *rows = realloc(bench->rows, size);
    claim_row *row;

    if (rows == NULL) {
        fputs("inlay-bench: out of memory\n", stderr);
        exit(2);
    }
    bench->rows = rows;
    row = &rows[bench->count++];
    memset(row, 0, sizeof *row);
    row->claim = bench->current;
    snprintf(row->what, sizeof row->what, "%s", what);
    return row;
}

// Three digits that count, but no exponent for what is large.
static const char *number_text(double value, char *text, size_t size)
{
    double magnitude = value < 0 ? -value : value;

    if (magnitude >= 999.5) {
        snprintf(text, size, "%.0f", value);
    } else {
        snprintf(text, size, "%.3g", value);
    }
    return text;
}

static void measured_text(claim_figure figure, const char *unit, char *text,
                          size_t size)
{
    char median[24], low[24], high[24];

    snprintf(text, size, "%s%s (%s to %s)",
             number_text(figure.median, median, sizeof median), unit,
             number_text(figure.low, low, sizeof low),
             number_text(figure.high, high, sizeof high));
}

static void row_judge(claim_row *row, claim_range range, const char *unit,
                      claim_figure figure)
{
    claim_range_text(range, unit, row->claimed, sizeof row->claimed);
    measured_text(figure, unit, row->measured, sizeof row->measured);
    row->verdict =
        claim_verdict_text(claim_judge(range, figure.low, figure.high));
}

void claim_found(claim_bench *bench, const char *what, claim_range range,
                 const char *unit, claim_figure figure, const char *text, ...)
{
    claim_row *row = row_new(bench, what);
    va_list    arguments;

    row_judge(row, range, unit, figure);
    va_start(arguments, text);
    vsnprintf(row->about, sizeof row->about, text, arguments);
    va_end(arguments);
}

void claim_absent(claim_bench *bench, const char *what, const char *text, ...)
{
    claim_row *row = row_new(bench, what);
    va_list    arguments;

    va_start(arguments, text);
    vsnprintf(row->about, sizeof row->about, text, arguments);
    va_end(arguments);
}

char *claim_time_text(double ns, char *text, size_t size)
{
    static const char *const units[] = {"ns", "\xc2\xb5s", "ms", "s"};
    size_t                   unit = 0;
    char                     number[24];

    while (ns >= 999.5 && unit < 3) {
        ns /= 1000;
        unit++;
    }
    snprintf(text, size, "%s %s", number_text(ns, number, sizeof number),
             units[unit]);
    return text;
}

void claim_pair(claim_bench *bench, const char *what, claim_range range,
                claim_variant slow, claim_variant fast, double per,
                const char *text, ...)
{
    claim_variant variants[] = {fast, slow};
    claim_timing  timings[2];
    char          about[512], a[32], b[32];
    va_list       arguments;

    if (!claim_compare(bench, variants, 2, timings)) {
        return;
    }
    va_start(arguments, text);
    vsnprintf(about, sizeof about, text, arguments);
    va_end(arguments);
    claim_found(bench, what, range, CLAIM_TIMES, timings[1].ratio,
                "%s: %s against %s", about,
                claim_time_text(timings[1].ns.median / per, a, sizeof a),
                claim_time_text(timings[0].ns.median / per, b, sizeof b));
}
