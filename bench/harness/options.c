// options.c -- see options.h.

#include "bench/harness/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/harness/compress.h"
#include "bench/harness/gate.h"
#include "bench/rivals/rivals.h"

int options_fail(const char *what, const char *word)
{
    fprintf(stderr, "inlay-bench: %s%s%s\nTry: inlay-bench --help\n", what,
            word == NULL ? "" : ": ", word == NULL ? "" : word);
    return 2;
}

static const bench_settings full = {
    .profile = "full",
    .part = 1,
    .blocks = 31,
    .least_blocks = 9,
    .block_ns = 2e6,
    .cell_ns = 2e8,
    .seed = 1,
    .latency_count = 100000,
};

static const bench_settings smoke = {
    .profile = "smoke",
    .part = 10,
    .blocks = 5,
    .least_blocks = 2,
    .block_ns = 2e5,
    .cell_ns = 5e6,
    .seed = 1,
    .latency_count = 5000,
};

// ---- Names ------------------------------------------------------------------

bool options_want(const char *const *filter, const char *name)
{
    if (filter[0] == NULL) {
        return true;
    }
    for (; *filter != NULL; filter++) {
        if (strcmp(*filter, name) == 0) {
            return true;
        }
    }
    return false;
}

bool options_want_set(const run_options *options, bench_set_id id)
{
    if (options->document != NULL) {
        return id == BENCH_USER;
    }
    return id != BENCH_USER && options_want(options->sets, bench_sets[id].name);
}

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

    for (i = 0; i < OPTIONS_NAMES; i++) {
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
static bool take_value(run_options *options, const char *option,
                       const char *value)
{
    uint64_t number = 0;

    if (take_user(&options->user, option, value)) {
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

static int parse(run_options *options, int argc, char **argv)
{
    int i;

    for (i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--smoke") == 0) {
            options->settings = smoke;
        } else if (strcmp(argv[i], "--instructions") == 0) {
            options->instructions = true;
        } else if (!takes_value(argv[i])) {
            return options_fail("there is no such option", argv[i]);
        } else if (i + 1 == argc) {
            return options_fail("a value is missing behind", argv[i]);
        } else if (!take_value(options, argv[i], argv[i + 1])) {
            return options_fail("there is no such name or number; see inlay-bench list",
                        argv[i + 1]);
        } else {
            i++;
        }
    }
    return 0;
}

// Reads the user's data, if there is any; returns 0, or the exit status.
static int read_user(run_options *options)
{
    const user_input *user = &options->user;
    const char *missing = user->schema == NULL ? "--schema"
                          : user->type == NULL ? "--type"
                          : user->json == NULL ? "--json"
                                               : NULL;

    if (user->schema == NULL && user->type == NULL && user->json == NULL) {
        return user->folder_count == 0
                   ? 0
                   : options_fail("-I is of --schema, which is missing", NULL);
    }
    if (missing != NULL) {
        return options_fail("--schema, --type and --json go together; missing",
                    missing);
    }
    if (options->sets[0] != NULL) {
        return options_fail("--schema is in place of --set", options->sets[0]);
    }
    options->document = user_read(user);
    if (options->document == NULL) {
        return 2;
    }
    bench_set_user(options->document);
    return 0;
}

int options_parse(run_options *options, int argc, char **argv)
{
    int status;

    *options = (run_options){.settings = full, .path = "inlay-bench.json"};
    status = parse(options, argc, argv);
    return status == 0 ? read_user(options) : status;
}

void options_release(run_options *options)
{
    data_document_free(options->document);
}
