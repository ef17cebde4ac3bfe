// minecraft.cpp -- the data set "minecraft" in Cap'n Proto.

#include "bench/data/minecraft.h"
#include "bench/rivals/capnproto/cases.h"
#include "bench/rivals/capnproto/library.hpp"
#include "minecraft.capnp.h"

namespace wire = bench_capnp::minecraft;

namespace bench
{

template <> struct accessors<cap::library, data_vector3d> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::getX, &data_vector3d::x);
        f.scalar(&M::getY, &data_vector3d::y);
        f.scalar(&M::getZ, &data_vector3d::z);
    }
};

template <> struct accessors<cap::library, data_vector2> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::getX, &data_vector2::x);
        f.scalar(&M::getY, &data_vector2::y);
    }
};

template <> struct accessors<cap::library, data_item> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::getCount, &data_item::count);
        f.scalar(&M::getSlot, &data_item::slot);
        f.text(&M::getId, &data_item::id);
    }
};

template <> struct accessors<cap::library, data_abilities> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_abilities;

        f.scalar(&M::getWalkSpeed, &T::walk_speed);
        f.scalar(&M::getFlySpeed, &T::fly_speed);
        f.scalar(&M::getMayFly, &T::may_fly);
        f.scalar(&M::getFlying, &T::flying);
        f.scalar(&M::getInvulnerable, &T::invulnerable);
        f.scalar(&M::getMayBuild, &T::may_build);
        f.scalar(&M::getInstabuild, &T::instabuild);
    }
};

template <class M>
static BENCH_INLINE std::array<uint32_t, 4> uuid_words(const M &from)
{
    auto uuid = from.getUuid();

    return {uuid.getX0(), uuid.getX1(), uuid.getX2(), uuid.getX3()};
}

template <> struct accessors<cap::library, data_entity> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_entity;

        f.text(&M::getId, &T::id);
        f.plain(&M::getPos, &T::pos);
        f.plain(&M::getMotion, &T::motion);
        f.plain(&M::getRotation, &T::rotation);
        f.scalar(&M::getFallDistance, &T::fall_distance);
        f.scalar(&M::getFire, &T::fire);
        f.scalar(&M::getAir, &T::air);
        f.scalar(&M::getOnGround, &T::on_ground);
        f.scalar(&M::getNoGravity, &T::no_gravity);
        f.scalar(&M::getInvulnerable, &T::invulnerable);
        f.scalar(&M::getPortalCooldown, &T::portal_cooldown);
        f.array(uuid_words<M>, &T::uuid);
        f.maybe_text(present(&M::hasCustomName, &M::getCustomName),
                     &T::has_custom_name, &T::custom_name);
        f.scalar(&M::getCustomNameVisible, &T::custom_name_visible);
        f.scalar(&M::getSilent, &T::silent);
        f.scalar(&M::getGlowing, &T::glowing);
    }
};

template <> struct accessors<cap::library, data_vehicle> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.array(uuid_words<M>, &data_vehicle::uuid);
        f.record(&M::getEntity, &data_vehicle::entity);
    }
};

template <> struct accessors<cap::library, data_recipe_book> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_recipe_book;

        f.texts(&M::getRecipes, &T::recipes, &T::recipe_count);
        f.texts(&M::getToBeDisplayed, &T::to_be_displayed,
                &T::to_be_displayed_count);
        f.scalar(&M::getIsFilteringCraftable, &T::is_filtering_craftable);
        f.scalar(&M::getIsGuiOpen, &T::is_gui_open);
        f.scalar(&M::getIsFurnaceFilteringCraftable,
                 &T::is_furnace_filtering_craftable);
        f.scalar(&M::getIsFurnaceGuiOpen, &T::is_furnace_gui_open);
        f.scalar(&M::getIsBlastingFurnaceFilteringCraftable,
                 &T::is_blasting_furnace_filtering_craftable);
        f.scalar(&M::getIsBlastingFurnaceGuiOpen,
                 &T::is_blasting_furnace_gui_open);
        f.scalar(&M::getIsSmokerFilteringCraftable,
                 &T::is_smoker_filtering_craftable);
        f.scalar(&M::getIsSmokerGuiOpen, &T::is_smoker_gui_open);
    }
};

