/* verdict.h -- does a claim hold here? One rule for all of them.
 *
 * A claim says that an effect lies in a range; we have measured it to lie in a
 * 95 % interval. In this order:
 *
 *   does not hold here   the interval does not lie wholly on the claimed side
 * of "no effect at all" (a ratio of 1): we could not even tell that there is
 * one holds                interval and range overlap differs there is an
 * effect as claimed, of another size
 *
 * Claims that there is *no* effect ("free") have a range with 1 inside: they
 * hold when interval and range overlap, and do not hold here otherwise. Figures
 * that are no comparison (cycles, counts) hold or differ.
 */
#ifndef BENCH_CLAIMS_VERDICT_H
#define BENCH_CLAIMS_VERDICT_H

#include <stddef.h>

typedef enum claim_verdict {
    CLAIM_HOLDS,
    CLAIM_DIFFERS,
    CLAIM_DOES_NOT_HOLD,
} claim_verdict;

typedef enum claim_form {
    CLAIM_BETWEEN,
    CLAIM_ABOUT,
    CLAIM_UP_TO,
    CLAIM_OVER,
} claim_form;

/* What is claimed. */
typedef struct claim_range {
    claim_form form; /* how it is written */
    double     stated;
    double     low;
    double     high;    /* may be INFINITY */
    double     neutral; /* no effect at all; NAN: there is no such value */
} claim_range;

/* ---- Ratios, slow to fast ------------------------------------------------ */

claim_range claim_between(double low, double high);
claim_range claim_about(double stated); /* a quarter more or a fifth less */
claim_range claim_up_to(double high);
claim_range claim_over(double low); /* "measurable" is claim_over(1) */
claim_range claim_free(void);       /* at most 5 % */

/* ---- Other figures ------------------------------------------------------- */

claim_range claim_value(double stated); /* a quarter more or a fifth less */
claim_range claim_percent(double low, double high); /* of 0 is no effect */

/* ---- The rule ------------------------------------------------------------ */

/* Judges a 95 % interval. */
claim_verdict claim_judge(claim_range range, double low, double high);

/* "holds", "differs", "does not hold here". */
const char *claim_verdict_text(claim_verdict verdict);

/* Writes the range with its unit: "5 to 15x", "about 2x", "up to 300x". */
void claim_range_text(claim_range range, const char *unit, char *text,
                      size_t size);

#endif
