/* budgets.h -- instruction counts of our own operations, held against a file.
 *
 * The file names the compiler, the C library and valgrind that it was made
 * with, since counts are theirs too: with others nothing is compared.
 */
#ifndef BENCH_HARNESS_BUDGETS_H
#define BENCH_HARNESS_BUDGETS_H

#include <stdbool.h>

#define BUDGETS_SKIPPED 77 /* exit status: nothing to compare with */

/* Counts all operations of Inlay's codecs and compares them with the budgets in
 * `path`, or writes them there. Returns an exit status: 0; 1 when one has grown
 * by more than 3 %, or is missing on either side; BUDGETS_SKIPPED; 2 when the
 * file can't be read or written. */
int budgets_main(const char *program, const char *path, bool bless);

#endif
