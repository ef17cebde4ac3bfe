// walk.c -- one function per type, as the type is declared in the original.

#include "bench/data/walk.h"

#include <string.h>

// ---- Values ----------------------------------------------------------------

static void put_bool(visitor *to, bool value)
{
    to->table->boolean(to, value);
}

static void put_u8(visitor *to, uint8_t value)
{
    to->table->natural(to, value, 1);
}

static void put_u16(visitor *to, uint16_t value)
{
    to->table->natural(to, value, 2);
}

static void put_u32(visitor *to, uint32_t value)
{
    to->table->natural(to, value, 4);
}

static void put_u64(visitor *to, uint64_t value)
{
    to->table->natural(to, value, 8);
}

static void put_i8(visitor *to, int8_t value)
{
    to->table->integer(to, value, 1);
}

static void put_i16(visitor *to, int16_t value)
{
    to->table->integer(to, value, 2);
}

static void put_i32(visitor *to, int32_t value)
{
    to->table->integer(to, value, 4);
}

static void put_i64(visitor *to, int64_t value)
{
    to->table->integer(to, value, 8);
}

static void put_f32(visitor *to, float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof(bits));
    to->table->real(to, bits, 4);
}

static void put_f64(visitor *to, double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof(bits));
    to->table->real(to, bits, 8);
}

static void put_text(visitor *to, inlay_str value)
{
    to->table->text(to, value);
}

static bool put_optional(visitor *to, bool present)
{
    to->table->optional(to, present);
    return present;
}

static void put_vector(visitor *to, size_t count)
{
    to->table->vector(to, count);
}

static void put_record(visitor *to, size_t count)
{
    to->table->record(to, count);
}

// ---- log -------------------------------------------------------------------

static void walk_log(const data_log *log, visitor *to)
{
    put_record(to, 7);
    put_record(to, 4);
    put_u8(to, log->address.x0);
    put_u8(to, log->address.x1);
    put_u8(to, log->address.x2);
    put_u8(to, log->address.x3);
    put_text(to, log->identity);
    put_text(to, log->userid);
    put_text(to, log->date);
    put_text(to, log->request);
    put_u16(to, log->code);
    put_u64(to, log->size);
}

void walk_logs(const data_logs *data, visitor *to)
{
    put_record(to, 1);
    put_vector(to, data->log_count);
    for (size_t i = 0; i < data->log_count; i++) {
        walk_log(&data->logs[i], to);
    }
}

// ---- mesh ------------------------------------------------------------------

static void walk_vector3(const data_vector3 *vector, visitor *to)
{
    put_record(to, 3);
    put_f32(to, vector->x);
    put_f32(to, vector->y);
    put_f32(to, vector->z);
}

void walk_mesh(const data_mesh *data, visitor *to)
{
    put_record(to, 1);
    put_vector(to, data->triangle_count);
    for (size_t i = 0; i < data->triangle_count; i++) {
        put_record(to, 4);
        walk_vector3(&data->triangles[i].v0, to);
        walk_vector3(&data->triangles[i].v1, to);
        walk_vector3(&data->triangles[i].v2, to);
        walk_vector3(&data->triangles[i].normal, to);
    }
}

// ---- minecraft -------------------------------------------------------------

static void walk_game_type(data_game_type type, visitor *to)
{
    static const char *const names[] = {"Survival", "Creative", "Adventure",
                                        "Spectator"};

    to->table->variant(to, type, names[type]);
}

static void walk_item(const data_item *item, visitor *to)
{
    put_record(to, 3);
    put_i8(to, item->count);
    put_u8(to, item->slot);
    put_text(to, item->id);
}

static void walk_items(const data_item *items, size_t count, visitor *to)
{
    put_vector(to, count);
    for (size_t i = 0; i < count; i++) {
        walk_item(&items[i], to);
    }
}

