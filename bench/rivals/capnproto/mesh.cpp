// mesh.cpp -- the data set "mesh" in Cap'n Proto.

#include "bench/data/mesh.h"
#include "bench/rivals/capnproto/cases.h"
#include "bench/rivals/capnproto/library.hpp"
#include "mesh.capnp.h"

namespace wire = bench_capnp::mesh;

namespace bench
{

template <> struct accessors<cap::library, data_vector3> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::getX, &data_vector3::x);
        f.scalar(&M::getY, &data_vector3::y);
        f.scalar(&M::getZ, &data_vector3::z);
    }
};

template <> struct accessors<cap::library, data_triangle> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.plain(&M::getV0, &data_triangle::v0);
        f.plain(&M::getV1, &data_triangle::v1);
        f.plain(&M::getV2, &data_triangle::v2);
        f.plain(&M::getNormal, &data_triangle::normal);
    }
};

template <> struct accessors<cap::library, data_mesh> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::getTriangles, &data_mesh::triangles,
                  &data_mesh::triangle_count);
    }
};

namespace cap
{

template <class B> static void put(library, B to, const data_vector3 &from)
{
    to.setX(from.x);
    to.setY(from.y);
    to.setZ(from.z);
}

static void put(library, wire::Triangle::Builder to, const data_triangle &from)
{
    put(library(), to.getV0(), from.v0);
    put(library(), to.getV1(), from.v1);
    put(library(), to.getV2(), from.v2);
    put(library(), to.getNormal(), from.normal);
}

static void put(library, wire::Mesh::Builder to, const data_mesh &from)
{
    put_list(to.initTriangles(count32(from.triangle_count)), from.triangles,
             from.triangle_count);
}

namespace
{

struct mesh_set : data_set<data_mesh, data_triangle, wire::Mesh> {
    static constexpr bool has_texts = false;

    static BENCH_INLINE auto records(const root::Reader &from)
    {
        return from.getTriangles();
    }
    static BENCH_INLINE auto field(const wire::Triangle::Reader &from)
    {
        return from.getNormal().getX();
    }
    static uint64_t update(root::Builder from, size_t turn)
    {
        return update_each(from.getTriangles(),
                           [turn](wire::Triangle::Builder to) {
                               to.getNormal().setX(static_cast<float>(turn));
                           });
    }
};

} // namespace
} // namespace cap
} // namespace bench

const bench_case cap_mesh_flat = bench::cap::flat_case<bench::cap::mesh_set>;
const bench_case cap_mesh_packed =
    bench::cap::packed_case<bench::cap::mesh_set>;
