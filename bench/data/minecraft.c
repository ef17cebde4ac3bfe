// minecraft.c -- generates "minecraft_savedata". The draws come in the
// original's order, which is the order of the statements here.

#include "bench/data/minecraft.h"

#include "bench/data/rng.h"

static const char *const dimensions[] = {"overworld", "nether", "end"};

static const char *const item_ids[] = {"dirt",       "stone",  "pickaxe",
                                       "sand",       "gravel", "shovel",
                                       "chestplate", "steak"};

static const char *const entity_ids[] = {
    "cow", "sheep", "zombie", "skeleton", "spider", "creeper", "parrot", "bee"};

static const char *const custom_names[] = {"rainbow", "princess", "steve",
                                           "johnny",  "missy",    "coward",
                                           "fairy",   "howard"};

static const char *const recipes[] = {"pickaxe",        "torch",   "bow",
                                      "crafting table", "furnace", "shears",
                                      "arrow",          "tnt"};

static bool coin(rng *random)
{
    return rng_chance(random, 0.5);
}

// ---- Items and vectors -----------------------------------------------------

static void make_item(data_item *item, rng *random, data_arena *memory)
{
    item->count = (int8_t)rng_u32(random);
    item->slot = (uint8_t)rng_u32(random);
    item->id = data_arena_text(memory, RNG_TEXT(random, item_ids));
}

static data_item *make_items(rng *random, data_arena *memory, uint32_t limit,
                             size_t *count)
{
    data_item *items;

    *count = rng_range_size(random, 0, limit);
    items = data_arena_array(memory, *count, sizeof(*items));
    for (size_t i = 0; i < *count; i++) {
        make_item(&items[i], random, memory);
    }
    return items;
}

static void make_vector(data_vector3d *vector, rng *random)
{
    vector->x = rng_f64(random);
    vector->y = rng_f64(random);
    vector->z = rng_f64(random);
}

static void make_uuid(uint32_t uuid[4], rng *random)
{
    for (size_t i = 0; i < 4; i++) {
        uuid[i] = rng_u32(random);
    }
}

// ---- Parts of a player -----------------------------------------------------

static void make_entity(data_entity *entity, rng *random, data_arena *memory)
{
    entity->id = data_arena_text(memory, RNG_TEXT(random, entity_ids));
    make_vector(&entity->pos, random);
    make_vector(&entity->motion, random);
    entity->rotation.x = rng_f32(random);
    entity->rotation.y = rng_f32(random);
    entity->fall_distance = rng_f32(random);
    entity->fire = (uint16_t)rng_u32(random);
    entity->air = (uint16_t)rng_u32(random);
    entity->on_ground = coin(random);
    entity->no_gravity = coin(random);
    entity->invulnerable = coin(random);
    entity->portal_cooldown = (int32_t)rng_u32(random);
    make_uuid(entity->uuid, random);
    entity->has_custom_name = coin(random);
    if (entity->has_custom_name) {
        entity->custom_name =
            data_arena_text(memory, RNG_TEXT(random, custom_names));
    }
    entity->custom_name_visible = coin(random);
    entity->silent = coin(random);
    entity->glowing = coin(random);
}

static data_entity *make_entity_or_not(rng *random, data_arena *memory)
{
    data_entity *entity = NULL;

    if (coin(random)) {
        entity = data_arena_array(memory, 1, sizeof(*entity));
        make_entity(entity, random, memory);
    }
    return entity;
}

static data_vehicle *make_vehicle_or_not(rng *random, data_arena *memory)
{
    data_vehicle *vehicle = NULL;

    if (coin(random)) {
        vehicle = data_arena_array(memory, 1, sizeof(*vehicle));
        make_uuid(vehicle->uuid, random);
        make_entity(&vehicle->entity, random, memory);
    }
    return vehicle;
}

static data_vector3d *make_position_or_not(rng *random, data_arena *memory)
{
    data_vector3d *position = NULL;

    if (coin(random)) {
        position = data_arena_array(memory, 1, sizeof(*position));
        make_vector(position, random);
    }
    return position;
}