static void walk_abilities(const data_abilities *abilities, visitor *to)
{
    put_record(to, 7);
    put_f32(to, abilities->walk_speed);
    put_f32(to, abilities->fly_speed);
    put_bool(to, abilities->may_fly);
    put_bool(to, abilities->flying);
    put_bool(to, abilities->invulnerable);
    put_bool(to, abilities->may_build);
    put_bool(to, abilities->instabuild);
}

static void walk_vector3d(const data_vector3d *vector, visitor *to)
{
    put_record(to, 3);
    put_f64(to, vector->x);
    put_f64(to, vector->y);
    put_f64(to, vector->z);
}

static void walk_uuid(const uint32_t uuid[4], visitor *to)
{
    put_record(to, 4);
    for (size_t i = 0; i < 4; i++) {
        put_u32(to, uuid[i]);
    }
}

static void walk_entity(const data_entity *entity, visitor *to)
{
    put_record(to, 16);
    put_text(to, entity->id);
    walk_vector3d(&entity->pos, to);
    walk_vector3d(&entity->motion, to);
    put_record(to, 2);
    put_f32(to, entity->rotation.x);
    put_f32(to, entity->rotation.y);
    put_f32(to, entity->fall_distance);
    put_u16(to, entity->fire);
    put_u16(to, entity->air);
    put_bool(to, entity->on_ground);
    put_bool(to, entity->no_gravity);
    put_bool(to, entity->invulnerable);
    put_i32(to, entity->portal_cooldown);
    walk_uuid(entity->uuid, to);
    if (put_optional(to, entity->has_custom_name)) {
        put_text(to, entity->custom_name);
    }
    put_bool(to, entity->custom_name_visible);
    put_bool(to, entity->silent);
    put_bool(to, entity->glowing);
}

static void walk_entity_or_not(const data_entity *entity, visitor *to)
{
    if (put_optional(to, entity != NULL)) {
        walk_entity(entity, to);
    }
}

static void walk_texts(const inlay_str *texts, size_t count, visitor *to)
{
    put_vector(to, count);
    for (size_t i = 0; i < count; i++) {
        put_text(to, texts[i]);
    }
}

static void walk_recipe_book(const data_recipe_book *book, visitor *to)
{
    put_record(to, 10);
    walk_texts(book->recipes, book->recipe_count, to);
    walk_texts(book->to_be_displayed, book->to_be_displayed_count, to);
    put_bool(to, book->is_filtering_craftable);
    put_bool(to, book->is_gui_open);
    put_bool(to, book->is_furnace_filtering_craftable);
    put_bool(to, book->is_furnace_gui_open);
    put_bool(to, book->is_blasting_furnace_filtering_craftable);
    put_bool(to, book->is_blasting_furnace_gui_open);
    put_bool(to, book->is_smoker_filtering_craftable);
    put_bool(to, book->is_smoker_gui_open);
}

static void walk_spawn(const data_player *player, visitor *to)
{
    if (put_optional(to, player->has_spawn_dimension)) {
        put_text(to, player->spawn_dimension);
    }
    put_i64(to, player->spawn_x);
    put_i64(to, player->spawn_y);
    put_i64(to, player->spawn_z);
    if (put_optional(to, player->has_spawn_forced)) {
        put_bool(to, player->spawn_forced);
    }
}

static void walk_levels(const data_player *player, visitor *to)
{
    put_u16(to, player->sleep_timer);
    put_f32(to, player->food_exhaustion_level);
    put_f32(to, player->food_saturation_level);
    put_u32(to, player->food_tick_timer);
    put_u32(to, player->xp_level);
    put_f32(to, player->xp_p);
    put_i32(to, player->xp_total);
    put_i32(to, player->xp_seed);
}

static void walk_places(const data_player *player, visitor *to)
{
    if (put_optional(to, player->entered_nether_position != NULL)) {
        walk_vector3d(player->entered_nether_position, to);
    }
    if (put_optional(to, player->root_vehicle != NULL)) {
        put_record(to, 2);
        walk_uuid(player->root_vehicle->uuid, to);
        walk_entity(&player->root_vehicle->entity, to);
    }
    walk_entity_or_not(player->shoulder_entity_left, to);
    walk_entity_or_not(player->shoulder_entity_right, to);
}

