// results.c -- see results.h.

#include "bench/harness/results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Returns a new zeroed row behind `*count` rows of `size` bytes.
static void *add_row(void *rows, size_t *count, size_t size)
{
    void **array = rows;
    char  *row;

    // A power of two is full.
    if ((*count & (*count - 1)) == 0) {
        size_t capacity = *count == 0 ? 1 : *count * 2;
        void  *moved = realloc(*array, capacity * size);

        if (moved == NULL) {
            fputs("inlay-bench: out of memory\n", stderr);
            exit(2);
        }
        *array = moved;
    }
    row = (char *)*array + *count * size;
    (*count)++;
    return memset(row, 0, size);
}

bench_cell *results_cell(bench_results *self)
{
    return add_row(&self->cells, &self->cell_count, sizeof *self->cells);
}

bench_size *results_size(bench_results *self)
{
    return add_row(&self->sizes, &self->size_count, sizeof *self->sizes);
}

bench_latency *results_latency(bench_results *self)
{
    return add_row(&self->latencies, &self->latency_count,
                   sizeof *self->latencies);
}

bench_noise *results_noise(bench_results *self)
{
    return add_row(&self->noises, &self->noise_count, sizeof *self->noises);
}

void results_release(bench_results *self)
{
    size_t i;

    for (i = 0; i < self->cell_count; i++) {
        free(self->cells[i].blocks);
        free(self->cells[i].anchors);
    }
    for (i = 0; i < self->latency_count; i++) {
        free(self->latencies[i].times);
    }
    free(self->cells);
    free(self->sizes);
    free(self->latencies);
    free(self->noises);
}

bench_cell *results_find(bench_results *self, bench_set_id set,
                         const char *codec, const char *op)
{
    size_t i;

    for (i = 0; i < self->cell_count; i++) {
        bench_cell *cell = &self->cells[i];

        if (cell->set == set && strcmp(cell->codec->id, codec) == 0 &&
            strcmp(cell->op, op) == 0) {
            return cell;
        }
    }
    return NULL;
}
