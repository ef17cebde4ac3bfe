// minecraft.c -- Inlay on "minecraft".

#include "bench/rivals/inlay/inlay.h"

#include "bench/data/minecraft.h"
#include "minecraft.inlay.h"

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

static bool items_of(inlay_arena *arena, const data_item *items, size_t count,
                     minecraft_item_list *to)
{
    minecraft_item *made = take(arena, count, sizeof *made);
    size_t          i;

    for (i = 0; made != NULL && i < count; i++) {
        made[i] = item_of(&items[i]);
    }
    *to = (minecraft_item_list){.items = made, .count = count};
    return made != NULL;
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

static bool entity_or_null(inlay_arena *arena, const data_entity *entity,
                           const minecraft_entity **to)
{
    minecraft_entity *made;

    if (entity == NULL) {
        *to = NULL;
        return true;
    }
    *to = made = take(arena, 1, sizeof *made);
    if (made != NULL) {
        *made = entity_of(entity);
    }
    return made != NULL;
}

static bool vehicle_or_null(inlay_arena *arena, const data_vehicle *vehicle,
                            const minecraft_vehicle **to)
{
    minecraft_vehicle *made;

    if (vehicle == NULL) {
        *to = NULL;
        return true;
    }
    *to = made = take(arena, 1, sizeof *made);
    if (made != NULL) {
        *made = (minecraft_vehicle){.entity = entity_of(&vehicle->entity)};
        memcpy(made->uuid, vehicle->uuid, sizeof made->uuid);
    }
    return made != NULL;
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

static minecraft_player scalars_of(const data_player *player)
{
    const data_abilities *abilities = &player->abilities;

    return (minecraft_player){
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
        .abilities = {abilities->walk_speed, abilities->fly_speed,
                      abilities->may_fly, abilities->flying,
                      abilities->invulnerable, abilities->may_build,
                      abilities->instabuild},
        .seen_credits = player->seen_credits,
        .recipe_book = book_of(&player->recipe_book),
    };
}

static bool player_of(inlay_arena *arena, const data_player *player,
                      minecraft_player *to)
{
    *to = scalars_of(player);
    if (player->entered_nether_position != NULL) {
        to->entered_nether_position.has = true;
        to->entered_nether_position.value =
            vector3d(*player->entered_nether_position);
    }
    return items_of(arena, player->inventory, player->inventory_count,
                    &to->inventory) &&
           items_of(arena, player->ender_items, player->ender_item_count,
                    &to->ender_items) &&
           vehicle_or_null(arena, player->root_vehicle, &to->root_vehicle) &&
           entity_or_null(arena, player->shoulder_entity_left,
                          &to->shoulder_entity_left) &&
           entity_or_null(arena, player->shoulder_entity_right,
                          &to->shoulder_entity_right);
}

static const minecraft_players *native_of(const void *model, inlay_arena *arena)
{
    const data_players *data = model;
    minecraft_players  *root = take(arena, 1, sizeof *root);
    minecraft_player   *made = take(arena, data->player_count, sizeof *made);
    size_t              i;

    if (root == NULL || made == NULL) {
        return NULL;
    }
    for (i = 0; i < data->player_count; i++) {
        if (!player_of(arena, &data->players[i], &made[i])) {
            return NULL;
        }
    }
    *root = (minecraft_players){
        .players = {.items = made, .count = data->player_count}};
    return root;
}

// ---- Reading ----------------------------------------------------------------

static INLAY_INLINE uint64_t vector3d_scalars(minecraft_vector3d v)
{
    return bench_f64(v.x) + bench_f64(v.y) + bench_f64(v.z);
}

static INLAY_INLINE uint64_t item_scalars(minecraft_item_view item)
{
    return (uint64_t)minecraft_item_get_count(item) +
           minecraft_item_get_slot(item);
}

static INLAY_INLINE uint64_t items_scalars(minecraft_item_list_view items)
{
    size_t   count = minecraft_item_list_count(items);
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < count; i++) {
        sum += bench_record(item_scalars(minecraft_item_list_at(items, i)));
    }
    return sum;
}

static INLAY_INLINE uint64_t items_strings(minecraft_item_list_view items)
{
    size_t   count = minecraft_item_list_count(items);
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < count; i++) {
        sum += text_of(minecraft_item_get_id(minecraft_item_list_at(items, i)));
    }
    return sum;
}

