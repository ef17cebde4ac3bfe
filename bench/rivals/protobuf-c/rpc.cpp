// rpc.cpp -- the data set "rpc" in protobuf-c.

#include "bench/data/rpc.h"
#include "bench/rivals/protobuf-c/cases.h"
#include "bench/rivals/protobuf-c/library.hpp"
#include "rpc.pb-c.h"

namespace bench
{

template <> struct accessors<protoc::library, data_trace_id> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::high, &data_trace_id::high);
        f.scalar(&M::low, &data_trace_id::low);
    }
};

template <> struct accessors<protoc::library, data_request> {
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
        f.scalars(protoc::items(&M::n_shards, &M::shards), &T::shards,
                  &T::shard_count);
        f.maybe(present(&M::has_tenant, &M::tenant), &T::has_tenant,
                &T::tenant);
    }
};

namespace protoc
{

static void put(library, arena &, BenchRpc__TraceId *to,
                const data_trace_id &from)
{
    to->high = from.high;
    to->low = from.low;
}

static void put(library, arena &memory, BenchRpc__Request *to,
                const data_request &from)
{
    to->id = from.id;
    to->trace = make(memory, bench_rpc__trace_id__init, from.trace);
    to->deadline_us = from.deadline_us;
    to->method = static_cast<BenchRpc__Method>(from.method);
    to->priority = from.priority;
    to->idempotent = from.idempotent;
    to->stream = from.stream;
    to->user = make_text(memory, from.user);
    to->resource = make_text(memory, from.resource);
    to->token = borrow(from.token);
    to->n_shards = from.shard_count;
    to->shards = borrow(from.shards);
    to->has_tenant = from.has_tenant;
    to->tenant = from.tenant;
}

namespace
{

struct rpc_set : data_set<data_request, data_request, BenchRpc__Request> {
    static constexpr auto descriptor = &bench_rpc__request__descriptor;
    static constexpr auto init = bench_rpc__request__init;

    static BENCH_INLINE auto records(const root &from)
    {
        return only(from);
    }
    static BENCH_INLINE auto field(const BenchRpc__Request &from)
    {
        return from.deadline_us;
    }
};

} // namespace
} // namespace protoc
} // namespace bench

const bench_case protoc_rpc =
    bench::protoc::make_case<bench::protoc::rpc_set>();
