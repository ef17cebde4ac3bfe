/* markdown.h -- a result as Markdown tables, for a README.
 *
 * Per set a table of codecs by operations, codecs of one trust level together;
 * ratios are to Inlay at the same trust level and nothing else. Then sizes,
 * latency, allocations, code sizes, the machine, what was skipped.
 */
#ifndef BENCH_REPORT_MARKDOWN_H
#define BENCH_REPORT_MARKDOWN_H

#include <stdio.h>

#include "bench/report/result.h"

/* Whether writing worked is for ferror to say. */
void markdown_print(const result *self, FILE *out);

#endif