static INLAY_INLINE uint64_t entity_scalars(minecraft_entity_view entity)
{
    minecraft_vector2 rotation = minecraft_entity_get_rotation(entity);
    uint64_t          sum = 0;
    size_t            i;

    for (i = 0; i < 4; i++) {
        sum += minecraft_entity_get_uuid(entity, i);
    }
    return sum + vector3d_scalars(minecraft_entity_get_pos(entity)) +
           vector3d_scalars(minecraft_entity_get_motion(entity)) +
           bench_f32(rotation.x) + bench_f32(rotation.y) +
           bench_f32(minecraft_entity_get_fall_distance(entity)) +
           minecraft_entity_get_fire(entity) +
           minecraft_entity_get_air(entity) +
           minecraft_entity_get_on_ground(entity) +
           minecraft_entity_get_no_gravity(entity) +
           minecraft_entity_get_invulnerable(entity) +
           (uint64_t)minecraft_entity_get_portal_cooldown(entity) +
           minecraft_entity_get_custom_name_visible(entity) +
           minecraft_entity_get_silent(entity) +
           minecraft_entity_get_glowing(entity);
}

static INLAY_INLINE uint64_t entity_strings(minecraft_entity_view entity)
{
    uint64_t sum = text_of(minecraft_entity_get_id(entity));

    if (minecraft_entity_has_custom_name(entity)) {
        sum += text_of(minecraft_entity_get_custom_name(entity));
    }
    return sum;
}

static INLAY_INLINE uint64_t vehicle_scalars(minecraft_vehicle_view vehicle)
{
    uint64_t sum = entity_scalars(minecraft_vehicle_get_entity(vehicle));
    size_t   i;

    for (i = 0; i < 4; i++) {
        sum += minecraft_vehicle_get_uuid(vehicle, i);
    }
    return sum;
}

static INLAY_INLINE uint64_t book_scalars(minecraft_recipe_book_view book)
{
    return (uint64_t)minecraft_recipe_book_get_is_filtering_craftable(book) +
           minecraft_recipe_book_get_is_gui_open(book) +
           minecraft_recipe_book_get_is_furnace_filtering_craftable(book) +
           minecraft_recipe_book_get_is_furnace_gui_open(book) +
           minecraft_recipe_book_get_is_blasting_furnace_filtering_craftable(
               book) +
           minecraft_recipe_book_get_is_blasting_furnace_gui_open(book) +
           minecraft_recipe_book_get_is_smoker_filtering_craftable(book) +
           minecraft_recipe_book_get_is_smoker_gui_open(book);
}

static INLAY_INLINE uint64_t abilities_scalars(minecraft_abilities abilities)
{
    return bench_f32(abilities.walk_speed) + bench_f32(abilities.fly_speed) +
           abilities.may_fly + abilities.flying + abilities.invulnerable +
           abilities.may_build + abilities.instabuild;
}

static INLAY_INLINE uint64_t optional_scalars(minecraft_player_view player)
{
    uint64_t sum = 0;

    if (minecraft_player_has_spawn_forced(player)) {
        sum += minecraft_player_get_spawn_forced(player);
    }
    if (minecraft_player_has_entered_nether_position(player)) {
        sum += vector3d_scalars(
            minecraft_player_get_entered_nether_position(player));
    }
    if (minecraft_player_has_root_vehicle(player)) {
        sum += vehicle_scalars(minecraft_player_get_root_vehicle(player));
    }
    if (minecraft_player_has_shoulder_entity_left(player)) {
        sum +=
            entity_scalars(minecraft_player_get_shoulder_entity_left(player));
    }
    if (minecraft_player_has_shoulder_entity_right(player)) {
        sum +=
            entity_scalars(minecraft_player_get_shoulder_entity_right(player));
    }
    return sum;
}

