// inlay.h -- Inlay's cases, one file per data set.
#ifndef BENCH_RIVALS_INLAY_H
#define BENCH_RIVALS_INLAY_H

#include <stdlib.h>

#include <inlay/inlay.h>

#include "bench/harness/codec.h"

// Of the user's set: filled in by the first that is opened.
extern bench_case user_checked, user_once, user_lazy;

// Takes memory for `count` native structs; NULL and done with when there is
// none, which ends the benchmark.
static inline void *take(inlay_arena *arena, size_t count, size_t size)
{
    inlay_status status = INLAY_OK;

    return inlay_arena_take(arena, count == 0 ? 1 : count, size, &status);
}

static INLAY_INLINE uint64_t text_of(inlay_str text)
{
    return bench_text(text.data, text.size);
}

static INLAY_INLINE uint64_t texts_of(inlay_str_list_view list)
{
    size_t   count = inlay_str_list_count(list);
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < count; i++) {
        sum += text_of(inlay_str_list_at(list, i));
    }
    return sum;
}

#endif
