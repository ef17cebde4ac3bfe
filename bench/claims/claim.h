/* claim.h -- what a claim is, and how its variants are measured.
 *
 * A claim is a name, a text and a function that adds rows: figures with a
 * verdict, or the reason why there are none. Nearly all compare ways to do the
 * same work, by claim_compare: blocks of all variants, interleaved in a new
 * random order each round; ratios are taken within rounds, so that a drifting
 * machine drops out.
 */
#ifndef BENCH_CLAIMS_CLAIM_H
#define BENCH_CLAIMS_CLAIM_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "bench/claims/verdict.h"

/* ---- Claims and rows ----------------------------------------------------- */

typedef struct claim_bench claim_bench;

typedef struct claim {
    unsigned    number;
    const char *name; /* on the command line */
    const char *text; /* what is said, with its figure */
    void (*measure)(claim_bench *bench);
} claim;

typedef struct claim_row {
    const claim *claim;
    char         what[96];    /* which case of the claim; may be empty */
    char         claimed[48]; /* "2 to 3x" */
    char         measured[80];
    const char  *verdict;    /* NULL: not measured */
    char         about[640]; /* what was measured, or why it was not */
} claim_row;

struct claim_bench {
    bool         smoke;
    size_t       blocks;
    double       block_ns;
    uint64_t     random;
    const char  *folder;  /* where this program lies */
    const claim *current; /* whose rows are being added */
    claim_row   *rows;
    size_t       count;
    size_t       failures; /* variants whose results were wrong */
};

/* ---- Measuring ----------------------------------------------------------- */

#define CLAIM_VARIANTS 16

/* Median, and 95 % bootstrap interval. */
typedef struct claim_figure {
    double median;
    double low;
    double high;
} claim_figure;

/* One way to do the work. `run` does it once and returns what it came to. */
typedef struct claim_variant {
    uint64_t (*run)(void *context);
    void *context;
    bool  own; /* what it returns is not what the first one returns, by nature:
                * sizes of different formats */
} claim_variant;

typedef struct claim_timing {
    claim_figure ns;    /* of one run: processor time */
    claim_figure ratio; /* to the first variant */
} claim_timing;

/* Times `count` variants. False, with a row that says so and nothing timed,
 * when one returns something else than the first. */
bool claim_compare(claim_bench *bench, const claim_variant *variants,
                   size_t count, claim_timing *timings);

/* Sets median and interval of values. */
claim_figure claim_figure_of(const claim_bench *bench, const double *values,
                             size_t count);

/* Of a ratio slow / fast: by how much per cent the fast one is faster. */
claim_figure claim_saving(claim_figure ratio);

uint64_t claim_random(uint64_t *state);

void claim_shuffle(size_t *order, size_t count, uint64_t *state);

/* Makes the compiler take a value for one that it does not know, and its
 * computation for one that can't be left out, or done several at a time. */
#define CLAIM_OPAQUE(value) __asm__ volatile("" : "+r"(value) : : "memory")

#define CLAIM_NOINLINE __attribute__((noinline))

/* ---- Rows ---------------------------------------------------------------- */

#define CLAIM_TIMES "\xc3\x97" /* the sign of multiplication, in UTF-8 */

/* Adds a row with a figure in `unit`, and its verdict. The text is a sentence
 * that says what was measured. */
__attribute__((format(printf, 6, 7))) void
claim_found(claim_bench *bench, const char *what, claim_range range,
            const char *unit, claim_figure figure, const char *text, ...);

/* Adds a row without. The text follows "not measured: ". */
__attribute__((format(printf, 3, 4))) void
claim_absent(claim_bench *bench, const char *what, const char *text, ...);

/* Compares two variants and adds the ratio of `slow` to `fast` as a row; behind
 * the text stand their times, each divided by `per`, the things done in a run.
 */
__attribute__((format(printf, 7, 8))) void
claim_pair(claim_bench *bench, const char *what, claim_range range,
           claim_variant slow, claim_variant fast, double per, const char *text,
           ...);

/* Writes a time with its unit: "12.3 ns". Returns `text`. */
char *claim_time_text(double ns, char *text, size_t size);

#endif
