// compare.c -- verdicts on pairs of cells; see compare.h.

#include "bench/report/compare.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/report/figures.h"

// A change of this many standard errors is found in four of five comparisons:
// 1.96 for the interval to clear 1, and 0.84 for four of five to be so lucky.
#define DETECTABLE_ERRORS 2.8

static void *take(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);

    if (memory == NULL) {
        fputs("memory ran out\n", stderr);
        exit(2);
    }
    return memory;
}

// ---- One cell --------------------------------------------------------------

// Returns the logarithm of each block over its anchor.
static double *logarithms(const result_cell *cell)
{
    double *values = take(cell->block_count, sizeof *values);
    size_t  i;

    for (i = 0; i < cell->block_count; i++) {
        values[i] = log(cell->blocks[i]) - log(cell->anchors[i]);
    }
    return values;
}

static bool within(double ratio, const result_noise *noise)
{
    return noise != NULL && ratio >= noise->low && ratio <= noise->high;
}

static compare_verdict verdict_on(const compare *self, const compare_row *row,
                                  const result_noise *before,
                                  const result_noise *after)
{
    double threshold = 1.0 + self->threshold / 100.0;
    double ratio = row->ratio.median;

    if (within(ratio, before) || within(ratio, after)) {
        return COMPARE_INDISTINGUISHABLE;
    }
    if (row->ratio.low > 1.0 && ratio > threshold) {
        return COMPARE_REGRESSED;
    }
    if (row->ratio.high < 1.0 && ratio < 1.0 / threshold) {
        return COMPARE_IMPROVED;
    }
    return COMPARE_INDISTINGUISHABLE;
}

static void measure(compare_row *row)
{
    double      *before = logarithms(row->before);
    double      *after = logarithms(row->after);
    stats_change change =
        stats_bootstrap_change(before, row->before->block_count, after,
                               row->after->block_count, STATS_RESAMPLES, 1);

    row->ratio.median = exp(change.median);
    row->ratio.low = exp(change.low);
    row->ratio.high = exp(change.high);
    row->detectable = exp(DETECTABLE_ERRORS * change.error);
    free(before);
    free(after);
}

// ---- All cells -------------------------------------------------------------

static const result_cell *counterpart(const result *from, const result *to,
                                      const result_cell *cell)
{
    size_t set = result_set_find(to, from->sets[cell->set].name);
    size_t codec = result_codec_find(to, from->codecs[cell->codec].id);

    if (set == RESULT_NOT_FOUND || codec == RESULT_NOT_FOUND) {
        return NULL;
    }
    return result_measured(to, set, codec, cell->op);
}

static void leave(compare *self, const result *from, const result_cell *cell,
                  const char *reason)
{
    self->left[self->left_count++] = (compare_left){
        .cell = cell,
        .set = from->sets[cell->set].name,
        .codec = from->codecs[cell->codec].id,
        .reason = reason,
    };
}

// Smoke takes a part of each set, and a user's document may have changed.
static bool same_data(const result *before, const result_cell *old,
                      const result *after, const result_cell *cell)
{
    const result_set *one = &before->sets[old->set];
    const result_set *other = &after->sets[cell->set];

    return !(one->records < other->records || one->records > other->records ||
             one->messages < other->messages ||
             one->messages > other->messages);
}

static bool has_blocks(const result_cell *cell)
{
    return cell->anchors != NULL && cell->block_count >= COMPARE_BLOCKS_MIN;
}

static void add(compare *self, const result *before, const result *after,
                const result_cell *one, const result_cell *other)
{
    compare_row *row = &self->rows[self->row_count++];

    *row = (compare_row){
        .before = one,
        .after = other,
        .set = after->sets[other->set].name,
        .codec = after->codecs[other->codec].id,
    };
    measure(row);
    row->verdict =
        verdict_on(self, row, result_noise_at(before, one->set, one->op),
                   result_noise_at(after, other->set, other->op));
    self->counts[row->verdict]++;
}

// Regressed before improved before the rest; the farthest from 1 first, and
// what is left in the order of the file.
static int rows_compare(const void *a, const void *b)
{
    const compare_row *one = a;
    const compare_row *other = b;
    double             far = fabs(log(one->ratio.median));
    double             farther = fabs(log(other->ratio.median));

    if (one->verdict != other->verdict) {
        return (int)other->verdict - (int)one->verdict;
    }
    if (one->verdict != COMPARE_INDISTINGUISHABLE && far != farther) {
        return far < farther ? 1 : -1;
    }
    return one->after < other->after ? -1 : 1;
}

static int left_compare(const void *a, const void *b)
{
    const compare_left *one = a;
    const compare_left *other = b;

    int order = strcmp(one->reason, other->reason);

    return order != 0 ? order : one->cell < other->cell ? -1 : 1;
}

void compare_init(compare *self, const result *before, const result *after,
                  double threshold)
{
    size_t room = before->cell_count + after->cell_count;
    size_t i;

    *self = (compare){.threshold = threshold};
    self->rows = take(after->cell_count, sizeof *self->rows);
    self->left = take(room, sizeof *self->left);
    for (i = 0; i < after->cell_count; i++) {
        const result_cell *cell = &after->cells[i];
        const result_cell *old = counterpart(after, before, cell);

        if (cell->absent != NULL) {
            continue;
        }
        if (old == NULL) {
            leave(self, after, cell, "only in the new file");
        } else if (!same_data(before, old, after, cell)) {
            leave(self, after, cell, "of another number of records");
        } else if (!has_blocks(cell) || !has_blocks(old)) {
            leave(self, after, cell, "too few blocks, or no anchors");
        } else {
            add(self, before, after, old, cell);
        }
    }
    for (i = 0; i < before->cell_count; i++) {
        const result_cell *cell = &before->cells[i];

        if (cell->absent == NULL && counterpart(before, after, cell) == NULL) {
            leave(self, before, cell, "only in the old file");
        }
    }
    qsort(self->rows, self->row_count, sizeof *self->rows, rows_compare);
    qsort(self->left, self->left_count, sizeof *self->left, left_compare);
}

