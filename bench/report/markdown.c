// markdown.c -- the tables of a README; see markdown.h.

#include "bench/report/markdown.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/report/figures.h"

enum {
    REASONS_MAX = 50,
    OPS_TIMED = RESULT_ZSTD_PACK // those before are the codecs' own
};

// ---- Text ------------------------------------------------------------------

// Prints a text that comes from a file so that it stays a text.
static void print_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("\\|<>&*_[]`#~", *text) != NULL) {
            fputc('\\', out);
        }
        fputc(*text == '\n' ? ' ' : *text, out);
    }
}

static const char *heading(result_op op)
{
    static const char *const names[RESULT_OPS] = {
        "build",     "encode",      "verify",       "open",
        "read one",  "read tenth",  "read scalars", "read strings",
        "look up",   "update",      "decode",       "decode, owned",
        "zstd pack", "zstd unpack", "LZ4 pack",     "LZ4 unpack",
    };

    return names[op];
}

// Prints the row below a table's head: the first column left, numbers right.
static void print_ruler(FILE *out, size_t columns)
{
    size_t i;

    fputs("|---|", out);
    for (i = 0; i < columns; i++) {
        fputs("---:|", out);
    }
    fputc('\n', out);
}

// Prints the row that says which trust level follows.
static void print_trust_row(FILE *out, result_trust trust, size_t columns)
{
    fprintf(out, "| *%s* |", result_trust_name(trust));
    for (; columns > 0; columns--) {
        fputs(" |", out);
    }
    fputc('\n', out);
}

// Prints the first column: the codec's name.
static void print_name(FILE *out, const result_codec *codec)
{
    bool ours = strcmp(codec->format, "Inlay") == 0;

    fputs(ours ? "| **" : "| ", out);
    print_text(out, codec->name);
    fputs(ours ? "** |" : " |", out);
}

// ---- Times -----------------------------------------------------------------

// A table of some operations on one set, and the reasons below it.
typedef struct table {
    const result *result;
    FILE         *out;
    size_t        set;
    result_op     ops[RESULT_OPS];
    size_t        op_count;
    const char   *reasons[REASONS_MAX];
    size_t        reason_count;
} table;

// Takes the operations that any codec was measured in.
static void table_init(table *self, const result *from, FILE *out, size_t set,
                       int first, int end)
{
    size_t codec;
    int    op;

    *self = (table){.result = from, .out = out, .set = set};
    for (op = first; op < end; op++) {
        for (codec = 0; codec < from->codec_count; codec++) {
            if (result_measured(from, set, codec, (result_op)op) != NULL) {
                self->ops[self->op_count++] = (result_op)op;
                break;
            }
        }
    }
}

// Returns the number of a reason below the table, from 1; 0 when there are too
// many.
static size_t reason_number(table *self, const char *reason)
{
    size_t i;

    for (i = 0; i < self->reason_count; i++) {
        if (strcmp(self->reasons[i], reason) == 0) {
            return i + 1;
        }
    }
    if (self->reason_count == REASONS_MAX) {
        return 0;
    }
    self->reasons[self->reason_count++] = reason;
    return self->reason_count;
}

static bool inside(const result_estimate *ratio, const result_noise *noise)
{
    return noise != NULL && ratio->high >= noise->low &&
           ratio->low <= noise->high;
}

static void print_ratio(const table *self, size_t codec, result_op op)
{
    result_trust trust = self->result->codecs[codec].trust;
    size_t       base = result_inlay_at(self->result, self->set, trust, op);
    const result_cell *cell =
        result_measured(self->result, self->set, codec, op);
    result_estimate ratio;

    if (base == RESULT_NOT_FOUND || trust == RESULT_FLOOR) {
        return;
    }
    ratio = result_quotient(cell,
                            result_measured(self->result, self->set, base, op));
    if (base == codec) {
        fputs(" ×1", self->out);
    } else if (inside(&ratio, result_noise_at(self->result, self->set, op))) {
        fputs(" ≈1", self->out);
    } else {
        fprintf(self->out, " ×%s",
                figure_ratio(ratio.median, figure_digits(&ratio)).text);
    }
}

