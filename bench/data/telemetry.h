/* telemetry.h -- the data set "telemetry": integers, most of them small.
 *
 * What meters and machines report. Formats of variable width make the most of
 * it: differences are small, counters are not.
 *
 * Lifetime: everything reachable belongs to the root and dies with it.
 */
#ifndef BENCH_DATA_TELEMETRY_H
#define BENCH_DATA_TELEMETRY_H

#include "bench/data/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DATA_TELEMETRY_COUNT 5000

typedef struct data_sample {
    int64_t  time_us;
    uint32_t sensor;
    uint32_t sequence;
    uint8_t  status;
    uint16_t battery_mv;
    int16_t  temperature;
    uint64_t energy;
    int32_t *readings;
    size_t   reading_count;
} data_sample;

typedef struct data_telemetry {
    uint64_t     device;
    data_sample *samples;
    size_t       sample_count;
    data_arena   memory;
} data_telemetry;

/* Generates `count` samples. Never NULL. */
data_telemetry *data_telemetry_new(size_t count);

void data_telemetry_free(data_telemetry *self);

#ifdef __cplusplus
}
#endif

#endif
