// mk48.c -- Inlay on "mk48".

#include "bench/rivals/inlay/inlay.h"

#include "bench/data/mk48.h"
#include "mk48.inlay.h"

// ---- Native structs ---------------------------------------------------------

static mk48_contact contact_of(const data_contact *contact)
{
    const data_transform *transform = &contact->transform;

    return (mk48_contact){
        .damage = contact->damage,
        .entity_id = contact->entity_id,
        .entity_type = {contact->has_entity_type,
                        (mk48_entity_type)contact->entity_type},
        .guidance = {contact->guidance.angle, contact->guidance.velocity},
        .submerge = contact->guidance.submerge,
        .player_id = {contact->has_player_id, contact->player_id},
        .reloads = {contact->reloads, contact->reload_count},
        .transform = {transform->altitude,
                      transform->angle,
                      {transform->position.x, transform->position.y},
                      transform->velocity},
        .turret_angles = {contact->turret_angles, contact->turret_angle_count},
    };
}

static bool contacts_of(inlay_arena *arena, const data_update *update,
                        mk48_contact_list *to)
{
    mk48_contact *made = take(arena, update->contact_count, sizeof *made);
    size_t        i;

    for (i = 0; made != NULL && i < update->contact_count; i++) {
        made[i] = contact_of(&update->contacts[i]);
    }
    *to = (mk48_contact_list){.items = made, .count = update->contact_count};
    return made != NULL;
}

static bool terrain_of(inlay_arena *arena, const data_update *update,
                       mk48_terrain_update_list *to)
{
    size_t               count = update->terrain_update_count;
    mk48_terrain_update *made = take(arena, count, sizeof *made);
    size_t               i;

    for (i = 0; made != NULL && i < count; i++) {
        const data_terrain_update *from = &update->terrain_updates[i];

        made[i] = (mk48_terrain_update){
            .chunk_id = {from->chunk_id.x, from->chunk_id.y},
            .data = from->data,
        };
    }
    *to = (mk48_terrain_update_list){.items = made, .count = count};
    return made != NULL;
}

static const mk48_updates *native_of(const void *model, inlay_arena *arena)
{
    const data_updates *data = model;
    mk48_updates       *root = take(arena, 1, sizeof *root);
    mk48_update        *made = take(arena, data->update_count, sizeof *made);
    size_t              i;

    if (root == NULL || made == NULL) {
        return NULL;
    }
    for (i = 0; i < data->update_count; i++) {
        const data_update *update = &data->updates[i];

        made[i] = (mk48_update){.score = update->score,
                                .world_radius = update->world_radius};
        if (!contacts_of(arena, update, &made[i].contacts) ||
            !terrain_of(arena, update, &made[i].terrain_updates)) {
            return NULL;
        }
    }
    *root =
        (mk48_updates){.updates = {.items = made, .count = data->update_count}};
    return root;
}

// ---- Reading ----------------------------------------------------------------

static INLAY_INLINE uint64_t vectors_scalars(mk48_contact_view contact)
{
    inlay_bool_list_view reloads = mk48_contact_get_reloads(contact);
    inlay_u16_list_view  angles = mk48_contact_get_turret_angles(contact);
    size_t               reload_count = inlay_bool_list_count(reloads);
    size_t               angle_count = inlay_u16_list_count(angles);
    uint64_t             sum = 0;
    size_t               i;

    for (i = 0; i < reload_count; i++) {
        sum += inlay_bool_list_at(reloads, i);
    }
    for (i = 0; i < angle_count; i++) {
        sum += inlay_u16_list_at(angles, i);
    }
    return sum;
}

