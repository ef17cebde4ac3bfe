// html_data.c -- a result as the JSON that the page reads; see html.h.
//
// The members are those of bench/RESULT.md but for three things: sets, codecs
// and operations are indices, estimates are [median, low, high], and blocks are
// left out.

#include "bench/report/html.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// Writes commas and quotes; structure is the caller's.
typedef struct json {
    FILE *out;
    bool  first; // nothing was written in this object or list yet
} json;

// ---- Writing ---------------------------------------------------------------

// Decodes one code point of UTF-8 that yajl has checked.
static const char *code_point(const char *text, uint32_t *value)
{
    const unsigned char *at = (const unsigned char *)text;
    int more = *at < 0x80 ? 0 : *at < 0xE0 ? 1 : *at < 0xF0 ? 2 : 3;

    *value = more == 0 ? *at : *at & (0x3FU >> more);
    for (at++; more > 0 && *at != '\0'; more--, at++) {
        *value = *value << 6 | (*at & 0x3FU);
    }
    return (const char *)at;
}

static void print_string(FILE *out, const char *text)
{
    fputc('"', out);
    while (*text != '\0') {
        uint32_t value;

        text = code_point(text, &value);
        if (value > 0xFFFF) {
            value -= 0x10000;
            fprintf(out, "\\u%04x\\u%04x", 0xD800 + (unsigned)(value >> 10),
                    0xDC00 + (unsigned)(value & 0x3FF));
        } else if (value < 0x20 || value > 0x7E ||
                   strchr("\"\\<>&", (int)value) != NULL) {
            fprintf(out, "\\u%04x", (unsigned)value);
        } else {
            fputc((int)value, out);
        }
    }
    fputc('"', out);
}

static void comma(json *self)
{
    if (!self->first) {
        fputc(',', self->out);
    }
    self->first = false;
}

static void key(json *self, const char *name)
{
    comma(self);
    print_string(self->out, name);
    fputc(':', self->out);
}

static void begin(json *self, char bracket)
{
    fputc(bracket, self->out);
    self->first = true;
}

static void end(json *self, char bracket)
{
    fputc(bracket, self->out);
    self->first = false;
}

// Lists of objects: each element on a line of its own.
static void list_begin(json *self, const char *name)
{
    key(self, name);
    begin(self, '[');
}

static void element_begin(json *self)
{
    comma(self);
    fputc('\n', self->out);
    begin(self, '{');
}

static void text(json *self, const char *name, const char *value)
{
    if (value != NULL) {
        key(self, name);
        print_string(self->out, value);
    }
}

static void number(json *self, const char *name, double value)
{
    if (!isnan(value)) {
        key(self, name);
        fprintf(self->out, "%.9g", value);
    }
}

static void index_of(json *self, const char *name, size_t value)
{
    key(self, name);
    fprintf(self->out, "%zu", value);
}

static void flag(json *self, const char *name, result_flag value)
{
    if (value != RESULT_UNKNOWN) {
        key(self, name);
        fputs(value == RESULT_YES ? "true" : "false", self->out);
    }
}

static void estimate(json *self, const char *name, const result_estimate *value)
{
    if (!isnan(value->median)) {
        key(self, name);
        fprintf(self->out, "[%.7g,%.7g,%.7g]", value->median, value->low,
                value->high);
    }
}

// ---- Parts -----------------------------------------------------------------

static void print_names(json *self)
{
    int i;

    list_begin(self, "ops");
    for (i = 0; i < RESULT_OPS; i++) {
        comma(self);
        print_string(self->out, result_op_name((result_op)i));
    }
    end(self, ']');
    list_begin(self, "trusts");
    for (i = 0; i < RESULT_TRUSTS; i++) {
        element_begin(self);
        text(self, "name", result_trust_name((result_trust)i));
        text(self, "about", result_trust_about((result_trust)i));
        end(self, '}');
    }
    end(self, ']');
}

