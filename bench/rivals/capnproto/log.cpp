// log.cpp -- the data set "log" in Cap'n Proto.

#include "bench/data/log.h"
#include "bench/rivals/capnproto/cases.h"
#include "bench/rivals/capnproto/library.hpp"
#include "log.capnp.h"

namespace wire = bench_capnp::log;

namespace bench
{

template <> struct accessors<cap::library, data_address> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::getX0, &data_address::x0);
        f.scalar(&M::getX1, &data_address::x1);
        f.scalar(&M::getX2, &data_address::x2);
        f.scalar(&M::getX3, &data_address::x3);
    }
};

template <> struct accessors<cap::library, data_log> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.plain(&M::getAddress, &data_log::address);
        f.text(&M::getIdentity, &data_log::identity);
        f.text(&M::getUserid, &data_log::userid);
        f.text(&M::getDate, &data_log::date);
        f.text(&M::getRequest, &data_log::request);
        f.scalar(&M::getCode, &data_log::code);
        f.scalar(&M::getSize, &data_log::size);
    }
};

template <> struct accessors<cap::library, data_logs> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::getLogs, &data_logs::logs, &data_logs::log_count);
    }
};

namespace cap
{

static void put(library, wire::Log::Builder to, const data_log &from)
{
    auto address = to.getAddress();

    address.setX0(from.address.x0);
    address.setX1(from.address.x1);
    address.setX2(from.address.x2);
    address.setX3(from.address.x3);
    copy(to.initIdentity(count32(from.identity.size)), from.identity);
    copy(to.initUserid(count32(from.userid.size)), from.userid);
    copy(to.initDate(count32(from.date.size)), from.date);
    copy(to.initRequest(count32(from.request.size)), from.request);
    to.setCode(from.code);
    to.setSize(from.size);
}

static void put(library, wire::Logs::Builder to, const data_logs &from)
{
    put_list(to.initLogs(count32(from.log_count)), from.logs, from.log_count);
}

namespace
{

struct log_set : data_set<data_logs, data_log, wire::Logs> {
    static BENCH_INLINE auto records(const root::Reader &from)
    {
        return from.getLogs();
    }
    static BENCH_INLINE auto field(const wire::Log::Reader &from)
    {
        return from.getSize();
    }
    static uint64_t update(root::Builder from, size_t turn)
    {
        return update_each(from.getLogs(),
                           [turn](wire::Log::Builder to) { to.setSize(turn); });
    }
};

} // namespace
} // namespace cap
} // namespace bench

const bench_case cap_log_flat = bench::cap::flat_case<bench::cap::log_set>;
const bench_case cap_log_packed = bench::cap::packed_case<bench::cap::log_set>;