static INLAY_INLINE uint64_t player_scalars(minecraft_player_view player)
{
    return (uint64_t)minecraft_player_get_game_type(player) +
           minecraft_player_get_previous_game_type(player) +
           (uint64_t)minecraft_player_get_score(player) +
           minecraft_player_get_selected_item_slot(player) +
           item_scalars(minecraft_player_get_selected_item(player)) +
           (uint64_t)minecraft_player_get_spawn_x(player) +
           (uint64_t)minecraft_player_get_spawn_y(player) +
           (uint64_t)minecraft_player_get_spawn_z(player) +
           minecraft_player_get_sleep_timer(player) +
           bench_f32(minecraft_player_get_food_exhaustion_level(player)) +
           bench_f32(minecraft_player_get_food_saturation_level(player)) +
           minecraft_player_get_food_tick_timer(player) +
           minecraft_player_get_xp_level(player) +
           bench_f32(minecraft_player_get_xp_p(player)) +
           (uint64_t)minecraft_player_get_xp_total(player) +
           (uint64_t)minecraft_player_get_xp_seed(player) +
           items_scalars(minecraft_player_get_inventory(player)) +
           items_scalars(minecraft_player_get_ender_items(player)) +
           abilities_scalars(minecraft_player_get_abilities(player)) +
           optional_scalars(player) +
           minecraft_player_get_seen_credits(player) +
           book_scalars(minecraft_player_get_recipe_book(player));
}

static INLAY_INLINE uint64_t optional_strings(minecraft_player_view player)
{
    uint64_t sum = 0;

    if (minecraft_player_has_spawn_dimension(player)) {
        sum += text_of(minecraft_player_get_spawn_dimension(player));
    }
    if (minecraft_player_has_root_vehicle(player)) {
        sum += entity_strings(minecraft_vehicle_get_entity(
            minecraft_player_get_root_vehicle(player)));
    }
    if (minecraft_player_has_shoulder_entity_left(player)) {
        sum +=
            entity_strings(minecraft_player_get_shoulder_entity_left(player));
    }
    if (minecraft_player_has_shoulder_entity_right(player)) {
        sum +=
            entity_strings(minecraft_player_get_shoulder_entity_right(player));
    }
    return sum;
}

static INLAY_INLINE uint64_t player_strings(minecraft_player_view player)
{
    minecraft_recipe_book_view book = minecraft_player_get_recipe_book(player);

    return text_of(minecraft_player_get_dimension(player)) +
           text_of(minecraft_item_get_id(
               minecraft_player_get_selected_item(player))) +
           items_strings(minecraft_player_get_inventory(player)) +
           items_strings(minecraft_player_get_ender_items(player)) +
           optional_strings(player) +
           texts_of(minecraft_recipe_book_get_recipes(book)) +
           texts_of(minecraft_recipe_book_get_to_be_displayed(book));
}

// ---- The set's operations ---------------------------------------------------

static INLAY_INLINE uint64_t one(minecraft_players_view root, size_t turn)
{
    minecraft_player_list_view list = minecraft_players_get_players(root);
    size_t                     count = minecraft_player_list_count(list);

    return count == 0 ? 0
                      : (uint64_t)minecraft_player_get_score(
                            minecraft_player_list_at(list, turn % count));
}

static INLAY_INLINE uint64_t tenth(minecraft_players_view root)
{
    minecraft_player_list_view list = minecraft_players_get_players(root);
    size_t                     count = minecraft_player_list_count(list);
    uint64_t                   sum = 0;
    size_t                     i;

    for (i = 0; i < count; i += 10) {
        minecraft_player_view player = minecraft_player_list_at(list, i);

        sum += player_scalars(player) + player_strings(player);
    }
    return sum;
}

static INLAY_INLINE uint64_t scalars(minecraft_players_view root)
{
    minecraft_player_list_view list = minecraft_players_get_players(root);
    size_t                     count = minecraft_player_list_count(list);
    uint64_t                   sum = 0;
    size_t                     i;

    for (i = 0; i < count; i++) {
        sum += bench_record(player_scalars(minecraft_player_list_at(list, i)));
    }
    return sum;
}

static INLAY_INLINE uint64_t strings(minecraft_players_view root)
{
    minecraft_player_list_view list = minecraft_players_get_players(root);
    size_t                     count = minecraft_player_list_count(list);
    uint64_t                   sum = 0;
    size_t                     i;

    for (i = 0; i < count; i++) {
        sum += player_strings(minecraft_player_list_at(list, i));
    }
    return sum;
}

static INLAY_INLINE uint64_t update(minecraft_players_view root, size_t turn)
{
    minecraft_player_list_view list = minecraft_players_get_players(root);
    size_t                     count = minecraft_player_list_count(list);
    size_t                     i;

    for (i = 0; i < count; i++) {
        minecraft_player_set_score(minecraft_player_list_at(list, i),
                                   (int64_t)turn);
    }
    return count;
}

#define INLAY_ROOT minecraft_players
#include "bench/rivals/inlay/cases.h"
