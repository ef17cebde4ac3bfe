// telemetry.cpp -- the data set "telemetry" in Cap'n Proto.

#include "bench/data/telemetry.h"
#include "bench/rivals/capnproto/cases.h"
#include "bench/rivals/capnproto/library.hpp"
#include "telemetry.capnp.h"

namespace wire = bench_capnp::telemetry;

namespace bench
{

template <> struct accessors<cap::library, data_sample> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_sample;

        f.scalar(&M::getTimeUs, &T::time_us);
        f.scalar(&M::getSensor, &T::sensor);
        f.scalar(&M::getSequence, &T::sequence);
        f.scalar(&M::getStatus, &T::status);
        f.scalar(&M::getBatteryMv, &T::battery_mv);
        f.scalar(&M::getTemperature, &T::temperature);
        f.scalar(&M::getEnergy, &T::energy);
        f.scalars(&M::getReadings, &T::readings, &T::reading_count);
    }
};

template <> struct accessors<cap::library, data_telemetry> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_telemetry;

        f.scalar(&M::getDevice, &T::device);
        f.records(&M::getSamples, &T::samples, &T::sample_count);
    }
};

namespace cap
{

static void put(library, wire::Sample::Builder to, const data_sample &from)
{
    to.setTimeUs(from.time_us);
    to.setSensor(from.sensor);
    to.setSequence(from.sequence);
    to.setStatus(from.status);
    to.setBatteryMv(from.battery_mv);
    to.setTemperature(from.temperature);
    to.setEnergy(from.energy);
    put_scalars(to.initReadings(count32(from.reading_count)), from.readings,
                from.reading_count);
}

static void put(library, wire::Telemetry::Builder to,
                const data_telemetry &from)
{
    to.setDevice(from.device);
    put_list(to.initSamples(count32(from.sample_count)), from.samples,
             from.sample_count);
}

namespace
{

struct telemetry_set : data_set<data_telemetry, data_sample, wire::Telemetry> {
    static constexpr bool has_texts = false;

    static BENCH_INLINE auto records(const root::Reader &from)
    {
        return from.getSamples();
    }
    static BENCH_INLINE auto field(const wire::Sample::Reader &from)
    {
        return from.getEnergy();
    }
    static uint64_t update(root::Builder from, size_t turn)
    {
        return update_each(from.getSamples(), [turn](wire::Sample::Builder to) {
            to.setEnergy(turn);
        });
    }
};

} // namespace
} // namespace cap
} // namespace bench

const bench_case cap_telemetry_flat =
    bench::cap::flat_case<bench::cap::telemetry_set>;
const bench_case cap_telemetry_packed =
    bench::cap::packed_case<bench::cap::telemetry_set>;
