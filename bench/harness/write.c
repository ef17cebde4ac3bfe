// write.c -- see write.h.

#include "bench/harness/write.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/harness/clock.h"
#include "bench/harness/code_size.h"
#include "bench/harness/json.h"
#include "bench/harness/stats.h"
#include "bench/rivals/rivals.h"

// ---- The run ----------------------------------------------------------------

static void write_head(json out, const bench_results *results)
{
    json_head(out);
    json_open_member(out, "settings");
    json_text_member(out, "profile", results->settings.profile);
    json_count_member(out, "blocks", results->settings.blocks);
    json_real_member(out, "block_ns", results->settings.block_ns);
    json_count_member(out, "seed", results->settings.seed);
    yajl_gen_map_close(out);
}

static void write_sets(json out, const bench_results *results)
{
    int i;

    json_array_member(out, "sets");
    for (i = 0; i < BENCH_SETS; i++) {
        if (results->measured[i]) {
            yajl_gen_map_open(out);
            json_text_member(out, "name", bench_sets[i].name);
            json_text_member(out, "about", bench_sets[i].about);
            json_count_member(out, "records", results->records[i]);
            json_count_member(out, "messages", results->messages[i]);
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
                json_open_member(out, "code_bytes");
            }
            any = true;
            json_count_member(out, row->set, row->bytes);
        }
    }
    if (any) {
        yajl_gen_map_close(out);
    }
}

