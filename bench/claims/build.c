// build.c -- claims 22 and 23: how a program was compiled.
//
// The workload (workload/) is compiled here and now by the compiler of this
// machine, in a folder that goes away again.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/claims/child.h"
#include "bench/claims/list.h"
#include "bench/claims/workload.h"

#define FLAGS  5
#define ROUNDS 32

// One way to compile it.
typedef struct build {
    const char *name;         // of the program
    const char *flags[FLAGS]; // NULL-ended
    bool        works;
    double      ns[ROUNDS];
    char        sum[32]; // what it came to
} build;

typedef struct builds {
    char   folder[256]; // empty: none
    char   compiler[256];
    size_t rounds;
} builds;

// ---- The folder -------------------------------------------------------------

static bool put_file(const builds *self, const workload_file *file)
{
    char  path[512];
    FILE *to;
    bool  good;

    snprintf(path, sizeof path, "%s/%s", self->folder, file->name);
    to = fopen(path, "w");
    good = to != NULL && fwrite(file->text, 1, file->size, to) == file->size;
    return to != NULL && fclose(to) == 0 && good;
}

// Makes the folder with the sources; false when it can't, or when there is no
// compiler.
static bool builds_init(builds *self, const claim_bench *bench)
{
    const char          *temporary = getenv("TMPDIR");
    const char          *compiler = getenv("CC");
    char                *version[] = {self->compiler, "--version", NULL};
    const workload_file *file;
    char                 output[64];

    snprintf(self->folder, sizeof self->folder, "%s/inlay-bench-XXXXXX",
             temporary != NULL ? temporary : "/tmp");
    snprintf(self->compiler, sizeof self->compiler, "%s",
             compiler != NULL && *compiler != '\0' ? compiler : "cc");
    self->rounds = bench->smoke ? 2 : 25;
    if (!child_output(version, NULL, NULL, output, sizeof output) ||
        mkdtemp(self->folder) == NULL) {
        self->folder[0] = '\0';
        return false;
    }
    for (file = workload_files; file->name != NULL; file++) {
        if (!put_file(self, file)) {
            return false;
        }
    }
    return true;
}

static void builds_release(builds *self)
{
    char *arguments[] = {"rm", "-rf", self->folder, NULL};
    char  output[8];

    if (self->folder[0] != '\0') {
        child_output(arguments, NULL, NULL, output, sizeof output);
    }
}

// ---- Compiling and running --------------------------------------------------

static bool compile(const builds *self, const build *b)
{
    char *arguments[8 + FLAGS];
    char  output[64];
    int   count = 0;
    int   i;

    arguments[count++] = (char *)(uintptr_t)self->compiler;
    for (i = 0; i < FLAGS && b->flags[i] != NULL; i++) {
        arguments[count++] = (char *)(uintptr_t)b->flags[i];
    }
    arguments[count++] = "-o";
    arguments[count++] = (char *)(uintptr_t)b->name;
    arguments[count++] = "main.c";
    arguments[count++] = "codec.c";
    arguments[count] = NULL;
    return child_output(arguments, NULL, self->folder, output, sizeof output);
}

// Runs a build for some milliseconds; the least time per thing done.
static bool run(const builds *self, build *b, const char *work,
                const char *milliseconds, double *ns)
{
    char  path[512], output[64], sum[32];
    char *arguments[] = {path, (char *)(uintptr_t)work,
                         (char *)(uintptr_t)milliseconds, NULL};

    snprintf(path, sizeof path, "%s/%s", self->folder, b->name);
    if (!child_output(arguments, NULL, self->folder, output, sizeof output) ||
        sscanf(output, "%lf %31s", ns, sum) != 2) {
        return false;
    }
    if (b->sum[0] == '\0') {
        memcpy(b->sum, sum, sizeof sum);
    }
    return strcmp(b->sum, sum) == 0;
}

// Makes of a run's counters what -fprofile-use looks for. Clang merges them,
// GCC names them by the program.
static const char gather_profile[] =
    "if ls ./*.profraw; then\n"
    "    llvm-profdata merge -o default.profdata ./*.profraw\n"
    "else\n"
    "    for f in profiling-*.gcda; do\n"
    "        mv \"$f\" \"profiled-${f#profiling-}\"\n"
    "    done\n"
    "fi\n";

