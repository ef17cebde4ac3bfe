// log.cpp -- the data set "log" in FlatBuffers.

#include "bench/data/log.h"
#include "bench/rivals/flatbuffers/cases.h"
#include "bench/rivals/flatbuffers/library.hpp"
#include "log_generated.h"

namespace wire = bench_flatbuffers::log;

namespace bench
{

template <> struct accessors<flat::library, data_address> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x0, &data_address::x0);
        f.scalar(&M::x1, &data_address::x1);
        f.scalar(&M::x2, &data_address::x2);
        f.scalar(&M::x3, &data_address::x3);
    }
};

template <> struct accessors<flat::library, data_log> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.plain(&M::address, &data_log::address);
        f.text(&M::identity, &data_log::identity);
        f.text(&M::userid, &data_log::userid);
        f.text(&M::date, &data_log::date);
        f.text(&M::request, &data_log::request);
        f.scalar(&M::code, &data_log::code);
        f.scalar(&M::size, &data_log::size);
    }
};

template <> struct accessors<flat::library, data_logs> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::logs, &data_logs::logs, &data_logs::log_count);
    }
};

namespace flat
{

static Offset<wire::Log> put(writer &to, const data_log &from)
{
    wire::Address address(from.address.x0, from.address.x1, from.address.x2,
                          from.address.x3);
    auto          identity = put(to, from.identity);
    auto          userid = put(to, from.userid);
    auto          date = put(to, from.date);
    auto          request = put(to, from.request);

    return wire::CreateLog(to.builder, &address, identity, userid, date,
                           request, from.code, from.size);
}

static Offset<wire::Logs> put(writer &to, const data_logs &from)
{
    return wire::CreateLogs(to.builder,
                            put_list<wire::Log>(to, from.logs, from.log_count));
}

namespace
{

struct log_set : data_set<data_logs, data_log, wire::Logs> {
    static BENCH_INLINE auto records(const root &from)
    {
        return from.logs();
    }
    static BENCH_INLINE auto field(const wire::Log &from)
    {
        return from.size();
    }
    template <class F> static void each_mutable(root *to, F f)
    {
        flat::each_mutable(to->mutable_logs(), f);
    }
    static bool set(wire::Log *to, size_t turn)
    {
        return to->mutate_size(turn);
    }
};

} // namespace
} // namespace flat
} // namespace bench

const bench_case flat_log_verified =
    bench::flat::make_case<bench::flat::log_set>(true);
const bench_case flat_log_once =
    bench::flat::make_case<bench::flat::log_set>(false);
