// log.cpp -- the data set "log" in protobuf.

#include "bench/data/log.h"
#include "bench/rivals/protobuf/cases.h"
#include "bench/rivals/protobuf/library.hpp"
#include "log.pb.h"

namespace wire = bench_protobuf::log;

namespace bench
{

template <> struct accessors<proto::library, data_address> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x0, &data_address::x0);
        f.scalar(&M::x1, &data_address::x1);
        f.scalar(&M::x2, &data_address::x2);
        f.scalar(&M::x3, &data_address::x3);
    }
};

template <> struct accessors<proto::library, data_log> {
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

template <> struct accessors<proto::library, data_logs> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(
            [](const M &m) -> const auto & { return m.logs(); },
            &data_logs::logs, &data_logs::log_count);
    }
};

namespace proto
{

static void put(library, wire::Address *to, const data_address &from)
{
    to->set_x0(from.x0);
    to->set_x1(from.x1);
    to->set_x2(from.x2);
    to->set_x3(from.x3);
}

static void put(library, wire::Log *to, const data_log &from)
{
    put(library(), to->mutable_address(), from.address);
    to->set_identity(from.identity.data, from.identity.size);
    to->set_userid(from.userid.data, from.userid.size);
    to->set_date(from.date.data, from.date.size);
    to->set_request(from.request.data, from.request.size);
    to->set_code(from.code);
    to->set_size(from.size);
}

static void put(library, wire::Logs *to, const data_logs &from)
{
    put_list(to->mutable_logs(), from.logs, from.log_count);
}

namespace
{

struct log_set : data_set<data_logs, data_log, wire::Logs> {
    static BENCH_INLINE const auto &records(const root &from)
    {
        return from.logs();
    }
    static BENCH_INLINE auto field(const wire::Log &from)
    {
        return from.size();
    }
};

} // namespace
} // namespace proto
} // namespace bench

const bench_case proto_log = bench::proto::arena_case<bench::proto::log_set>;
const bench_case proto_log_again =
    bench::proto::again_case<bench::proto::log_set>;
