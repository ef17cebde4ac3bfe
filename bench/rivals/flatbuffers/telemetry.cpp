// telemetry.cpp -- the data set "telemetry" in FlatBuffers.

#include "bench/data/telemetry.h"
#include "bench/rivals/flatbuffers/cases.h"
#include "bench/rivals/flatbuffers/library.hpp"
#include "telemetry_generated.h"

namespace wire = bench_flatbuffers::telemetry;

namespace bench
{

template <> struct accessors<flat::library, data_sample> {
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
        f.scalars(&M::readings, &T::readings, &T::reading_count);
    }
};

template <> struct accessors<flat::library, data_telemetry> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_telemetry;

        f.scalar(&M::device, &T::device);
        f.records(&M::samples, &T::samples, &T::sample_count);
    }
};

namespace flat
{

static Offset<wire::Sample> put(writer &to, const data_sample &from)
{
    auto readings = to.builder.CreateVector(from.readings, from.reading_count);

    return wire::CreateSample(to.builder, from.time_us, from.sensor,
                              from.sequence, from.status, from.battery_mv,
                              from.temperature, from.energy, readings);
}

static Offset<wire::Telemetry> put(writer &to, const data_telemetry &from)
{
    return wire::CreateTelemetry(
        to.builder, from.device,
        put_list<wire::Sample>(to, from.samples, from.sample_count));
}

namespace
{

struct telemetry_set : data_set<data_telemetry, data_sample, wire::Telemetry> {
    static constexpr bool has_texts = false;

    static BENCH_INLINE auto records(const root &from)
    {
        return from.samples();
    }
    static BENCH_INLINE auto field(const wire::Sample &from)
    {
        return from.energy();
    }
    template <class F> static void each_mutable(root *to, F f)
    {
        flat::each_mutable(to->mutable_samples(), f);
    }
    static bool set(wire::Sample *to, size_t turn)
    {
        return to->mutate_energy(turn);
    }
};

} // namespace
} // namespace flat
} // namespace bench

const bench_case flat_telemetry_verified =
    bench::flat::make_case<bench::flat::telemetry_set>(true);
const bench_case flat_telemetry_once =
    bench::flat::make_case<bench::flat::telemetry_set>(false);
