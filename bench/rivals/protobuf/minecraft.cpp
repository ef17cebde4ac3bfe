// minecraft.cpp -- the data set "minecraft" in protobuf.

#include "bench/data/minecraft.h"
#include "bench/rivals/protobuf/cases.h"
#include "bench/rivals/protobuf/library.hpp"
#include "minecraft.pb.h"

namespace wire = bench_protobuf::minecraft;

namespace bench
{

template <> struct accessors<proto::library, data_vector3d> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_vector3d::x);
        f.scalar(&M::y, &data_vector3d::y);
        f.scalar(&M::z, &data_vector3d::z);
    }
};

template <> struct accessors<proto::library, data_vector2> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_vector2::x);
        f.scalar(&M::y, &data_vector2::y);
    }
};

template <> struct accessors<proto::library, data_item> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::count, &data_item::count);
        f.scalar(&M::slot, &data_item::slot);
        f.text(&M::id, &data_item::id);
    }
};

template <> struct accessors<proto::library, data_abilities> {
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

template <class M> static BENCH_INLINE const auto &uuid_words(const M &from)
{
    return from.uuid();
}

template <> struct accessors<proto::library, data_entity> {
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
        f.maybe_text(present(&M::has_custom_name, &M::custom_name),
                     &T::has_custom_name, &T::custom_name);
        f.scalar(&M::custom_name_visible, &T::custom_name_visible);
        f.scalar(&M::silent, &T::silent);
        f.scalar(&M::glowing, &T::glowing);
    }
};

template <> struct accessors<proto::library, data_vehicle> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.array(uuid_words<M>, &data_vehicle::uuid);
        f.record(&M::entity, &data_vehicle::entity);
    }
};

template <> struct accessors<proto::library, data_recipe_book> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_recipe_book;

        f.texts(
            [](const M &m) -> const auto & { return m.recipes(); }, &T::recipes,
            &T::recipe_count);
        f.texts(
            [](const M &m) -> const auto & { return m.to_be_displayed(); },
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

template <> struct accessors<proto::library, data_player> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_player;

        f.scalar(&M::game_type, &T::game_type);
        f.scalar(&M::previous_game_type, &T::previous_game_type);
        f.scalar(&M::score, &T::score);
        f.text(&M::dimension, &T::dimension);
        f.scalar(&M::selected_item_slot, &T::selected_item_slot);
        f.record(&M::selected_item, &T::selected_item);
        f.maybe_text(present(&M::has_spawn_dimension, &M::spawn_dimension),
                     &T::has_spawn_dimension, &T::spawn_dimension);
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
        f.records(
            [](const M &m) -> const auto & { return m.inventory(); },
            &T::inventory, &T::inventory_count);
        f.records(
            [](const M &m) -> const auto & { return m.ender_items(); },
            &T::ender_items, &T::ender_item_count);
        f.plain(&M::abilities, &T::abilities);
        f.plain_pointer(present(&M::has_entered_nether_position,
                                &M::entered_nether_position),
                        &T::entered_nether_position);
        f.pointer(present(&M::has_root_vehicle, &M::root_vehicle),
                  &T::root_vehicle);
        f.pointer(
            present(&M::has_shoulder_entity_left, &M::shoulder_entity_left),
            &T::shoulder_entity_left);
        f.pointer(
            present(&M::has_shoulder_entity_right, &M::shoulder_entity_right),
            &T::shoulder_entity_right);
        f.scalar(&M::seen_credits, &T::seen_credits);
        f.record(&M::recipe_book, &T::recipe_book);
    }
};

template <> struct accessors<proto::library, data_players> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(
            [](const M &m) -> const auto & { return m.players(); },
            &data_players::players, &data_players::player_count);
    }
};

