// rpc.cpp -- the data set "rpc" in protobuf.

#include "bench/data/rpc.h"
#include "bench/rivals/protobuf/cases.h"
#include "bench/rivals/protobuf/library.hpp"
#include "rpc.pb.h"

namespace wire = bench_protobuf::rpc;

namespace bench
{

template <> struct accessors<proto::library, data_trace_id> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::high, &data_trace_id::high);
        f.scalar(&M::low, &data_trace_id::low);
    }
};

template <> struct accessors<proto::library, data_request> {
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
        f.scalars(
            [](const M &m) -> const auto & { return m.shards(); }, &T::shards,
            &T::shard_count);
        f.maybe(present(&M::has_tenant, &M::tenant), &T::has_tenant,
                &T::tenant);
    }
};

namespace proto
{

static void put(library, wire::TraceId *to, const data_trace_id &from)
{
    to->set_high(from.high);
    to->set_low(from.low);
}

static void put(library, wire::Request *to, const data_request &from)
{
    to->set_id(from.id);
    put(library(), to->mutable_trace(), from.trace);
    to->set_deadline_us(from.deadline_us);
    to->set_method(static_cast<wire::Method>(from.method));
    to->set_priority(from.priority);
    to->set_idempotent(from.idempotent);
    to->set_stream(from.stream);
    to->set_user(from.user.data, from.user.size);
    to->set_resource(from.resource.data, from.resource.size);
    to->set_token(from.token.data, from.token.size);
    put_scalars(to->mutable_shards(), from.shards, from.shard_count);
    if (from.has_tenant) {
        to->set_tenant(from.tenant);
    }
}

namespace
{

struct rpc_set : data_set<data_request, data_request, wire::Request> {
    static BENCH_INLINE auto records(const root &from)
    {
        return only(from);
    }
    static BENCH_INLINE auto field(const wire::Request &from)
    {
        return from.deadline_us();
    }
};

} // namespace
} // namespace proto
} // namespace bench

const bench_case proto_rpc = bench::proto::arena_case<bench::proto::rpc_set>;
const bench_case proto_rpc_again =
    bench::proto::again_case<bench::proto::rpc_set>;
