// minecraft.c -- the set "minecraft_savedata": 500 players, deeply nested.

#include "bench/data/minecraft.h"
#include "minecraft.inlay.h"
#include "speed.h"

// ---- Native structs ---------------------------------------------------------

static minecraft_vector3d vector3d(data_vector3d v)
{
    return (minecraft_vector3d){v.x, v.y, v.z};
}

static inlay_str_opt optional(bool has, inlay_str value)
{
    return (inlay_str_opt){has, has ? value : (inlay_str){NULL, 0}};
}

static minecraft_item item_of(const data_item *item)
{
    return (minecraft_item){
        .count = item->count, .slot = item->slot, .id = item->id};
}

static minecraft_item_list items_of(const data_item *items, size_t count)
{
    minecraft_item *made = speed_memory(count, sizeof *made);
    size_t          i;

    for (i = 0; i < count; i++) {
        made[i] = item_of(&items[i]);
    }
    return (minecraft_item_list){.items = made, .count = count};
}

static minecraft_entity entity_of(const data_entity *entity)
{
    minecraft_entity made = {
        .id = entity->id,
        .pos = vector3d(entity->pos),
        .motion = vector3d(entity->motion),
        .rotation = {entity->rotation.x, entity->rotation.y},
        .fall_distance = entity->fall_distance,
        .fire = entity->fire,
        .air = entity->air,
        .on_ground = entity->on_ground,
        .no_gravity = entity->no_gravity,
        .invulnerable = entity->invulnerable,
        .portal_cooldown = entity->portal_cooldown,
        .custom_name = optional(entity->has_custom_name, entity->custom_name),
        .custom_name_visible = entity->custom_name_visible,
        .silent = entity->silent,
        .glowing = entity->glowing,
    };

    memcpy(made.uuid, entity->uuid, sizeof made.uuid);
    return made;
}

static const minecraft_entity *entity_or_null(const data_entity *entity)
{
    minecraft_entity *made;

    if (entity == NULL) {
        return NULL;
    }
    made = speed_memory(1, sizeof *made);
    *made = entity_of(entity);
    return made;
}

static const minecraft_vehicle *vehicle_or_null(const data_vehicle *vehicle)
{
    minecraft_vehicle *made;

    if (vehicle == NULL) {
        return NULL;
    }
    made = speed_memory(1, sizeof *made);
    memcpy(made->uuid, vehicle->uuid, sizeof made->uuid);
    made->entity = entity_of(&vehicle->entity);
    return made;
}

static minecraft_recipe_book book_of(const data_recipe_book *book)
{
    return (minecraft_recipe_book){
        .recipes = {book->recipes, book->recipe_count},
        .to_be_displayed = {book->to_be_displayed, book->to_be_displayed_count},
        .is_filtering_craftable = book->is_filtering_craftable,
        .is_gui_open = book->is_gui_open,
        .is_furnace_filtering_craftable = book->is_furnace_filtering_craftable,
        .is_furnace_gui_open = book->is_furnace_gui_open,
        .is_blasting_furnace_filtering_craftable =
            book->is_blasting_furnace_filtering_craftable,
        .is_blasting_furnace_gui_open = book->is_blasting_furnace_gui_open,
        .is_smoker_filtering_craftable = book->is_smoker_filtering_craftable,
        .is_smoker_gui_open = book->is_smoker_gui_open,
    };
}

static minecraft_player player_of(const data_player *player)
{
    const data_abilities *abilities = &player->abilities;
    minecraft_player      made = {
             .game_type = (minecraft_game_type)player->game_type,
             .previous_game_type = (minecraft_game_type)player->previous_game_type,
             .score = player->score,
             .dimension = player->dimension,
             .selected_item_slot = player->selected_item_slot,
             .selected_item = item_of(&player->selected_item),
             .spawn_dimension =
                 optional(player->has_spawn_dimension, player->spawn_dimension),
             .spawn_x = player->spawn_x,
             .spawn_y = player->spawn_y,
             .spawn_z = player->spawn_z,
             .spawn_forced = {player->has_spawn_forced,
                              player->has_spawn_forced && player->spawn_forced},
             .sleep_timer = player->sleep_timer,
             .food_exhaustion_level = player->food_exhaustion_level,
             .food_saturation_level = player->food_saturation_level,
             .food_tick_timer = player->food_tick_timer,
             .xp_level = player->xp_level,
             .xp_p = player->xp_p,
             .xp_total = player->xp_total,
             .xp_seed = player->xp_seed,
             .inventory = items_of(player->inventory, player->inventory_count),
             .ender_items = items_of(player->ender_items, player->ender_item_count),
             .abilities = {abilities->walk_speed, abilities->fly_speed,
                           abilities->may_fly, abilities->flying,
                           abilities->invulnerable, abilities->may_build,
                           abilities->instabuild},
             .root_vehicle = vehicle_or_null(player->root_vehicle),
             .shoulder_entity_left = entity_or_null(player->shoulder_entity_left),
             .shoulder_entity_right = entity_or_null(player->shoulder_entity_right),
             .seen_credits = player->seen_credits,
             .recipe_book = book_of(&player->recipe_book),
    };

    if (player->entered_nether_position != NULL) {
        made.entered_nether_position.has = true;
        made.entered_nether_position.value =
            vector3d(*player->entered_nether_position);
    }
    return made;
}

