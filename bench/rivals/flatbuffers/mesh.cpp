// mesh.cpp -- the data set "mesh" in FlatBuffers.

#include "bench/data/mesh.h"
#include "bench/rivals/flatbuffers/cases.h"
#include "bench/rivals/flatbuffers/library.hpp"
#include "mesh_generated.h"

namespace wire = bench_flatbuffers::mesh;

namespace bench
{

template <> struct accessors<flat::library, data_vector3> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_vector3::x);
        f.scalar(&M::y, &data_vector3::y);
        f.scalar(&M::z, &data_vector3::z);
    }
};

template <> struct accessors<flat::library, data_triangle> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.plain(&M::v0, &data_triangle::v0);
        f.plain(&M::v1, &data_triangle::v1);
        f.plain(&M::v2, &data_triangle::v2);
        f.plain(&M::normal, &data_triangle::normal);
    }
};

template <> struct accessors<flat::library, data_mesh> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::triangles, &data_mesh::triangles,
                  &data_mesh::triangle_count);
    }
};

namespace flat
{

static wire::Vector3 vector3(const data_vector3 &from)
{
    return wire::Vector3(from.x, from.y, from.z);
}

static Offset<wire::Mesh> put(writer &to, const data_mesh &from)
{
    wire::Triangle *triangles;
    auto            list = to.builder.CreateUninitializedVectorOfStructs(
                   from.triangle_count, &triangles);

    for (size_t i = 0; i < from.triangle_count; i++) {
        const data_triangle &t = from.triangles[i];

        triangles[i] = wire::Triangle(vector3(t.v0), vector3(t.v1),
                                      vector3(t.v2), vector3(t.normal));
    }
    return wire::CreateMesh(to.builder, list);
}

namespace
{

struct mesh_set : data_set<data_mesh, data_triangle, wire::Mesh> {
    static constexpr bool has_texts = false;

    static BENCH_INLINE auto records(const root &from)
    {
        return from.triangles();
    }
    static BENCH_INLINE auto field(const wire::Triangle &from)
    {
        return from.normal().x();
    }
    template <class F> static void each_mutable(root *to, F f)
    {
        auto *list = to->mutable_triangles();

        for (uoffset_t i = 0; i < list->size(); i++) {
            f(list->GetMutableObject(i));
        }
    }
    static bool set(wire::Triangle *to, size_t turn)
    {
        to->mutable_normal().mutate_x(static_cast<float>(turn));
        return true;
    }
};

} // namespace
} // namespace flat
} // namespace bench

const bench_case flat_mesh_verified =
    bench::flat::make_case<bench::flat::mesh_set>(true);
const bench_case flat_mesh_once =
    bench::flat::make_case<bench::flat::mesh_set>(false);