static void write_codecs(json out, const bench_results *results)
{
    size_t i;

    json_array_member(out, "codecs");
    for (i = 0; i < bench_codec_count; i++) {
        const bench_codec *codec = bench_codecs[i];

        if (!was_used(results, codec)) {
            continue;
        }
        yajl_gen_map_open(out);
        json_text_member(out, "id", codec->id);
        json_text_member(out, "name", codec->name);
        json_text_member(out, "format", codec->format);
        json_text_member(out, "language", codec->language);
        json_text_member(out, "version", codec->version());
        json_text_member(out, "trust", trust_name(codec->trust));
        json_text_member(out, "memory", codec->memory);
        json_text_member(out, "note", codec->note);
        write_code_size(out, codec);
        yajl_gen_map_close(out);
    }
    yajl_gen_array_close(out);
    json_array_member(out, "skipped");
    for (i = 0; i < bench_skipped_count; i++) {
        yajl_gen_map_open(out);
        json_text_member(out, "id", bench_skipped[i].id);
        json_text_member(out, "name", bench_skipped[i].name);
        json_text_member(out, "reason", bench_skipped[i].reason);
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
    json_open_member(out, name);
    json_real_member(out, "median", stats_median(values, count));
    json_real_member(out, "low", low);
    json_real_member(out, "high", high);
    if (with_min) {
        json_real_member(out, "min", stats_quantile(values, count, 0));
    }
    yajl_gen_map_close(out);
}

static void write_numbers(json out, const char *name, const double *values,
                          size_t count)
{
    size_t i;

    json_array_member(out, name);
    for (i = 0; i < count; i++) {
        json_real(out, values[i]);
    }
    yajl_gen_array_close(out);
}

static void write_outliers(json out, const bench_cell *cell)
{
    stats_outliers outliers = stats_outliers_count(cell->blocks, cell->count);

    json_open_member(out, "outliers");
    json_count_member(out, "low_severe", outliers.low_severe);
    json_count_member(out, "low_mild", outliers.low_mild);
    json_count_member(out, "high_mild", outliers.high_mild);
    json_count_member(out, "high_severe", outliers.high_severe);
    yajl_gen_map_close(out);
}

static void write_counts(json out, const bench_cell *cell)
{
    if (cell->allocs_counted) {
        json_open_member(out, "allocations");
        json_count_member(out, "count", cell->allocs.count);
        json_count_member(out, "bytes", cell->allocs.bytes);
        json_count_member(out, "peak", cell->allocs.peak);
        yajl_gen_map_close(out);
    }
    if (cell->instructions > 0) {
        json_count_member(out, "instructions", cell->instructions);
    }
    if (cell->cycles > 0) {
        json_count_member(out, "cycles", cell->cycles);
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
    json_count_member(out, "contaminated", cell->contaminated);
    write_counts(out, cell);
    free(ratios);
}

static void write_cells(json out, const bench_results *results)
{
    size_t i;

    json_array_member(out, "cells");
    for (i = 0; i < results->cell_count; i++) {
        const bench_cell *cell = &results->cells[i];

        yajl_gen_map_open(out);
        json_text_member(out, "set", bench_sets[cell->set].name);
        json_text_member(out, "codec", cell->codec->id);
        json_text_member(out, "op", cell->op);
        if (cell->absent != NULL) {
            json_text_member(out, "absent", cell->absent);
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

    json_array_member(out, "sizes");
    for (i = 0; i < results->size_count; i++) {
        const bench_size *size = &results->sizes[i];

        yajl_gen_map_open(out);
        json_text_member(out, "set", bench_sets[size->set].name);
        json_text_member(out, "codec", size->codec->id);
        json_count_member(out, "bytes", size->bytes);
        if (size->zstd1 > 0) {
            json_count_member(out, "zstd1", size->zstd1);
        }
        if (size->lz4 > 0) {
            json_count_member(out, "lz4", size->lz4);
        }
        yajl_gen_map_close(out);
    }
    yajl_gen_array_close(out);
}

static void write_histogram(json out, const histogram *times)
{
    size_t i;

    json_array_member(out, "histogram");
    for (i = 0; i < HISTOGRAM_BUCKETS; i++) {
        if (times->counts[i] > 0) {
            yajl_gen_array_open(out);
            json_real(out, histogram_value(i));
            json_count(out, times->counts[i]);
            yajl_gen_array_close(out);
        }
    }
    yajl_gen_array_close(out);
}

static void write_latencies(json out, const bench_results *results)
{
    size_t i;

    json_array_member(out, "latency");
    for (i = 0; i < results->latency_count; i++) {
        const bench_latency *row = &results->latencies[i];

        yajl_gen_map_open(out);
        json_text_member(out, "set", bench_sets[row->set].name);
        json_text_member(out, "codec", row->codec->id);
        json_text_member(out, "op", row->op);
        json_text_member(out, "cache", row->cache);
        json_count_member(out, "count", row->times->total);
        json_real_member(out, "overhead", bench_time.overhead);
        json_real_member(out, "p50", histogram_quantile(row->times, 0.5));
        json_real_member(out, "p90", histogram_quantile(row->times, 0.9));
        json_real_member(out, "p99", histogram_quantile(row->times, 0.99));
        json_real_member(out, "p999", histogram_quantile(row->times, 0.999));
        json_real_member(out, "max", row->times->most);
        write_histogram(out, row->times);
        yajl_gen_map_close(out);
    }
    yajl_gen_array_close(out);
}

static void write_noise(json out, const bench_results *results)
{
    size_t i;

    json_array_member(out, "noise");
    for (i = 0; i < results->noise_count; i++) {
        const bench_noise *noise = &results->noises[i];

        yajl_gen_map_open(out);
        json_text_member(out, "set", bench_sets[noise->set].name);
        json_text_member(out, "op", noise->op);
        json_real_member(out, "low", noise->low);
        json_real_member(out, "high", noise->high);
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
    json_machine(out, machine);
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

bool results_write(const bench_results *results, const bench_machine *machine,
                   const char *path)
{
    json                 out = write_all(results, machine);
    const unsigned char *text;
    size_t               size;
    bool                 good;

    yajl_gen_get_buf(out, &text, &size);
    good = json_file_write(path, text, size);
    if (!good) {
        fprintf(stderr, "inlay-bench: %s: %s\n", path, strerror(errno));
    }
    yajl_gen_free(out);
    return good;
}
