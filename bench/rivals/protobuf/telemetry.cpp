// telemetry.cpp -- the data set "telemetry" in protobuf.

#include "bench/data/telemetry.h"
#include "bench/rivals/protobuf/cases.h"
#include "bench/rivals/protobuf/library.hpp"
#include "telemetry.pb.h"

namespace wire = bench_protobuf::telemetry;

namespace bench
{

template <> struct accessors<proto::library, data_sample> {
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
        f.scalars(
            [](const M &m) -> const auto & { return m.readings(); },
            &T::readings, &T::reading_count);
    }
};

template <> struct accessors<proto::library, data_telemetry> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_telemetry;

        f.scalar(&M::device, &T::device);
        f.records(
            [](const M &m) -> const auto & { return m.samples(); }, &T::samples,
            &T::sample_count);
    }
};

namespace proto
{

static void put(library, wire::Sample *to, const data_sample &from)
{
    to->set_time_us(from.time_us);
    to->set_sensor(from.sensor);
    to->set_sequence(from.sequence);
    to->set_status(from.status);
    to->set_battery_mv(from.battery_mv);
    to->set_temperature(from.temperature);
    to->set_energy(from.energy);
    put_scalars(to->mutable_readings(), from.readings, from.reading_count);
}

static void put(library, wire::Telemetry *to, const data_telemetry &from)
{
    to->set_device(from.device);
    put_list(to->mutable_samples(), from.samples, from.sample_count);
}

namespace
{

struct telemetry_set : data_set<data_telemetry, data_sample, wire::Telemetry> {
    static constexpr bool has_texts = false;

    static BENCH_INLINE const auto &records(const root &from)
    {
        return from.samples();
    }
    static BENCH_INLINE auto field(const wire::Sample &from)
    {
        return from.energy();
    }
};

} // namespace
} // namespace proto
} // namespace bench

const bench_case proto_telemetry =
    bench::proto::arena_case<bench::proto::telemetry_set>;
const bench_case proto_telemetry_again =
    bench::proto::again_case<bench::proto::telemetry_set>;
