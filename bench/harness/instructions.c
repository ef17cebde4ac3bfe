// instructions.c -- see instructions.h.

#include "bench/harness/instructions.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/harness/gate.h"

#if defined(__has_include)
#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#define CAN_COUNT 1
#endif
#endif
#ifndef CAN_COUNT
#define CAN_COUNT           0
#define RUNNING_ON_VALGRIND 0
#define CALLGRIND_START_INSTRUMENTATION
#define CALLGRIND_STOP_INSTRUMENTATION
#define CALLGRIND_ZERO_STATS
#define CALLGRIND_DUMP_STATS_AT(name) ((void)(name))
#endif

// ---- The child --------------------------------------------------------------

bool instructions_counting(void)
{
    return RUNNING_ON_VALGRIND != 0;
}

__attribute__((noinline)) static uint64_t counted(bench_function *run,
                                                  bench_state    *state)
{
    return run(state);
}

// What counting itself counts, which is subtracted.
static uint64_t nothing(bench_state *state)
{
    __asm__ volatile("" : : "r"(state) : "memory");
    return 1;
}

// The first run warms up: what is made on first use is not an operation's.
static void count_run(subject *s, bench_function *run, const char *name)
{
    uint64_t     sum = run(subject_next(s));
    bench_state *state = subject_next(s);

    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    sum += counted(run, state);
    CALLGRIND_DUMP_STATS_AT(name);
    CALLGRIND_STOP_INSTRUMENTATION;
    __asm__ volatile("" : : "r"(sum) : "memory");
}

void instructions_count(subject *s)
{
    char     name[128];
    unsigned op;

    count_run(s, nothing, "nothing");
    for (op = 0; op < BENCH_OPS; op++) {
        if (subject_has(s, (bench_op)op)) {
            snprintf(name, sizeof name, "%s/%s/%s", s->models->set->name,
                     s->codec->id, bench_op_name(op));
            count_run(s, s->functions->ops[op], name);
        }
    }
    subject_restore(s);
}

// ---- The parent -------------------------------------------------------------

typedef struct finding {
    void (*found)(void *context, const char *set, const char *codec,
                  const char *op, uint64_t instructions);
    void    *context;
    uint64_t nothing; // what counting itself takes
} finding;

// Takes "set/codec/op" apart. The first dump is that of nothing.
static void report(finding *to, char *name, uint64_t instructions)
{
    uint64_t net = instructions > to->nothing ? instructions - to->nothing : 0;
    char    *codec = strchr(name, '/');
    char    *op = codec == NULL ? NULL : strchr(codec + 1, '/');

    if (strcmp(name, "nothing") == 0) {
        to->nothing = instructions;
    } else if (op != NULL) {
        *codec = *op = '\0';
        to->found(to->context, name, codec + 1, op + 1, net);
    }
}

// Reads the name and the total of one dump.
static void read_dump(finding *to, const char *path)
{
    static const char trigger[] = "desc: Trigger: Client Request: ";
    char              line[1024];
    char              name[256] = "";
    uint64_t          total = 0;
    FILE             *file = fopen(path, "r");

    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, trigger, sizeof trigger - 1) == 0) {
            snprintf(name, sizeof name, "%.255s", line + sizeof trigger - 1);
            name[strcspn(name, "\n")] = '\0';
        }
        if (sscanf(line, "totals: %" SCNu64, &total) == 1 && name[0] != '\0') {
            report(to, name, total);
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
}

// Dumps are numbered from 1 on.
static void read_dumps(finding *to, const char *folder)
{
    char path[256];
    int  i;

    for (i = 1;; i++) {
        snprintf(path, sizeof path, "%s/out.%d", folder, i);
        if (access(path, R_OK) != 0) {
            break;
        }
        read_dump(to, path);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/out", folder); // what is left at the end
    unlink(path);
}

static void run_child(const char *folder, const char *program,
                      const char *const *arguments)
{
    char        out[256];
    const char *all[64] = {
        "valgrind", "--tool=callgrind",      "--instr-atstart=no",
        "-q",       "--compress-strings=no", out,
        program};
    size_t count = 7;

    snprintf(out, sizeof out, "--callgrind-out-file=%s/out", folder);
    while (*arguments != NULL && count < 63) {
        all[count++] = *arguments++;
    }
    // The C library's copies depend on the processor; these are in all.
    setenv("GLIBC_TUNABLES",
           "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX2,-AVX_Fast_Unaligned_Load,"
           "-ERMS,-FSRM,-Prefer_ERMS",
           1);
    execvp(all[0], (char *const *)(uintptr_t)all);
    _exit(errno == ENOENT ? 127 : 126);
}

bool instructions_run(const char *program, const char *const *arguments,
                      void (*found)(void *context, const char *set,
                                    const char *codec, const char *op,
                                    uint64_t instructions),
                      void *context)
{
    char    folder[] = "/tmp/inlay-bench-XXXXXX";
    finding to = {found, context, 0};
    int     status = 0;
    pid_t   child;

    if (!CAN_COUNT) {
        fputs("inlay-bench: built without valgrind's headers: install the "
              "package valgrind and build again to count instructions\n",
              stderr);
        return false;
    }
    if (mkdtemp(folder) == NULL) {
        fprintf(stderr, "inlay-bench: %s: %s\n", folder, strerror(errno));
        return false;
    }
    child = fork();
    if (child == 0) {
        run_child(folder, program, arguments);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    read_dumps(&to, folder);
    rmdir(folder);
    if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fputs(WIFEXITED(status) && WEXITSTATUS(status) == 127
                  ? "inlay-bench: valgrind was not found: install it to count "
                    "instructions\n"
                  : "inlay-bench: counting under valgrind failed\n",
              stderr);
        return false;
    }
    return true;
}
