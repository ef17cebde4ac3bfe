/* walk.h -- visits every value of a data set in order.
 *
 * The original describes its types once and lets every format visit the
 * values; so do we. A format is a table of functions, one per kind of value.
 * Records and tuples announce how many values follow, vectors too; an optional
 * announces whether one follows.
 */
#ifndef BENCH_DATA_WALK_H
#define BENCH_DATA_WALK_H

#include "bench/data/log.h"
#include "bench/data/mesh.h"
#include "bench/data/minecraft.h"
#include "bench/data/mk48.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct visitor visitor;

/* `size` is that of the value's type: 1, 2, 4 or 8 bytes. */
typedef struct visitor_table {
    void (*boolean)(visitor *self, bool value);
    void (*natural)(visitor *self, uint64_t value, size_t size);
    void (*integer)(visitor *self, int64_t value, size_t size);
    void (*real)(visitor *self, uint64_t bits, size_t size);
    void (*text)(visitor *self, inlay_str value);
    void (*variant)(visitor *self, uint32_t index, const char *name);
    void (*optional)(visitor *self, bool present);
    void (*vector)(visitor *self, size_t count);
    void (*record)(visitor *self, size_t count);
} visitor_table;

/* The first member of every format's own state. */
struct visitor {
    const visitor_table *table;
};

void walk_logs(const data_logs *data, visitor *to);
void walk_mesh(const data_mesh *data, visitor *to);
void walk_players(const data_players *data, visitor *to);
void walk_updates(const data_updates *data, visitor *to);

#ifdef __cplusplus
}
#endif

#endif
