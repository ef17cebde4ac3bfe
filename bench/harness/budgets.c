// budgets.c -- see budgets.h.

#include "bench/harness/budgets.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>

#if defined(__GLIBC__)
#include <gnu/libc-version.h>
#endif

#include "bench/harness/instructions.h"

#define MAX_GROWTH 0.03

// A count that is smaller than this may grow by as many instructions: alignment
// moves a handful.
#define SLACK 8

typedef struct budget {
    char     name[96]; // "log/inlay/encode"
    uint64_t count;
} budget;

typedef struct budgets {
    budget items[512];
    size_t count;
} budgets;

static const char *const own_codecs[] = {"inlay", "inlay-once",
                                         "inlay-clamped"};

// ---- Counting ---------------------------------------------------------------

static void take(void *context, const char *set, const char *codec,
                 const char *op, uint64_t instructions)
{
    budgets *self = context;
    budget  *item = &self->items[self->count];

    if (self->count < sizeof self->items / sizeof self->items[0]) {
        snprintf(item->name, sizeof item->name, "%s/%s/%s", set, codec, op);
        item->count = instructions;
        self->count++;
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const budget *)a)->name, ((const budget *)b)->name);
}

static bool count_all(const char *program, budgets *to)
{
    const char *arguments[8] = {"count"};
    size_t      i;

    for (i = 0; i < 3; i++) {
        arguments[1 + 2 * i] = "--codec";
        arguments[2 + 2 * i] = own_codecs[i];
    }
    to->count = 0;
    if (!instructions_run(program, arguments, take, to)) {
        return false;
    }
    qsort(to->items, to->count, sizeof to->items[0], by_name);
    return true;
}

// ---- The file ---------------------------------------------------------------

// What counts depend on besides our code.
static void describe_tools(char *text, size_t size)
{
#if defined(__clang__)
    const char *compiler = "clang " __VERSION__;
#else
    const char *compiler = "gcc " __VERSION__;
#endif
#if defined(__GLIBC__)
    snprintf(text, size, "%s, glibc %s, %s", compiler, gnu_get_libc_version(),
             BENCH_COMPILE_FLAGS);
#else
    snprintf(text, size, "%s, %s", compiler, BENCH_COMPILE_FLAGS);
#endif
}

static int write_budgets(const budgets *self, const char *path)
{
    char   tools[256];
    FILE  *file = fopen(path, "w");
    bool   good = file != NULL;
    size_t i;

    describe_tools(tools, sizeof tools);
    if (good) {
        fprintf(file, "{\n  \"tools\": \"%s\",\n  \"instructions\": {\n",
                tools);
        for (i = 0; i < self->count; i++) {
            fprintf(file, "    \"%s\": %" PRIu64 "%s\n", self->items[i].name,
                    self->items[i].count, i + 1 < self->count ? "," : "");
        }
        fputs("  }\n}\n", file);
        good = ferror(file) == 0;
        good = fclose(file) == 0 && good;
    }
    if (!good) {
        fprintf(stderr, "inlay-bench: %s: %s\n", path, strerror(errno));
        return 2;
    }
    printf("%zu budgets in %s\n", self->count, path);
    return 0;
}

static char *read_text(const char *path)
{
    enum {
        LIMIT = 1 << 20
    };
    FILE  *file = fopen(path, "r");
    char  *text = calloc(1, LIMIT);
    size_t size = 0;

    if (file != NULL && text != NULL) {
        size = fread(text, 1, LIMIT - 1, file);
    }
    if (file == NULL || size == 0) {
        fprintf(stderr, "inlay-bench: %s: %s\n", path,
                file == NULL ? strerror(errno) : "it is empty");
        free(text);
        text = NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    return text;
}

// ---- Comparing --------------------------------------------------------------

static const budget *find(const budgets *self, const char *name)
{
    size_t i;

    for (i = 0; i < self->count; i++) {
        if (strcmp(self->items[i].name, name) == 0) {
            return &self->items[i];
        }
    }
    return NULL;
}

// Returns whether an operation keeps to its budget.
static bool keeps(const budgets *now, const char *name, double allowed)
{
    const budget *found = find(now, name);
    double        count = found == NULL ? 0 : (double)found->count;

    if (found == NULL) {
        printf("%s: it has a budget, but is not there any more\n", name);
        return false;
    }
    if (count > allowed * (1 + MAX_GROWTH) && count > allowed + SLACK) {
        printf("%s: %.0f instructions, %+.1f %% over %.0f\n", name, count,
               100 * (count / allowed - 1), allowed);
        return false;
    }
    if (count < allowed * (1 - MAX_GROWTH) && count < allowed - SLACK) {
        printf("%s: %.0f instructions, %.1f %% less than %.0f: lower its "
               "budget\n",
               name, count, 100 * (1 - count / allowed), allowed);
    }
    return true;
}

static int compare(const budgets *now, yajl_val tree)
{
    const char *in[] = {"instructions", NULL};
    yajl_val    counts = yajl_tree_get(tree, in, yajl_t_object);
    size_t      broken = 0;
    size_t      i;

    if (counts == NULL) {
        fputs("inlay-bench: the budgets have no object \"instructions\"\n",
              stderr);
        return 2;
    }
    for (i = 0; i < counts->u.object.len; i++) {
        yajl_val value = counts->u.object.values[i];

        broken += !keeps(
            now, counts->u.object.keys[i],
            YAJL_IS_NUMBER(value) ? strtod(YAJL_GET_NUMBER(value), NULL) : 0);
    }
    if (now->count > counts->u.object.len) {
        printf("%zu operations have no budget\n",
               now->count - counts->u.object.len);
        broken++;
    }
    printf("%zu budgets, %zu broken\n", counts->u.object.len, broken);
    return broken == 0 ? 0 : 1;
}

// Returns whether the budgets were made with the same tools.
static bool same_tools(yajl_val tree)
{
    const char *in[] = {"tools", NULL};
    yajl_val    value = yajl_tree_get(tree, in, yajl_t_string);
    const char *theirs = value == NULL ? "unknown tools" : value->u.string;
    char        ours[256];

    describe_tools(ours, sizeof ours);
    if (strcmp(theirs, ours) == 0) {
        return true;
    }
    printf("Skipped: the budgets are of %s; here is %s\n", theirs, ours);
    return false;
}

int budgets_main(const char *program, const char *path, bool bless)
{
    static budgets now;
    char           error[256] = "";
    char          *text;
    yajl_val       tree;
    int            status;

    if (bless) {
        return count_all(program, &now) ? write_budgets(&now, path) : 2;
    }
    text = read_text(path);
    if (text == NULL) {
        return 2;
    }
    tree = yajl_tree_parse(text, error, sizeof error);
    free(text);
    if (tree == NULL) {
        fprintf(stderr, "inlay-bench: %s: %s\n", path, error);
        return 2;
    }
    if (!same_tools(tree) || !count_all(program, &now)) {
        status = BUDGETS_SKIPPED;
    } else {
        status = compare(&now, tree);
    }
    yajl_tree_free(tree);
    return status;
}