static void print_machine(json *self, const result_machine *machine)
{
    key(self, "machine");
    begin(self, '{');
    text(self, "cpu", machine->cpu);
    number(self, "cores", machine->cores);
    number(self, "l1d", machine->l1d);
    number(self, "l2", machine->l2);
    number(self, "l3", machine->l3);
    text(self, "flags", machine->flags);
    text(self, "kernel", machine->kernel);
    text(self, "os", machine->os);
    text(self, "compiler", machine->compiler);
    text(self, "compile_flags", machine->compile_flags);
    text(self, "governor", machine->governor);
    text(self, "turbo", machine->turbo);
    flag(self, "hypervisor", machine->hypervisor);
    text(self, "counters", machine->counters);
    number(self, "load_before", machine->load_before);
    number(self, "load_after", machine->load_after);
    number(self, "steal_percent", machine->steal_percent);
    text(self, "clock", machine->clock);
    number(self, "clock_resolution_ns", machine->clock_resolution_ns);
    flag(self, "aslr", machine->aslr);
    number(self, "environment_bytes", machine->environment_bytes);
    end(self, '}');
}

static void print_runs(json *self, const result *from)
{
    size_t i;

    list_begin(self, "runs");
    for (i = 0; i < from->run_count; i++) {
        const result_run *run = &from->runs[i];

        element_begin(self);
        text(self, "when", run->when);
        text(self, "version", run->inlay_version);
        text(self, "commit", run->inlay_commit);
        text(self, "profile", run->profile);
        number(self, "blocks", run->blocks);
        number(self, "block_ns", run->block_ns);
        number(self, "seed", run->seed);
        print_machine(self, &run->machine);
        end(self, '}');
    }
    end(self, ']');
}

static void print_sets(json *self, const result *from)
{
    size_t i;

    list_begin(self, "sets");
    for (i = 0; i < from->set_count; i++) {
        element_begin(self);
        text(self, "name", from->sets[i].name);
        text(self, "about", from->sets[i].about);
        number(self, "records", from->sets[i].records);
        number(self, "messages", from->sets[i].messages);
        end(self, '}');
    }
    end(self, ']');
}

static void print_codecs(json *self, const result *from)
{
    size_t i;
    size_t j;

    list_begin(self, "codecs");
    for (i = 0; i < from->codec_count; i++) {
        const result_codec *codec = &from->codecs[i];

        element_begin(self);
        text(self, "id", codec->id);
        text(self, "name", codec->name);
        text(self, "format", codec->format);
        text(self, "language", codec->language);
        text(self, "version", codec->version);
        index_of(self, "trust", (size_t)codec->trust);
        text(self, "memory", codec->memory);
        text(self, "note", codec->note);
        list_begin(self, "code");
        for (j = 0; j < codec->code_count; j++) {
            comma(self);
            fprintf(self->out, "[%zu,%.9g]", codec->code[j].set,
                    codec->code[j].bytes);
        }
        end(self, ']');
        end(self, '}');
    }
    end(self, ']');
}

static void print_skipped(json *self, const result *from)
{
    size_t i;

    list_begin(self, "skipped");
    for (i = 0; i < from->skip_count; i++) {
        element_begin(self);
        text(self, "name", from->skipped[i].name);
        text(self, "reason", from->skipped[i].reason);
        end(self, '}');
    }
    end(self, ']');
}

static void print_cell(json *self, const result_cell *cell)
{
    element_begin(self);
    index_of(self, "set", cell->set);
    index_of(self, "codec", cell->codec);
    index_of(self, "op", (size_t)cell->op);
    if (cell->absent != NULL) {
        text(self, "absent", cell->absent);
    } else {
        estimate(self, "ns", &cell->ns);
        number(self, "min", cell->ns_min);
        estimate(self, "ratio", &cell->ratio);
        index_of(self, "blocks", cell->block_count);
        index_of(self, "outliers",
                 cell->outliers.low_severe + cell->outliers.low_mild +
                     cell->outliers.high_mild + cell->outliers.high_severe);
        number(self, "contaminated", cell->contaminated);
        number(self, "allocations", cell->allocations);
        number(self, "allocated", cell->allocated_bytes);
        number(self, "peak", cell->allocated_peak);
        number(self, "instructions", cell->instructions);
    }
    end(self, '}');
}

