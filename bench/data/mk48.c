// mk48.c -- generates "mk48". The draws come in the original's order, which is
// the order of the statements here.

#include "bench/data/mk48.h"

#include <math.h>

#include "bench/data/rng.h"

#define SPEED_MIN    140
#define SPEED_MAX    900
#define REVERSE_SLOW 4

// What is known of each type of entity, in the order of the enum.
static const float frequencies[DATA_ENTITY_TYPE_COUNT] = {
    2.14F, 0.52F, 0.97F, 1.46F, 13.16F, 1.55F, 0.83F, 7.25F, 4.06F, 12.92F};

static const uint8_t turret_counts[DATA_ENTITY_TYPE_COUNT] = {1, 4, 4, 4, 0,
                                                              3, 1, 2, 0, 3};

static const uint8_t weapon_counts[DATA_ENTITY_TYPE_COUNT] = {
    20, 10, 16, 18, 2, 28, 15, 6, 14, 11};

// Everything that makes contacts: two sources, and the odds.
typedef struct maker {
    rng         random;
    rng_weights types;
    data_arena  memory;
} maker;

// ---- Contacts --------------------------------------------------------------

static bool make_submerge(maker *self, data_entity_type type)
{
    return type == DATA_YASEN && rng_chance(&self->random, 0.9);
}

static int16_t make_velocity(maker *self)
{
    int32_t kind = rng_range_i32(&self->random, 0, 100);

    if (kind < 80) {
        return rng_range_i16(&self->random, SPEED_MIN, SPEED_MAX);
    }
    if (kind < 90) {
        return 0;
    }
    return rng_range_i16(&self->random, -SPEED_MAX / REVERSE_SLOW,
                         -SPEED_MIN / REVERSE_SLOW);
}

static void make_guidance(data_guidance *guidance, maker *self,
                          data_entity_type type)
{
    guidance->angle = (uint16_t)rng_u32(&self->random);
    guidance->submerge = make_submerge(self, type);
    guidance->velocity = make_velocity(self);
}

static void make_transform(data_transform *transform, maker *self,
                           data_entity_type type)
{
    if (make_submerge(self, type)) {
        transform->altitude = rng_range_i8(&self->random, -120, -35);
    }
    transform->angle = (uint16_t)rng_u32(&self->random);
    transform->position.x = rng_range_f32(&self->random, -750.0F, 750.0F);
    transform->position.y = rng_range_f32(&self->random, -750.0F, 750.0F);
    transform->velocity = make_velocity(self);
}

static void make_reloads(data_contact *contact, maker *self,
                         data_entity_type type)
{
    double chance = rng_range_f64(&self->random, 0.0, 1.0);
    size_t count = weapon_counts[type];

    contact->reloads = data_arena_array(&self->memory, count, sizeof(bool));
    contact->reload_count = count;
    for (size_t i = 0; i < count; i++) {
        contact->reloads[i] = rng_chance(&self->random, chance);
    }
}

static uint16_t make_turret_angle(maker *self, uint16_t base)
{
    if (rng_chance(&self->random, 0.75)) {
        return (uint16_t)(base + rng_range_i16(&self->random, -200, 200));
    }
    return (uint16_t)rng_u32(&self->random);
}

static void make_turret_angles(data_contact *contact, maker *self,
                               data_entity_type type)
{
    uint16_t base = (uint16_t)rng_u32(&self->random);
    size_t   count = turret_counts[type];

    contact->turret_angles =
        data_arena_array(&self->memory, count, sizeof(uint16_t));
    contact->turret_angle_count = count;
    for (size_t i = 0; i < count; i++) {
        contact->turret_angles[i] = make_turret_angle(self, base);
    }
}

