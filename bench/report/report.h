/* report.h -- the commands of `inlay-bench` that read result files.
 *
 * argv[0] is the command's name, as in `inlay-bench NAME ...`. Both return the
 * exit status, having said on standard error what was wrong.
 */
#ifndef BENCH_REPORT_REPORT_H
#define BENCH_REPORT_REPORT_H

/* `report [-o FILE] RESULT...` and `report --markdown [-o FILE] RESULT...`:
 * 0 written, 2 wrong use, a bad file, or no page in this build. */
int report_main(int argc, char **argv);

/* `compare [--threshold PERCENT] [--all] OLD NEW`: 0 nothing regressed, 1
 * something did, 2 wrong use or a bad file. */
int compare_main(int argc, char **argv);

/* One line each for a list of commands. */
#define REPORT_SUMMARY  "make a page or Markdown tables of results"
#define COMPARE_SUMMARY "say what improved and what regressed"

#endif
