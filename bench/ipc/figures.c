// figures.c -- see figures.h.

#include "bench/ipc/figures.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bench/harness/json.h"

// ---- For eyes ---------------------------------------------------------------

static void print_figure(const ipc_figure *figure)
{
    const char *name = figure->subject->name;

    if (figure->absent != NULL) {
        printf("  %-44s not measured: %s\n", name, figure->absent);
        return;
    }
    printf("  %-44s %12.1f %12.1f..%-12.1f %14.0f %9.2f\n", name,
           figure->ns.median, figure->ns.low, figure->ns.high,
           1e9 / figure->ns.median, figure->ratio.median);
}

void figures_print(const ipc_figure *figures, size_t count)
{
    size_t i;

    if (count == 0) {
        return;
    }
    printf("%s: %s\n  %-44s %12s %26s %12s/s %9s\n", figures[0].group->name,
           figures[0].group->about, "", "ns", "95 % interval",
           figures[0].group->unit, "ratio");
    for (i = 0; i < count; i++) {
        print_figure(&figures[i]);
    }
    putchar('\n');
    fflush(stdout);
}

// ---- For the report ---------------------------------------------------------

static void estimate_member(json out, const char *name, ipc_estimate value)
{
    json_open_member(out, name);
    json_real_member(out, "median", value.median);
    json_real_member(out, "low", value.low);
    json_real_member(out, "high", value.high);
    yajl_gen_map_close(out);
}

static void figure_write(json out, const ipc_figure *figure)
{
    yajl_gen_map_open(out);
    json_text_member(out, "group", figure->group->name);
    json_text_member(out, "about", figure->group->about);
    json_text_member(out, "unit", figure->group->unit);
    json_text_member(out, "name", figure->subject->name);
    if (figure->subject->note != NULL) {
        json_text_member(out, "note", figure->subject->note);
    }
    if (figure->absent != NULL) {
        json_text_member(out, "absent", figure->absent);
    } else {
        estimate_member(out, "ns", figure->ns);
        estimate_member(out, "ratio", figure->ratio);
    }
    yajl_gen_map_close(out);
}

// A result file of its own, to be reported on alone or with others: it has no
// sets and no codecs.
bool figures_write(const ipc_figure *figures, size_t count,
                   const bench_machine *machine, const char *path)
{
    json                 out = yajl_gen_alloc(NULL);
    const unsigned char *text;
    size_t               size, i;
    bool                 good;

    yajl_gen_map_open(out);
    json_head(out);
    json_machine(out, machine);
    json_array_member(out, "sets");
    yajl_gen_array_close(out);
    json_array_member(out, "codecs");
    yajl_gen_array_close(out);
    json_array_member(out, "cells");
    yajl_gen_array_close(out);
    json_array_member(out, "ipc");
    for (i = 0; i < count; i++) {
        figure_write(out, &figures[i]);
    }
    yajl_gen_array_close(out);
    yajl_gen_map_close(out);
    yajl_gen_get_buf(out, &text, &size);
    good = json_file_write(path, text, size);
    if (!good) {
        fprintf(stderr, "inlay-ipc-bench: %s: %s\n", path, strerror(errno));
    }
    yajl_gen_free(out);
    return good;
}
