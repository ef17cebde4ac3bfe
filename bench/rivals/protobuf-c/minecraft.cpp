// minecraft.cpp -- the data set "minecraft" in protobuf-c.

#include "bench/data/minecraft.h"
#include "bench/rivals/protobuf-c/cases.h"
#include "bench/rivals/protobuf-c/library.hpp"
#include "minecraft.pb-c.h"

namespace bench
{

template <> struct accessors<protoc::library, data_vector3d> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_vector3d::x);
        f.scalar(&M::y, &data_vector3d::y);
        f.scalar(&M::z, &data_vector3d::z);
    }
};

template <> struct accessors<protoc::library, data_vector2> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_vector2::x);
        f.scalar(&M::y, &data_vector2::y);
    }
};

template <> struct accessors<protoc::library, data_item> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::count, &data_item::count);
        f.scalar(&M::slot, &data_item::slot);
        f.text(&M::id, &data_item::id);
    }
};

template <> struct accessors<protoc::library, data_abilities> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_abilities;

        f.scalar(&M::walk_speed, &T::walk_speed);
        f.scalar(&M::fly_speed, &T::fly_speed);
        f.scalar(&M::may_fly, &T::may_fly);
        f.scalar(&M::flying, &T::flying);
        f.scalar(&M::invulnerable, &T::invulnerable);
        f.scalar(&M::may_build, &T::may_build);
        f.scalar(&M::instabuild, &T::instabuild);
    }
};

template <class M> static BENCH_INLINE auto uuid_words(const M &from)
{
    return protoc::list_view<uint32_t>{from.uuid, from.n_uuid};
}

template <> struct accessors<protoc::library, data_entity> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_entity;

        f.text(&M::id, &T::id);
        f.plain(&M::pos, &T::pos);
        f.plain(&M::motion, &T::motion);
        f.plain(&M::rotation, &T::rotation);
        f.scalar(&M::fall_distance, &T::fall_distance);
        f.scalar(&M::fire, &T::fire);
        f.scalar(&M::air, &T::air);
        f.scalar(&M::on_ground, &T::on_ground);
        f.scalar(&M::no_gravity, &T::no_gravity);
        f.scalar(&M::invulnerable, &T::invulnerable);
        f.scalar(&M::portal_cooldown, &T::portal_cooldown);
        f.array(uuid_words<M>, &T::uuid);
        f.maybe_text(&M::custom_name, &T::has_custom_name, &T::custom_name);
        f.scalar(&M::custom_name_visible, &T::custom_name_visible);
        f.scalar(&M::silent, &T::silent);
        f.scalar(&M::glowing, &T::glowing);
    }
};

template <> struct accessors<protoc::library, data_vehicle> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.array(uuid_words<M>, &data_vehicle::uuid);
        f.record(&M::entity, &data_vehicle::entity);
    }
};

template <> struct accessors<protoc::library, data_recipe_book> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_recipe_book;

        f.texts(protoc::items(&M::n_recipes, &M::recipes), &T::recipes,
                &T::recipe_count);
        f.texts(protoc::items(&M::n_to_be_displayed, &M::to_be_displayed),
                &T::to_be_displayed, &T::to_be_displayed_count);
        f.scalar(&M::is_filtering_craftable, &T::is_filtering_craftable);
        f.scalar(&M::is_gui_open, &T::is_gui_open);
        f.scalar(&M::is_furnace_filtering_craftable,
                 &T::is_furnace_filtering_craftable);
        f.scalar(&M::is_furnace_gui_open, &T::is_furnace_gui_open);
        f.scalar(&M::is_blasting_furnace_filtering_craftable,
                 &T::is_blasting_furnace_filtering_craftable);
        f.scalar(&M::is_blasting_furnace_gui_open,
                 &T::is_blasting_furnace_gui_open);
        f.scalar(&M::is_smoker_filtering_craftable,
                 &T::is_smoker_filtering_craftable);
        f.scalar(&M::is_smoker_gui_open, &T::is_smoker_gui_open);
    }
};