namespace proto
{

static void put(library, wire::Vector3d *to, const data_vector3d &from)
{
    to->set_x(from.x);
    to->set_y(from.y);
    to->set_z(from.z);
}

static void put(library, wire::Vector2 *to, const data_vector2 &from)
{
    to->set_x(from.x);
    to->set_y(from.y);
}

static void put(library, wire::Abilities *to, const data_abilities &from)
{
    to->set_walk_speed(from.walk_speed);
    to->set_fly_speed(from.fly_speed);
    to->set_may_fly(from.may_fly);
    to->set_flying(from.flying);
    to->set_invulnerable(from.invulnerable);
    to->set_may_build(from.may_build);
    to->set_instabuild(from.instabuild);
}

static void put(library, wire::Item *to, const data_item &from)
{
    to->set_count(from.count);
    to->set_slot(from.slot);
    to->set_id(from.id.data, from.id.size);
}

static void put(library, wire::Entity *to, const data_entity &from)
{
    to->set_id(from.id.data, from.id.size);
    put(library(), to->mutable_pos(), from.pos);
    put(library(), to->mutable_motion(), from.motion);
    put(library(), to->mutable_rotation(), from.rotation);
    to->set_fall_distance(from.fall_distance);
    to->set_fire(from.fire);
    to->set_air(from.air);
    to->set_on_ground(from.on_ground);
    to->set_no_gravity(from.no_gravity);
    to->set_invulnerable(from.invulnerable);
    to->set_portal_cooldown(from.portal_cooldown);
    put_scalars(to->mutable_uuid(), from.uuid, 4);
    if (from.has_custom_name) {
        to->set_custom_name(from.custom_name.data, from.custom_name.size);
    }
    to->set_custom_name_visible(from.custom_name_visible);
    to->set_silent(from.silent);
    to->set_glowing(from.glowing);
}

static void put(library, wire::Vehicle *to, const data_vehicle &from)
{
    put_scalars(to->mutable_uuid(), from.uuid, 4);
    put(library(), to->mutable_entity(), from.entity);
}

static void put(library, wire::RecipeBook *to, const data_recipe_book &from)
{
    put_texts(to->mutable_recipes(), from.recipes, from.recipe_count);
    put_texts(to->mutable_to_be_displayed(), from.to_be_displayed,
              from.to_be_displayed_count);
    to->set_is_filtering_craftable(from.is_filtering_craftable);
    to->set_is_gui_open(from.is_gui_open);
    to->set_is_furnace_filtering_craftable(from.is_furnace_filtering_craftable);
    to->set_is_furnace_gui_open(from.is_furnace_gui_open);
    to->set_is_blasting_furnace_filtering_craftable(
        from.is_blasting_furnace_filtering_craftable);
    to->set_is_blasting_furnace_gui_open(from.is_blasting_furnace_gui_open);
    to->set_is_smoker_filtering_craftable(from.is_smoker_filtering_craftable);
    to->set_is_smoker_gui_open(from.is_smoker_gui_open);
}

// What the player has beyond the scalars.
static void put_rest(library, wire::Player *to, const data_player &from)
{
    to->set_dimension(from.dimension.data, from.dimension.size);
    put(library(), to->mutable_selected_item(), from.selected_item);
    if (from.has_spawn_dimension) {
        to->set_spawn_dimension(from.spawn_dimension.data,
                                from.spawn_dimension.size);
    }
    put_list(to->mutable_inventory(), from.inventory, from.inventory_count);
    put_list(to->mutable_ender_items(), from.ender_items,
             from.ender_item_count);
    put(library(), to->mutable_abilities(), from.abilities);
    if (from.entered_nether_position != nullptr) {
        put(library(), to->mutable_entered_nether_position(),
            *from.entered_nether_position);
    }
    if (from.root_vehicle != nullptr) {
        put(library(), to->mutable_root_vehicle(), *from.root_vehicle);
    }
    if (from.shoulder_entity_left != nullptr) {
        put(library(), to->mutable_shoulder_entity_left(),
            *from.shoulder_entity_left);
    }
    if (from.shoulder_entity_right != nullptr) {
        put(library(), to->mutable_shoulder_entity_right(),
            *from.shoulder_entity_right);
    }
    put(library(), to->mutable_recipe_book(), from.recipe_book);
}

static void put(library, wire::Player *to, const data_player &from)
{
    to->set_game_type(static_cast<wire::GameType>(from.game_type));
    to->set_previous_game_type(
        static_cast<wire::GameType>(from.previous_game_type));
    to->set_score(from.score);
    to->set_selected_item_slot(from.selected_item_slot);
    to->set_spawn_x(from.spawn_x);
    to->set_spawn_y(from.spawn_y);
    to->set_spawn_z(from.spawn_z);
    if (from.has_spawn_forced) {
        to->set_spawn_forced(from.spawn_forced);
    }
    to->set_sleep_timer(from.sleep_timer);
    to->set_food_exhaustion_level(from.food_exhaustion_level);
    to->set_food_saturation_level(from.food_saturation_level);
    to->set_food_tick_timer(from.food_tick_timer);
    to->set_xp_level(from.xp_level);
    to->set_xp_p(from.xp_p);
    to->set_xp_total(from.xp_total);
    to->set_xp_seed(from.xp_seed);
    to->set_seen_credits(from.seen_credits);
    put_rest(library(), to, from);
}

static void put(library, wire::Players *to, const data_players &from)
{
    put_list(to->mutable_players(), from.players, from.player_count);
}

namespace
{

struct minecraft_set : data_set<data_players, data_player, wire::Players> {
    static BENCH_INLINE const auto &records(const root &from)
    {
        return from.players();
    }
    static BENCH_INLINE auto field(const wire::Player &from)
    {
        return from.score();
    }
};

} // namespace
} // namespace proto
} // namespace bench

const bench_case proto_minecraft =
    bench::proto::arena_case<bench::proto::minecraft_set>;
const bench_case proto_minecraft_again =
    bench::proto::again_case<bench::proto::minecraft_set>;
