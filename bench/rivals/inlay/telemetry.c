// telemetry.c -- Inlay on "telemetry".

#include "bench/rivals/inlay/inlay.h"

#include "bench/data/telemetry.h"
#include "telemetry.inlay.h"

static const telemetry_telemetry *native_of(const void  *model,
                                            inlay_arena *arena)
{
    const data_telemetry *data = model;
    telemetry_telemetry  *root = take(arena, 1, sizeof *root);
    telemetry_sample     *made = take(arena, data->sample_count, sizeof *made);
    size_t                i;

    if (root == NULL || made == NULL) {
        return NULL;
    }
    for (i = 0; i < data->sample_count; i++) {
        const data_sample *sample = &data->samples[i];

        made[i] = (telemetry_sample){
            .time_us = sample->time_us,
            .sensor = sample->sensor,
            .sequence = sample->sequence,
            .status = sample->status,
            .battery_mv = sample->battery_mv,
            .temperature = sample->temperature,
            .energy = sample->energy,
            .readings = {sample->readings, sample->reading_count},
        };
    }
    *root = (telemetry_telemetry){
        .device = data->device,
        .samples = {.items = made, .count = data->sample_count}};
    return root;
}

static INLAY_INLINE uint64_t sample_scalars(telemetry_sample_view sample)
{
    inlay_i32_list_view readings = telemetry_sample_get_readings(sample);
    size_t              count = inlay_i32_list_count(readings);
    uint64_t            sum = 0;
    size_t              i;

    for (i = 0; i < count; i++) {
        sum += (uint64_t)inlay_i32_list_at(readings, i);
    }
    return sum + (uint64_t)telemetry_sample_get_time_us(sample) +
           telemetry_sample_get_sensor(sample) +
           telemetry_sample_get_sequence(sample) +
           telemetry_sample_get_status(sample) +
           telemetry_sample_get_battery_mv(sample) +
           (uint64_t)telemetry_sample_get_temperature(sample) +
           telemetry_sample_get_energy(sample);
}

static INLAY_INLINE uint64_t one(telemetry_telemetry_view root, size_t turn)
{
    telemetry_sample_list_view list = telemetry_telemetry_get_samples(root);
    size_t                     count = telemetry_sample_list_count(list);

    return count == 0 ? 0
                      : telemetry_sample_get_energy(
                            telemetry_sample_list_at(list, turn % count));
}

static INLAY_INLINE uint64_t each(telemetry_telemetry_view root, size_t step)
{
    telemetry_sample_list_view list = telemetry_telemetry_get_samples(root);
    size_t                     count = telemetry_sample_list_count(list);
    uint64_t                   sum = 0;
    size_t                     i;

    for (i = 0; i < count; i += step) {
        sum += bench_record(sample_scalars(telemetry_sample_list_at(list, i)));
    }
    return sum;
}

static INLAY_INLINE uint64_t tenth(telemetry_telemetry_view root)
{
    return each(root, 10);
}

static INLAY_INLINE uint64_t scalars(telemetry_telemetry_view root)
{
    return telemetry_telemetry_get_device(root) + each(root, 1);
}

static INLAY_INLINE uint64_t update(telemetry_telemetry_view root, size_t turn)
{
    telemetry_sample_list_view list = telemetry_telemetry_get_samples(root);
    size_t                     count = telemetry_sample_list_count(list);
    size_t                     i;

    for (i = 0; i < count; i++) {
        telemetry_sample_set_energy(telemetry_sample_list_at(list, i), turn);
    }
    return count;
}

#define INLAY_NO_STRINGS
#define INLAY_ROOT telemetry_telemetry
#include "bench/rivals/inlay/cases.h"