// Those that result_cell_at finds: of two that overlap, one.
static void print_cells(json *self, const result *from)
{
    size_t i;

    list_begin(self, "cells");
    for (i = 0; i < from->cell_count; i++) {
        const result_cell *cell = &from->cells[i];

        if (result_cell_at(from, cell->set, cell->codec, cell->op) == cell) {
            print_cell(self, cell);
        }
    }
    end(self, ']');
}

static void print_sizes(json *self, const result *from)
{
    size_t i;

    list_begin(self, "sizes");
    for (i = 0; i < from->size_count; i++) {
        element_begin(self);
        index_of(self, "set", from->sizes[i].set);
        index_of(self, "codec", from->sizes[i].codec);
        number(self, "bytes", from->sizes[i].bytes);
        number(self, "zstd1", from->sizes[i].zstd1);
        number(self, "lz4", from->sizes[i].lz4);
        end(self, '}');
    }
    end(self, ']');
}

static void print_latency(json *self, const result *from)
{
    size_t i;
    size_t j;

    list_begin(self, "latency");
    for (i = 0; i < from->latency_count; i++) {
        const result_latency *one = &from->latency[i];

        element_begin(self);
        index_of(self, "set", one->set);
        index_of(self, "codec", one->codec);
        index_of(self, "op", (size_t)one->op);
        text(self, "cache", one->cache);
        number(self, "count", one->count);
        number(self, "overhead", one->overhead);
        number(self, "p50", one->p50);
        number(self, "p90", one->p90);
        number(self, "p99", one->p99);
        number(self, "p999", one->p999);
        number(self, "max", one->max);
        list_begin(self, "histogram");
        for (j = 0; j < one->bucket_count; j++) {
            comma(self);
            fprintf(self->out, "[%.6g,%.9g]", one->buckets[j].ns,
                    one->buckets[j].count);
        }
        end(self, ']');
        end(self, '}');
    }
    end(self, ']');
}

static void print_noise(json *self, const result *from)
{
    size_t i;

    list_begin(self, "noise");
    for (i = 0; i < from->noise_count; i++) {
        element_begin(self);
        index_of(self, "set", from->noise[i].set);
        index_of(self, "op", (size_t)from->noise[i].op);
        number(self, "low", from->noise[i].low);
        number(self, "high", from->noise[i].high);
        end(self, '}');
    }
    end(self, ']');
}

static void print_ipc(json *self, const result *from)
{
    size_t i;

    list_begin(self, "ipc");
    for (i = 0; i < from->ipc_count; i++) {
        const result_ipc *row = &from->ipc[i];

        element_begin(self);
        text(self, "group", row->group);
        text(self, "about", row->about);
        text(self, "unit", row->unit);
        text(self, "name", row->name);
        text(self, "note", row->note);
        text(self, "absent", row->absent);
        estimate(self, "ns", &row->ns);
        estimate(self, "ratio", &row->ratio);
        end(self, '}');
    }
    end(self, ']');
}

void html_data_print(const result *self, FILE *out)
{
    json writer = {out, true};

    begin(&writer, '{');
    print_names(&writer);
    print_runs(&writer, self);
    print_sets(&writer, self);
    print_codecs(&writer, self);
    print_skipped(&writer, self);
    print_cells(&writer, self);
    print_sizes(&writer, self);
    print_latency(&writer, self);
    print_noise(&writer, self);
    print_ipc(&writer, self);
    end(&writer, '}');
    fputc('\n', out);
}