static void make_contact(data_contact *contact, maker *self,
                         uint32_t player_count)
{
    rng             *random = &self->random;
    data_entity_type type =
        (data_entity_type)rng_weighted(random, &self->types);
    bool visible = rng_chance(random, 0.7);

    if (!visible || !rng_chance(random, 0.6)) {
        contact->damage = (uint8_t)rng_below_small(random, 200);
    }
    contact->entity_id = rng_below_u32(random, player_count * 20);
    make_guidance(&contact->guidance, self, type);
    if (visible) {
        contact->has_entity_type = true;
        contact->entity_type = type;
        contact->has_player_id = true;
        contact->player_id = (uint16_t)rng_below_small(random, player_count);
        make_reloads(contact, self, type);
    }
    make_transform(&contact->transform, self, type);
    if (visible) {
        make_turret_angles(contact, self, type);
    }
}

// ---- Updates ---------------------------------------------------------------

static inlay_bytes make_terrain(maker *self, bool is_new)
{
    size_t   size = is_new ? rng_range_size(&self->random, 900, 1100)
                           : rng_range_size(&self->random, 3, 9);
    uint8_t *data = data_arena_array(&self->memory, size, 1);

    for (size_t i = 0; i < size; i++) {
        data[i] = (uint8_t)rng_u32(&self->random);
    }
    return (inlay_bytes){data, size};
}

static void make_terrain_update(data_terrain_update *update, maker *self,
                                int8_t radius)
{
    rng *random = &self->random;
    bool is_new = rng_chance(random, 0.02);

    update->chunk_id.x = rng_range_i8(random, (int8_t)-radius, radius);
    update->chunk_id.y = rng_range_i8(random, (int8_t)-radius, radius);
    update->data = make_terrain(self, is_new);
}

static void make_contacts(data_update *update, maker *self,
                          uint32_t player_count)
{
    size_t count = (size_t)rng_range_i32(&self->random, 20, 40);

    update->contacts =
        data_arena_array(&self->memory, count, sizeof(*update->contacts));
    update->contact_count = count;
    for (size_t i = 0; i < count; i++) {
        make_contact(&update->contacts[i], self, player_count);
    }
}

static void make_terrain_updates(data_update *update, maker *self)
{
    int8_t radius = (int8_t)ceilf(update->world_radius / 1600.0F);
    size_t count = (size_t)rng_range_i32(&self->random, 3, 10);

    update->terrain_updates = data_arena_array(
        &self->memory, count, sizeof(*update->terrain_updates));
    update->terrain_update_count = count;
    for (size_t i = 0; i < count; i++) {
        make_terrain_update(&update->terrain_updates[i], self, radius);
    }
}

// Mostly low scores, a few high ones.
static uint32_t make_score(maker *self)
{
    float    x = rng_f32(&self->random);
    float    square = x * x;
    uint32_t high = (uint32_t)(square * square * 5000.0F);

    return high + rng_below_u32(&self->random, 50);
}

static void make_update(data_update *update, maker *self)
{
    int32_t players = rng_range_i32(&self->random, 200, 400);
    float   radius = sqrtf((float)players * 15000.0F);

    update->world_radius = radius + rng_range_f32(&self->random, -50.0F, 50.0F);
    make_contacts(update, self, (uint32_t)players);
    update->score = make_score(self);
    make_terrain_updates(update, self);
}

data_updates *data_updates_new(size_t count)
{
    maker         self = {0};
    data_updates *root = data_arena_array(&self.memory, 1, sizeof(*root));

    rng_init(&self.random);
    rng_weights_init(&self.types, frequencies, DATA_ENTITY_TYPE_COUNT);
    root->updates =
        data_arena_array(&self.memory, count, sizeof(*root->updates));
    root->update_count = count;
    for (size_t i = 0; i < count; i++) {
        make_update(&root->updates[i], &self);
    }
    root->memory = self.memory;
    return root;
}

void data_updates_free(data_updates *self)
{
    if (self != NULL) {
        data_arena memory = self->memory; // the root lies in it, too

        data_arena_release(&memory);
    }
}
