// mk48.cpp -- the data set "mk48" in protobuf-c.

#include "bench/data/mk48.h"
#include "bench/rivals/protobuf-c/cases.h"
#include "bench/rivals/protobuf-c/library.hpp"
#include "mk48.pb-c.h"

namespace bench
{

template <> struct accessors<protoc::library, data_position> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_position::x);
        f.scalar(&M::y, &data_position::y);
    }
};

template <> struct accessors<protoc::library, data_transform> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::altitude, &data_transform::altitude);
        f.scalar(&M::angle, &data_transform::angle);
        f.plain(&M::position, &data_transform::position);
        f.scalar(&M::velocity, &data_transform::velocity);
    }
};

template <> struct accessors<protoc::library, data_guidance> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::angle, &data_guidance::angle);
        f.scalar(&M::submerge, &data_guidance::submerge);
        f.scalar(&M::velocity, &data_guidance::velocity);
    }
};

template <> struct accessors<protoc::library, data_contact> {
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
        f.scalars(protoc::items(&M::n_reloads, &M::reloads), &T::reloads,
                  &T::reload_count);
        f.plain(&M::transform, &T::transform);
        f.scalars(protoc::items(&M::n_turret_angles, &M::turret_angles),
                  &T::turret_angles, &T::turret_angle_count);
    }
};

template <> struct accessors<protoc::library, data_chunk_id> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.scalar(&M::x, &data_chunk_id::x);
        f.scalar(&M::y, &data_chunk_id::y);
    }
};

template <> struct accessors<protoc::library, data_terrain_update> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.plain(&M::chunk_id, &data_terrain_update::chunk_id);
        f.text(&M::data, &data_terrain_update::data);
    }
};

template <> struct accessors<protoc::library, data_update> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_update;

        f.records(protoc::items(&M::n_contacts, &M::contacts), &T::contacts,
                  &T::contact_count);
        f.scalar(&M::score, &T::score);
        f.scalar(&M::world_radius, &T::world_radius);
        f.records(protoc::items(&M::n_terrain_updates, &M::terrain_updates),
                  &T::terrain_updates, &T::terrain_update_count);
    }
};

template <> struct accessors<protoc::library, data_updates> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(protoc::items(&M::n_updates, &M::updates),
                  &data_updates::updates, &data_updates::update_count);
    }
};

namespace protoc
{

static void put(library, arena &, BenchMk48__Position *to,
                const data_position &from)
{
    to->x = from.x;
    to->y = from.y;
}

static void put(library, arena &, BenchMk48__ChunkId *to,
                const data_chunk_id &from)
{
    to->x = from.x;
    to->y = from.y;
}

static void put(library, arena &, BenchMk48__Guidance *to,
                const data_guidance &from)
{
    to->angle = from.angle;
    to->submerge = from.submerge;
    to->velocity = from.velocity;
}

static void put(library, arena &memory, BenchMk48__Transform *to,
                const data_transform &from)
{
    to->altitude = from.altitude;
    to->angle = from.angle;
    to->position = make(memory, bench_mk48__position__init, from.position);
    to->velocity = from.velocity;
}

static void put(library, arena &memory, BenchMk48__Contact *to,
                const data_contact &from)
{
    to->damage = from.damage;
    to->entity_id = from.entity_id;
    to->has_entity_type = from.has_entity_type;
    to->entity_type = static_cast<BenchMk48__EntityType>(from.entity_type);
    to->guidance = make(memory, bench_mk48__guidance__init, from.guidance);
    to->has_player_id = from.has_player_id;
    to->player_id = from.player_id;
    to->n_reloads = from.reload_count;
    to->reloads = make_scalars<protobuf_c_boolean>(memory, from.reloads,
                                                   from.reload_count);
    to->transform = make(memory, bench_mk48__transform__init, from.transform);
    to->n_turret_angles = from.turret_angle_count;
    to->turret_angles = make_scalars<uint32_t>(memory, from.turret_angles,
                                               from.turret_angle_count);
}

static void put(library, arena &memory, BenchMk48__TerrainUpdate *to,
                const data_terrain_update &from)
{
    to->chunk_id = make(memory, bench_mk48__chunk_id__init, from.chunk_id);
    to->data = borrow(from.data);
}

static void put(library, arena &memory, BenchMk48__Update *to,
                const data_update &from)
{
    to->n_contacts = from.contact_count;
    to->contacts = make_list(memory, bench_mk48__contact__init, from.contacts,
                             from.contact_count);
    to->score = from.score;
    to->world_radius = from.world_radius;
    to->n_terrain_updates = from.terrain_update_count;
    to->terrain_updates =
        make_list(memory, bench_mk48__terrain_update__init,
                  from.terrain_updates, from.terrain_update_count);
}

static void put(library, arena &memory, BenchMk48__Updates *to,
                const data_updates &from)
{
    to->n_updates = from.update_count;
    to->updates = make_list(memory, bench_mk48__update__init, from.updates,
                            from.update_count);
}

namespace
{

struct mk48_set : data_set<data_updates, data_update, BenchMk48__Updates> {
    static constexpr auto descriptor = &bench_mk48__updates__descriptor;
    static constexpr auto init = bench_mk48__updates__init;

    static BENCH_INLINE auto records(const root &from)
    {
        return list_view<BenchMk48__Update *>{from.updates, from.n_updates};
    }
    static BENCH_INLINE auto field(const BenchMk48__Update &from)
    {
        return from.score;
    }
};

} // namespace
} // namespace protoc
} // namespace bench

const bench_case protoc_mk48 =
    bench::protoc::make_case<bench::protoc::mk48_set>();