template <> struct accessors<protoc::library, data_player> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_player;

        f.scalar(&M::game_type, &T::game_type);
        f.scalar(&M::previous_game_type, &T::previous_game_type);
        f.scalar(&M::score, &T::score);
        f.text(&M::dimension, &T::dimension);
        f.scalar(&M::selected_item_slot, &T::selected_item_slot);
        f.record(&M::selected_item, &T::selected_item);
        f.maybe_text(&M::spawn_dimension, &T::has_spawn_dimension,
                     &T::spawn_dimension);
        f.scalar(&M::spawn_x, &T::spawn_x);
        f.scalar(&M::spawn_y, &T::spawn_y);
        f.scalar(&M::spawn_z, &T::spawn_z);
        f.maybe(present(&M::has_spawn_forced, &M::spawn_forced),
                &T::has_spawn_forced, &T::spawn_forced);
        f.scalar(&M::sleep_timer, &T::sleep_timer);
        f.scalar(&M::food_exhaustion_level, &T::food_exhaustion_level);
        f.scalar(&M::food_saturation_level, &T::food_saturation_level);
        f.scalar(&M::food_tick_timer, &T::food_tick_timer);
        f.scalar(&M::xp_level, &T::xp_level);
        f.scalar(&M::xp_p, &T::xp_p);
        f.scalar(&M::xp_total, &T::xp_total);
        f.scalar(&M::xp_seed, &T::xp_seed);
        f.records(protoc::items(&M::n_inventory, &M::inventory), &T::inventory,
                  &T::inventory_count);
        f.records(protoc::items(&M::n_ender_items, &M::ender_items),
                  &T::ender_items, &T::ender_item_count);
        f.plain(&M::abilities, &T::abilities);
        f.plain_pointer(&M::entered_nether_position,
                        &T::entered_nether_position);
        f.pointer(&M::root_vehicle, &T::root_vehicle);
        f.pointer(&M::shoulder_entity_left, &T::shoulder_entity_left);
        f.pointer(&M::shoulder_entity_right, &T::shoulder_entity_right);
        f.scalar(&M::seen_credits, &T::seen_credits);
        f.record(&M::recipe_book, &T::recipe_book);
    }
};

template <> struct accessors<protoc::library, data_players> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(protoc::items(&M::n_players, &M::players),
                  &data_players::players, &data_players::player_count);
    }
};