void compare_release(compare *self)
{
    free(self->rows);
    free(self->left);
}

// ---- The table -------------------------------------------------------------

enum {
    COLUMNS = 9,
    TEXT_COLUMNS = 3 // these stand left, numbers right
};

typedef struct line {
    char        columns[COLUMNS][112];
    const char *colour;
} line;

static const char *verdict_name(compare_verdict verdict)
{
    static const char *const names[] = {"indistinguishable", "improved",
                                        "regressed"};

    return names[verdict];
}

static const char *verdict_colour(compare_verdict verdict)
{
    static const char *const colours[] = {"", "\033[32m", "\033[31m"};

    return colours[verdict];
}

static void line_set(line *self, int column, const char *text)
{
    snprintf(self->columns[column], sizeof self->columns[column], "%s", text);
}

static void line_head(line *self)
{
    static const char *const names[COLUMNS] = {
        "set",    "codec",         "operation",  "old",     "new",
        "change", "95 % interval", "detectable", "verdict",
    };
    int i;

    self->colour = "";
    for (i = 0; i < COLUMNS; i++) {
        line_set(self, i, names[i]);
    }
}

static void line_row(line *self, const compare_row *row)
{
    char interval[110];

    snprintf(interval, sizeof interval, "%s to %s",
             figure_change(row->ratio.low).text,
             figure_change(row->ratio.high).text);
    self->colour = verdict_colour(row->verdict);
    line_set(self, 0, row->set);
    line_set(self, 1, row->codec);
    line_set(self, 2, result_op_name(row->after->op));
    line_set(self, 3, figure_estimate(&row->before->ns).text);
    line_set(self, 4, figure_estimate(&row->after->ns).text);
    line_set(self, 5, figure_change(row->ratio.median).text);
    line_set(self, 6, interval);
    line_set(self, 7, figure_excess(row->detectable).text);
    line_set(self, 8, verdict_name(row->verdict));
}

static void line_print(const line *self, const size_t *widths, FILE *out,
                       bool colour)
{
    int i;

    fputs(colour ? self->colour : "", out);
    for (i = 0; i < COLUMNS; i++) {
        const char *text = self->columns[i];
        int         gap = (int)(widths[i] - figure_width(text));

        if (i == COLUMNS - 1) {
            fputs(text, out); // nothing after it to line up
        } else if (i < TEXT_COLUMNS) {
            fprintf(out, "%s%*s  ", text, gap, "");
        } else {
            fprintf(out, "%*s%s  ", gap, "", text);
        }
    }
    fputs(colour && self->colour[0] != '\0' ? "\033[0m\n" : "\n", out);
}

static void print_rows(const compare *self, size_t count, FILE *out,
                       bool colour)
{
    line  *lines = take(count + 1, sizeof *lines);
    size_t widths[COLUMNS] = {0};
    size_t i;
    int    column;

    line_head(&lines[0]);
    for (i = 0; i < count; i++) {
        line_row(&lines[i + 1], &self->rows[i]);
    }
    for (i = 0; i <= count; i++) {
        for (column = 0; column < COLUMNS; column++) {
            size_t width = figure_width(lines[i].columns[column]);

            widths[column] = width > widths[column] ? width : widths[column];
        }
    }
    for (i = 0; i <= count; i++) {
        line_print(&lines[i], widths, out, colour);
    }
    fputc('\n', out);
    free(lines);
}

// ---- The summary -----------------------------------------------------------

static void print_left(const compare *self, FILE *out, bool all)
{
    size_t i = 0;

    while (i < self->left_count) {
        const char *reason = self->left[i].reason;
        size_t      first = i;
        size_t      j;

        for (; i < self->left_count && self->left[i].reason == reason; i++) {
        }
        fprintf(out, "%zu cell%s %s%s\n", i - first, i - first == 1 ? "" : "s",
                reason, all ? ":" : ".");
        for (j = first; all && j < i; j++) {
            fprintf(out, "  %s %s %s\n", self->left[j].set, self->left[j].codec,
                    result_op_name(self->left[j].cell->op));
        }
    }
}

// Says how well the two files can tell at all.
static void print_detectable(const compare *self, FILE *out)
{
    double *values = take(self->row_count, sizeof *values);
    size_t  i;

    for (i = 0; i < self->row_count; i++) {
        values[i] = self->rows[i].detectable;
    }
    fprintf(out,
            "Four times in five a change of %s would be found in half of the "
            "cells, one of %s in nine tenths.\n",
            figure_excess(stats_median(values, self->row_count)).text,
            figure_excess(stats_quantile(values, self->row_count, 0.9)).text);
    free(values);
}

void compare_print(const compare *self, FILE *out, compare_style style)
{
    size_t shown = style.all ? self->row_count
                             : self->counts[COMPARE_REGRESSED] +
                                   self->counts[COMPARE_IMPROVED];

    assert(shown <= self->row_count);
    if (shown > 0) {
        print_rows(self, shown, out, style.colour);
    }
    fprintf(out,
            "%zu regressed, %zu improved, %zu indistinguishable (threshold "
            "%g %%, 95 %% intervals).\n",
            self->counts[COMPARE_REGRESSED], self->counts[COMPARE_IMPROVED],
            self->counts[COMPARE_INDISTINGUISHABLE], self->threshold);
    if (self->row_count > 0) {
        print_detectable(self, out);
    }
    print_left(self, out, style.all);
}
