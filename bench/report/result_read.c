// result_read.c -- result files into structs; see result.h.
//
// One function per part of bench/RESULT.md. Getters of reader.h return what
// stands for nothing once something is wrong, so nothing here checks after
// every member; loops and what would act on nonsense ask `failed`.

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/report/reader.h"

// ---- Machine and run -------------------------------------------------------

static void read_machine(reader *self, const place *root, result_machine *out)
{
    place at;
    place caches;

    if (!reader_object(self, root, "machine", MUST, &at)) {
        return;
    }
    out->cpu = reader_text(self, &at, "cpu", MUST);
    out->kernel = reader_text(self, &at, "kernel", MUST);
    out->cores = reader_number(self, &at, "cores", MUST);
    out->flags = reader_text(self, &at, "flags", MAY);
    out->os = reader_text(self, &at, "os", MAY);
    out->compiler = reader_text(self, &at, "compiler", MAY);
    out->compile_flags = reader_text(self, &at, "compile_flags", MAY);
    out->governor = reader_text(self, &at, "governor", MAY);
    out->turbo = reader_text(self, &at, "turbo", MAY);
    out->counters = reader_text(self, &at, "counters", MAY);
    out->clock = reader_text(self, &at, "clock", MAY);
    out->load_before = reader_number(self, &at, "load_before", MAY);
    out->load_after = reader_number(self, &at, "load_after", MAY);
    out->steal_percent = reader_number(self, &at, "steal_percent", MAY);
    out->clock_resolution_ns =
        reader_number(self, &at, "clock_resolution_ns", MAY);
    out->environment_bytes = reader_number(self, &at, "environment_bytes", MAY);
    out->hypervisor = reader_flag(self, &at, "hypervisor");
    out->aslr = reader_flag(self, &at, "aslr");
    out->l1d = out->l2 = out->l3 = NAN;
    if (reader_object(self, &at, "caches", MAY, &caches)) {
        out->l1d = reader_number(self, &caches, "l1d", MAY);
        out->l2 = reader_number(self, &caches, "l2", MAY);
        out->l3 = reader_number(self, &caches, "l3", MAY);
    }
}

static void read_run(reader *self, const place *root)
{
    result_run *run = &self->result->runs[self->run];
    place       at;

    run->path = self->path;
    run->when = reader_text(self, root, "when", MUST);
    if (reader_object(self, root, "inlay", MUST, &at)) {
        run->inlay_version = reader_text(self, &at, "version", MUST);
        run->inlay_commit = reader_text(self, &at, "commit", MAY);
    }
    read_machine(self, root, &run->machine);
    run->blocks = run->block_ns = run->seed = NAN;
    if (reader_object(self, root, "settings", MAY, &at)) {
        run->profile = reader_text(self, &at, "profile", MAY);
        run->blocks = reader_number(self, &at, "blocks", MAY);
        run->block_ns = reader_number(self, &at, "block_ns", MAY);
        run->seed = reader_number(self, &at, "seed", MAY);
    }
}

// ---- Sets and codecs -------------------------------------------------------

static void read_sets(reader *self, const place *root)
{
    result *to = self->result;
    size_t  before = to->set_count;
    place   all;
    size_t  count = reader_list(self, root, "sets", MUST, &all);
    size_t  i;

    to->sets = reader_grow(self, to->sets, before, count, sizeof *to->sets);
    for (i = 0; i < count && !self->failed; i++) {
        place      at = reader_element(&all, i);
        result_set set = {
            .name = reader_text(self, &at, "name", MUST),
            .about = reader_text(self, &at, "about", MAY),
            .records = reader_number(self, &at, "records", MAY),
            .messages = reader_number(self, &at, "messages", MAY),
        };
        size_t known = result_set_find(to, set.name);

        if (known == RESULT_NOT_FOUND) {
            to->sets[to->set_count++] = set;
        } else if (known >= before) {
            reader_fail_at(self, &at, "a set of this name was there before");
        } else if (to->sets[known].records != set.records &&
                   !(isnan(to->sets[known].records) || isnan(set.records))) {
            reader_fail_at(
                self, &at,
                "the same set has another number of records in the files "
                "before; measure the same data");
        }
    }
}

