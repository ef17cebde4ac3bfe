// json.c -- see json.h.

#include "bench/harness/json.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <inlay/version.h>

// ---- Values -----------------------------------------------------------------

void json_text(json out, const char *text)
{
    yajl_gen_string(out, (const unsigned char *)text, strlen(text));
}

void json_count(json out, uint64_t count)
{
    yajl_gen_integer(out, (long long)count);
}

// Times and ratios have no more digits than they are worth.
void json_real(json out, double value)
{
    char text[40];
    int  length =
        snprintf(text, sizeof text, "%.6g", isfinite(value) ? value : 0.0);

    yajl_gen_number(out, text, (size_t)length);
}

void json_text_member(json out, const char *name, const char *value)
{
    json_text(out, name);
    json_text(out, value);
}

void json_count_member(json out, const char *name, uint64_t value)
{
    json_text(out, name);
    json_count(out, value);
}

void json_real_member(json out, const char *name, double value)
{
    json_text(out, name);
    json_real(out, value);
}

void json_open_member(json out, const char *name)
{
    json_text(out, name);
    yajl_gen_map_open(out);
}

void json_array_member(json out, const char *name)
{
    json_text(out, name);
    yajl_gen_array_open(out);
}

// ---- What all results have --------------------------------------------------

void json_head(json out)
{
    char      when[32];
    time_t    now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_text_member(out, "format", "inlay-bench 1");
    json_text_member(out, "when", when);
    json_open_member(out, "inlay");
    json_text_member(out, "version", INLAY_VERSION);
    json_text_member(out, "commit", BENCH_COMMIT);
    yajl_gen_map_close(out);
}

void json_machine(json out, const bench_machine *m)
{
    json_open_member(out, "machine");
    json_text_member(out, "cpu", m->cpu);
    json_count_member(out, "cores", (uint64_t)m->cores);
    json_text_member(out, "flags", m->flags);
    json_open_member(out, "caches");
    json_count_member(out, "l1d", m->l1d > 0 ? (uint64_t)m->l1d : 0);
    json_count_member(out, "l2", m->l2 > 0 ? (uint64_t)m->l2 : 0);
    json_count_member(out, "l3", m->l3 > 0 ? (uint64_t)m->l3 : 0);
    yajl_gen_map_close(out);
    json_text_member(out, "kernel", m->kernel);
    json_text_member(out, "os", m->os);
    json_text_member(out, "compiler", m->compiler);
    json_text_member(out, "compile_flags", m->compile_flags);
    json_text_member(out, "governor", m->governor);
    json_text(out, "hypervisor");
    yajl_gen_bool(out, m->hypervisor);
    json_text_member(out, "counters", m->counters);
    json_real_member(out, "load_before", m->load_before);
    json_real_member(out, "load_after", m->load_after);
    json_real_member(out, "steal_percent", m->steal_percent);
    json_text_member(out, "clock", m->clock);
    json_real_member(out, "clock_resolution_ns", m->clock_resolution_ns);
    json_count_member(out, "environment_bytes", m->environment_bytes);
    json_text(out, "aslr");
    yajl_gen_bool(out, m->aslr);
    yajl_gen_map_close(out);
}

// ---- Files ------------------------------------------------------------------

bool json_file_write(const char *path, const void *data, size_t size)
{
    size_t room = strlen(path) + 5;
    char  *beside = malloc(room);
    FILE  *file;
    bool   good;

    if (beside == NULL) {
        return false;
    }
    snprintf(beside, room, "%s.new", path);
    file = fopen(beside, "wb");
    good = file != NULL && fwrite(data, 1, size, file) == size &&
           fputc('\n', file) != EOF;
    good = file != NULL && fclose(file) == 0 && good;
    good = good && rename(beside, path) == 0;
    if (!good) {
        int error = errno;

        remove(beside);
        errno = error;
    }
    free(beside);
    return good;
}
