// write.c -- see write.h.

#include "bench/harness/write.h"

#include <errno.h>
#include <inlay/version.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yajl/yajl_gen.h>

#include "bench/harness/clock.h"
#include "bench/harness/code_size.h"
#include "bench/harness/stats.h"
#include "bench/rivals/rivals.h"

typedef yajl_gen json;

// ---- Values -----------------------------------------------------------------

static void put_text(json out, const char *text)
{
    yajl_gen_string(out, (const unsigned char *)text, strlen(text));
}

static void put_count(json out, uint64_t count)
{
    yajl_gen_integer(out, (long long)count);
}

// Times and ratios have no more digits than they are worth.
static void put_real(json out, double value)
{
    char text[40];
    int  length =
        snprintf(text, sizeof text, "%.6g", isfinite(value) ? value : 0.0);

    yajl_gen_number(out, text, (size_t)length);
}

static void text_member(json out, const char *name, const char *value)
{
    put_text(out, name);
    put_text(out, value);
}

static void count_member(json out, const char *name, uint64_t value)
{
    put_text(out, name);
    put_count(out, value);
}

static void real_member(json out, const char *name, double value)
{
    put_text(out, name);
    put_real(out, value);
}

static void open_member(json out, const char *name)
{
    put_text(out, name);
    yajl_gen_map_open(out);
}

static void array_member(json out, const char *name)
{
    put_text(out, name);
    yajl_gen_array_open(out);
}

// ---- The run ----------------------------------------------------------------

static void write_machine(json out, const bench_machine *m)
{
    open_member(out, "machine");
    text_member(out, "cpu", m->cpu);
    count_member(out, "cores", (uint64_t)m->cores);
    text_member(out, "flags", m->flags);
    open_member(out, "caches");
    count_member(out, "l1d", m->l1d > 0 ? (uint64_t)m->l1d : 0);
    count_member(out, "l2", m->l2 > 0 ? (uint64_t)m->l2 : 0);
    count_member(out, "l3", m->l3 > 0 ? (uint64_t)m->l3 : 0);
    yajl_gen_map_close(out);
    text_member(out, "kernel", m->kernel);
    text_member(out, "os", m->os);
    text_member(out, "compiler", m->compiler);
    text_member(out, "compile_flags", m->compile_flags);
    text_member(out, "governor", m->governor);
    put_text(out, "hypervisor");
    yajl_gen_bool(out, m->hypervisor);
    text_member(out, "counters", m->counters);
    real_member(out, "load_before", m->load_before);
    real_member(out, "load_after", m->load_after);
    real_member(out, "steal_percent", m->steal_percent);
    text_member(out, "clock", m->clock);
    real_member(out, "clock_resolution_ns", m->clock_resolution_ns);
    count_member(out, "environment_bytes", m->environment_bytes);
    put_text(out, "aslr");
    yajl_gen_bool(out, m->aslr);
    yajl_gen_map_close(out);
}

static void write_head(json out, const bench_results *results)
{
    char      when[32];
    time_t    now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    text_member(out, "format", "inlay-bench 1");
    text_member(out, "when", when);
    open_member(out, "inlay");
    text_member(out, "version", INLAY_VERSION);
    text_member(out, "commit", BENCH_COMMIT);
    yajl_gen_map_close(out);
    open_member(out, "settings");
    text_member(out, "profile", results->settings.profile);
    count_member(out, "blocks", results->settings.blocks);
    real_member(out, "block_ns", results->settings.block_ns);
    count_member(out, "seed", results->settings.seed);
    yajl_gen_map_close(out);
}

static void write_sets(json out, const bench_results *results)
{
    int i;

    array_member(out, "sets");
    for (i = 0; i < BENCH_SETS; i++) {
        if (results->measured[i]) {
            yajl_gen_map_open(out);
            text_member(out, "name", bench_sets[i].name);
            text_member(out, "about", bench_sets[i].about);
            count_member(out, "records", results->records[i]);
            count_member(out, "messages", results->messages[i]);
            yajl_gen_map_close(out);
        }
    }
    yajl_gen_array_close(out);
}

// ---- Codecs -----------------------------------------------------------------

static const char *trust_name(bench_trust trust)
{
    static const char *const names[] = {"checked", "lazy", "once", "unchecked",
                                        "floor"};

    return names[trust];
}

static bool was_used(const bench_results *results, const bench_codec *codec)
{
    size_t i;

    for (i = 0; i < results->cell_count; i++) {
        if (results->cells[i].codec == codec) {
            return true;
        }
    }
    return false;
}

