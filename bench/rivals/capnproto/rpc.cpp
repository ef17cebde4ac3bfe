// rpc.cpp -- the data set "rpc" in Cap'n Proto.

#include "bench/data/rpc.h"
#include "bench/rivals/capnproto/cases.h"
#include "bench/rivals/capnproto/library.hpp"
#include "rpc.capnp.h"

namespace wire = bench_capnp::rpc;

namespace bench
{

template <> struct accessors<cap::library, data_trace_id> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::getHigh, &data_trace_id::high);
        f.scalar(&M::getLow, &data_trace_id::low);
    }
};

template <> struct accessors<cap::library, data_request> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_request;

        f.scalar(&M::getId, &T::id);
        f.plain(&M::getTrace, &T::trace);
        f.scalar(&M::getDeadlineUs, &T::deadline_us);
        f.scalar(&M::getMethod, &T::method);
        f.scalar(&M::getPriority, &T::priority);
        f.scalar(&M::getIdempotent, &T::idempotent);
        f.scalar(&M::getStream, &T::stream);
        f.text(&M::getUser, &T::user);
        f.text(&M::getResource, &T::resource);
        f.text(&M::getToken, &T::token);
        f.scalars(&M::getShards, &T::shards, &T::shard_count);
        f.maybe(present(&M::getIsTenantSet, &M::getTenant), &T::has_tenant,
                &T::tenant);
    }
};

namespace cap
{

static void put(library, wire::Request::Builder to, const data_request &from)
{
    auto trace = to.getTrace();

    to.setId(from.id);
    trace.setHigh(from.trace.high);
    trace.setLow(from.trace.low);
    to.setDeadlineUs(from.deadline_us);
    to.setMethod(static_cast<wire::Method>(from.method));
    to.setPriority(from.priority);
    to.setIdempotent(from.idempotent);
    to.setStream(from.stream);
    copy(to.initUser(count32(from.user.size)), from.user);
    copy(to.initResource(count32(from.resource.size)), from.resource);
    copy(to.initToken(count32(from.token.size)), from.token);
    put_scalars(to.initShards(count32(from.shard_count)), from.shards,
                from.shard_count);
    if (from.has_tenant) {
        to.setIsTenantSet(true);
        to.setTenant(from.tenant);
    }
}

namespace
{

struct rpc_set : data_set<data_request, data_request, wire::Request> {
    static BENCH_INLINE auto records(const root::Reader &from)
    {
        return only(from);
    }
    static BENCH_INLINE auto field(const root::Reader &from)
    {
        return from.getDeadlineUs();
    }
    static uint64_t update(root::Builder to, size_t turn)
    {
        to.setDeadlineUs(static_cast<uint32_t>(turn));
        return 1;
    }
};

} // namespace
} // namespace cap
} // namespace bench

const bench_case cap_rpc_flat = bench::cap::flat_case<bench::cap::rpc_set>;
const bench_case cap_rpc_packed = bench::cap::packed_case<bench::cap::rpc_set>;
