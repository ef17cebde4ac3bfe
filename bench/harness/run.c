// run.c -- see run.h.

#include "bench/harness/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/data/document.h"
#include "bench/harness/clock.h"
#include "bench/harness/gate.h"
#include "bench/harness/instructions.h"
#include "bench/harness/measure.h"
#include "bench/harness/progress.h"
#include "bench/harness/write.h"
#include "bench/rivals/rivals.h"

bool run_wants(const char *const *filter, const char *name)
{
    if (filter[0] == NULL) {
        return true;
    }
    for (; *filter != NULL; filter++) {
        if (strcmp(*filter, name) == 0) {
            return true;
        }
    }
    return false;
}

// The user's set is there when the user brings it, and then alone.
static bool wants_set(const run_options *options, bench_set_id id)
{
    if (options->document != NULL) {
        return id == BENCH_USER;
    }
    return id != BENCH_USER && run_wants(options->sets, bench_sets[id].name);
}

// ---- One set ----------------------------------------------------------------

// A set's subjects; the first one is Inlay, whose message the anchor copies.
typedef struct lineup {
    bench_models models;
    measure_set  measured;
    subject     *anchor;
    bool         anchor_only; /* Inlay itself was not asked for */
    size_t       failures;
} lineup;

static subject *new_subject(const bench_models *models,
                            const bench_codec  *codec)
{
    subject *s = (subject *)(void *)bench_memory(sizeof *s);

    subject_init(s, models, codec);
    return s;
}

// Lets a codec in if all it returns is right.
static void admit(lineup *self, const bench_codec *codec)
{
    subject *s = new_subject(&self->models, codec);
    char     message[256];

    if (!gate_check(s, message, sizeof message)) {
        progress_clear();
        fprintf(stderr, "inlay-bench: %s on %s is left out: %s\n", codec->id,
                self->models.set->name, message);
        self->failures++;
        s->failure = "it gave a wrong result";
    }
    self->measured.subjects[self->measured.count++] = s;
}

static void lineup_init(lineup *self, const run_options *options,
                        bench_set_id id)
{
    size_t i;

    memset(self, 0, sizeof *self);
    self->models.id = id;
    self->models.set = &bench_sets[id];
    bench_sets[id].make(&self->models.models, &self->models.count);
    self->measured.subjects = (subject **)(void *)bench_memory(
        (bench_codec_count + 1) * sizeof(subject *));
    for (i = 0; i < bench_codec_count; i++) {
        if (bench_codecs[i]->cases[id] != NULL &&
            run_wants(options->codecs, bench_codecs[i]->id)) {
            progress_step(bench_sets[id].name, bench_codecs[i]->id);
            admit(self, bench_codecs[i]);
        }
    }
    self->anchor = new_subject(&self->models, bench_codecs[0]);
    self->measured.anchor = self->anchor;
}

static void lineup_release(lineup *self)
{
    size_t i;

    for (i = 0; i < self->measured.count; i++) {
        subject_release(self->measured.subjects[i]);
        free(self->measured.subjects[i]);
    }
    subject_release(self->anchor);
    free(self->anchor);
    free(self->measured.subjects);
}

// The operations of which single ones are timed, on the set of small messages.
static bool timed_alone(bench_op op)
{
    return op == BENCH_ENCODE || op == BENCH_VERIFY ||
           op == BENCH_READ_SCALARS || op == BENCH_READ_STRINGS ||
           op == BENCH_DECODE;
}

static void run_ops(bench_results *results, const run_options *options,
                    const lineup *l)
{
    unsigned op;

    for (op = 0; op < BENCH_OPS; op++) {
        progress_step(l->models.set->name, bench_op_name(op));
        if (!run_wants(options->ops, bench_op_name(op))) {
            continue;
        }
        measure_op(results, &l->measured, (bench_op)op);
        if (l->models.count > 1 && timed_alone((bench_op)op)) {
            measure_latency(results, &l->measured, (bench_op)op);
        }
    }
    for (op = 0; op < COMPRESS_OPS; op++) {
        const char *name = compress_op_name((compress_op)op);

        if (name != NULL && run_wants(options->ops, name)) {
            progress_step(l->models.set->name, name);
            measure_compression(results, &l->measured, (compress_op)op);
        }
    }
}

