/* html.h -- a result as one page that needs nothing else: no network, no files
 * beside it.
 *
 * The page itself (bench/report/web) is bundled when Inlay is built, by
 * Node.js; where that was not to be had there is none.
 */
#ifndef BENCH_REPORT_HTML_H
#define BENCH_REPORT_HTML_H

#include <stdio.h>

#include "bench/report/result.h"

/* Returns why there is no page, and what to do; NULL when there is one. */
const char *html_missing(void);

/* Prints the page with the result in it; not when it is missing. Whether
 * writing worked is for ferror to say. */
void html_print(const result *self, FILE *out);

/* Prints what the page reads: the result as JSON without blocks, in ASCII and
 * without `<`, so that it may stand in a script element. */
void html_data_print(const result *self, FILE *out);

#endif
