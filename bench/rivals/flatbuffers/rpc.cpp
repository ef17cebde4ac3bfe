// rpc.cpp -- the data set "rpc" in FlatBuffers.

#include "bench/data/rpc.h"
#include "bench/rivals/flatbuffers/cases.h"
#include "bench/rivals/flatbuffers/library.hpp"
#include "rpc_generated.h"

namespace wire = bench_flatbuffers::rpc;

namespace bench
{

template <> struct accessors<flat::library, data_trace_id> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::high, &data_trace_id::high);
        f.scalar(&M::low, &data_trace_id::low);
    }
};

template <> struct accessors<flat::library, data_request> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_request;

        f.scalar(&M::id, &T::id);
        f.plain(&M::trace, &T::trace);
        f.scalar(&M::deadline_us, &T::deadline_us);
        f.scalar(&M::method, &T::method);
        f.scalar(&M::priority, &T::priority);
        f.scalar(&M::idempotent, &T::idempotent);
        f.scalar(&M::stream, &T::stream);
        f.text(&M::user, &T::user);
        f.text(&M::resource, &T::resource);
        f.text(&M::token, &T::token);
        f.scalars(&M::shards, &T::shards, &T::shard_count);
        f.maybe(&M::tenant, &T::has_tenant, &T::tenant);
    }
};

namespace flat
{

static Offset<wire::Request> put(writer &to, const data_request &from)
{
    wire::TraceId trace(from.trace.high, from.trace.low);
    auto          user = put(to, from.user);
    auto          resource = put(to, from.resource);
    auto token = to.builder.CreateVector(from.token.data, from.token.size);
    auto shards = to.builder.CreateVector(from.shards, from.shard_count);

    return wire::CreateRequest(to.builder, from.id, &trace, from.deadline_us,
                               static_cast<wire::Method>(from.method),
                               from.priority, from.idempotent, from.stream,
                               user, resource, token, shards,
                               maybe(from.has_tenant, from.tenant));
}

namespace
{

struct rpc_set : data_set<data_request, data_request, wire::Request> {
    static BENCH_INLINE auto records(const root &from)
    {
        return only(from);
    }
    static BENCH_INLINE auto field(const root &from)
    {
        return from.deadline_us();
    }
    template <class F> static void each_mutable(root *to, F f)
    {
        f(to);
    }
    static bool set(root *to, size_t turn)
    {
        return to->mutate_deadline_us(static_cast<uint32_t>(turn));
    }
};

} // namespace
} // namespace flat
} // namespace bench

const bench_case flat_rpc_verified =
    bench::flat::make_case<bench::flat::rpc_set>(true);
const bench_case flat_rpc_once =
    bench::flat::make_case<bench::flat::rpc_set>(false);
