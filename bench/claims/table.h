/* table.h -- rows as a table: Markdown, or lines for a terminal. */
#ifndef BENCH_CLAIMS_TABLE_H
#define BENCH_CLAIMS_TABLE_H

#include <stdio.h>

#include "bench/claims/claim.h"

/* One table, a row each; the claim's text stands in its first row. */
void table_markdown(FILE *to, const claim_bench *bench);

/* The same for eyes: a paragraph per claim, figures below each other, text
 * wrapped to `width` columns. */
void table_terminal(FILE *to, const claim_bench *bench, size_t width);

#endif