static void print_cell(table *self, size_t codec, result_op op)
{
    const result_cell *cell =
        result_cell_at(self->result, self->set, codec, op);
    size_t number;

    if (cell == NULL) {
        fputs(" |", self->out);
        return;
    }
    if (cell->absent != NULL) {
        number = reason_number(self, cell->absent);
        fputs(" n/a", self->out);
        if (number > 0) {
            fprintf(self->out, "<sup>%zu</sup>", number);
        }
    } else {
        fprintf(self->out, " %s", figure_estimate(&cell->ns).text);
        print_ratio(self, codec, op);
    }
    fputs(" |", self->out);
}

static bool has_row(const table *self, size_t codec)
{
    size_t i;

    for (i = 0; i < self->op_count; i++) {
        if (result_measured(self->result, self->set, codec, self->ops[i])) {
            return true;
        }
    }
    return false;
}

static void print_group(table *self, result_trust trust)
{
    bool   any = false;
    size_t codec;
    size_t i;

    for (codec = 0; codec < self->result->codec_count; codec++) {
        if (self->result->codecs[codec].trust != trust ||
            !has_row(self, codec)) {
            continue;
        }
        if (!any) {
            print_trust_row(self->out, trust, self->op_count);
            any = true;
        }
        print_name(self->out, &self->result->codecs[codec]);
        for (i = 0; i < self->op_count; i++) {
            print_cell(self, codec, self->ops[i]);
        }
        fputc('\n', self->out);
    }
}

static void print_noise(table *self)
{
    size_t i;

    fputs("| *noise floor* |", self->out);
    for (i = 0; i < self->op_count; i++) {
        const result_noise *noise =
            result_noise_at(self->result, self->set, self->ops[i]);

        if (noise == NULL) {
            fputs(" not measured |", self->out);
        } else {
            fprintf(self->out, " %.3f to %.3f |", noise->low, noise->high);
        }
    }
    fputc('\n', self->out);
}

static void print_times(table *self)
{
    size_t i;
    int    trust;

    fputs("| time per message, ratio to Inlay |", self->out);
    for (i = 0; i < self->op_count; i++) {
        fprintf(self->out, " %s |", heading(self->ops[i]));
    }
    fputc('\n', self->out);
    print_ruler(self->out, self->op_count);
    for (trust = 0; trust < RESULT_TRUSTS; trust++) {
        print_group(self, (result_trust)trust);
    }
    print_noise(self);
    fputc('\n', self->out);
    for (i = 0; i < self->reason_count; i++) {
        fprintf(self->out, "%s<sup>%zu</sup> ", i > 0 ? "; " : "n/a: ", i + 1);
        print_text(self->out, self->reasons[i]);
    }
    fputs(self->reason_count > 0 ? ".\n\n" : "", self->out);
}

// ---- Folded parts ----------------------------------------------------------

static void print_fold(FILE *out, const char *title)
{
    fprintf(out, "<details><summary>%s</summary>\n\n", title);
}

static void print_unfold(FILE *out)
{
    fputs("</details>\n\n", out);
}

// ---- Allocations -----------------------------------------------------------

static bool allocates(const table *self, size_t codec)
{
    size_t i;

    for (i = 0; i < self->op_count; i++) {
        const result_cell *cell =
            result_measured(self->result, self->set, codec, self->ops[i]);

        if (cell != NULL && cell->allocations > 0.0) {
            return true;
        }
    }
    return false;
}

static void print_allocations_of(table *self, size_t codec)
{
    size_t i;

    print_name(self->out, &self->result->codecs[codec]);
    for (i = 0; i < self->op_count; i++) {
        const result_cell *cell =
            result_measured(self->result, self->set, codec, self->ops[i]);

        if (cell == NULL || isnan(cell->allocations)) {
            fputs(cell == NULL ? " |" : " not measured |", self->out);
        } else if (cell->allocations == 0.0) {
            fputs(" 0 |", self->out);
        } else {
            fprintf(self->out, " %s, %s |",
                    figure_count(cell->allocations).text,
                    figure_bytes(cell->allocated_bytes).text);
        }
    }
    fputc('\n', self->out);
}

