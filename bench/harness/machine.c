// machine.c -- see machine.h. What can't be found out stays empty, 0 or
// "unavailable".

#include "bench/harness/machine.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "bench/harness/clock.h"

extern char **environ;

// Copies text without what ends a line.
static void set_text(char *to, size_t size, const char *from)
{
    snprintf(to, size, "%.*s", (int)(size - 1), from);
    to[strcspn(to, "\n")] = '\0';
}

// Returns the text behind "name<blanks>: " of a line; NULL if it is another.
static const char *value_of(const char *line, const char *name)
{
    size_t      length = strlen(name);
    const char *colon = strchr(line, ':');

    if (strncmp(line, name, length) != 0 || colon == NULL) {
        return NULL;
    }
    if (line + length + strspn(line + length, " \t") != colon) {
        return NULL;
    }
    return colon + 1 + strspn(colon + 1, " \t");
}

// Returns whether a list of words holds one.
static bool has_word(const char *list, const char *word)
{
    size_t      length = strlen(word);
    const char *at = list;

    while ((at = strstr(at, word)) != NULL) {
        bool begins = at == list || at[-1] == ' ';

        if (begins &&
            (at[length] == ' ' || at[length] == '\n' || at[length] == '\0')) {
            return true;
        }
        at += length;
    }
    return false;
}

static void take_flags(bench_machine *self, const char *list)
{
    static const char *const wanted[] = {
        "ssse3",    "sse4_2", "avx",  "avx2",         "bmi2",       "avx512f",
        "avx512bw", "erms",   "fsrm", "constant_tsc", "nonstop_tsc"};
    size_t i;

    for (i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        if (has_word(list, wanted[i])) {
            size_t used = strlen(self->flags);

            snprintf(self->flags + used, sizeof self->flags - used, "%s%s",
                     used > 0 ? " " : "", wanted[i]);
        }
    }
    self->hypervisor = has_word(list, "hypervisor");
}

static void look_at_cpu(bench_machine *self)
{
    char        line[8192];
    const char *value;
    FILE       *file = fopen("/proc/cpuinfo", "r");

    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        value = value_of(line, "model name");
        if (value != NULL && self->cpu[0] == '\0') {
            set_text(self->cpu, sizeof self->cpu, value);
        }
        value = value_of(line, "flags");
        if (value != NULL) {
            take_flags(self, value);
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    self->cores = sysconf(_SC_NPROCESSORS_ONLN);
#ifdef _SC_LEVEL1_DCACHE_SIZE
    self->l1d = sysconf(_SC_LEVEL1_DCACHE_SIZE);
    self->l2 = sysconf(_SC_LEVEL2_CACHE_SIZE);
    self->l3 = sysconf(_SC_LEVEL3_CACHE_SIZE);
#endif
}

// Reads the first line of a file; returns whether there is one.
static bool first_line(const char *path, char *to, size_t size)
{
    char  line[256];
    FILE *file = fopen(path, "r");
    bool  good = file != NULL && fgets(line, sizeof line, file) != NULL;

    if (good) {
        set_text(to, size, line);
    }
    if (file != NULL) {
        fclose(file);
    }
    return good;
}

static void look_at_system(bench_machine *self)
{
    struct utsname name;
    char           line[256];
    FILE          *file = fopen("/etc/os-release", "r");
    char           aslr[8] = "0";

    if (uname(&name) == 0) {
        snprintf(self->kernel, sizeof self->kernel, "%.60s %.60s", name.sysname,
                 name.release);
    }
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "PRETTY_NAME=\"", 13) == 0) {
            line[strcspn(line + 13, "\"") + 13] = '\0';
            set_text(self->os, sizeof self->os, line + 13);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    first_line("/proc/sys/kernel/randomize_va_space", aslr, sizeof aslr);
    self->aslr = aslr[0] != '0';
    if (!first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
                    self->governor, sizeof self->governor)) {
        set_text(self->governor, sizeof self->governor, "unavailable");
    }
}

static void look_at_counters(bench_machine *self)
{
    struct perf_event_attr event = {.type = PERF_TYPE_HARDWARE,
                                    .size = sizeof event,
                                    .config = PERF_COUNT_HW_INSTRUCTIONS,
                                    .exclude_kernel = 1};
    long file = syscall(SYS_perf_event_open, &event, 0, -1, -1, 0);

    if (file >= 0) {
        close((int)file);
        set_text(self->counters, sizeof self->counters, "available");
    } else {
        snprintf(self->counters, sizeof self->counters,
                 "unavailable: perf_event_open: %s", strerror(errno));
    }
}

static void look_at_environment(bench_machine *self)
{
    char **variable;

    for (variable = environ; *variable != NULL; variable++) {
        self->environment_bytes += strlen(*variable) + 1;
    }
#if defined(__clang__)
    set_text(self->compiler, sizeof self->compiler, "clang " __VERSION__);
#else
    set_text(self->compiler, sizeof self->compiler, "gcc " __VERSION__);
#endif
    set_text(self->compile_flags, sizeof self->compile_flags,
             BENCH_COMPILE_FLAGS);
    snprintf(self->clock, sizeof self->clock,
             bench_time.counter ? "rdtsc, %.3f GHz" : "clock_gettime",
             1 / bench_time.ns_per_tick);
    self->clock_resolution_ns = bench_time.overhead;
}

static double load(void)
{
    double average = 0;

    return getloadavg(&average, 1) == 1 ? average : 0;
}

// Reads how much time was spent in all, and how much others took of it.
static void read_ticks(unsigned long long *all, unsigned long long *steal)
{
    unsigned long long t[8] = {0};
    FILE              *file = fopen("/proc/stat", "r");
    size_t             i;

    *all = *steal = 0;
    if (file != NULL) {
        if (fscanf(file, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &t[0],
                   &t[1], &t[2], &t[3], &t[4], &t[5], &t[6], &t[7]) == 8) {
            for (i = 0; i < 8; i++) {
                *all += t[i];
            }
            *steal = t[7];
        }
        fclose(file);
    }
}

void machine_look(bench_machine *self)
{
    memset(self, 0, sizeof *self);
    look_at_cpu(self);
    look_at_system(self);
    look_at_counters(self);
    look_at_environment(self);
    self->load_before = load();
    read_ticks(&self->all_ticks, &self->steal_ticks);
}

void machine_look_again(bench_machine *self)
{
    unsigned long long all, steal;

    read_ticks(&all, &steal);
    self->load_after = load();
    if (all > self->all_ticks) {
        self->steal_percent = 100.0 * (double)(steal - self->steal_ticks) /
                              (double)(all - self->all_ticks);
    }
}
