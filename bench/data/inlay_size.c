// inlay_size.c -- adds up blocks.
//
// A block is F fixed bytes and S slots per element, then the heap with the
// slices. What its size needs of the slices: their sum, where the last share
// begins (the width of an anchor) and the largest split (the width of those).

#include "bench/data/inlay_size.h"

typedef struct block {
    uint64_t fixed; // F
    uint64_t slots; // S
    uint64_t count; // of elements begun
    uint64_t heap;
    uint64_t anchor;    // of the last element begun
    uint64_t split_max; // the largest so far
} block;

static void block_element(block *self)
{
    self->count++;
    self->anchor = self->heap;
}

// Adds the next slice of the last element. A split is where it begins.
static void block_slice(block *self, uint64_t size)
{
    uint64_t split = self->heap - self->anchor;

    if (split > self->split_max) {
        self->split_max = split;
    }
    self->heap += size;
}

static uint64_t bytes_of(uint64_t value)
{
    uint64_t bytes = 1;

    while (value >>= 8) {
        bytes++;
    }
    return bytes;
}

static uint64_t splits_size(const block *self)
{
    return self->slots < 2 ? 0 : (self->slots - 1) * bytes_of(self->split_max);
}

static uint64_t escapes_size(const block *self)
{
    return (self->fixed >= 255 ? 4U : 0U) + (self->slots >= 31 ? 2U : 0U);
}

static uint64_t single_size(const block *self)
{
    return 2 + escapes_size(self) + self->fixed + splits_size(self) +
           self->heap;
}

static uint64_t vector_size(const block *self)
{
    uint64_t anchor = self->slots == 0 ? 0 : bytes_of(self->anchor);
    uint64_t stride = self->fixed + anchor + splits_size(self);

    if (self->count == 0) {
        return 0;
    }
    return 3 + escapes_size(self) + bytes_of(self->count) +
           self->count * stride + self->heap;
}

// The root of every set is a record with one vector.
static uint64_t root_size(uint64_t vector)
{
    block root = {.fixed = 0, .slots = 1};

    block_element(&root);
    block_slice(&root, vector);
    return single_size(&root);
}

static uint64_t texts_size(const inlay_str *texts, size_t count)
{
    block values = {.fixed = 0, .slots = 1};

    for (size_t i = 0; i < count; i++) {
        block_element(&values);
        block_slice(&values, texts[i].size);
    }
    return vector_size(&values);
}

// ---- log -------------------------------------------------------------------

uint64_t inlay_size_logs(const data_logs *data)
{
    block logs = {.fixed = 4 + 2 + 8, .slots = 4};

    for (size_t i = 0; i < data->log_count; i++) {
        const data_log *log = &data->logs[i];

        block_element(&logs);
        block_slice(&logs, log->identity.size);
        block_slice(&logs, log->userid.size);
        block_slice(&logs, log->date.size);
        block_slice(&logs, log->request.size);
    }
    return root_size(vector_size(&logs));
}

// ---- mesh ------------------------------------------------------------------

uint64_t inlay_size_mesh(const data_mesh *data)
{
    return root_size((uint64_t)data->triangle_count * 4 * 3 * 4);
}

// ---- minecraft -------------------------------------------------------------

static uint64_t items_size(const data_item *list, size_t count)
{
    block items = {.fixed = 1 + 1, .slots = 1};

    for (size_t i = 0; i < count; i++) {
        block_element(&items);
        block_slice(&items, list[i].id.size);
    }
    return vector_size(&items);
}

// An id is never empty, so an item is never a record of defaults.
static uint64_t item_size(const data_item *item)
{
    block self = {.fixed = 1 + 1, .slots = 1};

    block_element(&self);
    block_slice(&self, item->id.size);
    return single_size(&self);
}

// pos, motion, rotation, fall_distance, fire, air, one byte of bits,
// portal_cooldown, uuid. Slots: id, custom_name.
static uint64_t entity_size(const data_entity *entity)
{
    block self = {.fixed = 24 + 24 + 8 + 4 + 2 + 2 + 1 + 4 + 16, .slots = 2};

    block_element(&self);
    block_slice(&self, entity->id.size);
    block_slice(&self, entity->custom_name.size);
    return single_size(&self);
}