// A run may leave sets out whose code was measured all the same.
static void read_code(reader *self, const place *at, result_codec *codec)
{
    result_code *code;
    place        sizes;
    size_t       count;
    size_t       i;

    if (!reader_object(self, at, "code_bytes", MAY, &sizes)) {
        return;
    }
    count = sizes.value->u.object.len;
    code =
        reader_grow(self, codec->code, codec->code_count, count, sizeof *code);
    for (i = 0; i < count; i++) {
        const char *name = sizes.value->u.object.keys[i];
        double      bytes = reader_number(self, &sizes, name, MAY);
        size_t      set = result_set_find(self->result, name);

        if (set != RESULT_NOT_FOUND && !isnan(bytes)) {
            code[codec->code_count++] = (result_code){set, bytes};
        }
    }
    codec->code = code;
}

// Two files agree on what a codec is.
static void check_same_codec(reader *self, const place *at,
                             const result_codec *one, const result_codec *other)
{
    const char *what = strcmp(one->name, other->name) != 0         ? "name"
                       : one->trust != other->trust                ? "trust"
                       : strcmp(one->version, other->version) != 0 ? "version"
                       : strcmp(one->memory, other->memory) != 0   ? "memory"
                                                                   : NULL;
    char        complaint[300];

    if (what != NULL) {
        snprintf(complaint, sizeof complaint,
                 "the codec `%.80s` has another %s in the files before; give "
                 "one of the two another id",
                 one->id, what);
        reader_fail_at(self, at, complaint);
    }
}

static void read_codecs(reader *self, const place *root)
{
    result *to = self->result;
    size_t  before = to->codec_count;
    place   all;
    size_t  count = reader_list(self, root, "codecs", MUST, &all);
    size_t  i;

    to->codecs =
        reader_grow(self, to->codecs, before, count, sizeof *to->codecs);
    for (i = 0; i < count && !self->failed; i++) {
        place        at = reader_element(&all, i);
        result_codec codec = {
            .id = reader_text(self, &at, "id", MUST),
            .name = reader_text(self, &at, "name", MUST),
            .format = reader_text(self, &at, "format", MUST),
            .language = reader_text(self, &at, "language", MUST),
            .version = reader_text(self, &at, "version", MUST),
            .memory = reader_text(self, &at, "memory", MUST),
            .note = reader_text(self, &at, "note", MAY),
            .trust = reader_trust_of(self, &at),
        };
        size_t known = result_codec_find(to, codec.id);

        if (known == RESULT_NOT_FOUND) {
            known = to->codec_count++;
            to->codecs[known] = codec;
        } else if (known >= before) {
            reader_fail_at(self, &at, "a codec of this id was there before");
        } else {
            check_same_codec(self, &at, &codec, &to->codecs[known]);
        }
        read_code(self, &at, &to->codecs[known]);
    }
}

static void read_skipped(reader *self, const place *root)
{
    result *to = self->result;
    place   all;
    size_t  count = reader_list(self, root, "skipped", MAY, &all);
    size_t  i;

    to->skipped = reader_grow(self, to->skipped, to->skip_count, count,
                              sizeof *to->skipped);
    for (i = 0; i < count && !self->failed; i++) {
        place at = reader_element(&all, i);

        to->skipped[to->skip_count++] = (result_skip){
            .id = reader_text(self, &at, "id", MUST),
            .name = reader_text(self, &at, "name", MUST),
            .reason = reader_text(self, &at, "reason", MUST),
        };
    }
}

// ---- Cells -----------------------------------------------------------------

static const double *times(reader *self, const place *at, const char *name,
                           size_t *count)
{
    place   all;
    double *values;
    size_t  i;

    *count = reader_list(self, at, name, MAY, &all);
    if (*count == 0) {
        return NULL;
    }
    values = data_arena_array(&self->result->memory, *count, sizeof *values);
    for (i = 0; i < *count && !self->failed; i++) {
        place one = reader_element(&all, i);

        values[i] = reader_time_at(self, &one);
    }
    return values;
}

static void read_blocks(reader *self, const place *at, result_cell *cell)
{
    size_t anchor_count;

    cell->blocks = times(self, at, "blocks", &cell->block_count);
    cell->anchors = times(self, at, "anchors", &anchor_count);
    if (!self->failed && cell->anchors != NULL &&
        anchor_count != cell->block_count) {
        reader_fail_at(self, at,
                       "there have to be as many anchors as blocks" SEE_FORMAT);
    }
}

static size_t count_of(reader *self, const place *at, const char *name)
{
    double value = reader_number(self, at, name, MAY);

    return value < (double)SIZE_MAX ? (size_t)value : 0; // NAN is not below
}

