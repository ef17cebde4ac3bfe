/* claims.h -- inlay-bench claims: a figure beside what is commonly said.
 *
 *     inlay-bench claims [-o FILE.md] [--smoke] [NAME...]
 *
 * Measures the named claims, or all, and writes a table. A claim may be named
 * by its number.
 */
#ifndef BENCH_CLAIMS_CLAIMS_H
#define BENCH_CLAIMS_CLAIMS_H

/* Takes what follows the command's name. Returns an exit status: 0; 1 when a
 * variant gave a wrong result, a claim had no row, or the file can't be
 * written; 2 for wrong use. */
int claims_main(int argc, char **argv);

#endif