// Compiles, runs, and compiles again with what the run has left behind.
static bool compile_profiled(const builds *self, build *b)
{
    static build first = {.name = "profiling",
                          .flags = {"-O2", "-fprofile-generate"}};
    char  *gather[] = {"sh", "-c", (char *)(uintptr_t)gather_profile, NULL};
    double ns;
    char   output[256];

    return compile(self, &first) && run(self, &first, "codec", "20", &ns) &&
           child_output(gather, NULL, self->folder, output, sizeof output) &&
           compile(self, b);
}

static bool make(const builds *self, build *b)
{
    b->works = strcmp(b->name, "profiled") == 0 ? compile_profiled(self, b)
                                                : compile(self, b);
    return b->works;
}

// ---- Comparing --------------------------------------------------------------

// Runs both in turn, in random order, and adds the ratio as a row.
static void compare(claim_bench *bench, const builds *self, const char *what,
                    claim_range range, build *slow, build *fast,
                    const char *work, const char *text)
{
    const char *milliseconds = bench->smoke ? "8" : "40";
    double      ratios[ROUNDS];
    char        a[32], b[32];
    size_t      i;

    slow->sum[0] = fast->sum[0] = '\0';
    for (i = 0; i < self->rounds; i++) {
        bool   swap = (claim_random(&bench->random) & 1) != 0;
        build *first = swap ? fast : slow;
        build *second = swap ? slow : fast;

        if (!run(self, first, work, milliseconds, &first->ns[i]) ||
            !run(self, second, work, milliseconds, &second->ns[i])) {
            claim_absent(bench, what, "the compiled program does not run");
            return;
        }
        ratios[i] = slow->ns[i] / fast->ns[i];
    }
    if (strcmp(slow->sum, fast->sum) != 0) {
        bench->failures++;
        claim_absent(bench, what, "the two come to different results");
        return;
    }
    claim_found(
        bench, what, range, CLAIM_TIMES,
        claim_figure_of(bench, ratios, self->rounds), "%s: %s against %s", text,
        claim_time_text(claim_figure_of(bench, slow->ns, self->rounds).median,
                        a, sizeof a),
        claim_time_text(claim_figure_of(bench, fast->ns, self->rounds).median,
                        b, sizeof b));
}

#define CODEC                                                                  \
    "a record of varints and a name written and read back by a small codec, "

void claim_debug_build(claim_bench *bench)
{
    static build debug = {.name = "debug", .flags = {"-O0", "-g"}};
    static build release = {.name = "release", .flags = {"-O2"}};
    builds       all;

    if (!builds_init(&all, bench) || !make(&all, &debug) ||
        !make(&all, &release)) {
        claim_absent(bench, "", "no compiler");
    } else {
        compare(bench, &all, "a codec", claim_between(10, 100), &debug,
                &release, "codec", CODEC "-O0 against -O2");
        compare(bench, &all, "numbers", claim_between(10, 100), &debug,
                &release, "numbers",
                "a sample scaled and rounded to 16 bits, -O0 against -O2");
    }
    builds_release(&all);
}

typedef struct option {
    build       build;
    const char *what;
    const char *work;
    const char *text;
    claim_range range;
} option;

void claim_build_options(claim_bench *bench)
{
    static build plain = {.name = "plain", .flags = {"-O2"}};
    option       options[] = {
              {{.name = "lto", .flags = {"-O3", "-flto"}},
               "link time",
               "codec",
               CODEC "-O2 against -O3 -flto",
               claim_between(1.1, 1.2)},
              {{.name = "native", .flags = {"-O2", "-march=native"}},
               "native, a codec",
               "codec",
               CODEC "-O2 against -O2 -march=native",
               claim_up_to(2)},
              {{.name = "native", .flags = {"-O2", "-march=native"}},
               "native, numbers",
               "numbers",
               "a sample scaled and rounded to 16 bits, -O2 against -O2 "
                     "-march=native",
               claim_up_to(2)},
              {{.name = "profiled", .flags = {"-O2", "-fprofile-use"}},
               "profile",
               "codec",
               CODEC "-O2 against the same with a profile of itself",
               claim_between(1.1, 1.4)},
    };
    builds all;
    size_t i;

    if (!builds_init(&all, bench) || !make(&all, &plain)) {
        claim_absent(bench, "", "no compiler");
        builds_release(&all);
        return;
    }
    for (i = 0; i < sizeof options / sizeof options[0]; i++) {
        option *o = &options[i];

        if (make(&all, &o->build)) {
            compare(bench, &all, o->what, o->range, &plain, &o->build, o->work,
                    o->text);
        } else {
            claim_absent(bench, o->what, "the compiler can't");
        }
    }
    builds_release(&all);
}
