/* mesh.h -- the data set "mesh": triangles, nothing but floats.
 *
 * What a codec makes of plain data that could be copied whole. The types are
 * the plain C form of the public benchmark's.
 *
 * Lifetime: everything reachable belongs to the root and dies with it.
 */
#ifndef BENCH_DATA_MESH_H
#define BENCH_DATA_MESH_H

#include "bench/data/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DATA_MESH_COUNT 125000 /* of the public benchmark */

typedef struct data_vector3 {
    float x;
    float y;
    float z;
} data_vector3;

typedef struct data_triangle {
    data_vector3 v0;
    data_vector3 v1;
    data_vector3 v2;
    data_vector3 normal;
} data_triangle;

typedef struct data_mesh {
    data_triangle *triangles;
    size_t         triangle_count;
    data_arena     memory;
} data_mesh;

/* Generates `count` triangles; DATA_MESH_COUNT gives the public data, another
 * count other data of the same kind. Never NULL. */
data_mesh *data_mesh_new(size_t count);

void data_mesh_free(data_mesh *self);

#ifdef __cplusplus
}
#endif

#endif
