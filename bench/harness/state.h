/* state.h -- what an operation works on.
 *
 * One state holds one message of a data set in one codec: the model it comes
 * from (plain C structs, bench/data), the bytes, room to write, and whatever
 * the codec keeps. Operations are functions of it; all of them return 64 bits
 * that depend on every value they were to load, or on the size they wrote, so
 * that neither the optimiser nor an author can leave the work out: the harness
 * compares them with what the model says before it measures anything.
 *
 * C and C++.
 */
#ifndef BENCH_HARNESS_STATE_H
#define BENCH_HARNESS_STATE_H

#include <string.h>

#include "inlay/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zero bytes behind every message and behind `out`, for parsers that read in
 * blocks. Both begin at multiples of 64. */
#define BENCH_PADDING 64

typedef struct bench_state {
    /* ---- From the harness ---- */
    const void *model;   /* of the set's type: data_logs, data_request, ... */
    uint8_t    *message; /* what `encode` wrote, copied: what readers read */
    size_t      size;
    uint8_t    *out; /* where `encode` writes, always the same memory */
    size_t      capacity;
    uint8_t    *room; /* where `decode` puts structs: see bench_take */
    size_t      room_size;
    size_t      room_used; /* 0 before each operation */
    size_t      turn;      /* counts up: which record, what value */
    inlay_str   key;       /* what `lookup` looks for */

    /* ---- From the codec ---- */
    void       *own;     /* made by its `open` */
    const char *failure; /* why its `open` failed, if it can say; static */
    const void *decoded; /* what `decode` made: a model; lives until the next
                          * operation, and may borrow from the message */

    /* The message that `build` made in memory of its own is handed to
     * bench_built before it is freed. */
    void (*built)(struct bench_state *state, const void *data, size_t size);
} bench_state;

/* Says what `build` made. Returns its size. */
static inline uint64_t bench_built(bench_state *state, const void *data,
                                   size_t size)
{
    if (state->built != NULL) {
        state->built(state, data, size);
    }
    __asm__ volatile("" : : "r"(data), "r"(size) : "memory");
    return size;
}

/* Takes memory for decoded structs, aligned for any type, not zeroed: a bump
 * allocator that the harness resets. NULL when there is no more, which ends the
 * operation with a failure (return 0). */
static inline void *bench_take(bench_state *state, size_t count, size_t size)
{
    size_t used = (state->room_used + 15) & ~(size_t)15;
    size_t need = count * size;

    if (used > state->room_size || state->room_size - used < need) {
        return NULL;
    }
    state->room_used = used + need;
    return state->room + used;
}

/* ---- Values ---------------------------------------------------------------
 *
 * What reading a value adds to an operation's result. All sums wrap.
 *
 *     integer, bool, enum   its value, sign-extended to 64 bits
 *     f32, f64              its bits
 *     string, bytes         size + first byte + last byte; 1 when empty
 *     absent optional       0
 */
static inline uint64_t bench_f32(float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline uint64_t bench_f64(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline uint64_t bench_text(const void *data, size_t size)
{
    const uint8_t *bytes = (const uint8_t *)data;

    if (size == 0) {
        return 1;
    }
    return size + bytes[0] + bytes[size - 1];
}

/* Returns the sum of a record's values, done with before it is added to the
 * others: left to itself, the compiler may take all additions of a loop into
 * one chain, and what is measured is how long that is. */
static inline uint64_t bench_record(uint64_t sum)
{
    __asm__("" : "+r"(sum));
    return sum;
}

#ifdef __cplusplus
}
#endif

#endif
