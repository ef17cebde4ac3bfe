// log.cpp -- the data set "log" in protobuf-c.

#include "bench/data/log.h"
#include "bench/rivals/protobuf-c/cases.h"
#include "bench/rivals/protobuf-c/library.hpp"
#include "log.pb-c.h"

namespace bench
{

template <> struct accessors<protoc::library, data_address> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x0, &data_address::x0);
        f.scalar(&M::x1, &data_address::x1);
        f.scalar(&M::x2, &data_address::x2);
        f.scalar(&M::x3, &data_address::x3);
    }
};

template <> struct accessors<protoc::library, data_log> {
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

template <> struct accessors<protoc::library, data_logs> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(protoc::items(&M::n_logs, &M::logs), &data_logs::logs,
                  &data_logs::log_count);
    }
};

namespace protoc
{

static void put(library, arena &, BenchLog__Address *to,
                const data_address &from)
{
    to->x0 = from.x0;
    to->x1 = from.x1;
    to->x2 = from.x2;
    to->x3 = from.x3;
}

static void put(library, arena &memory, BenchLog__Log *to, const data_log &from)
{
    to->address = make(memory, bench_log__address__init, from.address);
    to->identity = make_text(memory, from.identity);
    to->userid = make_text(memory, from.userid);
    to->date = make_text(memory, from.date);
    to->request = make_text(memory, from.request);
    to->code = from.code;
    to->size = from.size;
}

static void put(library, arena &memory, BenchLog__Logs *to,
                const data_logs &from)
{
    to->n_logs = from.log_count;
    to->logs =
        make_list(memory, bench_log__log__init, from.logs, from.log_count);
}

namespace
{

struct log_set : data_set<data_logs, data_log, BenchLog__Logs> {
    static constexpr auto descriptor = &bench_log__logs__descriptor;
    static constexpr auto init = bench_log__logs__init;

    static BENCH_INLINE auto records(const root &from)
    {
        return list_view<BenchLog__Log *>{from.logs, from.n_logs};
    }
    static BENCH_INLINE auto field(const BenchLog__Log &from)
    {
        return from.size;
    }
};

} // namespace
} // namespace protoc
} // namespace bench

const bench_case protoc_log =
    bench::protoc::make_case<bench::protoc::log_set>();