static void write_code_size(json out, const bench_codec *codec)
{
    size_t i;
    bool   any = false;

    for (i = 0; i < bench_code_size_count; i++) {
        const bench_code_size *row = &bench_code_sizes[i];

        if (strcmp(row->codec, codec->id) == 0) {
            if (!any) {
                open_member(out, "code_bytes");
            }
            any = true;
            count_member(out, row->set, row->bytes);
        }
    }
    if (any) {
        yajl_gen_map_close(out);
    }
}

static void write_codecs(json out, const bench_results *results)
{
    size_t i;

    array_member(out, "codecs");
    for (i = 0; i < bench_codec_count; i++) {
        const bench_codec *codec = bench_codecs[i];

        if (!was_used(results, codec)) {
            continue;
        }
        yajl_gen_map_open(out);
        text_member(out, "id", codec->id);
        text_member(out, "name", codec->name);
        text_member(out, "format", codec->format);
        text_member(out, "language", codec->language);
        text_member(out, "version", codec->version());
        text_member(out, "trust", trust_name(codec->trust));
        text_member(out, "memory", codec->memory);
        text_member(out, "note", codec->note);
        write_code_size(out, codec);
        yajl_gen_map_close(out);
    }
    yajl_gen_array_close(out);
    array_member(out, "skipped");
    for (i = 0; i < bench_skipped_count; i++) {
        yajl_gen_map_open(out);
        text_member(out, "id", bench_skipped[i].id);
        text_member(out, "name", bench_skipped[i].name);
        text_member(out, "reason", bench_skipped[i].reason);
        yajl_gen_map_close(out);
    }
    yajl_gen_array_close(out);
}

// ---- Cells ------------------------------------------------------------------

static void write_interval(json out, const char *name, const double *values,
                           size_t count, uint64_t seed, bool with_min)
{
    double low, high;

    stats_bootstrap_median(values, count, STATS_RESAMPLES, seed, &low, &high);
    open_member(out, name);
    real_member(out, "median", stats_median(values, count));
    real_member(out, "low", low);
    real_member(out, "high", high);
    if (with_min) {
        real_member(out, "min", stats_quantile(values, count, 0));
    }
    yajl_gen_map_close(out);
}

static void write_numbers(json out, const char *name, const double *values,
                          size_t count)
{
    size_t i;

    array_member(out, name);
    for (i = 0; i < count; i++) {
        put_real(out, values[i]);
    }
    yajl_gen_array_close(out);
}

static void write_outliers(json out, const bench_cell *cell)
{
    stats_outliers outliers = stats_outliers_count(cell->blocks, cell->count);

    open_member(out, "outliers");
    count_member(out, "low_severe", outliers.low_severe);
    count_member(out, "low_mild", outliers.low_mild);
    count_member(out, "high_mild", outliers.high_mild);
    count_member(out, "high_severe", outliers.high_severe);
    yajl_gen_map_close(out);
}

static void write_counts(json out, const bench_cell *cell)
{
    if (cell->allocs_counted) {
        open_member(out, "allocations");
        count_member(out, "count", cell->allocs.count);
        count_member(out, "bytes", cell->allocs.bytes);
        count_member(out, "peak", cell->allocs.peak);
        yajl_gen_map_close(out);
    }
    if (cell->instructions > 0) {
        count_member(out, "instructions", cell->instructions);
    }
    if (cell->cycles > 0) {
        count_member(out, "cycles", cell->cycles);
    }
}

static void write_figures(json out, const bench_cell *cell, uint64_t seed)
{
    double *ratios = calloc(cell->count, sizeof *ratios);
    size_t  i;

    if (ratios == NULL) {
        fputs("inlay-bench: out of memory\n", stderr);
        exit(2);
    }
    for (i = 0; i < cell->count; i++) {
        ratios[i] =
            cell->anchors[i] > 0 ? cell->blocks[i] / cell->anchors[i] : 0;
    }
    write_interval(out, "ns", cell->blocks, cell->count, seed, true);
    write_interval(out, "ratio", ratios, cell->count, seed, false);
    write_numbers(out, "blocks", cell->blocks, cell->count);
    write_numbers(out, "anchors", cell->anchors, cell->count);
    write_outliers(out, cell);
    count_member(out, "contaminated", cell->contaminated);
    write_counts(out, cell);
    free(ratios);
}

