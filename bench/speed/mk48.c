// mk48.c -- the set "mk48": 1,000 updates with contacts and terrain.

#include "bench/data/mk48.h"
#include "mk48.inlay.h"
#include "speed.h"

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

static mk48_update update_of(const data_update *update)
{
    mk48_contact *contacts =
        speed_memory(update->contact_count, sizeof *contacts);
    mk48_terrain_update *terrain =
        speed_memory(update->terrain_update_count, sizeof *terrain);
    size_t i;

    for (i = 0; i < update->contact_count; i++) {
        contacts[i] = contact_of(&update->contacts[i]);
    }
    for (i = 0; i < update->terrain_update_count; i++) {
        const data_terrain_update *from = &update->terrain_updates[i];

        terrain[i] = (mk48_terrain_update){
            .chunk_id = {from->chunk_id.x, from->chunk_id.y},
            .data = from->data,
        };
    }
    return (mk48_update){
        .contacts = {contacts, update->contact_count},
        .score = update->score,
        .world_radius = update->world_radius,
        .terrain_updates = {terrain, update->terrain_update_count},
    };
}

static const void *native(void)
{
    data_updates *data = data_updates_new(DATA_MK48_COUNT);
    mk48_update  *updates = speed_memory(data->update_count, sizeof *updates);
    mk48_updates *root = speed_memory(1, sizeof *root);
    size_t        i;

    for (i = 0; i < data->update_count; i++) {
        updates[i] = update_of(&data->updates[i]);
    }
    root->updates =
        (mk48_update_list){.items = updates, .count = data->update_count};
    return root;
}

static inlay_status encode(const void *root, void *buffer, size_t capacity,
                           size_t *size)
{
    return mk48_updates_encode(root, buffer, capacity, size, NULL);
}

static inlay_status measure(const void *root, inlay_encoder *encoder,
                            size_t *size)
{
    return mk48_updates_measure(root, encoder, size);
}

static inlay_status verify(const void *data, size_t size)
{
    return mk48_updates_verify(data, size, NULL);
}

static inlay_status decode(const void *data, size_t size, inlay_arena *arena)
{
    mk48_updates root;

    return mk48_updates_decode(data, size, arena, &root, NULL);
}

static uint64_t native_scalars(const void *root)
{
    const mk48_updates *updates = root;
    uint64_t            sum = 0;
    size_t              i, j;

    for (i = 0; i < updates->updates.count; i++) {
        const mk48_update *update = &updates->updates.items[i];

        sum += update->score;
        for (j = 0; j < update->contacts.count; j++) {
            const mk48_contact *contact = &update->contacts.items[j];

            sum += (uint64_t)contact->damage + contact->entity_id +
                   contact->guidance.angle + contact->transform.angle;
        }
    }
    return sum;
}

static inline uint64_t update_scalars(mk48_update_view update)
{
    mk48_contact_list_view contacts = mk48_update_get_contacts(update);
    uint64_t               sum = mk48_update_get_score(update);
    size_t                 i;

    for (i = 0; i < mk48_contact_list_count(contacts); i++) {
        mk48_contact_view contact = mk48_contact_list_at(contacts, i);

        sum += (uint64_t)mk48_contact_get_damage(contact) +
               mk48_contact_get_entity_id(contact) +
               mk48_contact_get_guidance(contact).angle +
               mk48_contact_get_transform(contact).angle;
    }
    return sum;
}

static inline uint64_t view_scalars(mk48_updates_view root)
{
    mk48_update_list_view list = mk48_updates_get_updates(root);
    uint64_t              sum = 0;
    size_t                i;

    for (i = 0; i < mk48_update_list_count(list); i++) {
        sum += update_scalars(mk48_update_list_at(list, i));
    }
    return sum;
}

static uint64_t scalars(const void *data, size_t size, bool verified)
{
    mk48_updates_view view = mk48_updates_open(data, size);

    if (verified) {
        view.record.verified = true;
        return view_scalars(view);
    }
    view.record.verified = false;
    return view_scalars(view);
}

const speed_set speed_mk48 = {
    .name = "mk48",
    .native = native,
    .encode = encode,
    .measure = measure,
    .verify = verify,
    .decode = decode,
    .native_scalars = native_scalars,
    .scalars = scalars,
};
