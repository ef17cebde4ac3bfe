// mesh.c -- the set "mesh": 125,000 triangles of twelve floats.

#include "bench/data/mesh.h"
#include "mesh.inlay.h"
#include "speed.h"

static const void *native(void)
{
    data_mesh     *data = data_mesh_new(DATA_MESH_COUNT);
    mesh_triangle *triangles =
        speed_memory(data->triangle_count, sizeof *triangles);
    mesh_mesh *root = speed_memory(1, sizeof *root);

    // Both are twelve floats in a row.
    memcpy(triangles, data->triangles,
           data->triangle_count * sizeof *triangles);
    root->triangles =
        (mesh_triangle_list){.items = triangles, .count = data->triangle_count};
    return root;
}

static inlay_status encode(const void *root, void *buffer, size_t capacity,
                           size_t *size)
{
    return mesh_mesh_encode(root, buffer, capacity, size, NULL);
}

static inlay_status measure(const void *root, inlay_encoder *encoder,
                            size_t *size)
{
    return mesh_mesh_measure(root, encoder, size);
}

static inlay_status verify(const void *data, size_t size)
{
    return mesh_mesh_verify(data, size, NULL);
}

static inlay_status decode(const void *data, size_t size, inlay_arena *arena)
{
    mesh_mesh root;

    return mesh_mesh_decode(data, size, arena, &root, NULL);
}

static uint64_t sum_of(mesh_vector3 v)
{
    return (uint64_t)inlay_f32_bits(v.x) + inlay_f32_bits(v.y) +
           inlay_f32_bits(v.z);
}

// The public benchmark reads normals.
static uint64_t native_scalars(const void *root)
{
    const mesh_mesh *mesh = root;
    uint64_t         sum = 0;
    size_t           i;

    for (i = 0; i < mesh->triangles.count; i++) {
        sum += sum_of(mesh->triangles.items[i].normal);
    }
    return sum;
}

static uint64_t scalars(const void *data, size_t size, bool verified)
{
    mesh_mesh_view          root = mesh_mesh_open(data, size);
    mesh_triangle_list_view list;
    uint64_t                sum = 0;
    size_t                  i;

    root.record.verified = verified;
    list = mesh_mesh_get_triangles(root);
    for (i = 0; i < mesh_triangle_list_count(list); i++) {
        sum += sum_of(mesh_triangle_list_at(list, i).normal);
    }
    return sum;
}

const speed_set speed_mesh = {
    .name = "mesh",
    .native = native,
    .encode = encode,
    .measure = measure,
    .verify = verify,
    .decode = decode,
    .native_scalars = native_scalars,
    .scalars = scalars,
};