namespace protoc
{

static void put(library, arena &, BenchMinecraft__Vector3d *to,
                const data_vector3d &from)
{
    to->x = from.x;
    to->y = from.y;
    to->z = from.z;
}

static void put(library, arena &, BenchMinecraft__Vector2 *to,
                const data_vector2 &from)
{
    to->x = from.x;
    to->y = from.y;
}

static void put(library, arena &, BenchMinecraft__Abilities *to,
                const data_abilities &from)
{
    to->walk_speed = from.walk_speed;
    to->fly_speed = from.fly_speed;
    to->may_fly = from.may_fly;
    to->flying = from.flying;
    to->invulnerable = from.invulnerable;
    to->may_build = from.may_build;
    to->instabuild = from.instabuild;
}

static void put(library, arena &memory, BenchMinecraft__Item *to,
                const data_item &from)
{
    to->count = from.count;
    to->slot = from.slot;
    to->id = make_text(memory, from.id);
}

static void put(library, arena &memory, BenchMinecraft__Entity *to,
                const data_entity &from)
{
    to->id = make_text(memory, from.id);
    to->pos = make(memory, bench_minecraft__vector3d__init, from.pos);
    to->motion = make(memory, bench_minecraft__vector3d__init, from.motion);
    to->rotation = make(memory, bench_minecraft__vector2__init, from.rotation);
    to->fall_distance = from.fall_distance;
    to->fire = from.fire;
    to->air = from.air;
    to->on_ground = from.on_ground;
    to->no_gravity = from.no_gravity;
    to->invulnerable = from.invulnerable;
    to->portal_cooldown = from.portal_cooldown;
    to->n_uuid = 4;
    to->uuid = borrow(&from.uuid[0]);
    to->custom_name =
        make_maybe(memory, from.has_custom_name, from.custom_name);
    to->custom_name_visible = from.custom_name_visible;
    to->silent = from.silent;
    to->glowing = from.glowing;
}

static void put(library, arena &memory, BenchMinecraft__Vehicle *to,
                const data_vehicle &from)
{
    to->n_uuid = 4;
    to->uuid = borrow(&from.uuid[0]);
    to->entity = make(memory, bench_minecraft__entity__init, from.entity);
}

static void put(library, arena &memory, BenchMinecraft__RecipeBook *to,
                const data_recipe_book &from)
{
    to->n_recipes = from.recipe_count;
    to->recipes = make_texts(memory, from.recipes, from.recipe_count);
    to->n_to_be_displayed = from.to_be_displayed_count;
    to->to_be_displayed =
        make_texts(memory, from.to_be_displayed, from.to_be_displayed_count);
    to->is_filtering_craftable = from.is_filtering_craftable;
    to->is_gui_open = from.is_gui_open;
    to->is_furnace_filtering_craftable = from.is_furnace_filtering_craftable;
    to->is_furnace_gui_open = from.is_furnace_gui_open;
    to->is_blasting_furnace_filtering_craftable =
        from.is_blasting_furnace_filtering_craftable;
    to->is_blasting_furnace_gui_open = from.is_blasting_furnace_gui_open;
    to->is_smoker_filtering_craftable = from.is_smoker_filtering_craftable;
    to->is_smoker_gui_open = from.is_smoker_gui_open;
}

// What the player has beyond the scalars.
static void put_rest(library, arena &memory, BenchMinecraft__Player *to,
                     const data_player &from)
{
    to->dimension = make_text(memory, from.dimension);
    to->selected_item =
        make(memory, bench_minecraft__item__init, from.selected_item);
    to->spawn_dimension =
        make_maybe(memory, from.has_spawn_dimension, from.spawn_dimension);
    to->n_inventory = from.inventory_count;
    to->inventory = make_list(memory, bench_minecraft__item__init,
                              from.inventory, from.inventory_count);
    to->n_ender_items = from.ender_item_count;
    to->ender_items = make_list(memory, bench_minecraft__item__init,
                                from.ender_items, from.ender_item_count);
    to->abilities =
        make(memory, bench_minecraft__abilities__init, from.abilities);
    if (from.entered_nether_position != nullptr) {
        to->entered_nether_position =
            make(memory, bench_minecraft__vector3d__init,
                 *from.entered_nether_position);
    }
    if (from.root_vehicle != nullptr) {
        to->root_vehicle =
            make(memory, bench_minecraft__vehicle__init, *from.root_vehicle);
    }
    if (from.shoulder_entity_left != nullptr) {
        to->shoulder_entity_left = make(memory, bench_minecraft__entity__init,
                                        *from.shoulder_entity_left);
    }
    if (from.shoulder_entity_right != nullptr) {
        to->shoulder_entity_right = make(memory, bench_minecraft__entity__init,
                                         *from.shoulder_entity_right);
    }
    to->recipe_book =
        make(memory, bench_minecraft__recipe_book__init, from.recipe_book);
}

static void put(library, arena &memory, BenchMinecraft__Player *to,
                const data_player &from)
{
    to->game_type = static_cast<BenchMinecraft__GameType>(from.game_type);
    to->previous_game_type =
        static_cast<BenchMinecraft__GameType>(from.previous_game_type);
    to->score = from.score;
    to->selected_item_slot = from.selected_item_slot;
    to->spawn_x = from.spawn_x;
    to->spawn_y = from.spawn_y;
    to->spawn_z = from.spawn_z;
    to->has_spawn_forced = from.has_spawn_forced;
    to->spawn_forced = from.spawn_forced;
    to->sleep_timer = from.sleep_timer;
    to->food_exhaustion_level = from.food_exhaustion_level;
    to->food_saturation_level = from.food_saturation_level;
    to->food_tick_timer = from.food_tick_timer;
    to->xp_level = from.xp_level;
    to->xp_p = from.xp_p;
    to->xp_total = from.xp_total;
    to->xp_seed = from.xp_seed;
    to->seen_credits = from.seen_credits;
    put_rest(library(), memory, to, from);
}

static void put(library, arena &memory, BenchMinecraft__Players *to,
                const data_players &from)
{
    to->n_players = from.player_count;
    to->players = make_list(memory, bench_minecraft__player__init, from.players,
                            from.player_count);
}

namespace
{

struct minecraft_set
    : data_set<data_players, data_player, BenchMinecraft__Players> {
    static constexpr auto descriptor = &bench_minecraft__players__descriptor;
    static constexpr auto init = bench_minecraft__players__init;

    static BENCH_INLINE auto records(const root &from)
    {
        return list_view<BenchMinecraft__Player *>{from.players,
                                                   from.n_players};
    }
    static BENCH_INLINE auto field(const BenchMinecraft__Player &from)
    {
        return from.score;
    }
};

} // namespace
} // namespace protoc
} // namespace bench

const bench_case protoc_minecraft =
    bench::protoc::make_case<bench::protoc::minecraft_set>();
