/* set.h -- the data sets, and what reading them must come to.
 *
 * The expected results are computed from the models by templates over
 * bench/data/fields.hpp, apart from any codec.
 */
#ifndef BENCH_HARNESS_SET_H
#define BENCH_HARNESS_SET_H

#include "bench/harness/codec.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bench_set {
    const char *name;  /* "log" */
    const char *about; /* "10,000 lines of a web server's log" */
    /* Generates the models: `messages` of them. They live until the process
     * ends. With `part` 1 they are the whole set, with 10 its first tenth of
     * records; sets of small messages are always whole. */
    void (*make)(size_t part, const void ***models, size_t *messages);
    size_t (*records)(const void *model);
    /* What the operations return for a model. */
    uint64_t (*read_one)(const void *model, size_t turn);
    uint64_t (*read_tenth)(const void *model);
    uint64_t (*read_scalars)(const void *model);
    uint64_t (*read_strings)(const void *model);
    /* What read_one returns after update with `turn`. */
    uint64_t (*updated)(size_t turn);
    /* The key of a turn, and what lookup returns for it; NULL: no keys. */
    inlay_str (*key)(const void *model, size_t turn);
    uint64_t (*lookup)(const void *model, size_t turn);
    /* A hash over every value, in order: models with equal digests are equal.
     */
    uint64_t (*digest)(const void *model);
} bench_set;

struct data_document;

extern const bench_set bench_sets[BENCH_SETS];

/* Says what the set "user" is; without a document it can't be made. */
void bench_set_user(const struct data_document *document);

#ifdef __cplusplus
}
#endif

#endif
