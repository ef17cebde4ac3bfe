// mk48.cpp -- the data set "mk48" in protobuf.

#include "bench/data/mk48.h"
#include "bench/rivals/protobuf/cases.h"
#include "bench/rivals/protobuf/library.hpp"
#include "mk48.pb.h"

namespace wire = bench_protobuf::mk48;

namespace bench
{

template <> struct accessors<proto::library, data_position> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_position::x);
        f.scalar(&M::y, &data_position::y);
    }
};

template <> struct accessors<proto::library, data_transform> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::altitude, &data_transform::altitude);
        f.scalar(&M::angle, &data_transform::angle);
        f.plain(&M::position, &data_transform::position);
        f.scalar(&M::velocity, &data_transform::velocity);
    }
};

template <> struct accessors<proto::library, data_guidance> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::angle, &data_guidance::angle);
        f.scalar(&M::submerge, &data_guidance::submerge);
        f.scalar(&M::velocity, &data_guidance::velocity);
    }
};

template <> struct accessors<proto::library, data_contact> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_contact;

        f.scalar(&M::damage, &T::damage);
        f.scalar(&M::entity_id, &T::entity_id);
        f.maybe(present(&M::has_entity_type, &M::entity_type),
                &T::has_entity_type, &T::entity_type);
        f.plain(&M::guidance, &T::guidance);
        f.maybe(present(&M::has_player_id, &M::player_id), &T::has_player_id,
                &T::player_id);
        f.scalars(
            [](const M &m) -> const auto & { return m.reloads(); }, &T::reloads,
            &T::reload_count);
        f.plain(&M::transform, &T::transform);
        f.scalars(
            [](const M &m) -> const auto & { return m.turret_angles(); },
            &T::turret_angles, &T::turret_angle_count);
    }
};

template <> struct accessors<proto::library, data_chunk_id> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_chunk_id::x);
        f.scalar(&M::y, &data_chunk_id::y);
    }
};

template <> struct accessors<proto::library, data_terrain_update> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.plain(&M::chunk_id, &data_terrain_update::chunk_id);
        f.text(&M::data, &data_terrain_update::data);
    }
};

template <> struct accessors<proto::library, data_update> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_update;

        f.records(
            [](const M &m) -> const auto & { return m.contacts(); },
            &T::contacts, &T::contact_count);
        f.scalar(&M::score, &T::score);
        f.scalar(&M::world_radius, &T::world_radius);
        f.records(
            [](const M &m) -> const auto & { return m.terrain_updates(); },
            &T::terrain_updates, &T::terrain_update_count);
    }
};

template <> struct accessors<proto::library, data_updates> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(
            [](const M &m) -> const auto & { return m.updates(); },
            &data_updates::updates, &data_updates::update_count);
    }
};

namespace proto
{

static void put(library, wire::Position *to, const data_position &from)
{
    to->set_x(from.x);
    to->set_y(from.y);
}

static void put(library, wire::ChunkId *to, const data_chunk_id &from)
{
    to->set_x(from.x);
    to->set_y(from.y);
}

static void put(library, wire::Guidance *to, const data_guidance &from)
{
    to->set_angle(from.angle);
    to->set_submerge(from.submerge);
    to->set_velocity(from.velocity);
}

static void put(library, wire::Transform *to, const data_transform &from)
{
    to->set_altitude(from.altitude);
    to->set_angle(from.angle);
    put(library(), to->mutable_position(), from.position);
    to->set_velocity(from.velocity);
}

static void put(library, wire::Contact *to, const data_contact &from)
{
    to->set_damage(from.damage);
    to->set_entity_id(from.entity_id);
    if (from.has_entity_type) {
        to->set_entity_type(static_cast<wire::EntityType>(from.entity_type));
    }
    put(library(), to->mutable_guidance(), from.guidance);
    if (from.has_player_id) {
        to->set_player_id(from.player_id);
    }
    put_scalars(to->mutable_reloads(), from.reloads, from.reload_count);
    put(library(), to->mutable_transform(), from.transform);
    put_scalars(to->mutable_turret_angles(), from.turret_angles,
                from.turret_angle_count);
}

static void put(library, wire::TerrainUpdate *to,
                const data_terrain_update &from)
{
    put(library(), to->mutable_chunk_id(), from.chunk_id);
    to->set_data(from.data.data, from.data.size);
}

static void put(library, wire::Update *to, const data_update &from)
{
    put_list(to->mutable_contacts(), from.contacts, from.contact_count);
    to->set_score(from.score);
    to->set_world_radius(from.world_radius);
    put_list(to->mutable_terrain_updates(), from.terrain_updates,
             from.terrain_update_count);
}

static void put(library, wire::Updates *to, const data_updates &from)
{
    put_list(to->mutable_updates(), from.updates, from.update_count);
}

namespace
{

struct mk48_set : data_set<data_updates, data_update, wire::Updates> {
    static BENCH_INLINE const auto &records(const root &from)
    {
        return from.updates();
    }
    static BENCH_INLINE auto field(const wire::Update &from)
    {
        return from.score();
    }
};

} // namespace
} // namespace proto
} // namespace bench

const bench_case proto_mk48 = bench::proto::arena_case<bench::proto::mk48_set>;
const bench_case proto_mk48_again =
    bench::proto::again_case<bench::proto::mk48_set>;
