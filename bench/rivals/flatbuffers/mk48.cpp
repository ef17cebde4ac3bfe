// mk48.cpp -- the data set "mk48" in FlatBuffers.

#include "bench/data/mk48.h"
#include "bench/rivals/flatbuffers/cases.h"
#include "bench/rivals/flatbuffers/library.hpp"
#include "mk48_generated.h"

namespace wire = bench_flatbuffers::mk48;

namespace bench
{

template <> struct accessors<flat::library, data_position> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_position::x);
        f.scalar(&M::y, &data_position::y);
    }
};

template <> struct accessors<flat::library, data_transform> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::altitude, &data_transform::altitude);
        f.scalar(&M::angle, &data_transform::angle);
        f.plain(&M::position, &data_transform::position);
        f.scalar(&M::velocity, &data_transform::velocity);
    }
};

template <> struct accessors<flat::library, data_guidance> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::angle, &data_guidance::angle);
        f.scalar(&M::submerge, &data_guidance::submerge);
        f.scalar(&M::velocity, &data_guidance::velocity);
    }
};

template <> struct accessors<flat::library, data_contact> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_contact;

        f.scalar(&M::damage, &T::damage);
        f.scalar(&M::entity_id, &T::entity_id);
        f.maybe(&M::entity_type, &T::has_entity_type, &T::entity_type);
        f.plain(&M::guidance, &T::guidance);
        f.maybe(&M::player_id, &T::has_player_id, &T::player_id);
        f.scalars(&M::reloads, &T::reloads, &T::reload_count);
        f.plain(&M::transform, &T::transform);
        f.scalars(&M::turret_angles, &T::turret_angles, &T::turret_angle_count);
    }
};

template <> struct accessors<flat::library, data_chunk_id> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_chunk_id::x);
        f.scalar(&M::y, &data_chunk_id::y);
    }
};

template <> struct accessors<flat::library, data_terrain_update> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.plain(&M::chunk_id, &data_terrain_update::chunk_id);
        f.text(&M::data, &data_terrain_update::data);
    }
};

template <> struct accessors<flat::library, data_update> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_update;

        f.records(&M::contacts, &T::contacts, &T::contact_count);
        f.scalar(&M::score, &T::score);
        f.scalar(&M::world_radius, &T::world_radius);
        f.records(&M::terrain_updates, &T::terrain_updates,
                  &T::terrain_update_count);
    }
};

template <> struct accessors<flat::library, data_updates> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::updates, &data_updates::updates,
                  &data_updates::update_count);
    }
};

namespace flat
{

static wire::Transform transform(const data_transform &from)
{
    return wire::Transform(from.altitude, from.angle,
                           wire::Position(from.position.x, from.position.y),
                           from.velocity);
}

// A bool is a byte in a vector.
static Offset<Vector<uint8_t>> put_bools(writer &to, const bool *items,
                                         size_t count)
{
    uint8_t *bytes;
    auto     list = to.builder.CreateUninitializedVector(count, &bytes);

    for (size_t i = 0; i < count; i++) {
        bytes[i] = items[i];
    }
    return list;
}

static Offset<wire::Contact> put(writer &to, const data_contact &from)
{
    auto reloads = put_bools(to, from.reloads, from.reload_count);
    auto turrets =
        to.builder.CreateVector(from.turret_angles, from.turret_angle_count);
    wire::Guidance guidance(from.guidance.angle, from.guidance.submerge,
                            from.guidance.velocity);
    auto           placed = transform(from.transform);

    return wire::CreateContact(
        to.builder, from.damage, from.entity_id,
        maybe(from.has_entity_type,
              static_cast<wire::EntityType>(from.entity_type)),
        &guidance, maybe(from.has_player_id, from.player_id), reloads, &placed,
        turrets);
}

static Offset<wire::TerrainUpdate> put(writer                    &to,
                                       const data_terrain_update &from)
{
    wire::ChunkId chunk_id(from.chunk_id.x, from.chunk_id.y);

    return wire::CreateTerrainUpdate(
        to.builder, &chunk_id,
        to.builder.CreateVector(from.data.data, from.data.size));
}

static Offset<wire::Update> put(writer &to, const data_update &from)
{
    auto contacts =
        put_list<wire::Contact>(to, from.contacts, from.contact_count);
    auto terrain = put_list<wire::TerrainUpdate>(to, from.terrain_updates,
                                                 from.terrain_update_count);

    return wire::CreateUpdate(to.builder, contacts, from.score,
                              from.world_radius, terrain);
}

static Offset<wire::Updates> put(writer &to, const data_updates &from)
{
    return wire::CreateUpdates(
        to.builder,
        put_list<wire::Update>(to, from.updates, from.update_count));
}

namespace
{

struct mk48_set : data_set<data_updates, data_update, wire::Updates> {
    static BENCH_INLINE auto records(const root &from)
    {
        return from.updates();
    }
    static BENCH_INLINE auto field(const wire::Update &from)
    {
        return from.score();
    }
    template <class F> static void each_mutable(root *to, F f)
    {
        flat::each_mutable(to->mutable_updates(), f);
    }
    static bool set(wire::Update *to, size_t turn)
    {
        return to->mutate_score(static_cast<uint32_t>(turn));
    }
};

} // namespace
} // namespace flat
} // namespace bench

const bench_case flat_mk48_verified =
    bench::flat::make_case<bench::flat::mk48_set>(true);
const bench_case flat_mk48_once =
    bench::flat::make_case<bench::flat::mk48_set>(false);