static void walk_player(const data_player *player, visitor *to)
{
    put_record(to, 28);
    walk_game_type(player->game_type, to);
    walk_game_type(player->previous_game_type, to);
    put_i64(to, player->score);
    put_text(to, player->dimension);
    put_u32(to, player->selected_item_slot);
    walk_item(&player->selected_item, to);
    walk_spawn(player, to);
    walk_levels(player, to);
    walk_items(player->inventory, player->inventory_count, to);
    walk_items(player->ender_items, player->ender_item_count, to);
    walk_abilities(&player->abilities, to);
    walk_places(player, to);
    put_bool(to, player->seen_credits);
    walk_recipe_book(&player->recipe_book, to);
}

void walk_players(const data_players *data, visitor *to)
{
    put_record(to, 1);
    put_vector(to, data->player_count);
    for (size_t i = 0; i < data->player_count; i++) {
        walk_player(&data->players[i], to);
    }
}

// ---- mk48 ------------------------------------------------------------------

static void walk_entity_type(data_entity_type type, visitor *to)
{
    static const char *const names[] = {
        "ArleighBurke", "Bismarck", "Clemenceau", "Fletcher", "G5",
        "Iowa",         "Kolkata",  "Osa",        "Yasen",    "Zubr"};

    to->table->variant(to, type, names[type]);
}

static void walk_transform(const data_transform *transform, visitor *to)
{
    put_record(to, 4);
    put_i8(to, transform->altitude);
    put_u16(to, transform->angle);
    put_record(to, 2);
    put_f32(to, transform->position.x);
    put_f32(to, transform->position.y);
    put_i16(to, transform->velocity);
}

static void walk_contact(const data_contact *contact, visitor *to)
{
    put_record(to, 8);
    put_u8(to, contact->damage);
    put_u32(to, contact->entity_id);
    if (put_optional(to, contact->has_entity_type)) {
        walk_entity_type(contact->entity_type, to);
    }
    put_record(to, 3);
    put_u16(to, contact->guidance.angle);
    put_bool(to, contact->guidance.submerge);
    put_i16(to, contact->guidance.velocity);
    if (put_optional(to, contact->has_player_id)) {
        put_u16(to, contact->player_id);
    }
    put_vector(to, contact->reload_count);
    for (size_t i = 0; i < contact->reload_count; i++) {
        put_bool(to, contact->reloads[i]);
    }
    walk_transform(&contact->transform, to);
    put_vector(to, contact->turret_angle_count);
    for (size_t i = 0; i < contact->turret_angle_count; i++) {
        put_u16(to, contact->turret_angles[i]);
    }
}

static void walk_terrain_update(const data_terrain_update *update, visitor *to)
{
    put_record(to, 2);
    put_record(to, 2);
    put_i8(to, update->chunk_id.x);
    put_i8(to, update->chunk_id.y);
    put_vector(to, update->data.size);
    for (size_t i = 0; i < update->data.size; i++) {
        put_u8(to, update->data.data[i]);
    }
}

static void walk_update(const data_update *update, visitor *to)
{
    put_record(to, 4);
    put_vector(to, update->contact_count);
    for (size_t i = 0; i < update->contact_count; i++) {
        walk_contact(&update->contacts[i], to);
    }
    put_u32(to, update->score);
    put_f32(to, update->world_radius);
    put_vector(to, update->terrain_update_count);
    for (size_t i = 0; i < update->terrain_update_count; i++) {
        walk_terrain_update(&update->terrain_updates[i], to);
    }
}

void walk_updates(const data_updates *data, visitor *to)
{
    put_record(to, 1);
    put_vector(to, data->update_count);
    for (size_t i = 0; i < data->update_count; i++) {
        walk_update(&data->updates[i], to);
    }
}
