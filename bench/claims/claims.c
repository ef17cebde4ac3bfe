// claims.c -- the command: see claims.h.

#include "bench/claims/claims.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "bench/claims/list.h"
#include "bench/claims/table.h"
#include "bench/harness/clock.h"
#include "bench/harness/machine.h"
#include "bench/harness/progress.h"

// ---- The command line -------------------------------------------------------

typedef struct options {
    const char *path; // of the table; NULL: only standard output
    bool        smoke;
    char      **names; // of claims
    int         name_count;
} options;

static int fail(const char *what, const char *word)
{
    fprintf(stderr, "inlay-bench: %s: %s\nTry: inlay-bench --help\n", what,
            word);
    return 2;
}

static bool is_named(const claim *c, const char *name)
{
    char number[16];

    snprintf(number, sizeof number, "%u", c->number);
    return strcmp(name, c->name) == 0 || strcmp(name, number) == 0;
}

static bool known(const char *name)
{
    size_t i;

    for (i = 0; i < claim_count; i++) {
        if (is_named(&claim_list[i], name)) {
            return true;
        }
    }
    return false;
}

static int parse(options *o, int argc, char **argv)
{
    int i;

    o->names = argv;
    for (i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--smoke") == 0) {
            o->smoke = true;
        } else if (strcmp(argv[i], "-o") == 0) {
            if (++i == argc) {
                return fail("a value is missing behind", "-o");
            }
            o->path = argv[i];
        } else if (argv[i][0] == '-') {
            return fail("there is no such option", argv[i]);
        } else if (!known(argv[i])) {
            return fail("there is no such claim", argv[i]);
        } else {
            argv[o->name_count++] = argv[i]; // never ahead of i
        }
    }
    return 0;
}

static bool wanted(const options *o, const claim *c)
{
    int i;

    for (i = 0; i < o->name_count; i++) {
        if (is_named(c, o->names[i])) {
            return true;
        }
    }
    return o->name_count == 0;
}

// ---- Measuring --------------------------------------------------------------

static size_t count_wanted(const options *o)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < claim_count; i++) {
        count += wanted(o, &claim_list[i]);
    }
    return count;
}

// Every claim has a row at the end, or this fails.
static void measure_all(claim_bench *bench, const options *o)
{
    size_t i;

    progress_start(count_wanted(o));
    for (i = 0; i < claim_count; i++) {
        size_t before = bench->count;

        if (!wanted(o, &claim_list[i])) {
            continue;
        }
        progress_step("claim", claim_list[i].name);
        bench->current = &claim_list[i];
        claim_list[i].measure(bench);
        if (bench->count == before) {
            claim_absent(bench, "", "nothing was found, a bug of ours");
            bench->failures++;
        }
    }
    progress_clear();
}

// ---- Writing ----------------------------------------------------------------

static void put_machine(FILE *to, const claim_bench *bench,
                        const bench_machine *machine)
{
    fprintf(to, "%s, %ld cores%s; %s; %s %s; %zu blocks of %g ms%s.\n\n",
            machine->cpu, machine->cores,
            machine->hypervisor ? ", a virtual machine" : "", machine->os,
            machine->compiler, machine->compile_flags, bench->blocks,
            bench->block_ns / 1e6,
            bench->smoke ? ": a smoke run, whose figures say little" : "");
}

static bool write_file(const char *path, const claim_bench *bench,
                       const bench_machine *machine)
{
    FILE *file = fopen(path, "w");
    bool  good = file != NULL;

    if (good) {
        fputs("# Claims, measured\n\n", file);
        put_machine(file, bench, machine);
        table_markdown(file, bench);
        good = ferror(file) == 0;
        good = fclose(file) == 0 && good;
    }
    if (!good) {
        fprintf(stderr, "inlay-bench: %s can't be written\n", path);
    }
    return good;
}

static size_t terminal_width(void)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
        return size.ws_col;
    }
    return 80;
}

static void put_all(const claim_bench *bench, const bench_machine *machine)
{
    put_machine(stdout, bench, machine);
    if (isatty(STDOUT_FILENO)) {
        table_terminal(stdout, bench, terminal_width());
    } else {
        table_markdown(stdout, bench);
    }
}

// ---- All of it --------------------------------------------------------------

// Returns the folder of this program, where its helper lies.
static const char *own_folder(void)
{
    static char path[4096];
    ssize_t     size = readlink("/proc/self/exe", path, sizeof path - 1);
    char       *slash;

    path[size > 0 ? size : 0] = '\0';
    slash = strrchr(path, '/');
    if (slash == NULL) {
        return ".";
    }
    *slash = '\0';
    return path;
}

static void set_effort(claim_bench *bench, bool smoke)
{
    bench->smoke = smoke;
    bench->blocks = smoke ? 5 : 31;
    bench->block_ns = smoke ? 2e5 : 1e6;
}

int claims_main(int argc, char **argv)
{
    options       o = {0};
    claim_bench   bench = {.random = 1};
    bench_machine machine;
    int           status = parse(&o, argc, argv);
    bool          written;

    if (status != 0) {
        return status;
    }
    set_effort(&bench, o.smoke);
    bench.folder = own_folder();
    bench_clock_init();
    machine_look(&machine);
    measure_all(&bench, &o);
    put_all(&bench, &machine);
    written = o.path == NULL || write_file(o.path, &bench, &machine);
    free(bench.rows);
    return written && bench.failures == 0 ? 0 : 1;
}