template <> struct accessors<cap::library, data_player> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_player;

        f.scalar(&M::getGameType, &T::game_type);
        f.scalar(&M::getPreviousGameType, &T::previous_game_type);
        f.scalar(&M::getScore, &T::score);
        f.text(&M::getDimension, &T::dimension);
        f.scalar(&M::getSelectedItemSlot, &T::selected_item_slot);
        f.record(&M::getSelectedItem, &T::selected_item);
        f.maybe_text(present(&M::hasSpawnDimension, &M::getSpawnDimension),
                     &T::has_spawn_dimension, &T::spawn_dimension);
        f.scalar(&M::getSpawnX, &T::spawn_x);
        f.scalar(&M::getSpawnY, &T::spawn_y);
        f.scalar(&M::getSpawnZ, &T::spawn_z);
        f.maybe(present(&M::getIsSpawnForcedSet, &M::getSpawnForced),
                &T::has_spawn_forced, &T::spawn_forced);
        f.scalar(&M::getSleepTimer, &T::sleep_timer);
        f.scalar(&M::getFoodExhaustionLevel, &T::food_exhaustion_level);
        f.scalar(&M::getFoodSaturationLevel, &T::food_saturation_level);
        f.scalar(&M::getFoodTickTimer, &T::food_tick_timer);
        f.scalar(&M::getXpLevel, &T::xp_level);
        f.scalar(&M::getXpP, &T::xp_p);
        f.scalar(&M::getXpTotal, &T::xp_total);
        f.scalar(&M::getXpSeed, &T::xp_seed);
        f.records(&M::getInventory, &T::inventory, &T::inventory_count);
        f.records(&M::getEnderItems, &T::ender_items, &T::ender_item_count);
        f.plain(&M::getAbilities, &T::abilities);
        f.plain_pointer(
            present(&M::hasEnteredNetherPosition, &M::getEnteredNetherPosition),
            &T::entered_nether_position);
        f.pointer(present(&M::hasRootVehicle, &M::getRootVehicle),
                  &T::root_vehicle);
        f.pointer(present(&M::hasShoulderEntityLeft, &M::getShoulderEntityLeft),
                  &T::shoulder_entity_left);
        f.pointer(
            present(&M::hasShoulderEntityRight, &M::getShoulderEntityRight),
            &T::shoulder_entity_right);
        f.scalar(&M::getSeenCredits, &T::seen_credits);
        f.record(&M::getRecipeBook, &T::recipe_book);
    }
};

template <> struct accessors<cap::library, data_players> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::getPlayers, &data_players::players,
                  &data_players::player_count);
    }
};