static uint64_t entity_or_not_size(const data_entity *entity)
{
    return entity == NULL ? 0 : entity_size(entity);
}

static uint64_t vehicle_or_not_size(const data_vehicle *vehicle)
{
    block self = {.fixed = 16, .slots = 1};

    if (vehicle == NULL) {
        return 0;
    }
    block_element(&self);
    block_slice(&self, entity_size(&vehicle->entity));
    return single_size(&self);
}

static bool recipe_book_is_default(const data_recipe_book *book)
{
    return book->recipe_count == 0 && book->to_be_displayed_count == 0 &&
           !book->is_filtering_craftable && !book->is_gui_open &&
           !book->is_furnace_filtering_craftable &&
           !book->is_furnace_gui_open &&
           !book->is_blasting_furnace_filtering_craftable &&
           !book->is_blasting_furnace_gui_open &&
           !book->is_smoker_filtering_craftable && !book->is_smoker_gui_open;
}

static uint64_t recipe_book_size(const data_recipe_book *book)
{
    block self = {.fixed = 1, .slots = 2};

    if (recipe_book_is_default(book)) {
        return 0;
    }
    block_element(&self);
    block_slice(&self, texts_size(book->recipes, book->recipe_count));
    block_slice(&self,
                texts_size(book->to_be_displayed, book->to_be_displayed_count));
    return single_size(&self);
}

// The fixed part of a player: two enums, score, selected_item_slot, one byte
// with the four bits of spawn_dimension, spawn_forced and seen_credits, the
// spawn's place, sleep_timer, seven fields of 4 bytes, abilities.
#define PLAYER_FIXED (2 + 8 + 4 + 1 + 3 * 8 + 2 + 7 * 4 + 13)

static void add_player(block *players, const data_player *player)
{
    block_element(players);
    block_slice(players, player->dimension.size);
    block_slice(players, item_size(&player->selected_item));
    block_slice(players, player->spawn_dimension.size);
    block_slice(players,
                items_size(player->inventory, player->inventory_count));
    block_slice(players,
                items_size(player->ender_items, player->ender_item_count));
    block_slice(players, player->entered_nether_position == NULL ? 0 : 24);
    block_slice(players, vehicle_or_not_size(player->root_vehicle));
    block_slice(players, entity_or_not_size(player->shoulder_entity_left));
    block_slice(players, entity_or_not_size(player->shoulder_entity_right));
    block_slice(players, recipe_book_size(&player->recipe_book));
}

uint64_t inlay_size_players(const data_players *data)
{
    block players = {.fixed = PLAYER_FIXED, .slots = 10};

    for (size_t i = 0; i < data->player_count; i++) {
        add_player(&players, &data->players[i]);
    }
    return root_size(vector_size(&players));
}

// ---- mk48 ------------------------------------------------------------------

static uint64_t bools_size(size_t count)
{
    return count == 0 ? 0 : 1 + (count + 7) / 8;
}

// damage, entity_id, one byte of bits (submerge, and the presence of two
// fields), entity_type, guidance, player_id, transform.
static uint64_t contacts_size(const data_update *update)
{
    block contacts = {.fixed = 1 + 4 + 1 + 1 + 4 + 2 + 13, .slots = 2};

    for (size_t i = 0; i < update->contact_count; i++) {
        const data_contact *contact = &update->contacts[i];

        block_element(&contacts);
        block_slice(&contacts, bools_size(contact->reload_count));
        block_slice(&contacts, 2 * contact->turret_angle_count);
    }
    return vector_size(&contacts);
}

static uint64_t terrain_updates_size(const data_update *update)
{
    block terrain = {.fixed = 2, .slots = 1};

    for (size_t i = 0; i < update->terrain_update_count; i++) {
        block_element(&terrain);
        block_slice(&terrain, update->terrain_updates[i].data.size);
    }
    return vector_size(&terrain);
}

uint64_t inlay_size_updates(const data_updates *data)
{
    block updates = {.fixed = 4 + 4, .slots = 2};

    for (size_t i = 0; i < data->update_count; i++) {
        block_element(&updates);
        block_slice(&updates, contacts_size(&data->updates[i]));
        block_slice(&updates, terrain_updates_size(&data->updates[i]));
    }
    return root_size(vector_size(&updates));
}