static void read_measured(reader *self, const place *at, result_cell *cell)
{
    place part;

    if (reader_object(self, at, "ns", MUST, &part)) {
        cell->ns = reader_estimate(self, &part);
        cell->ns_min = reader_time_of(self, &part, "min", MAY);
    }
    if (reader_object(self, at, "ratio", MAY, &part)) {
        cell->ratio = reader_estimate(self, &part);
    }
    read_blocks(self, at, cell);
    if (reader_object(self, at, "outliers", MAY, &part)) {
        cell->outliers.low_severe = count_of(self, &part, "low_severe");
        cell->outliers.low_mild = count_of(self, &part, "low_mild");
        cell->outliers.high_mild = count_of(self, &part, "high_mild");
        cell->outliers.high_severe = count_of(self, &part, "high_severe");
    }
    cell->contaminated = reader_number(self, at, "contaminated", MAY);
    if (reader_object(self, at, "allocations", MAY, &part)) {
        cell->allocations = reader_number(self, &part, "count", MUST);
        cell->allocated_bytes = reader_number(self, &part, "bytes", MAY);
        cell->allocated_peak = reader_number(self, &part, "peak", MAY);
    }
    cell->instructions = reader_number(self, at, "instructions", MAY);
}

static result_cell cell_nothing(void)
{
    const result_estimate none = {NAN, NAN, NAN};

    return (result_cell){
        .ns = none,
        .ns_min = NAN,
        .ratio = none,
        .contaminated = NAN,
        .allocations = NAN,
        .allocated_bytes = NAN,
        .allocated_peak = NAN,
        .instructions = NAN,
    };
}

static void read_cells(reader *self, const place *root)
{
    result *to = self->result;
    place   all;
    size_t  count = reader_list(self, root, "cells", MUST, &all);
    size_t  i;

    to->cells =
        reader_grow(self, to->cells, to->cell_count, count, sizeof *to->cells);
    for (i = 0; i < count && !self->failed; i++) {
        place       at = reader_element(&all, i);
        result_cell cell = cell_nothing();

        cell.run = self->run;
        cell.set = reader_reference(self, &at, "set", result_set_find);
        cell.codec = reader_reference(self, &at, "codec", result_codec_find);
        cell.op = reader_op_of(self, &at);
        cell.absent = reader_text(self, &at, "absent", MAY);
        if (cell.absent == NULL) {
            read_measured(self, &at, &cell);
        }
        to->cells[to->cell_count++] = cell;
    }
}

// ---- Sizes, latency, noise -------------------------------------------------

static void read_sizes(reader *self, const place *root)
{
    result *to = self->result;
    place   all;
    size_t  count = reader_list(self, root, "sizes", MAY, &all);
    size_t  i;

    to->sizes =
        reader_grow(self, to->sizes, to->size_count, count, sizeof *to->sizes);
    for (i = 0; i < count && !self->failed; i++) {
        place       at = reader_element(&all, i);
        result_size size = {
            .set = reader_reference(self, &at, "set", result_set_find),
            .codec = reader_reference(self, &at, "codec", result_codec_find),
            .bytes = reader_number(self, &at, "bytes", MUST),
            .zstd1 = reader_number(self, &at, "zstd1", MAY),
            .lz4 = reader_number(self, &at, "lz4", MAY),
        };
        const result_size *known =
            self->failed ? NULL : result_size_at(to, size.set, size.codec);

        if (known == NULL) {
            to->sizes[to->size_count++] = size;
        } else if (known->bytes != size.bytes) {
            reader_fail_at(self, &at,
                           "this size was given before, and differently");
        }
    }
}

static void read_histogram(reader *self, const place *at, result_latency *out)
{
    place          all;
    size_t         count = reader_list(self, at, "histogram", MAY, &all);
    result_bucket *buckets =
        data_arena_array(&self->result->memory, count, sizeof *buckets);
    size_t i;

    for (i = 0; i < count && !self->failed; i++) {
        place pair = reader_element(&all, i);
        place part;

        if (!YAJL_IS_ARRAY(pair.value) || pair.value->u.array.len != 2) {
            reader_fail_at(self, &pair,
                           "has to be a pair, time and count" SEE_FORMAT);
            return;
        }
        part = reader_element(&pair, 0);
        buckets[i].ns = reader_number_at(self, &part);
        part = reader_element(&pair, 1);
        buckets[i].count = reader_number_at(self, &part);
        if (!self->failed && i > 0 && buckets[i].ns <= buckets[i - 1].ns) {
            reader_fail_at(self, &pair, "times have to ascend" SEE_FORMAT);
        }
    }
    out->buckets = buckets;
    out->bucket_count = count;
}