static INLAY_INLINE uint64_t contact_scalars(mk48_contact_view contact)
{
    mk48_guidance  guidance = mk48_contact_get_guidance(contact);
    mk48_transform transform = mk48_contact_get_transform(contact);
    uint64_t       sum =
        (uint64_t)mk48_contact_get_damage(contact) +
        mk48_contact_get_entity_id(contact) + guidance.angle +
        (uint64_t)guidance.velocity + mk48_contact_get_submerge(contact) +
        (uint64_t)transform.altitude + transform.angle +
        bench_f32(transform.position.x) + bench_f32(transform.position.y) +
        (uint64_t)transform.velocity;

    // Absent ones are 0.
    return sum + mk48_contact_get_entity_type(contact) +
           mk48_contact_get_player_id(contact) + vectors_scalars(contact);
}

static INLAY_INLINE uint64_t update_scalars(mk48_update_view update)
{
    mk48_contact_list_view        contacts = mk48_update_get_contacts(update);
    mk48_terrain_update_list_view terrain =
        mk48_update_get_terrain_updates(update);
    size_t   contact_count = mk48_contact_list_count(contacts);
    size_t   terrain_count = mk48_terrain_update_list_count(terrain);
    uint64_t sum = mk48_update_get_score(update) +
                   bench_f32(mk48_update_get_world_radius(update));
    size_t i;

    for (i = 0; i < contact_count; i++) {
        sum += bench_record(contact_scalars(mk48_contact_list_at(contacts, i)));
    }
    for (i = 0; i < terrain_count; i++) {
        mk48_chunk_id id = mk48_terrain_update_get_chunk_id(
            mk48_terrain_update_list_at(terrain, i));

        sum += (uint64_t)id.x + (uint64_t)id.y;
    }
    return sum;
}

static INLAY_INLINE uint64_t update_strings(mk48_update_view update)
{
    mk48_terrain_update_list_view terrain =
        mk48_update_get_terrain_updates(update);
    size_t   count = mk48_terrain_update_list_count(terrain);
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < count; i++) {
        inlay_bytes data = mk48_terrain_update_get_data(
            mk48_terrain_update_list_at(terrain, i));

        sum += bench_text(data.data, data.size);
    }
    return sum;
}

// ---- The set's operations ---------------------------------------------------

static INLAY_INLINE uint64_t one(mk48_updates_view root, size_t turn)
{
    mk48_update_list_view list = mk48_updates_get_updates(root);
    size_t                count = mk48_update_list_count(list);

    return count == 0
               ? 0
               : mk48_update_get_score(mk48_update_list_at(list, turn % count));
}

static INLAY_INLINE uint64_t tenth(mk48_updates_view root)
{
    mk48_update_list_view list = mk48_updates_get_updates(root);
    size_t                count = mk48_update_list_count(list);
    uint64_t              sum = 0;
    size_t                i;

    for (i = 0; i < count; i += 10) {
        mk48_update_view update = mk48_update_list_at(list, i);

        sum += update_scalars(update) + update_strings(update);
    }
    return sum;
}

static INLAY_INLINE uint64_t scalars(mk48_updates_view root)
{
    mk48_update_list_view list = mk48_updates_get_updates(root);
    size_t                count = mk48_update_list_count(list);
    uint64_t              sum = 0;
    size_t                i;

    for (i = 0; i < count; i++) {
        sum += bench_record(update_scalars(mk48_update_list_at(list, i)));
    }
    return sum;
}

static INLAY_INLINE uint64_t strings(mk48_updates_view root)
{
    mk48_update_list_view list = mk48_updates_get_updates(root);
    size_t                count = mk48_update_list_count(list);
    uint64_t              sum = 0;
    size_t                i;

    for (i = 0; i < count; i++) {
        sum += update_strings(mk48_update_list_at(list, i));
    }
    return sum;
}

static INLAY_INLINE uint64_t update(mk48_updates_view root, size_t turn)
{
    mk48_update_list_view list = mk48_updates_get_updates(root);
    size_t                count = mk48_update_list_count(list);
    size_t                i;

    for (i = 0; i < count; i++) {
        mk48_update_set_score(mk48_update_list_at(list, i), (uint32_t)turn);
    }
    return count;
}

#define INLAY_ROOT mk48_updates
#include "bench/rivals/inlay/cases.h"
