// main.c -- the command inlay-bench.

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench/claims/claims.h"
#include "bench/harness/budgets.h"
#include "bench/harness/compress.h"
#include "bench/harness/gate.h"
#include "bench/harness/options.h"
#include "bench/harness/run.h"
#include "bench/report/report.h"
#include "bench/rivals/rivals.h"

static const char usage[] =
    "inlay-bench -- what serialization costs, on this machine\n"
    "\n"
    "    inlay-bench run [options]         measures, and writes a result\n"
    "    inlay-bench check [options]       looks at results, measures "
    "nothing\n"
    "    inlay-bench list                  sets, codecs, operations\n"
    "    inlay-bench compare OLD NEW       what has become slower\n"
    "    inlay-bench report RESULT...      an HTML page, or Markdown\n"
    "    inlay-bench claims [-o FILE.md] [--smoke] [NAME...]\n"
    "                                      what is commonly said, measured\n"
    "    inlay-bench budgets FILE [--bless]\n"
    "                                      our instruction counts against a "
    "file\n"
    "\n"
    "Options of run and check:\n"
    "    --smoke              a minute in place of a quarter of an hour\n"
    "    --set NAME           only this data set; may be given again\n"
    "    --schema FILE        your own data in place of the sets: a schema,\n"
    "    --type NAME          one of its records, and\n"
    "    --json FILE          what is to be its message\n"
    "    -I DIR               look for the schema's imports there, too; may "
    "be\n"
    "                         given again\n"
    "    --codec ID           only this codec; may be given again\n"
    "    --op NAME            only this operation; may be given again\n"
    "    --blocks N           blocks per cell\n"
    "    --seed N             of the order of blocks and the bootstrap\n"
    "    --instructions       count instructions with callgrind, too\n"
    "    -o FILE              the result; inlay-bench.json otherwise\n";

// ---- list -------------------------------------------------------------------

static int list_main(void)
{
    size_t i;

    puts("Data sets:");
    for (i = 0; i < BENCH_USER; i++) {
        printf("  %-18s %s\n", bench_sets[i].name, bench_sets[i].about);
    }
    puts("\nCodecs:");
    for (i = 0; i < bench_codec_count; i++) {
        printf("  %-22s %s %s (%s)\n", bench_codecs[i]->id,
               bench_codecs[i]->name, bench_codecs[i]->version(),
               bench_codecs[i]->language);
    }
    if (bench_skipped_count > 0) {
        puts("\nNot found when this was built:");
    }
    for (i = 0; i < bench_skipped_count; i++) {
        printf("  %-22s %s: %s\n", bench_skipped[i].id, bench_skipped[i].name,
               bench_skipped[i].reason);
    }
    puts("\nOperations:");
    for (i = 0; i < BENCH_OPS; i++) {
        printf("  %s\n", bench_op_name((unsigned)i));
    }
    for (i = 0; i < COMPRESS_OPS; i++) {
        if (compress_op_name((compress_op)i) != NULL) {
            printf("  %s\n", compress_op_name((compress_op)i));
        }
    }
    return 0;
}

// ---- run ---------------------------------------------------------------------

// Returns where this program lies, to be run under callgrind.
static const char *own_path(void)
{
    static char path[4096];
    ssize_t     size = readlink("/proc/self/exe", path, sizeof path - 1);

    return size > 0 ? path : "inlay-bench";
}

static int run_main(int (*run)(const run_options *options), int argc,
                    char **argv)
{
    run_options options;
    int         status = options_parse(&options, argc, argv);

    options.program = own_path();
    if (status == 0) {
        status = run(&options);
    }
    options_release(&options);
    return status;
}

int main(int argc, char **argv)
{
    const char *command = argc > 1 ? argv[1] : "";

    if (strcmp(command, "--help") == 0 || strcmp(command, "-h") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    if (strcmp(command, "list") == 0) {
        return argc == 2 ? list_main() : options_fail("list takes nothing", argv[2]);
    }
    if (strcmp(command, "run") == 0) {
        return run_main(run_bench, argc - 2, argv + 2);
    }
    if (strcmp(command, "check") == 0) {
        return run_main(run_check, argc - 2, argv + 2);
    }
    if (strcmp(command, "count") == 0) {
        return run_main(run_counting, argc - 2, argv + 2);
    }
    if (strcmp(command, "report") == 0) {
        return report_main(argc - 1, argv + 1);
    }
    if (strcmp(command, "compare") == 0) {
        return compare_main(argc - 1, argv + 1);
    }
    if (strcmp(command, "claims") == 0) {
        return claims_main(argc - 2, argv + 2);
    }
    if (strcmp(command, "budgets") == 0 &&
        (argc == 3 || (argc == 4 && strcmp(argv[3], "--bless") == 0))) {
        return budgets_main(own_path(), argv[2], argc == 4);
    }
    return options_fail(argc < 2 ? "a command is missing" : "there is no such command",
                argc < 2 ? NULL : command);
}
