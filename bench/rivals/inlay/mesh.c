// mesh.c -- Inlay on "mesh".

#include "bench/rivals/inlay/inlay.h"

#include "bench/data/mesh.h"
#include "mesh.inlay.h"

static mesh_vector3 vector3(data_vector3 v)
{
    return (mesh_vector3){v.x, v.y, v.z};
}

static const mesh_mesh *native_of(const void *model, inlay_arena *arena)
{
    const data_mesh *data = model;
    mesh_mesh       *root = take(arena, 1, sizeof *root);
    mesh_triangle   *made = take(arena, data->triangle_count, sizeof *made);
    size_t           i;

    if (root == NULL || made == NULL) {
        return NULL;
    }
    for (i = 0; i < data->triangle_count; i++) {
        const data_triangle *triangle = &data->triangles[i];

        made[i] =
            (mesh_triangle){vector3(triangle->v0), vector3(triangle->v1),
                            vector3(triangle->v2), vector3(triangle->normal)};
    }
    *root = (mesh_mesh){.triangles = {made, data->triangle_count}};
    return root;
}

static INLAY_INLINE uint64_t vector_scalars(mesh_vector3 v)
{
    return bench_f32(v.x) + bench_f32(v.y) + bench_f32(v.z);
}

static INLAY_INLINE uint64_t triangle_scalars(mesh_triangle triangle)
{
    return vector_scalars(triangle.v0) + vector_scalars(triangle.v1) +
           vector_scalars(triangle.v2) + vector_scalars(triangle.normal);
}

static INLAY_INLINE uint64_t one(mesh_mesh_view root, size_t turn)
{
    mesh_triangle_list_view list = mesh_mesh_get_triangles(root);
    size_t                  count = mesh_triangle_list_count(list);

    return count == 0
               ? 0
               : bench_f32(mesh_triangle_list_at(list, turn % count).normal.x);
}

static INLAY_INLINE uint64_t each(mesh_mesh_view root, size_t step)
{
    mesh_triangle_list_view list = mesh_mesh_get_triangles(root);
    size_t                  count = mesh_triangle_list_count(list);
    uint64_t                sum = 0;
    size_t                  i;

    for (i = 0; i < count; i += step) {
        sum += bench_record(triangle_scalars(mesh_triangle_list_at(list, i)));
    }
    return sum;
}

static INLAY_INLINE uint64_t tenth(mesh_mesh_view root)
{
    return each(root, 10);
}

static INLAY_INLINE uint64_t scalars(mesh_mesh_view root)
{
    return each(root, 1);
}

static INLAY_INLINE uint64_t update(mesh_mesh_view root, size_t turn)
{
    mesh_triangle_list_view list = mesh_mesh_get_triangles(root);
    size_t                  count = mesh_triangle_list_count(list);
    size_t                  i;

    for (i = 0; i < count; i++) {
        mesh_triangle triangle = mesh_triangle_list_at(list, i);

        triangle.normal.x = (float)turn;
        mesh_triangle_list_set(list, i, triangle);
    }
    return count;
}

#define INLAY_NO_STRINGS
#define INLAY_ROOT mesh_mesh
#include "bench/rivals/inlay/cases.h"
