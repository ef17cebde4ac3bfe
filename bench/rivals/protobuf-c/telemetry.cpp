// telemetry.cpp -- the data set "telemetry" in protobuf-c.

#include "bench/data/telemetry.h"
#include "bench/rivals/protobuf-c/cases.h"
#include "bench/rivals/protobuf-c/library.hpp"
#include "telemetry.pb-c.h"

namespace bench
{

template <> struct accessors<protoc::library, data_sample> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_sample;

        f.scalar(&M::time_us, &T::time_us);
        f.scalar(&M::sensor, &T::sensor);
        f.scalar(&M::sequence, &T::sequence);
        f.scalar(&M::status, &T::status);
        f.scalar(&M::battery_mv, &T::battery_mv);
        f.scalar(&M::temperature, &T::temperature);
        f.scalar(&M::energy, &T::energy);
        f.scalars(protoc::items(&M::n_readings, &M::readings), &T::readings,
                  &T::reading_count);
    }
};

template <> struct accessors<protoc::library, data_telemetry> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_telemetry;

        f.scalar(&M::device, &T::device);
        f.records(protoc::items(&M::n_samples, &M::samples), &T::samples,
                  &T::sample_count);
    }
};

namespace protoc
{

static void put(library, arena &, BenchTelemetry__Sample *to,
                const data_sample &from)
{
    to->time_us = from.time_us;
    to->sensor = from.sensor;
    to->sequence = from.sequence;
    to->status = from.status;
    to->battery_mv = from.battery_mv;
    to->temperature = from.temperature;
    to->energy = from.energy;
    to->n_readings = from.reading_count;
    to->readings = borrow(from.readings);
}

static void put(library, arena &memory, BenchTelemetry__Telemetry *to,
                const data_telemetry &from)
{
    to->device = from.device;
    to->n_samples = from.sample_count;
    to->samples = make_list(memory, bench_telemetry__sample__init, from.samples,
                            from.sample_count);
}

namespace
{

struct telemetry_set
    : data_set<data_telemetry, data_sample, BenchTelemetry__Telemetry> {
    static constexpr auto descriptor = &bench_telemetry__telemetry__descriptor;
    static constexpr auto init = bench_telemetry__telemetry__init;
    static constexpr bool has_texts = false;

    static BENCH_INLINE auto records(const root &from)
    {
        return list_view<BenchTelemetry__Sample *>{from.samples,
                                                   from.n_samples};
    }
    static BENCH_INLINE auto field(const BenchTelemetry__Sample &from)
    {
        return from.energy;
    }
};

} // namespace
} // namespace protoc
} // namespace bench

const bench_case protoc_telemetry =
    bench::protoc::make_case<bench::protoc::telemetry_set>();
