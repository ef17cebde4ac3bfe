// main.c -- inlay-report-test: the commands of report.h by themselves, for
// their tests.
#include <stdio.h>
#include <string.h>

#include "bench/report/report.h"

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "report") == 0) {
        return report_main(argc - 1, argv + 1);
    }
    if (argc > 1 && strcmp(argv[1], "compare") == 0) {
        return compare_main(argc - 1, argv + 1);
    }
    fputs("usage: inlay-report-test report|compare ...\n", stderr);
    return 2;
}
