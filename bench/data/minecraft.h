/* minecraft.h -- the data set "minecraft_savedata": players of a game.
 *
 * Deep and ragged: optionals, vectors of records, vectors of strings, records
 * in records. The types are the plain C form of the public benchmark's. What
 * is optional is a pointer that may be NULL, or a value beside a `has_` flag.
 *
 * Lifetime: everything reachable belongs to the root and dies with it.
 */
#ifndef BENCH_DATA_MINECRAFT_H
#define BENCH_DATA_MINECRAFT_H

#include "bench/data/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DATA_MINECRAFT_COUNT 500 /* of the public benchmark */

typedef enum data_game_type {
    DATA_SURVIVAL,
    DATA_CREATIVE,
    DATA_ADVENTURE,
    DATA_SPECTATOR,
} data_game_type;

typedef struct data_vector3d {
    double x;
    double y;
    double z;
} data_vector3d;

typedef struct data_vector2 {
    float x;
    float y;
} data_vector2;

typedef struct data_item {
    int8_t    count;
    uint8_t   slot;
    inlay_str id;
} data_item;

typedef struct data_abilities {
    float walk_speed;
    float fly_speed;
    bool  may_fly;
    bool  flying;
    bool  invulnerable;
    bool  may_build;
    bool  instabuild;
} data_abilities;

typedef struct data_entity {
    inlay_str     id;
    data_vector3d pos;
    data_vector3d motion;
    data_vector2  rotation;
    float         fall_distance;
    uint16_t      fire;
    uint16_t      air;
    bool          on_ground;
    bool          no_gravity;
    bool          invulnerable;
    int32_t       portal_cooldown;
    uint32_t      uuid[4];
    bool          has_custom_name;
    inlay_str     custom_name;
    bool          custom_name_visible;
    bool          silent;
    bool          glowing;
} data_entity;

typedef struct data_vehicle {
    uint32_t    uuid[4];
    data_entity entity;
} data_vehicle;

typedef struct data_recipe_book {
    inlay_str *recipes;
    size_t     recipe_count;
    inlay_str *to_be_displayed;
    size_t     to_be_displayed_count;
    bool       is_filtering_craftable;
    bool       is_gui_open;
    bool       is_furnace_filtering_craftable;
    bool       is_furnace_gui_open;
    bool       is_blasting_furnace_filtering_craftable;
    bool       is_blasting_furnace_gui_open;
    bool       is_smoker_filtering_craftable;
    bool       is_smoker_gui_open;
} data_recipe_book;

typedef struct data_player {
    data_game_type   game_type;
    data_game_type   previous_game_type;
    int64_t          score;
    inlay_str        dimension;
    uint32_t         selected_item_slot;
    data_item        selected_item;
    bool             has_spawn_dimension;
    inlay_str        spawn_dimension;
    int64_t          spawn_x;
    int64_t          spawn_y;
    int64_t          spawn_z;
    bool             has_spawn_forced;
    bool             spawn_forced;
    uint16_t         sleep_timer;
    float            food_exhaustion_level;
    float            food_saturation_level;
    uint32_t         food_tick_timer;
    uint32_t         xp_level;
    float            xp_p;
    int32_t          xp_total;
    int32_t          xp_seed;
    data_item       *inventory;
    size_t           inventory_count;
    data_item       *ender_items;
    size_t           ender_item_count;
    data_abilities   abilities;
    data_vector3d   *entered_nether_position; /* or NULL */
    data_vehicle    *root_vehicle;            /* or NULL */
    data_entity     *shoulder_entity_left;    /* or NULL */
    data_entity     *shoulder_entity_right;   /* or NULL */
    bool             seen_credits;
    data_recipe_book recipe_book;
} data_player;

typedef struct data_players {
    data_player *players;
    size_t       player_count;
    data_arena   memory;
} data_players;

/* Generates `count` players; DATA_MINECRAFT_COUNT gives the public data,
 * another count other data of the same kind. Never NULL. */
data_players *data_players_new(size_t count);

void data_players_free(data_players *self);

#ifdef __cplusplus
}
#endif

#endif
