// speed.h -- our own operations on the public data sets, one file per set.
//
// Each set is a table of functions over its own native structs, so that one
// loop can time them all. Reads load every value they count and return a sum,
// which must be the sum over the native structs.
#ifndef BENCH_SPEED_H
#define BENCH_SPEED_H

#include <inlay/inlay.h>

typedef struct speed_set {
    const char *name;
    // Generates the data and returns the native root; kept until the end.
    const void *(*native)(void);
    inlay_status (*encode)(const void *native, void *buffer, size_t capacity,
                           size_t *size);
    inlay_status (*measure)(const void *native, inlay_encoder *encoder,
                            size_t *size);
    inlay_status (*verify)(const void *data, size_t size);
    inlay_status (*decode)(const void *data, size_t size, inlay_arena *arena);
    // Sums over the native structs, over a clamped and over a verified view.
    uint64_t (*native_scalars)(const void *native);
    uint64_t (*scalars)(const void *data, size_t size, bool verified);
    uint64_t (*native_strings)(const void *native); // NULL: the set has none
    uint64_t (*strings)(const void *data, size_t size, bool verified);
} speed_set;

extern const speed_set speed_log;
extern const speed_set speed_mesh;
extern const speed_set speed_minecraft;
extern const speed_set speed_mk48;

// What reading a string costs here: its size and its first and last byte.
static inline uint64_t speed_string(inlay_str str)
{
    if (str.size == 0) {
        return 1;
    }
    return str.size + (uint8_t)str.data[0] + (uint8_t)str.data[str.size - 1];
}

// Allocates or ends the program.
void *speed_memory(size_t count, size_t size);

#endif