static size_t run_set(bench_results *results, const run_options *options,
                      bench_set_id id)
{
    lineup l;
    size_t failures;

    lineup_init(&l, options, id);
    results->measured[id] = true;
    results->messages[id] = l.models.count;
    results->records[id] = bench_sets[id].records(l.models.models[0]);
    measure_sizes(results, &l.measured);
    run_ops(results, options, &l);
    failures = l.failures;
    lineup_release(&l);
    return failures;
}

// ---- Instructions -----------------------------------------------------------

static void take_instructions(void *context, const char *set, const char *codec,
                              const char *op, uint64_t instructions)
{
    bench_results *results = context;
    int            i;

    for (i = 0; i < BENCH_SETS; i++) {
        if (strcmp(bench_sets[i].name, set) == 0) {
            bench_cell *cell =
                results_find(results, (bench_set_id)i, codec, op);

            if (cell != NULL) {
                cell->instructions = instructions;
            }
        }
    }
}

static void add_filter(const char **arguments, size_t *count,
                       const char *option, const char *const *filter)
{
    for (; *filter != NULL && *count < 58; filter++) {
        arguments[(*count)++] = option;
        arguments[(*count)++] = *filter;
    }
}

// What the user brought, for the child.
static void add_document(const char **arguments, size_t *count,
                         const data_document *document)
{
    const char *options[] = {"--schema",     document->schema, "--type",
                             document->type, "--json",         document->json};
    size_t      i;

    memcpy(arguments + *count, options, sizeof options);
    *count += sizeof options / sizeof options[0];
    for (i = 0; i < document->folder_count; i++) {
        arguments[(*count)++] = "-I";
        arguments[(*count)++] = document->folders[i];
    }
}

static void run_instructions(bench_results *results, const run_options *options)
{
    const char *arguments[64] = {"count"};
    size_t      count = 1;

    progress_step("all sets", "instructions, under callgrind");
    if (options->document != NULL) {
        add_document(arguments, &count, options->document);
    }
    add_filter(arguments, &count, "--set", options->sets);
    add_filter(arguments, &count, "--codec", options->codecs);
    instructions_run(options->program, arguments, take_instructions, results);
}

int run_counting(const run_options *options)
{
    size_t i;
    int    id;

    for (id = 0; id < BENCH_SETS; id++) {
        lineup l;

        if (!wants_set(options, (bench_set_id)id)) {
            continue;
        }
        lineup_init(&l, options, (bench_set_id)id);
        for (i = 0; i < l.measured.count; i++) {
            instructions_count(l.measured.subjects[i]);
        }
        lineup_release(&l);
    }
    return 0;
}

// ---- All of it --------------------------------------------------------------

static size_t count_sets(const run_options *options)
{
    size_t count = 0;
    int    id;

    for (id = 0; id < BENCH_SETS; id++) {
        count += wants_set(options, (bench_set_id)id);
    }
    return count;
}

int run_bench(const run_options *options)
{
    bench_results results = {.settings = options->settings};
    bench_machine machine;
    size_t        failures = 0;
    int           id;
    bool          written;

    bench_clock_init();
    measure_init();
    machine_look(&machine);
    progress_start(count_sets(options) *
                       (BENCH_OPS + COMPRESS_OPS + bench_codec_count) +
                   1);
    for (id = 0; id < BENCH_SETS; id++) {
        if (wants_set(options, (bench_set_id)id)) {
            failures += run_set(&results, options, (bench_set_id)id);
        }
    }
    if (options->instructions) {
        run_instructions(&results, options);
    }
    machine_look_again(&machine);
    progress_clear();
    written = results_write(&results, &machine, options->path);
    if (written) {
        printf("%zu cells in %s\n", results.cell_count, options->path);
    }
    results_release(&results);
    if (failures > 0) {
        fprintf(stderr, "inlay-bench: %zu wrong results; see above\n",
                failures);
    }
    return written && failures == 0 ? 0 : 1;
}
