/* mk48.h -- the data set "mk48": what a game server of ships sends.
 *
 * Vectors in vectors of small records of narrow integers, bools and bytes.
 * The types are the plain C form of the public benchmark's. What is optional
 * is a value beside a `has_` flag.
 *
 * Lifetime: everything reachable belongs to the root and dies with it.
 */
#ifndef BENCH_DATA_MK48_H
#define BENCH_DATA_MK48_H

#include "bench/data/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DATA_MK48_COUNT 1000 /* of the public benchmark */

typedef enum data_entity_type {
    DATA_ARLEIGH_BURKE,
    DATA_BISMARCK,
    DATA_CLEMENCEAU,
    DATA_FLETCHER,
    DATA_G5,
    DATA_IOWA,
    DATA_KOLKATA,
    DATA_OSA,
    DATA_YASEN,
    DATA_ZUBR,
} data_entity_type;

#define DATA_ENTITY_TYPE_COUNT 10

typedef struct data_position {
    float x;
    float y;
} data_position;

typedef struct data_transform {
    int8_t        altitude;
    uint16_t      angle;
    data_position position;
    int16_t       velocity;
} data_transform;

typedef struct data_guidance {
    uint16_t angle;
    bool     submerge;
    int16_t  velocity;
} data_guidance;

typedef struct data_contact {
    uint8_t          damage;
    uint32_t         entity_id;
    bool             has_entity_type;
    data_entity_type entity_type;
    data_guidance    guidance;
    bool             has_player_id;
    uint16_t         player_id;
    bool            *reloads;
    size_t           reload_count;
    data_transform   transform;
    uint16_t        *turret_angles;
    size_t           turret_angle_count;
} data_contact;

typedef struct data_chunk_id {
    int8_t x;
    int8_t y;
} data_chunk_id;

typedef struct data_terrain_update {
    data_chunk_id chunk_id;
    inlay_bytes   data;
} data_terrain_update;

typedef struct data_update {
    data_contact        *contacts;
    size_t               contact_count;
    uint32_t             score;
    float                world_radius;
    data_terrain_update *terrain_updates;
    size_t               terrain_update_count;
} data_update;

typedef struct data_updates {
    data_update *updates;
    size_t       update_count;
    data_arena   memory;
} data_updates;

/* Generates `count` updates; DATA_MK48_COUNT gives the public data, another
 * count other data of the same kind. Never NULL. */
data_updates *data_updates_new(size_t count);

void data_updates_free(data_updates *self);

#ifdef __cplusplus
}
#endif

#endif
