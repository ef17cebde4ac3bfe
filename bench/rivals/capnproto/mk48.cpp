// mk48.cpp -- the data set "mk48" in Cap'n Proto.

#include "bench/data/mk48.h"
#include "bench/rivals/capnproto/cases.h"
#include "bench/rivals/capnproto/library.hpp"
#include "mk48.capnp.h"

namespace wire = bench_capnp::mk48;

namespace bench
{

template <> struct accessors<cap::library, data_position> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::getX, &data_position::x);
        f.scalar(&M::getY, &data_position::y);
    }
};

template <> struct accessors<cap::library, data_transform> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::getAltitude, &data_transform::altitude);
        f.scalar(&M::getAngle, &data_transform::angle);
        f.plain(&M::getPosition, &data_transform::position);
        f.scalar(&M::getVelocity, &data_transform::velocity);
    }
};

template <> struct accessors<cap::library, data_guidance> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::getAngle, &data_guidance::angle);
        f.scalar(&M::getSubmerge, &data_guidance::submerge);
        f.scalar(&M::getVelocity, &data_guidance::velocity);
    }
};

template <> struct accessors<cap::library, data_contact> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_contact;

        f.scalar(&M::getDamage, &T::damage);
        f.scalar(&M::getEntityId, &T::entity_id);
        f.maybe(present(&M::getIsEntityTypeSet, &M::getEntityType),
                &T::has_entity_type, &T::entity_type);
        f.plain(&M::getGuidance, &T::guidance);
        f.maybe(present(&M::getIsPlayerIdSet, &M::getPlayerId),
                &T::has_player_id, &T::player_id);
        f.scalars(&M::getReloads, &T::reloads, &T::reload_count);
        f.plain(&M::getTransform, &T::transform);
        f.scalars(&M::getTurretAngles, &T::turret_angles,
                  &T::turret_angle_count);
    }
};

template <> struct accessors<cap::library, data_chunk_id> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::getX, &data_chunk_id::x);
        f.scalar(&M::getY, &data_chunk_id::y);
    }
};

template <> struct accessors<cap::library, data_terrain_update> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.plain(&M::getChunkId, &data_terrain_update::chunk_id);
        f.text(&M::getData, &data_terrain_update::data);
    }
};

template <> struct accessors<cap::library, data_update> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_update;

        f.records(&M::getContacts, &T::contacts, &T::contact_count);
        f.scalar(&M::getScore, &T::score);
        f.scalar(&M::getWorldRadius, &T::world_radius);
        f.records(&M::getTerrainUpdates, &T::terrain_updates,
                  &T::terrain_update_count);
    }
};

template <> struct accessors<cap::library, data_updates> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::getUpdates, &data_updates::updates,
                  &data_updates::update_count);
    }
};

namespace cap
{

template <class B> static void put(library, B to, const data_guidance &from)
{
    to.setAngle(from.angle);
    to.setSubmerge(from.submerge);
    to.setVelocity(from.velocity);
}

template <class B> static void put(library, B to, const data_transform &from)
{
    auto position = to.getPosition();

    to.setAltitude(from.altitude);
    to.setAngle(from.angle);
    position.setX(from.position.x);
    position.setY(from.position.y);
    to.setVelocity(from.velocity);
}

static void put(library, wire::Contact::Builder to, const data_contact &from)
{
    to.setDamage(from.damage);
    to.setEntityId(from.entity_id);
    if (from.has_entity_type) {
        to.setIsEntityTypeSet(true);
        to.setEntityType(static_cast<wire::EntityType>(from.entity_type));
    }
    put(library(), to.getGuidance(), from.guidance);
    if (from.has_player_id) {
        to.setIsPlayerIdSet(true);
        to.setPlayerId(from.player_id);
    }
    put_scalars(to.initReloads(count32(from.reload_count)), from.reloads,
                from.reload_count);
    put(library(), to.getTransform(), from.transform);
    put_scalars(to.initTurretAngles(count32(from.turret_angle_count)),
                from.turret_angles, from.turret_angle_count);
}

static void put(library, wire::TerrainUpdate::Builder to,
                const data_terrain_update &from)
{
    auto chunk_id = to.getChunkId();

    chunk_id.setX(from.chunk_id.x);
    chunk_id.setY(from.chunk_id.y);
    copy(to.initData(count32(from.data.size)), from.data);
}

static void put(library, wire::Update::Builder to, const data_update &from)
{
    put_list(to.initContacts(count32(from.contact_count)), from.contacts,
             from.contact_count);
    to.setScore(from.score);
    to.setWorldRadius(from.world_radius);
    put_list(to.initTerrainUpdates(count32(from.terrain_update_count)),
             from.terrain_updates, from.terrain_update_count);
}

static void put(library, wire::Updates::Builder to, const data_updates &from)
{
    put_list(to.initUpdates(count32(from.update_count)), from.updates,
             from.update_count);
}

namespace
{

struct mk48_set : data_set<data_updates, data_update, wire::Updates> {
    static BENCH_INLINE auto records(const root::Reader &from)
    {
        return from.getUpdates();
    }
    static BENCH_INLINE auto field(const wire::Update::Reader &from)
    {
        return from.getScore();
    }
    static uint64_t update(root::Builder from, size_t turn)
    {
        return update_each(from.getUpdates(), [turn](wire::Update::Builder to) {
            to.setScore(static_cast<uint32_t>(turn));
        });
    }
};

} // namespace
} // namespace cap
} // namespace bench

const bench_case cap_mk48_flat = bench::cap::flat_case<bench::cap::mk48_set>;
const bench_case cap_mk48_packed =
    bench::cap::packed_case<bench::cap::mk48_set>;
