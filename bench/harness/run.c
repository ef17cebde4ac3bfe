// run.c -- see run.h.

#include "bench/harness/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/data/document.h"
#include "bench/harness/clock.h"
#include "bench/harness/damage.h"
#include "bench/harness/gate.h"
#include "bench/harness/instructions.h"
#include "bench/harness/lineup.h"
#include "bench/harness/measure.h"
#include "bench/harness/progress.h"
#include "bench/harness/write.h"
#include "bench/rivals/rivals.h"

// ---- One set ----------------------------------------------------------------

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
        if (!options_want(options->ops, bench_op_name(op))) {
            continue;
        }
        measure_op(results, &l->measured, (bench_op)op);
        if (l->models.count > 1 && timed_alone((bench_op)op)) {
            measure_latency(results, &l->measured, (bench_op)op);
        }
    }
    for (op = 0; op < COMPRESS_OPS; op++) {
        const char *name = compress_op_name((compress_op)op);

        if (name != NULL && options_want(options->ops, name)) {
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

        if (!options_want_set(options, (bench_set_id)id)) {
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

// ---- Results only ------------------------------------------------------------

static size_t check_set(const run_options *options, bench_set_id id)
{
    lineup l;
    size_t i;
    size_t failures;

    lineup_init(&l, options, id);
    for (i = 0; i < l.measured.count; i++) {
        progress_step(l.models.set->name, "damaged");
        damage_survive(l.measured.subjects[i]);
    }
    printf("%-18s %zu codecs, %zu failures\n", l.models.set->name,
           l.measured.count, l.failures);
    failures = l.failures;
    lineup_release(&l);
    return failures;
}

// ---- All of it --------------------------------------------------------------

static size_t count_sets(const run_options *options)
{
    size_t count = 0;
    int    id;

    for (id = 0; id < BENCH_SETS; id++) {
        count += options_want_set(options, (bench_set_id)id);
    }
    return count;
}

int run_check(const run_options *options)
{
    size_t failures = 0;
    int    id;

    progress_start(count_sets(options) * 2 * bench_codec_count);
    for (id = 0; id < BENCH_SETS; id++) {
        if (options_want_set(options, (bench_set_id)id)) {
            progress_clear();
            failures += check_set(options, (bench_set_id)id);
        }
    }
    progress_clear();
    return failures == 0 ? 0 : 1;
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
        if (options_want_set(options, (bench_set_id)id)) {
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