static void make_abilities(data_abilities *abilities, rng *random)
{
    abilities->walk_speed = rng_f32(random);
    abilities->fly_speed = rng_f32(random);
    abilities->may_fly = coin(random);
    abilities->flying = coin(random);
    abilities->invulnerable = coin(random);
    abilities->may_build = coin(random);
    abilities->instabuild = coin(random);
}

static inlay_str *make_recipes(rng *random, data_arena *memory, uint32_t limit,
                               size_t *count)
{
    inlay_str *texts;

    *count = rng_range_size(random, 0, limit);
    texts = data_arena_array(memory, *count, sizeof(*texts));
    for (size_t i = 0; i < *count; i++) {
        texts[i] = data_arena_text(memory, RNG_TEXT(random, recipes));
    }
    return texts;
}

static void make_recipe_book(data_recipe_book *book, rng *random,
                             data_arena *memory)
{
    book->recipes = make_recipes(random, memory, 30, &book->recipe_count);
    book->to_be_displayed =
        make_recipes(random, memory, 10, &book->to_be_displayed_count);
    book->is_filtering_craftable = coin(random);
    book->is_gui_open = coin(random);
    book->is_furnace_filtering_craftable = coin(random);
    book->is_furnace_gui_open = coin(random);
    book->is_blasting_furnace_filtering_craftable = coin(random);
    book->is_blasting_furnace_gui_open = coin(random);
    book->is_smoker_filtering_craftable = coin(random);
    book->is_smoker_gui_open = coin(random);
}

// ---- Players ---------------------------------------------------------------

static void make_spawn(data_player *player, rng *random, data_arena *memory)
{
    player->has_spawn_dimension = coin(random);
    if (player->has_spawn_dimension) {
        player->spawn_dimension =
            data_arena_text(memory, RNG_TEXT(random, dimensions));
    }
    player->spawn_x = (int64_t)rng_u64(random);
    player->spawn_y = (int64_t)rng_u64(random);
    player->spawn_z = (int64_t)rng_u64(random);
    player->has_spawn_forced = coin(random);
    if (player->has_spawn_forced) {
        player->spawn_forced = coin(random);
    }
}

static void make_levels(data_player *player, rng *random)
{
    player->sleep_timer = (uint16_t)rng_u32(random);
    player->food_exhaustion_level = rng_f32(random);
    player->food_saturation_level = rng_f32(random);
    player->food_tick_timer = rng_u32(random);
    player->xp_level = rng_u32(random);
    player->xp_p = rng_f32(random);
    player->xp_total = (int32_t)rng_u32(random);
    player->xp_seed = (int32_t)rng_u32(random);
}

static void make_player(data_player *player, rng *random, data_arena *memory)
{
    player->game_type = (data_game_type)rng_below_u32(random, 4);
    player->previous_game_type = (data_game_type)rng_below_u32(random, 4);
    player->score = (int64_t)rng_u64(random);
    player->dimension = data_arena_text(memory, RNG_TEXT(random, dimensions));
    player->selected_item_slot = rng_u32(random);
    make_item(&player->selected_item, random, memory);
    make_spawn(player, random, memory);
    make_levels(player, random);
    player->inventory =
        make_items(random, memory, 40, &player->inventory_count);
    player->ender_items =
        make_items(random, memory, 27, &player->ender_item_count);
    make_abilities(&player->abilities, random);
    player->entered_nether_position = make_position_or_not(random, memory);
    player->root_vehicle = make_vehicle_or_not(random, memory);
    player->shoulder_entity_left = make_entity_or_not(random, memory);
    player->shoulder_entity_right = make_entity_or_not(random, memory);
    player->seen_credits = coin(random);
    make_recipe_book(&player->recipe_book, random, memory);
}

data_players *data_players_new(size_t count)
{
    data_arena    memory = {NULL};
    data_players *self = data_arena_array(&memory, 1, sizeof(*self));
    rng           random;

    rng_init(&random);
    self->players = data_arena_array(&memory, count, sizeof(*self->players));
    self->player_count = count;
    for (size_t i = 0; i < count; i++) {
        make_player(&self->players[i], &random, &memory);
    }
    self->memory = memory;
    return self;
}

void data_players_free(data_players *self)
{
    if (self != NULL) {
        data_arena memory = self->memory; // the root lies in it, too

        data_arena_release(&memory);
    }
}