// Names those that never allocated where that was counted.
static void print_frugal(table *self)
{
    const char *before = "No allocation in any operation: ";
    size_t      codec;
    size_t      i;

    for (codec = 0; codec < self->result->codec_count; codec++) {
        bool counted = false;

        for (i = 0; i < self->op_count; i++) {
            const result_cell *cell =
                result_measured(self->result, self->set, codec, self->ops[i]);

            counted = counted || (cell != NULL && cell->allocations == 0.0);
        }
        if (counted && !allocates(self, codec)) {
            fputs(before, self->out);
            print_text(self->out, self->result->codecs[codec].name);
            before = "; ";
        }
    }
    fputs(before[0] == ';' ? ".\n\n" : "", self->out);
}

static void print_allocations(table *self)
{
    bool   any = false;
    size_t codec;
    size_t i;

    for (codec = 0; codec < self->result->codec_count; codec++) {
        if (!allocates(self, codec)) {
            continue;
        }
        if (!any) {
            fputs("| allocations, bytes asked for |", self->out);
            for (i = 0; i < self->op_count; i++) {
                fprintf(self->out, " %s |", heading(self->ops[i]));
            }
            fputc('\n', self->out);
            print_ruler(self->out, self->op_count);
            any = true;
        }
        print_allocations_of(self, codec);
    }
    fputs(any ? "\n" : "", self->out);
    print_frugal(self);
}

// ---- One set ---------------------------------------------------------------

static void print_set(const result *self, FILE *out, size_t set)
{
    const result_set *about = &self->sets[set];
    table             times;

    fputs("### ", out);
    print_text(out, about->name);
    if (about->about != NULL) {
        fputs(": ", out);
        print_text(out, about->about);
    }
    fputs("\n\n", out);
    if (!isnan(about->messages) && !isnan(about->records)) {
        fprintf(out, "%s message%s of %s record%s.\n\n",
                figure_count(about->messages).text,
                about->messages == 1.0 ? "" : "s",
                figure_count(about->records).text,
                about->records == 1.0 ? "" : "s");
    }
    table_init(&times, self, out, set, 0, OPS_TIMED);
    print_times(&times);
    print_fold(out, "Allocations");
    print_allocations(&times);
    print_unfold(out);
    table_init(&times, self, out, set, OPS_TIMED, RESULT_OPS);
    if (times.op_count > 0) {
        print_fold(out, "With compression");
        print_times(&times);
        print_unfold(out);
    }
}

// ---- Sizes -----------------------------------------------------------------

static bool same_sizes(const result *self, size_t one, size_t other)
{
    size_t set;

    if (strcmp(self->codecs[one].format, self->codecs[other].format) != 0) {
        return false;
    }
    for (set = 0; set < self->set_count; set++) {
        const result_size *a = result_size_at(self, set, one);
        const result_size *b = result_size_at(self, set, other);

        if ((a == NULL) != (b == NULL) || (a != NULL && a->bytes != b->bytes)) {
            return false;
        }
    }
    return true;
}

// Codecs of one format and the same sizes share a row, under the format's name.
static void print_sizes_of(const result *self, FILE *out, size_t codec)
{
    bool   shared = false;
    size_t i;

    for (i = 0; i < self->codec_count; i++) {
        if (i != codec && same_sizes(self, codec, i)) {
            if (i < codec) {
                return;
            }
            shared = true;
        }
    }
    fputs("| ", out);
    print_text(out, shared && self->codecs[codec].trust != RESULT_FLOOR
                        ? self->codecs[codec].format
                        : self->codecs[codec].name);
    fputs(" |", out);
    for (i = 0; i < self->set_count; i++) {
        const result_size *size = result_size_at(self, i, codec);

        if (size == NULL) {
            fputs(" |", out);
        } else {
            fprintf(out, " %s / %s / %s |", figure_count(size->bytes).text,
                    figure_count(size->zstd1).text,
                    figure_count(size->lz4).text);
        }
    }
    fputc('\n', out);
}

