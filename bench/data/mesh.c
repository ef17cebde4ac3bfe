// mesh.c -- generates "mesh". The draws come in the original's order.

#include "bench/data/mesh.h"

#include "bench/data/rng.h"

static void make_vector(data_vector3 *vector, rng *random)
{
    vector->x = rng_f32(random);
    vector->y = rng_f32(random);
    vector->z = rng_f32(random);
}

static void make_triangle(data_triangle *triangle, rng *random)
{
    make_vector(&triangle->v0, random);
    make_vector(&triangle->v1, random);
    make_vector(&triangle->v2, random);
    make_vector(&triangle->normal, random);
}

data_mesh *data_mesh_new(size_t count)
{
    data_arena memory = {NULL};
    data_mesh *self = data_arena_array(&memory, 1, sizeof(*self));
    rng        random;

    rng_init(&random);
    self->triangles =
        data_arena_array(&memory, count, sizeof(*self->triangles));
    self->triangle_count = count;
    for (size_t i = 0; i < count; i++) {
        make_triangle(&self->triangles[i], &random);
    }
    self->memory = memory;
    return self;
}

void data_mesh_free(data_mesh *self)
{
    if (self != NULL) {
        data_arena memory = self->memory; // the root lies in it, too

        data_arena_release(&memory);
    }
}
