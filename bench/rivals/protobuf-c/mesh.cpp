// mesh.cpp -- the data set "mesh" in protobuf-c.

#include "bench/data/mesh.h"
#include "bench/rivals/protobuf-c/cases.h"
#include "bench/rivals/protobuf-c/library.hpp"
#include "mesh.pb-c.h"

namespace bench
{

template <> struct accessors<protoc::library, data_vector3> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_vector3::x);
        f.scalar(&M::y, &data_vector3::y);
        f.scalar(&M::z, &data_vector3::z);
    }
};

template <> struct accessors<protoc::library, data_triangle> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.plain(&M::v0, &data_triangle::v0);
        f.plain(&M::v1, &data_triangle::v1);
        f.plain(&M::v2, &data_triangle::v2);
        f.plain(&M::normal, &data_triangle::normal);
    }
};

template <> struct accessors<protoc::library, data_mesh> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(protoc::items(&M::n_triangles, &M::triangles),
                  &data_mesh::triangles, &data_mesh::triangle_count);
    }
};

namespace protoc
{

static void put(library, arena &, BenchMesh__Vector3 *to,
                const data_vector3 &from)
{
    to->x = from.x;
    to->y = from.y;
    to->z = from.z;
}

static void put(library, arena &memory, BenchMesh__Triangle *to,
                const data_triangle &from)
{
    to->v0 = make(memory, bench_mesh__vector3__init, from.v0);
    to->v1 = make(memory, bench_mesh__vector3__init, from.v1);
    to->v2 = make(memory, bench_mesh__vector3__init, from.v2);
    to->normal = make(memory, bench_mesh__vector3__init, from.normal);
}

static void put(library, arena &memory, BenchMesh__Mesh *to,
                const data_mesh &from)
{
    to->n_triangles = from.triangle_count;
    to->triangles = make_list(memory, bench_mesh__triangle__init,
                              from.triangles, from.triangle_count);
}

namespace
{

struct mesh_set : data_set<data_mesh, data_triangle, BenchMesh__Mesh> {
    static constexpr auto descriptor = &bench_mesh__mesh__descriptor;
    static constexpr auto init = bench_mesh__mesh__init;
    static constexpr bool has_texts = false;

    static BENCH_INLINE auto records(const root &from)
    {
        return list_view<BenchMesh__Triangle *>{from.triangles,
                                                from.n_triangles};
    }
    static BENCH_INLINE auto field(const BenchMesh__Triangle &from)
    {
        return from.normal->x;
    }
};

} // namespace
} // namespace protoc
} // namespace bench

const bench_case protoc_mesh =
    bench::protoc::make_case<bench::protoc::mesh_set>();