static void print_set_names(const result *self, FILE *out, const char *first)
{
    size_t i;

    fprintf(out, "| %s |", first);
    for (i = 0; i < self->set_count; i++) {
        fputc(' ', out);
        print_text(out, self->sets[i].name);
        fputs(" |", out);
    }
    fputc('\n', out);
    print_ruler(out, self->set_count);
}

static bool any_size(const result *self, size_t codec)
{
    size_t i;

    for (i = 0; i < self->size_count; i++) {
        if (self->sizes[i].codec == codec) {
            return true;
        }
    }
    return false;
}

static void print_sizes(const result *self, FILE *out)
{
    size_t codec;

    if (self->size_count == 0) {
        return;
    }
    fputs("### Sizes\n\nBytes as they are / packed by zstd -1 / by LZ4. "
          "Counted, not timed: no noise.\n\n",
          out);
    print_set_names(self, out, "raw / zstd -1 / LZ4");
    for (codec = 0; codec < self->codec_count; codec++) {
        if (any_size(self, codec)) {
            print_sizes_of(self, out, codec);
        }
    }
    fputc('\n', out);
}

static void print_code(const result *self, FILE *out)
{
    bool   any = false;
    size_t codec;
    size_t set;
    size_t i;

    for (codec = 0; codec < self->codec_count; codec++) {
        const result_codec *one = &self->codecs[codec];

        if (one->code_count == 0) {
            continue;
        }
        if (!any) {
            print_fold(out, "Code sizes");
            fputs("Bytes of machine code and constant data that a program "
                  "gets for the set's schema. Counted, not timed: no "
                  "noise.\n\n",
                  out);
            print_set_names(self, out, "bytes of code");
            any = true;
        }
        print_name(out, one);
        for (set = 0; set < self->set_count; set++) {
            for (i = 0; i < one->code_count && one->code[i].set != set; i++) {
            }
            if (i < one->code_count) {
                fprintf(out, " %s", figure_count(one->code[i].bytes).text);
            }
            fputs(" |", out);
        }
        fputc('\n', out);
    }
    if (any) {
        fputc('\n', out);
        print_unfold(out);
    }
}

// ---- Latency ---------------------------------------------------------------

static void print_latency_row(const result *self, FILE *out,
                              const result_latency *one)
{
    print_name(out, &self->codecs[one->codec]);
    fputc(' ', out);
    print_text(out, one->cache);
    fprintf(out, " | %s | %s | %s | %s | %s |\n", figure_time(one->p50, 2).text,
            figure_time(one->p90, 2).text, figure_time(one->p99, 2).text,
            figure_time(one->p999, 2).text, figure_time(one->max, 2).text);
}

// Prints the table of one operation on one set.
static void print_latency_table(const result *self, FILE *out,
                                const result_latency *first)
{
    double overhead = NAN;
    size_t i;
    int    trust;

    fprintf(out, "**%s of ", heading(first->op));
    print_text(out, self->sets[first->set].name);
    fputs("**\n\n| codec | cache | p50 | p90 | p99 | p99.9 | max |\n"
          "|---|---|---:|---:|---:|---:|---:|\n",
          out);
    for (trust = 0; trust < RESULT_TRUSTS; trust++) {
        bool any = false;

        for (i = 0; i < self->latency_count; i++) {
            const result_latency *one = &self->latency[i];

            if (one->set != first->set || one->op != first->op ||
                self->codecs[one->codec].trust != (result_trust)trust) {
                continue;
            }
            if (!any) {
                print_trust_row(out, (result_trust)trust, 6);
                any = true;
            }
            print_latency_row(self, out, one);
            overhead = fmax(overhead, one->overhead);
        }
    }
    if (!isnan(overhead)) {
        fprintf(out,
                "| *noise floor: reading the clock takes* | | %s | | | | |\n",
                figure_time(overhead, 2).text);
    }
    fputc('\n', out);
}