static const void *native(void)
{
    data_players     *data = data_players_new(DATA_MINECRAFT_COUNT);
    minecraft_player *players =
        speed_memory(data->player_count, sizeof *players);
    minecraft_players *root = speed_memory(1, sizeof *root);
    size_t             i;

    for (i = 0; i < data->player_count; i++) {
        players[i] = player_of(&data->players[i]);
    }
    root->players =
        (minecraft_player_list){.items = players, .count = data->player_count};
    return root;
}

// ---- Operations -------------------------------------------------------------

static inlay_status encode(const void *root, void *buffer, size_t capacity,
                           size_t *size)
{
    return minecraft_players_encode(root, buffer, capacity, size, NULL);
}

static inlay_status measure(const void *root, inlay_encoder *encoder,
                            size_t *size)
{
    return minecraft_players_measure(root, encoder, size);
}

static inlay_status verify(const void *data, size_t size)
{
    return minecraft_players_verify(data, size, NULL);
}

static inlay_status decode(const void *data, size_t size, inlay_arena *arena)
{
    minecraft_players root;

    return minecraft_players_decode(data, size, arena, &root, NULL);
}

static uint64_t native_scalars(const void *root)
{
    const minecraft_players *players = root;
    uint64_t                 sum = 0;
    size_t                   i;

    for (i = 0; i < players->players.count; i++) {
        const minecraft_player *player = &players->players.items[i];

        sum += player->game_type + (uint64_t)player->score +
               player->selected_item_slot + (uint64_t)player->spawn_x +
               player->sleep_timer + player->xp_level +
               (uint64_t)player->xp_total + player->seen_credits;
    }
    return sum;
}

static inline uint64_t view_scalars(minecraft_players_view root)
{
    minecraft_player_list_view list = minecraft_players_get_players(root);
    uint64_t                   sum = 0;
    size_t                     i;

    for (i = 0; i < minecraft_player_list_count(list); i++) {
        minecraft_player_view player = minecraft_player_list_at(list, i);

        sum += minecraft_player_get_game_type(player) +
               (uint64_t)minecraft_player_get_score(player) +
               minecraft_player_get_selected_item_slot(player) +
               (uint64_t)minecraft_player_get_spawn_x(player) +
               minecraft_player_get_sleep_timer(player) +
               minecraft_player_get_xp_level(player) +
               (uint64_t)minecraft_player_get_xp_total(player) +
               minecraft_player_get_seen_credits(player);
    }
    return sum;
}

static uint64_t native_strings(const void *root)
{
    const minecraft_players *players = root;
    uint64_t                 sum = 0;
    size_t                   i, j;

    for (i = 0; i < players->players.count; i++) {
        const minecraft_player *player = &players->players.items[i];

        sum += speed_string(player->dimension);
        for (j = 0; j < player->inventory.count; j++) {
            sum += speed_string(player->inventory.items[j].id);
        }
        for (j = 0; j < player->recipe_book.recipes.count; j++) {
            sum += speed_string(player->recipe_book.recipes.items[j]);
        }
    }
    return sum;
}

static inline uint64_t player_strings(minecraft_player_view player)
{
    minecraft_item_list_view inventory = minecraft_player_get_inventory(player);
    inlay_str_list_view      recipes = minecraft_recipe_book_get_recipes(
             minecraft_player_get_recipe_book(player));
    uint64_t sum = speed_string(minecraft_player_get_dimension(player));
    size_t   i;

    for (i = 0; i < minecraft_item_list_count(inventory); i++) {
        sum += speed_string(
            minecraft_item_get_id(minecraft_item_list_at(inventory, i)));
    }
    for (i = 0; i < inlay_str_list_count(recipes); i++) {
        sum += speed_string(inlay_str_list_at(recipes, i));
    }
    return sum;
}

static inline uint64_t view_strings(minecraft_players_view root)
{
    minecraft_player_list_view list = minecraft_players_get_players(root);
    uint64_t                   sum = 0;
    size_t                     i;

    for (i = 0; i < minecraft_player_list_count(list); i++) {
        sum += player_strings(minecraft_player_list_at(list, i));
    }
    return sum;
}

static inline minecraft_players_view open_as(const void *data, size_t size,
                                             bool verified)
{
    minecraft_players_view view = minecraft_players_open(data, size);

    view.record.verified = verified;
    return view;
}

static uint64_t scalars(const void *data, size_t size, bool verified)
{
    return verified ? view_scalars(open_as(data, size, true))
                    : view_scalars(open_as(data, size, false));
}

static uint64_t strings(const void *data, size_t size, bool verified)
{
    return verified ? view_strings(open_as(data, size, true))
                    : view_strings(open_as(data, size, false));
}

const speed_set speed_minecraft = {
    .name = "minecraft",
    .native = native,
    .encode = encode,
    .measure = measure,
    .verify = verify,
    .decode = decode,
    .native_scalars = native_scalars,
    .scalars = scalars,
    .native_strings = native_strings,
    .strings = strings,
};
