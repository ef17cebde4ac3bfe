// report.c -- the commands `report` and `compare`: options, files, exit
// statuses; see report.h.
#define _XOPEN_SOURCE 700

#include "bench/report/report.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/report/compare.h"
#include "bench/report/html.h"
#include "bench/report/markdown.h"

enum {
    GOOD = 0,
    REGRESSED = 1,
    WRONG = 2
};

static int complain(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Prints `inlay-bench COMMAND: message`; returns WRONG.
static int complain(const char *command, const char *format, ...)
{
    va_list arguments;

    fprintf(stderr, "inlay-bench %s: ", command);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return WRONG;
}

// Returns the next option, having complained about a wrong one ('?').
static int next_option(int argc, char **argv, const char *letters,
                       const struct option *options)
{
    int option;

    opterr = 0;
    option = getopt_long(argc, argv, letters, options, NULL);
    if (option == ':') {
        complain(argv[0], "%s needs a value; see `inlay-bench %s --help`",
                 argv[optind - 1], argv[0]);
        return '?';
    }
    if (option == '?') {
        complain(argv[0], "no option %s; see `inlay-bench %s --help`",
                 argv[optind - 1], argv[0]);
    }
    return option;
}

static result *read_results(const char *command, char **paths, int count)
{
    result_error error;
    result      *read =
        result_read((const char *const *)paths, (size_t)count, &error);

    if (read == NULL) {
        complain(command, "%s", error.text);
    }
    return read;
}

// Flushes; false with a complaint when anything that was written got lost.
static bool all_written(const char *command, FILE *out, const char *path)
{
    if (fflush(out) == 0 && !ferror(out)) {
        return true;
    }
    complain(command, "%s: %s", path, strerror(errno));
    return false;
}

// ---- report ----------------------------------------------------------------

static const char report_help[] =
    "usage: inlay-bench report [-o FILE] RESULT...\n"
    "       inlay-bench report --markdown [-o FILE] RESULT...\n"
    "\n"
    "Makes one page of the results of one machine, which needs no network, or\n"
    "tables in Markdown. Several files are put together, as those of the C "
    "and\n"
    "the Rust benchmarks.\n"
    "\n"
    "  -o, --output FILE  write there; default: report.html, or, of Markdown,\n"
    "                     standard output; - is standard output\n"
    "  --markdown         tables for a README\n"
    "  -h, --help         print this\n";

typedef struct report_options {
    const char *output; // NULL: the default
    bool        markdown;
} report_options;

static int report_write(const result *self, const report_options *how)
{
    const char *path = how->output != NULL ? how->output
                       : how->markdown     ? "-"
                                           : "report.html";
    bool        is_stdout = strcmp(path, "-") == 0;
    FILE       *out = is_stdout ? stdout : fopen(path, "wb");
    bool        good;

    if (out == NULL) {
        return complain("report", "%s: %s", path, strerror(errno));
    }
    if (how->markdown) {
        markdown_print(self, out);
    } else {
        html_print(self, out);
    }
    good = all_written("report", out, is_stdout ? "standard output" : path);
    if (!is_stdout && fclose(out) != 0 && good) {
        return complain("report", "%s: %s", path, strerror(errno));
    }
    return good ? GOOD : WRONG;
}

static int report_run(char **paths, int count, const report_options *how)
{
    result *read;
    int     status;

    if (count < 1) {
        return complain("report", "a result file is needed, as written by "
                                  "`inlay-bench run`; see `inlay-bench report "
                                  "--help`");
    }
    if (!how->markdown && html_missing() != NULL) {
        return complain("report", "%s", html_missing());
    }
    read = read_results("report", paths, count);
    if (read == NULL) {
        return WRONG;
    }
    status = report_write(read, how);
    result_free(read);
    return status;
}

int report_main(int argc, char **argv)
{
    static const struct option names[] = {
        {"output", required_argument, NULL, 'o'},
        {"markdown", no_argument, NULL, 'm'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    report_options how = {0};
    int            option;

    optind = 1;
    while ((option = next_option(argc, argv, ":o:h", names)) != -1) {
        switch (option) {
        case 'o':
            how.output = optarg;
            break;
        case 'm':
            how.markdown = true;
            break;
        case 'h':
            fputs(report_help, stdout);
            return all_written("report", stdout, "standard output") ? GOOD
                                                                    : WRONG;
        default:
            return WRONG;
        }
    }
    return report_run(argv + optind, argc - optind, &how);
}

// ---- compare ---------------------------------------------------------------

static const char compare_help[] =
    "usage: inlay-bench compare [--threshold PERCENT] [--all] OLD NEW\n"
    "\n"
    "Says which cells of two result files improved and which regressed: those\n"
    "whose whole 95 % interval lies on one side of no change, and whose "
    "change\n"
    "lies beyond the threshold and beyond the noise of both files. "
    "`detectable`\n"
    "is the change that would be found four of five times.\n"
    "\n"
    "  --threshold PERCENT  default: 5\n"
    "  --all                list the other cells too\n"
    "  -h, --help           print this\n"
    "\n"
    "Exits with 0 when nothing regressed, with 1 when something did, with 2\n"
    "when the command was used wrongly or a file is bad.\n";

typedef struct compare_options {
    double threshold;
    bool   all;
} compare_options;

static bool threshold_read(const char *text, double *threshold)
{
    char  *end;
    double value = strtod(text, &end);

    if (end == text || *end != '\0' || !(value >= 0.0 && value <= 1000.0)) {
        complain("compare",
                 "--threshold takes a percentage from 0 to 1000, "
                 "not `%s`",
                 text);
        return false;
    }
    *threshold = value;
    return true;
}

static bool wants_colour(void)
{
    const char *none = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    return isatty(STDOUT_FILENO) && (none == NULL || none[0] == '\0') &&
           terminal != NULL && strcmp(terminal, "dumb") != 0;
}

static void warn_machines(const result *before, const result *after)
{
    const result_machine *old = &before->runs[0].machine;
    const result_machine *new = &after->runs[0].machine;
    char difference[RESULT_DIFFERENCE_SIZE];

    if (result_machines_differ(new, old, difference, sizeof difference)) {
        fprintf(stderr,
                "inlay-bench compare: warning: another machine (%s): what "
                "differs may be the machine's doing\n",
                difference);
    }
    if (old->compiler != NULL && new->compiler != NULL &&
        strcmp(old->compiler, new->compiler) != 0) {
        fprintf(stderr,
                "inlay-bench compare: warning: another compiler (\"%s\", not "
                "\"%s\")\n",
                new->compiler, old->compiler);
    }
}

static int compare_results(const result *before, const result *after,
                           const compare_options *how)
{
    compare       self;
    compare_style style = {.colour = wants_colour(), .all = how->all};
    int           status;

    warn_machines(before, after);
    compare_init(&self, before, after, how->threshold);
    if (self.row_count == 0) {
        status = complain("compare", "the files have no cell in common that "
                                     "can be compared");
    } else {
        compare_print(&self, stdout, style);
        status = self.counts[COMPARE_REGRESSED] > 0 ? REGRESSED : GOOD;
    }
    compare_release(&self);
    return all_written("compare", stdout, "standard output") ? status : WRONG;
}

static int compare_run(char **paths, int count, const compare_options *how)
{
    result *before;
    result *after;
    int     status = WRONG;

    if (count != 2) {
        return complain("compare",
                        "two files are needed, the old one first; see "
                        "`inlay-bench compare --help`");
    }
    before = read_results("compare", paths, 1);
    after = before == NULL ? NULL : read_results("compare", paths + 1, 1);
    if (after != NULL) {
        status = compare_results(before, after, how);
    }
    result_free(after);
    result_free(before);
    return status;
}

int compare_main(int argc, char **argv)
{
    static const struct option names[] = {
        {"threshold", required_argument, NULL, 't'},
        {"all", no_argument, NULL, 'a'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    compare_options how = {.threshold = COMPARE_THRESHOLD};
    int             option;

    optind = 1;
    while ((option = next_option(argc, argv, ":h", names)) != -1) {
        switch (option) {
        case 't':
            if (!threshold_read(optarg, &how.threshold)) {
                return WRONG;
            }
            break;
        case 'a':
            how.all = true;
            break;
        case 'h':
            fputs(compare_help, stdout);
            return all_written("compare", stdout, "standard output") ? GOOD
                                                                     : WRONG;
        default:
            return WRONG;
        }
    }
    return compare_run(argv + optind, argc - optind, &how);
}
