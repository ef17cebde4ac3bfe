// minecraft.cpp -- the data set "minecraft" in FlatBuffers.

#include "bench/data/minecraft.h"
#include "bench/rivals/flatbuffers/cases.h"
#include "bench/rivals/flatbuffers/library.hpp"
#include "minecraft_generated.h"

namespace wire = bench_flatbuffers::minecraft;

namespace bench
{

template <> struct accessors<flat::library, data_vector3d> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_vector3d::x);
        f.scalar(&M::y, &data_vector3d::y);
        f.scalar(&M::z, &data_vector3d::z);
    }
};

template <> struct accessors<flat::library, data_vector2> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_vector2::x);
        f.scalar(&M::y, &data_vector2::y);
    }
};

template <> struct accessors<flat::library, data_item> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::count, &data_item::count);
        f.scalar(&M::slot, &data_item::slot);
        f.text(&M::id, &data_item::id);
    }
};

template <> struct accessors<flat::library, data_abilities> {
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
    return from.uuid()->words();
}

template <> struct accessors<flat::library, data_entity> {
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

template <> struct accessors<flat::library, data_vehicle> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.array(uuid_words<M>, &data_vehicle::uuid);
        f.record(&M::entity, &data_vehicle::entity);
    }
};

template <> struct accessors<flat::library, data_recipe_book> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_recipe_book;

        f.texts(&M::recipes, &T::recipes, &T::recipe_count);
        f.texts(&M::to_be_displayed, &T::to_be_displayed,
                &T::to_be_displayed_count);
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

template <> struct accessors<flat::library, data_player> {
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
        f.maybe(&M::spawn_forced, &T::has_spawn_forced, &T::spawn_forced);
        f.scalar(&M::sleep_timer, &T::sleep_timer);
        f.scalar(&M::food_exhaustion_level, &T::food_exhaustion_level);
        f.scalar(&M::food_saturation_level, &T::food_saturation_level);
        f.scalar(&M::food_tick_timer, &T::food_tick_timer);
        f.scalar(&M::xp_level, &T::xp_level);
        f.scalar(&M::xp_p, &T::xp_p);
        f.scalar(&M::xp_total, &T::xp_total);
        f.scalar(&M::xp_seed, &T::xp_seed);
        f.records(&M::inventory, &T::inventory, &T::inventory_count);
        f.records(&M::ender_items, &T::ender_items, &T::ender_item_count);
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

template <> struct accessors<flat::library, data_players> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::players, &data_players::players,
                  &data_players::player_count);
    }
};

namespace flat
{

static wire::Vector3d vector3d(const data_vector3d &from)
{
    return wire::Vector3d(from.x, from.y, from.z);
}

static wire::Uuid uuid(const uint32_t (&words)[4])
{
    return wire::Uuid(flatbuffers::span<const uint32_t, 4>(words));
}

static Offset<wire::Item> put(writer &to, const data_item &from)
{
    return wire::CreateItem(to.builder, from.count, from.slot,
                            put(to, from.id));
}

static Offset<wire::Entity> put(writer &to, const data_entity &from)
{
    auto id = put(to, from.id);
    auto custom_name = put_maybe(to, from.has_custom_name, from.custom_name);
    auto pos = vector3d(from.pos);
    auto motion = vector3d(from.motion);
    wire::Vector2 rotation(from.rotation.x, from.rotation.y);
    auto          words = uuid(from.uuid);

    return wire::CreateEntity(
        to.builder, id, &pos, &motion, &rotation, from.fall_distance, from.fire,
        from.air, from.on_ground, from.no_gravity, from.invulnerable,
        from.portal_cooldown, &words, custom_name, from.custom_name_visible,
        from.silent, from.glowing);
}

static Offset<wire::Vehicle> put(writer &to, const data_vehicle &from)
{
    auto words = uuid(from.uuid);

    return wire::CreateVehicle(to.builder, &words, put(to, from.entity));
}

static Offset<wire::RecipeBook> put(writer &to, const data_recipe_book &from)
{
    auto recipes = put_list<String>(to, from.recipes, from.recipe_count);
    auto to_be_displayed =
        put_list<String>(to, from.to_be_displayed, from.to_be_displayed_count);

    return wire::CreateRecipeBook(
        to.builder, recipes, to_be_displayed, from.is_filtering_craftable,
        from.is_gui_open, from.is_furnace_filtering_craftable,
        from.is_furnace_gui_open, from.is_blasting_furnace_filtering_craftable,
        from.is_blasting_furnace_gui_open, from.is_smoker_filtering_craftable,
        from.is_smoker_gui_open);
}

// What may be absent: R is what `put` returns the offset of.
template <class R, class T> static Offset<R> put_pointer(writer &to, const T *p)
{
    return p != nullptr ? put(to, *p) : Offset<R>();
}

static wire::Abilities abilities(const data_abilities &from)
{
    return wire::Abilities(from.walk_speed, from.fly_speed, from.may_fly,
                           from.flying, from.invulnerable, from.may_build,
                           from.instabuild);
}

static Offset<wire::Player> put(writer &to, const data_player &from)
{
    auto dimension = put(to, from.dimension);
    auto selected_item = put(to, from.selected_item);
    auto spawn = put_maybe(to, from.has_spawn_dimension, from.spawn_dimension);
    auto inventory =
        put_list<wire::Item>(to, from.inventory, from.inventory_count);
    auto ender_items =
        put_list<wire::Item>(to, from.ender_items, from.ender_item_count);
    auto vehicle = put_pointer<wire::Vehicle>(to, from.root_vehicle);
    auto left = put_pointer<wire::Entity>(to, from.shoulder_entity_left);
    auto right = put_pointer<wire::Entity>(to, from.shoulder_entity_right);
    auto recipe_book = put(to, from.recipe_book);
    auto able = abilities(from.abilities);
    auto nether = from.entered_nether_position != nullptr
                      ? vector3d(*from.entered_nether_position)
                      : wire::Vector3d();

    return wire::CreatePlayer(
        to.builder, static_cast<wire::GameType>(from.game_type),
        static_cast<wire::GameType>(from.previous_game_type), from.score,
        dimension, from.selected_item_slot, selected_item, spawn, from.spawn_x,
        from.spawn_y, from.spawn_z,
        maybe(from.has_spawn_forced, from.spawn_forced), from.sleep_timer,
        from.food_exhaustion_level, from.food_saturation_level,
        from.food_tick_timer, from.xp_level, from.xp_p, from.xp_total,
        from.xp_seed, inventory, ender_items, &able,
        from.entered_nether_position != nullptr ? &nether : nullptr, vehicle,
        left, right, from.seen_credits, recipe_book);
}

static Offset<wire::Players> put(writer &to, const data_players &from)
{
    return wire::CreatePlayers(
        to.builder,
        put_list<wire::Player>(to, from.players, from.player_count));
}

namespace
{

struct minecraft_set : data_set<data_players, data_player, wire::Players> {
    static BENCH_INLINE auto records(const root &from)
    {
        return from.players();
    }
    static BENCH_INLINE auto field(const wire::Player &from)
    {
        return from.score();
    }
    template <class F> static void each_mutable(root *to, F f)
    {
        flat::each_mutable(to->mutable_players(), f);
    }
    static bool set(wire::Player *to, size_t turn)
    {
        return to->mutate_score(static_cast<int64_t>(turn));
    }
};

} // namespace
} // namespace flat
} // namespace bench

const bench_case flat_minecraft_verified =
    bench::flat::make_case<bench::flat::minecraft_set>(true);
const bench_case flat_minecraft_once =
    bench::flat::make_case<bench::flat::minecraft_set>(false);
