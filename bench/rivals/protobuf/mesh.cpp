// mesh.cpp -- the data set "mesh" in protobuf.

#include "bench/data/mesh.h"
#include "bench/rivals/protobuf/cases.h"
#include "bench/rivals/protobuf/library.hpp"
#include "mesh.pb.h"

namespace wire = bench_protobuf::mesh;

namespace bench
{

template <> struct accessors<proto::library, data_vector3> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_vector3::x);
        f.scalar(&M::y, &data_vector3::y);
        f.scalar(&M::z, &data_vector3::z);
    }
};

template <> struct accessors<proto::library, data_triangle> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.plain(&M::v0, &data_triangle::v0);
        f.plain(&M::v1, &data_triangle::v1);
        f.plain(&M::v2, &data_triangle::v2);
        f.plain(&M::normal, &data_triangle::normal);
    }
};

template <> struct accessors<proto::library, data_mesh> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(
            [](const M &m) -> const auto & { return m.triangles(); },
            &data_mesh::triangles, &data_mesh::triangle_count);
    }
};

namespace proto
{

static void put(library, wire::Vector3 *to, const data_vector3 &from)
{
    to->set_x(from.x);
    to->set_y(from.y);
    to->set_z(from.z);
}

static void put(library, wire::Triangle *to, const data_triangle &from)
{
    put(library(), to->mutable_v0(), from.v0);
    put(library(), to->mutable_v1(), from.v1);
    put(library(), to->mutable_v2(), from.v2);
    put(library(), to->mutable_normal(), from.normal);
}

static void put(library, wire::Mesh *to, const data_mesh &from)
{
    put_list(to->mutable_triangles(), from.triangles, from.triangle_count);
}

namespace
{

struct mesh_set : data_set<data_mesh, data_triangle, wire::Mesh> {
    static constexpr bool has_texts = false;

    static BENCH_INLINE const auto &records(const root &from)
    {
        return from.triangles();
    }
    static BENCH_INLINE auto field(const wire::Triangle &from)
    {
        return from.normal().x();
    }
};

} // namespace
} // namespace proto
} // namespace bench

const bench_case proto_mesh = bench::proto::arena_case<bench::proto::mesh_set>;
const bench_case proto_mesh_again =
    bench::proto::again_case<bench::proto::mesh_set>;
