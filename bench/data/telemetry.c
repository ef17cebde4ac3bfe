// telemetry.c -- generates "telemetry".

#include "bench/data/telemetry.h"

#include "bench/data/rng.h"

// 2026-01-01T00:00:00Z, in microseconds.
#define START INT64_C(1767225600000000)

static void make_readings(data_sample *sample, rng *random, data_arena *memory)
{
    int32_t value = rng_range_i32(random, -2000, 2000);
    size_t  i;

    sample->reading_count = rng_below_u32(random, 17);
    sample->readings = data_arena_array(memory, sample->reading_count,
                                        sizeof *sample->readings);
    for (i = 0; i < sample->reading_count; i++) {
        // One in fifty is an outlier that takes all of its four bytes.
        value = rng_chance(random, 0.02) ? (int32_t)rng_u32(random)
                                         : rng_range_i32(random, -2000, 2000);
        sample->readings[i] = value;
    }
}

data_telemetry *data_telemetry_new(size_t count)
{
    data_arena      memory = {NULL};
    data_telemetry *self = data_arena_array(&memory, 1, sizeof *self);
    int64_t         time = START;
    uint64_t        energy = 1000000;
    rng             random;
    size_t          i;

    rng_init(&random);
    self->device = rng_u64(&random);
    self->samples = data_arena_array(&memory, count, sizeof *self->samples);
    self->sample_count = count;
    for (i = 0; i < count; i++) {
        data_sample *sample = &self->samples[i];

        time += 100000 + rng_range_i32(&random, -500, 500);
        energy += rng_below_u32(&random, 5000);
        sample->time_us = time;
        sample->sensor = rng_below_u32(&random, 64);
        sample->sequence = (uint32_t)i;
        sample->status = rng_chance(&random, 0.97) ? 0 : 3;
        sample->battery_mv = (uint16_t)(3300 + rng_below_u32(&random, 900));
        sample->temperature = rng_range_i16(&random, -150, 400);
        sample->energy = energy;
        make_readings(sample, &random, &memory);
    }
    self->memory = memory;
    return self;
}

void data_telemetry_free(data_telemetry *self)
{
    if (self != NULL) {
        data_arena memory = self->memory; // the root lies in it, too

        data_arena_release(&memory);
    }
}