static void read_latency(reader *self, const place *root)
{
    result *to = self->result;
    place   all;
    size_t  count = reader_list(self, root, "latency", MAY, &all);
    size_t  i;

    to->latency = reader_grow(self, to->latency, to->latency_count, count,
                              sizeof *to->latency);
    for (i = 0; i < count && !self->failed; i++) {
        place          at = reader_element(&all, i);
        result_latency latency = {
            .set = reader_reference(self, &at, "set", result_set_find),
            .codec = reader_reference(self, &at, "codec", result_codec_find),
            .op = reader_op_of(self, &at),
            .cache = reader_text(self, &at, "cache", MUST),
            .count = reader_number(self, &at, "count", MUST),
            .overhead = reader_number(self, &at, "overhead", MAY),
            .p50 = reader_number(self, &at, "p50", MUST),
            .p90 = reader_number(self, &at, "p90", MUST),
            .p99 = reader_number(self, &at, "p99", MUST),
            .p999 = reader_number(self, &at, "p999", MUST),
            .max = reader_number(self, &at, "max", MUST),
        };

        read_histogram(self, &at, &latency);
        to->latency[to->latency_count++] = latency;
    }
}

// Of several files the widest interval holds.
static void noise_add(result *to, const result_noise *noise)
{
    size_t i;

    for (i = 0; i < to->noise_count; i++) {
        result_noise *known = &to->noise[i];

        if (known->set == noise->set && known->op == noise->op) {
            known->low = fmin(known->low, noise->low);
            known->high = fmax(known->high, noise->high);
            return;
        }
    }
    to->noise[to->noise_count++] = *noise;
}

static void read_noise(reader *self, const place *root)
{
    result *to = self->result;
    place   all;
    size_t  count = reader_list(self, root, "noise", MAY, &all);
    size_t  i;

    to->noise =
        reader_grow(self, to->noise, to->noise_count, count, sizeof *to->noise);
    for (i = 0; i < count && !self->failed; i++) {
        place        at = reader_element(&all, i);
        result_noise noise = {
            .set = reader_reference(self, &at, "set", result_set_find),
            .op = reader_op_of(self, &at),
            .low = reader_time_of(self, &at, "low", MUST),
            .high = reader_time_of(self, &at, "high", MUST),
        };

        if (!self->failed && noise.low > noise.high) {
            reader_fail_at(self, &at, "low <= high does not hold" SEE_FORMAT);
        }
        noise_add(to, &noise);
    }
}

// ---- Carriers --------------------------------------------------------------

static void read_ipc(reader *self, const place *root)
{
    const result_estimate none = {NAN, NAN, NAN};
    result               *to = self->result;
    place                 all;
    size_t                count = reader_list(self, root, "ipc", MAY, &all);
    size_t                i;

    to->ipc = reader_grow(self, to->ipc, to->ipc_count, count, sizeof *to->ipc);
    for (i = 0; i < count && !self->failed; i++) {
        place      at = reader_element(&all, i);
        place      part;
        result_ipc row = {
            .group = reader_text(self, &at, "group", MUST),
            .about = reader_text(self, &at, "about", MUST),
            .unit = reader_text(self, &at, "unit", MUST),
            .name = reader_text(self, &at, "name", MUST),
            .note = reader_text(self, &at, "note", MAY),
            .absent = reader_text(self, &at, "absent", MAY),
            .ns = none,
            .ratio = none,
        };

        if (row.absent == NULL && reader_object(self, &at, "ns", MUST, &part)) {
            row.ns = reader_estimate(self, &part);
        }
        if (row.absent == NULL &&
            reader_object(self, &at, "ratio", MAY, &part)) {
            row.ratio = reader_estimate(self, &part);
        }
        to->ipc[to->ipc_count++] = row;
    }
}

// ---- All of it -------------------------------------------------------------

// Makes the table of result_cell_at. Of an absent and a measured cell the
// measured one counts; two measured ones are an error.
static void index_cells(reader *self)
{
    result *to = self->result;
    size_t  count = to->set_count * to->codec_count * RESULT_OPS;
    size_t  i;

    to->grid = data_arena_array(&to->memory, count, sizeof *to->grid);
    for (i = 0; i < count; i++) {
        to->grid[i] = RESULT_NOT_FOUND;
    }
    for (i = 0; i < to->cell_count; i++) {
        const result_cell *cell = &to->cells[i];
        size_t            *at =
            &to->grid[(cell->set * to->codec_count + cell->codec) * RESULT_OPS +
                      cell->op];
        const result_cell *other =
            *at == RESULT_NOT_FOUND ? NULL : &to->cells[*at];

        if (other == NULL || other->absent != NULL) {
            *at = i;
        } else if (cell->absent == NULL) {
            self->path = to->runs[cell->run].path;
            reader_fail(
                self,
                "cells: %s of %s on %s was measured before, in %s; leave one "
                "of the files out",
                result_op_name(cell->op), to->codecs[cell->codec].id,
                to->sets[cell->set].name, to->runs[other->run].path);
        }
    }
}