static void print_latency(const result *self, FILE *out)
{
    size_t i;
    size_t j;

    if (self->latency_count == 0) {
        return;
    }
    print_fold(out, "Latency of single operations");
    fputs("Each operation is timed by itself, unlike above. *cold*: the "
          "message was not in the cache. Buckets of the histograms are about 1 "
          "% wide.\n\n",
          out);
    for (i = 0; i < self->latency_count; i++) {
        for (j = 0; j < i; j++) {
            if (self->latency[j].set == self->latency[i].set &&
                self->latency[j].op == self->latency[i].op) {
                break;
            }
        }
        if (j == i) {
            print_latency_table(self, out, &self->latency[i]);
        }
    }
    print_unfold(out);
}

// ---- Codecs and machine ----------------------------------------------------

static void print_codecs(const result *self, FILE *out)
{
    size_t i;

    print_fold(out, "Codecs: versions, memory, how each was called");
    fputs("| codec | version | language | trust | memory | note |\n"
          "|---|---|---|---|---|---|\n",
          out);
    for (i = 0; i < self->codec_count; i++) {
        const result_codec *codec = &self->codecs[i];

        print_name(out, codec);
        fputc(' ', out);
        print_text(out, codec->version);
        fputs(" | ", out);
        print_text(out, codec->language);
        fprintf(out, " | %s | ", result_trust_name(codec->trust));
        print_text(out, codec->memory);
        fputs(" | ", out);
        print_text(out, codec->note != NULL ? codec->note : "");
        fputs(" |\n", out);
    }
    fputc('\n', out);
    print_unfold(out);
}

static void print_fact(FILE *out, const char *name, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        fprintf(out, "| %s | ", name);
        print_text(out, value);
        fputs(" |\n", out);
    }
}

static void print_number(FILE *out, const char *name, double value,
                         const char *unit)
{
    if (!isnan(value)) {
        fprintf(out, "| %s | %.10g%s |\n", name, value, unit);
    }
}

static const char *flag_text(result_flag flag)
{
    return flag == RESULT_YES ? "yes" : flag == RESULT_NO ? "no" : NULL;
}

static void print_machine(const result_machine *machine, FILE *out)
{
    print_fact(out, "processor", machine->cpu);
    print_number(out, "cores", machine->cores, "");
    if (!isnan(machine->l1d) && !isnan(machine->l2) && !isnan(machine->l3)) {
        fprintf(out, "| caches | L1d %s, L2 %s, L3 %s |\n",
                figure_bytes(machine->l1d).text, figure_bytes(machine->l2).text,
                figure_bytes(machine->l3).text);
    }
    print_fact(out, "flags", machine->flags);
    print_fact(out, "kernel", machine->kernel);
    print_fact(out, "system", machine->os);
    print_fact(out, "compiler", machine->compiler);
    print_fact(out, "compiled with", machine->compile_flags);
    print_fact(out, "governor", machine->governor);
    print_fact(out, "turbo", machine->turbo);
    print_fact(out, "virtual machine", flag_text(machine->hypervisor));
    print_fact(out, "counters", machine->counters);
    print_number(out, "load before", machine->load_before, "");
    print_number(out, "load after", machine->load_after, "");
    print_number(out, "stolen time", machine->steal_percent, " %");
    print_fact(out, "clock", machine->clock);
    print_number(out, "clock resolution", machine->clock_resolution_ns, " ns");
    print_fact(out, "address randomisation", flag_text(machine->aslr));
    print_number(out, "environment", machine->environment_bytes, " bytes");
}

static void print_runs(const result *self, FILE *out)
{
    size_t i;

    for (i = 0; i < self->run_count; i++) {
        const result_run *run = &self->runs[i];

        fputs("### Machine", out);
        if (self->run_count > 1) {
            fprintf(out, ", run %zu of %zu", i + 1, self->run_count);
        }
        fputs("\n\n| | |\n|---|---|\n", out);
        print_fact(out, "when", run->when);
        print_fact(out, "Inlay", run->inlay_version);
        print_fact(out, "commit", run->inlay_commit);
        print_fact(out, "profile", run->profile);
        print_number(out, "blocks per cell", run->blocks, "");
        if (!isnan(run->block_ns)) {
            print_fact(out, "block", figure_time(run->block_ns, 3).text);
        }
        print_number(out, "seed", run->seed, "");
        print_machine(&run->machine, out);
        fputc('\n', out);
    }
}