namespace cap
{

template <class B> static void put(library, B to, const data_vector3d &from)
{
    to.setX(from.x);
    to.setY(from.y);
    to.setZ(from.z);
}

template <class B> static void put_uuid(B to, const uint32_t (&words)[4])
{
    to.setX0(words[0]);
    to.setX1(words[1]);
    to.setX2(words[2]);
    to.setX3(words[3]);
}

static void put(library, wire::Item::Builder to, const data_item &from)
{
    to.setCount(from.count);
    to.setSlot(from.slot);
    copy(to.initId(count32(from.id.size)), from.id);
}

static void put(library, wire::Entity::Builder to, const data_entity &from)
{
    auto rotation = to.getRotation();

    copy(to.initId(count32(from.id.size)), from.id);
    put(library(), to.getPos(), from.pos);
    put(library(), to.getMotion(), from.motion);
    rotation.setX(from.rotation.x);
    rotation.setY(from.rotation.y);
    to.setFallDistance(from.fall_distance);
    to.setFire(from.fire);
    to.setAir(from.air);
    to.setOnGround(from.on_ground);
    to.setNoGravity(from.no_gravity);
    to.setInvulnerable(from.invulnerable);
    to.setPortalCooldown(from.portal_cooldown);
    put_uuid(to.getUuid(), from.uuid);
    if (from.has_custom_name) {
        copy(to.initCustomName(count32(from.custom_name.size)),
             from.custom_name);
    }
    to.setCustomNameVisible(from.custom_name_visible);
    to.setSilent(from.silent);
    to.setGlowing(from.glowing);
}

static void put(library, wire::Vehicle::Builder to, const data_vehicle &from)
{
    put_uuid(to.getUuid(), from.uuid);
    put(library(), to.initEntity(), from.entity);
}

static void put(library, wire::RecipeBook::Builder to,
                const data_recipe_book &from)
{
    put_texts(to.initRecipes(count32(from.recipe_count)), from.recipes,
              from.recipe_count);
    put_texts(to.initToBeDisplayed(count32(from.to_be_displayed_count)),
              from.to_be_displayed, from.to_be_displayed_count);
    to.setIsFilteringCraftable(from.is_filtering_craftable);
    to.setIsGuiOpen(from.is_gui_open);
    to.setIsFurnaceFilteringCraftable(from.is_furnace_filtering_craftable);
    to.setIsFurnaceGuiOpen(from.is_furnace_gui_open);
    to.setIsBlastingFurnaceFilteringCraftable(
        from.is_blasting_furnace_filtering_craftable);
    to.setIsBlastingFurnaceGuiOpen(from.is_blasting_furnace_gui_open);
    to.setIsSmokerFilteringCraftable(from.is_smoker_filtering_craftable);
    to.setIsSmokerGuiOpen(from.is_smoker_gui_open);
}

template <class B> static void put(library, B to, const data_abilities &from)
{
    to.setWalkSpeed(from.walk_speed);
    to.setFlySpeed(from.fly_speed);
    to.setMayFly(from.may_fly);
    to.setFlying(from.flying);
    to.setInvulnerable(from.invulnerable);
    to.setMayBuild(from.may_build);
    to.setInstabuild(from.instabuild);
}

// What the player has beyond the scalars.
static void put_rest(library, wire::Player::Builder to, const data_player &from)
{
    copy(to.initDimension(count32(from.dimension.size)), from.dimension);
    put(library(), to.initSelectedItem(), from.selected_item);
    if (from.has_spawn_dimension) {
        copy(to.initSpawnDimension(count32(from.spawn_dimension.size)),
             from.spawn_dimension);
    }
    put_list(to.initInventory(count32(from.inventory_count)), from.inventory,
             from.inventory_count);
    put_list(to.initEnderItems(count32(from.ender_item_count)),
             from.ender_items, from.ender_item_count);
    put(library(), to.getAbilities(), from.abilities);
    if (from.entered_nether_position != nullptr) {
        put(library(), to.initEnteredNetherPosition(),
            *from.entered_nether_position);
    }
    if (from.root_vehicle != nullptr) {
        put(library(), to.initRootVehicle(), *from.root_vehicle);
    }
    if (from.shoulder_entity_left != nullptr) {
        put(library(), to.initShoulderEntityLeft(), *from.shoulder_entity_left);
    }
    if (from.shoulder_entity_right != nullptr) {
        put(library(), to.initShoulderEntityRight(),
            *from.shoulder_entity_right);
    }
    put(library(), to.initRecipeBook(), from.recipe_book);
}

static void put(library, wire::Player::Builder to, const data_player &from)
{
    to.setGameType(static_cast<wire::GameType>(from.game_type));
    to.setPreviousGameType(
        static_cast<wire::GameType>(from.previous_game_type));
    to.setScore(from.score);
    to.setSelectedItemSlot(from.selected_item_slot);
    to.setSpawnX(from.spawn_x);
    to.setSpawnY(from.spawn_y);
    to.setSpawnZ(from.spawn_z);
    if (from.has_spawn_forced) {
        to.setIsSpawnForcedSet(true);
        to.setSpawnForced(from.spawn_forced);
    }
    to.setSleepTimer(from.sleep_timer);
    to.setFoodExhaustionLevel(from.food_exhaustion_level);
    to.setFoodSaturationLevel(from.food_saturation_level);
    to.setFoodTickTimer(from.food_tick_timer);
    to.setXpLevel(from.xp_level);
    to.setXpP(from.xp_p);
    to.setXpTotal(from.xp_total);
    to.setXpSeed(from.xp_seed);
    to.setSeenCredits(from.seen_credits);
    put_rest(library(), to, from);
}

static void put(library, wire::Players::Builder to, const data_players &from)
{
    put_list(to.initPlayers(count32(from.player_count)), from.players,
             from.player_count);
}

namespace
{

struct minecraft_set : data_set<data_players, data_player, wire::Players> {
    static BENCH_INLINE auto records(const root::Reader &from)
    {
        return from.getPlayers();
    }
    static BENCH_INLINE auto field(const wire::Player::Reader &from)
    {
        return from.getScore();
    }
    static uint64_t update(root::Builder from, size_t turn)
    {
        return update_each(from.getPlayers(), [turn](wire::Player::Builder to) {
            to.setScore(static_cast<int64_t>(turn));
        });
    }
};

} // namespace
} // namespace cap
} // namespace bench

const bench_case cap_minecraft_flat =
    bench::cap::flat_case<bench::cap::minecraft_set>;
const bench_case cap_minecraft_packed =
    bench::cap::packed_case<bench::cap::minecraft_set>;