// What one file skipped another may have measured, or skipped too.
static void drop_skipped(result *to)
{
    size_t kept = 0;
    size_t i;
    size_t j;

    for (i = 0; i < to->skip_count; i++) {
        bool drop =
            result_codec_find(to, to->skipped[i].id) != RESULT_NOT_FOUND;

        for (j = 0; j < kept; j++) {
            drop = drop || strcmp(to->skipped[j].id, to->skipped[i].id) == 0;
        }
        if (!drop) {
            to->skipped[kept++] = to->skipped[i];
        }
    }
    to->skip_count = kept;
}

static void check_format(reader *self, const place *root)
{
    const char *format = reader_text(self, root, "format", MUST);

    if (!self->failed && strcmp(format, RESULT_FORMAT) != 0) {
        reader_fail(
            self,
            "format: this program reads \"" RESULT_FORMAT "\", not \"%.40s\"; "
            "run the benchmarks again, or use the program that wrote the file",
            format);
    }
}

static void check_machine(reader *self)
{
    const result_run *first = &self->result->runs[0];
    const result_run *run = &self->result->runs[self->run];
    char              difference[RESULT_DIFFERENCE_SIZE];

    if (!self->failed &&
        result_machines_differ(&run->machine, &first->machine, difference,
                               sizeof difference)) {
        reader_fail(
            self,
            "machine.%s as in %s; times of different machines do not go "
            "together: report on each file by itself",
            difference, first->path);
    }
}

static void read_root(reader *self, const place *root)
{
    check_format(self, root);
    read_run(self, root);
    check_machine(self);
    read_sets(self, root);
    read_codecs(self, root);
    read_skipped(self, root);
    read_cells(self, root);
    read_sizes(self, root);
    read_latency(self, root);
    read_noise(self, root);
    read_ipc(self, root);
}

// Returns the bytes of the file and a NUL; NULL after an error.
static char *read_bytes(reader *self)
{
    FILE  *file = fopen(self->path, "rb");
    char  *bytes = NULL;
    size_t size = 0;
    size_t capacity = 0;

    while (file != NULL && !feof(file) && !ferror(file)) {
        if (capacity - size < 2) {
            char *grown;

            capacity = capacity * 2 + 65536;
            grown = realloc(bytes, capacity);
            if (grown == NULL) {
                reader_fail(self, "memory ran out");
                break;
            }
            bytes = grown;
        }
        size += fread(bytes + size, 1, capacity - size - 1, file);
        bytes[size] = '\0';
    }
    if (file == NULL || ferror(file)) {
        reader_fail(self, "%s", strerror(errno));
    }
    if (file != NULL) {
        fclose(file);
    }
    if (!self->failed && strlen(bytes) != size) {
        reader_fail(self, "not JSON: a NUL byte");
    }
    return bytes;
}

static void read_file(reader *self)
{
    char     message[200] = "";
    char    *bytes = read_bytes(self);
    yajl_val tree = NULL;
    place    root = {NULL, NULL, 0, NULL};

    if (!self->failed) {
        tree = yajl_tree_parse(bytes, message, sizeof message);
    }
    if (tree == NULL) {
        message[strcspn(message, "\n")] = '\0';
        reader_fail(
            self,
            "not JSON: %s; a run that was interrupted writes half a file: run "
            "it again",
            message);
    } else {
        root.value = tree;
        read_root(self, &root);
    }
    yajl_tree_free(tree);
    free(bytes);
}

result *result_read(const char *const *paths, size_t count, result_error *error)
{
    data_arena memory = {0};
    result    *self = data_arena_array(&memory, 1, sizeof *self);
    reader     reading = {.result = self, .path = "", .error = error};

    self->memory = memory;
    self->runs = data_arena_array(&self->memory, count, sizeof *self->runs);
    if (count == 0) {
        reader_fail(&reading, "no result file was given");
    }
    for (; reading.run < count && !reading.failed; reading.run++) {
        reading.path = paths[reading.run];
        read_file(&reading);
    }
    self->run_count = count;
    if (!reading.failed) {
        index_cells(&reading);
        drop_skipped(self);
    }
    if (reading.failed) {
        result_free(self);
        return NULL;
    }
    return self;
}
