// main.c -- the command inlay-bench.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/claims/claims.h"
#include "bench/harness/budgets.h"
#include "bench/harness/compress.h"
#include "bench/harness/gate.h"
#include "bench/harness/run.h"
#include "bench/report/report.h"
#include "bench/rivals/rivals.h"
#include "bench/user/input.h"

static const char usage[] =
    "inlay-bench -- what serialization costs, on this machine\n"
    "\n"
    "    inlay-bench run [options]         measures, and writes a result\n"
    "    inlay-bench list                  sets, codecs, operations\n"
    "    inlay-bench compare OLD NEW       what has become slower\n"
    "    inlay-bench report RESULT...      an HTML page, or Markdown\n"
    "    inlay-bench claims [-o FILE.md] [--smoke] [NAME...]\n"
    "                                      what is commonly said, measured\n"
    "    inlay-bench budgets FILE [--bless]\n"
    "                                      our instruction counts against a "
    "file\n"
    "\n"
    "Options of run:\n"
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

static int fail(const char *what, const char *word)
{
    fprintf(stderr, "inlay-bench: %s%s%s\nTry: inlay-bench --help\n", what,
            word == NULL ? "" : ": ", word == NULL ? "" : word);
    return 2;
}

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

// ---- run --------------------------------------------------------------------

static const bench_settings full = {
    .profile = "full",
    .blocks = 31,
    .block_ns = 2e6,
    .seed = 1,
    .latency_count = 100000,
};

static const bench_settings smoke = {
    .profile = "smoke",
    .blocks = 5,
    .block_ns = 2e5,
    .seed = 1,
    .latency_count = 5000,
};

static bool known_set(const char *name)
{
    size_t i;

    for (i = 0; i < BENCH_SETS; i++) {
        if (strcmp(bench_sets[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool known_codec(const char *name)
{
    size_t i;

    for (i = 0; i < bench_codec_count; i++) {
        if (strcmp(bench_codecs[i]->id, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool known_op(const char *name)
{
    unsigned i;

    for (i = 0; i < BENCH_OPS; i++) {
        if (strcmp(bench_op_name(i), name) == 0) {
            return true;
        }
    }
    for (i = 0; i < COMPRESS_OPS; i++) {
        const char *op = compress_op_name((compress_op)i);

        if (op != NULL && strcmp(op, name) == 0) {
            return true;
        }
    }
    return false;
}

// Adds a name to a filter; returns whether there was room and it is known.
static bool add_name(const char **filter, const char *name,
                     bool (*known)(const char *name))
{
    size_t i;

    for (i = 0; i < RUN_FILTERS; i++) {
        if (filter[i] == NULL) {
            filter[i] = name;
            return known(name);
        }
    }
    return false;
}

static bool parse_number(const char *text, uint64_t *number)
{
    char *end;

    if (*text < '0' || *text > '9') {
        return false;
    }
    *number = strtoull(text, &end, 10);
    return *end == '\0' && *number > 0 && *number < 1000000;
}

// Takes an option about the user's data; false when it is none, or one -I too
// many.
static bool take_user(user_input *user, const char *option, const char *value)
{
    if (strcmp(option, "--schema") == 0) {
        user->schema = value;
    } else if (strcmp(option, "--type") == 0) {
        user->type = value;
    } else if (strcmp(option, "--json") == 0) {
        user->json = value;
    } else if (strcmp(option, "-I") == 0 && user->folder_count < USER_FOLDERS) {
        user->folders[user->folder_count++] = value;
    } else {
        return false;
    }
    return true;
}

// Takes an option with a value.
static bool take_value(run_options *options, user_input *user,
                       const char *option, const char *value)
{
    uint64_t number = 0;

    if (take_user(user, option, value)) {
        return true;
    }
    if (strcmp(option, "--set") == 0) {
        return add_name(options->sets, value, known_set);
    }
    if (strcmp(option, "--codec") == 0) {
        return add_name(options->codecs, value, known_codec);
    }
    if (strcmp(option, "--op") == 0) {
        return add_name(options->ops, value, known_op);
    }
    if (strcmp(option, "-o") == 0) {
        options->path = value;
        return true;
    }
    if (!parse_number(value, &number)) {
        return false;
    }
    if (strcmp(option, "--blocks") == 0) {
        options->settings.blocks = (size_t)number;
    } else {
        options->settings.seed = number;
    }
    return true;
}

static bool takes_value(const char *option)
{
    static const char *const options[] = {
        "--set", "--codec",  "--op",   "--blocks", "--seed",
        "-o",    "--schema", "--type", "--json",   "-I"};
    size_t i;

    for (i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (strcmp(options[i], option) == 0) {
            return true;
        }
    }
    return false;
}

static int parse_run(run_options *options, user_input *user, int argc,
                     char **argv)
{
    int i;

    for (i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--smoke") == 0) {
            options->settings = smoke;
        } else if (strcmp(argv[i], "--instructions") == 0) {
            options->instructions = true;
        } else if (!takes_value(argv[i])) {
            return fail("there is no such option", argv[i]);
        } else if (i + 1 == argc) {
            return fail("a value is missing behind", argv[i]);
        } else if (!take_value(options, user, argv[i], argv[i + 1])) {
            return fail("there is no such name or number; see inlay-bench list",
                        argv[i + 1]);
        } else {
            i++;
        }
    }
    return 0;
}

// Reads the user's data, if there is any; returns 0, or the exit status.
static int read_user(run_options *options, const user_input *user,
                     data_document **document)
{
    const char *missing = user->schema == NULL ? "--schema"
                          : user->type == NULL ? "--type"
                          : user->json == NULL ? "--json"
                                               : NULL;

    if (user->schema == NULL && user->type == NULL && user->json == NULL) {
        return user->folder_count == 0
                   ? 0
                   : fail("-I is of --schema, which is missing", NULL);
    }
    if (missing != NULL) {
        return fail("--schema, --type and --json go together; missing",
                    missing);
    }
    if (options->sets[0] != NULL) {
        return fail("--schema is in place of --set", options->sets[0]);
    }
    *document = user_read(user);
    if (*document == NULL) {
        return 2;
    }
    bench_set_user(*document);
    options->document = *document;
    return 0;
}

static int run_main(const char *program, bool counting, int argc, char **argv)
{
    run_options options = {
        .settings = full, .program = program, .path = "inlay-bench.json"};
    user_input     user = {0};
    data_document *document = NULL;
    int            status = parse_run(&options, &user, argc, argv);

    if (status == 0) {
        status = read_user(&options, &user, &document);
    }
    if (status == 0) {
        status = counting ? run_counting(&options) : run_bench(&options);
    }
    data_document_free(document);
    return status;
}

// Returns where this program lies, to be run under callgrind.
static const char *own_path(void)
{
    static char path[4096];
    ssize_t     size = readlink("/proc/self/exe", path, sizeof path - 1);

    return size > 0 ? path : "inlay-bench";
}

int main(int argc, char **argv)
{
    const char *command = argc > 1 ? argv[1] : "";

    if (strcmp(command, "--help") == 0 || strcmp(command, "-h") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    if (strcmp(command, "list") == 0) {
        return argc == 2 ? list_main() : fail("list takes nothing", argv[2]);
    }
    if (strcmp(command, "run") == 0 || strcmp(command, "count") == 0) {
        return run_main(own_path(), command[0] == 'c', argc - 2, argv + 2);
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
    return fail(argc < 2 ? "a command is missing" : "there is no such command",
                argc < 2 ? NULL : command);
}