static void write_cells(json out, const bench_results *results)
{
    size_t i;

    array_member(out, "cells");
    for (i = 0; i < results->cell_count; i++) {
        const bench_cell *cell = &results->cells[i];

        yajl_gen_map_open(out);
        text_member(out, "set", bench_sets[cell->set].name);
        text_member(out, "codec", cell->codec->id);
        text_member(out, "op", cell->op);
        if (cell->absent != NULL) {
            text_member(out, "absent", cell->absent);
        } else {
            write_figures(out, cell, results->settings.seed);
        }
        yajl_gen_map_close(out);
    }
    yajl_gen_array_close(out);
}

// ---- The rest ---------------------------------------------------------------

static void write_sizes(json out, const bench_results *results)
{
    size_t i;

    array_member(out, "sizes");
    for (i = 0; i < results->size_count; i++) {
        const bench_size *size = &results->sizes[i];

        yajl_gen_map_open(out);
        text_member(out, "set", bench_sets[size->set].name);
        text_member(out, "codec", size->codec->id);
        count_member(out, "bytes", size->bytes);
        if (size->zstd1 > 0) {
            count_member(out, "zstd1", size->zstd1);
        }
        if (size->lz4 > 0) {
            count_member(out, "lz4", size->lz4);
        }
        yajl_gen_map_close(out);
    }
    yajl_gen_array_close(out);
}

static void write_histogram(json out, const histogram *times)
{
    size_t i;

    array_member(out, "histogram");
    for (i = 0; i < HISTOGRAM_BUCKETS; i++) {
        if (times->counts[i] > 0) {
            yajl_gen_array_open(out);
            put_real(out, histogram_value(i));
            put_count(out, times->counts[i]);
            yajl_gen_array_close(out);
        }
    }
    yajl_gen_array_close(out);
}

static void write_latencies(json out, const bench_results *results)
{
    size_t i;

    array_member(out, "latency");
    for (i = 0; i < results->latency_count; i++) {
        const bench_latency *row = &results->latencies[i];

        yajl_gen_map_open(out);
        text_member(out, "set", bench_sets[row->set].name);
        text_member(out, "codec", row->codec->id);
        text_member(out, "op", row->op);
        text_member(out, "cache", row->cache);
        count_member(out, "count", row->times->total);
        real_member(out, "overhead", bench_time.overhead);
        real_member(out, "p50", histogram_quantile(row->times, 0.5));
        real_member(out, "p90", histogram_quantile(row->times, 0.9));
        real_member(out, "p99", histogram_quantile(row->times, 0.99));
        real_member(out, "p999", histogram_quantile(row->times, 0.999));
        real_member(out, "max", row->times->most);
        write_histogram(out, row->times);
        yajl_gen_map_close(out);
    }
    yajl_gen_array_close(out);
}

static void write_noise(json out, const bench_results *results)
{
    size_t i;

    array_member(out, "noise");
    for (i = 0; i < results->noise_count; i++) {
        const bench_noise *noise = &results->noises[i];

        yajl_gen_map_open(out);
        text_member(out, "set", bench_sets[noise->set].name);
        text_member(out, "op", noise->op);
        real_member(out, "low", noise->low);
        real_member(out, "high", noise->high);
        yajl_gen_map_close(out);
    }
    yajl_gen_array_close(out);
}

static json write_all(const bench_results *results,
                      const bench_machine *machine)
{
    json out = yajl_gen_alloc(NULL);

    if (out == NULL) {
        fputs("inlay-bench: out of memory\n", stderr);
        exit(2);
    }
    yajl_gen_map_open(out);
    write_head(out, results);
    write_machine(out, machine);
    write_sets(out, results);
    write_codecs(out, results);
    write_cells(out, results);
    write_sizes(out, results);
    write_latencies(out, results);
    write_noise(out, results);
    yajl_gen_map_close(out);
    return out;
}

// ---- The file ---------------------------------------------------------------

static bool write_file(const char *path, const void *data, size_t size)
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

bool results_write(const bench_results *results, const bench_machine *machine,
                   const char *path)
{
    json                 out = write_all(results, machine);
    const unsigned char *text;
    size_t               size;
    bool                 good;

    yajl_gen_get_buf(out, &text, &size);
    good = write_file(path, text, size);
    if (!good) {
        fprintf(stderr, "inlay-bench: %s: %s\n", path, strerror(errno));
    }
    yajl_gen_free(out);
    return good;
}