// ---- Carriers --------------------------------------------------------------

static void print_ipc_row(const result_ipc *row, FILE *out)
{
    fputs("| ", out);
    print_text(out, row->name);
    if (row->absent != NULL) {
        fputs(" | | | | not measured: ", out);
        print_text(out, row->absent);
    } else {
        fprintf(out, " | %s | %s | %s | ", figure_estimate(&row->ns).text,
                figure_count(1e9 / row->ns.median).text,
                figure_ratio(row->ratio.median, 3).text);
        print_text(out, row->note != NULL ? row->note : "");
    }
    fputs(" |\n", out);
}

// A table for each group; nothing when carriers were not measured.
static void print_ipc(const result *self, FILE *out)
{
    size_t i;

    for (i = 0; i < self->ipc_count; i++) {
        const result_ipc *row = &self->ipc[i];

        if (i == 0) {
            fputs("### Carrying messages\n\n", out);
        }
        if (i == 0 || strcmp(row->group, self->ipc[i - 1].group) != 0) {
            fprintf(out, "%s**", i > 0 ? "\n" : "");
            print_text(out, row->group);
            fputs("**: ", out);
            print_text(out, row->about);
            fprintf(out,
                    "\n\n| | a %s | a second | ratio | |\n"
                    "|---|---:|---:|---:|---|\n",
                    row->unit);
        }
        print_ipc_row(row, out);
    }
    if (self->ipc_count > 0) {
        fputc('\n', out);
    }
}

static void print_skipped(const result *self, FILE *out)
{
    size_t i;

    fputs("### Not measured\n\n", out);
    if (self->skip_count == 0) {
        fputs("Nothing was skipped.\n", out);
    }
    for (i = 0; i < self->skip_count; i++) {
        fputs("- ", out);
        print_text(out, self->skipped[i].name);
        fputs(": ", out);
        print_text(out, self->skipped[i].reason);
        fputc('\n', out);
    }
}

// ---- All of it -------------------------------------------------------------

static void print_preface(const result *self, FILE *out)
{
    int trust;

    fputs("<!-- Made by `inlay-bench report --markdown`; do not edit. -->\n\n"
          "**Inlay's authors wrote this suite, and Inlay is one of its "
          "entrants.** What each rival was called with is listed below and in "
          "`bench/`; corrections are welcome.\n\n"
          "Medians, with as many digits as the 95 % interval supports and "
          "three at most. `×2` takes twice as long as Inlay **at the same "
          "trust level**; levels are not compared with each other, but for "
          "writing, which they "
          "do not differ in. `≈1` is no "
          "difference: the ratio's interval meets the noise floor, which is "
          "the ratio of one codec to itself. Reading starts from the bytes "
          "each time: what has to be parsed or verified first is part of "
          "it.\n\n",
          out);
    for (trust = 0; trust < RESULT_TRUSTS; trust++) {
        fprintf(out, "- *%s*: %s\n", result_trust_name((result_trust)trust),
                result_trust_about((result_trust)trust));
    }
    fputc('\n', out);
    if (self->run_count > 1) {
        fprintf(out,
                "%zu runs on one machine are put together; ratios across them "
                "go by way of the anchor, a copy of Inlay's message.\n\n",
                self->run_count);
    }
}

void markdown_print(const result *self, FILE *out)
{
    size_t set;

    print_preface(self, out);
    for (set = 0; set < self->set_count; set++) {
        print_set(self, out, set);
    }
    print_sizes(self, out);
    print_code(self, out);
    print_latency(self, out);
    print_ipc(self, out);
    print_codecs(self, out);
    print_runs(self, out);
    print_skipped(self, out);
}
