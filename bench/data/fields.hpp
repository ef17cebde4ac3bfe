// fields.hpp -- what the models' structs are made of, said once.
//
// Codecs that need no schema walk the structs by templates: for each struct
// T, describe<T>::fields(f, value) calls f once per field, in order, inlined,
// with the field's name as a literal:
//
//     f.value(name, x)                   integer, bool, float, double,
//                                        inlay_str, inlay_bytes
//     f.choice(name, x)                  an enum: choice_names<E> has names
//     f.record(name, x)                  a struct that has a describe<>
//     f.optional(name, has, x)           a value that may be absent
//     f.optional_choice(name, has, x)    an enum that may be absent
//     f.pointer(name, p)                 a struct, or NULL
//     f.array(name, x)                   T[N] of integers
//     f.list(name, items, count)         values
//     f.records(name, items, count)      structs
//     f.map(name, entries, count)        structs of `key` (inlay_str) and
//                                        `value` (inlay_str or a struct)
//
// The value may be const (writing, summing) or not (decoding): then `items`
// and `count` are to be assigned. describe<T>::count is the number of calls.
#ifndef BENCH_DATA_FIELDS_HPP
#define BENCH_DATA_FIELDS_HPP

#include "bench/data/articles.h"
#include "bench/data/catalogue.h"
#include "bench/data/log.h"
#include "bench/data/mesh.h"
#include "bench/data/minecraft.h"
#include "bench/data/mk48.h"
#include "bench/data/rpc.h"
#include "bench/data/telemetry.h"

namespace bench
{

template <class T> struct describe;
template <class E> struct choice_names;

#define BENCH_DESCRIBE(type, fields_count)                                     \
    template <> struct describe<type> {                                        \
        static constexpr unsigned count = fields_count;                        \
        template <class F, class V>                                            \
        static INLAY_INLINE void fields(F &f, V &v);                           \
    };                                                                         \
    template <class F, class V>                                                \
    INLAY_INLINE void describe<type>::fields(F &f, V &v)

#define BENCH_NAMES(type, ...)                                                 \
    template <> struct choice_names<type> {                                    \
        static constexpr const char *names[] = {__VA_ARGS__};                  \
        static constexpr unsigned    count = sizeof names / sizeof names[0];   \
    };

// ---- log --------------------------------------------------------------------

BENCH_DESCRIBE(data_address, 4)
{
    f.value("x0", v.x0);
    f.value("x1", v.x1);
    f.value("x2", v.x2);
    f.value("x3", v.x3);
}

BENCH_DESCRIBE(data_log, 7)
{
    f.record("address", v.address);
    f.value("identity", v.identity);
    f.value("userid", v.userid);
    f.value("date", v.date);
    f.value("request", v.request);
    f.value("code", v.code);
    f.value("size", v.size);
}

BENCH_DESCRIBE(data_logs, 1)
{
    f.records("logs", v.logs, v.log_count);
}

// ---- mesh -------------------------------------------------------------------

BENCH_DESCRIBE(data_vector3, 3)
{
    f.value("x", v.x);
    f.value("y", v.y);
    f.value("z", v.z);
}

BENCH_DESCRIBE(data_triangle, 4)
{
    f.record("v0", v.v0);
    f.record("v1", v.v1);
    f.record("v2", v.v2);
    f.record("normal", v.normal);
}

BENCH_DESCRIBE(data_mesh, 1)
{
    f.records("triangles", v.triangles, v.triangle_count);
}

// ---- minecraft --------------------------------------------------------------

BENCH_NAMES(data_game_type, "Survival", "Creative", "Adventure", "Spectator")

BENCH_DESCRIBE(data_vector3d, 3)
{
    f.value("x", v.x);
    f.value("y", v.y);
    f.value("z", v.z);
}

BENCH_DESCRIBE(data_vector2, 2)
{
    f.value("x", v.x);
    f.value("y", v.y);
}

BENCH_DESCRIBE(data_item, 3)
{
    f.value("count", v.count);
    f.value("slot", v.slot);
    f.value("id", v.id);
}

BENCH_DESCRIBE(data_abilities, 7)
{
    f.value("walk_speed", v.walk_speed);
    f.value("fly_speed", v.fly_speed);
    f.value("may_fly", v.may_fly);
    f.value("flying", v.flying);
    f.value("invulnerable", v.invulnerable);
    f.value("may_build", v.may_build);
    f.value("instabuild", v.instabuild);
}

BENCH_DESCRIBE(data_entity, 16)
{
    f.value("id", v.id);
    f.record("pos", v.pos);
    f.record("motion", v.motion);
    f.record("rotation", v.rotation);
    f.value("fall_distance", v.fall_distance);
    f.value("fire", v.fire);
    f.value("air", v.air);
    f.value("on_ground", v.on_ground);
    f.value("no_gravity", v.no_gravity);
    f.value("invulnerable", v.invulnerable);
    f.value("portal_cooldown", v.portal_cooldown);
    f.array("uuid", v.uuid);
    f.optional("custom_name", v.has_custom_name, v.custom_name);
    f.value("custom_name_visible", v.custom_name_visible);
    f.value("silent", v.silent);
    f.value("glowing", v.glowing);
}

BENCH_DESCRIBE(data_vehicle, 2)
{
    f.array("uuid", v.uuid);
    f.record("entity", v.entity);
}

BENCH_DESCRIBE(data_recipe_book, 10)
{
    f.list("recipes", v.recipes, v.recipe_count);
    f.list("to_be_displayed", v.to_be_displayed, v.to_be_displayed_count);
    f.value("is_filtering_craftable", v.is_filtering_craftable);
    f.value("is_gui_open", v.is_gui_open);
    f.value("is_furnace_filtering_craftable", v.is_furnace_filtering_craftable);
    f.value("is_furnace_gui_open", v.is_furnace_gui_open);
    f.value("is_blasting_furnace_filtering_craftable",
            v.is_blasting_furnace_filtering_craftable);
    f.value("is_blasting_furnace_gui_open", v.is_blasting_furnace_gui_open);
    f.value("is_smoker_filtering_craftable", v.is_smoker_filtering_craftable);
    f.value("is_smoker_gui_open", v.is_smoker_gui_open);
}

BENCH_DESCRIBE(data_player, 28)
{
    f.choice("game_type", v.game_type);
    f.choice("previous_game_type", v.previous_game_type);
    f.value("score", v.score);
    f.value("dimension", v.dimension);
    f.value("selected_item_slot", v.selected_item_slot);
    f.record("selected_item", v.selected_item);
    f.optional("spawn_dimension", v.has_spawn_dimension, v.spawn_dimension);
    f.value("spawn_x", v.spawn_x);
    f.value("spawn_y", v.spawn_y);
    f.value("spawn_z", v.spawn_z);
    f.optional("spawn_forced", v.has_spawn_forced, v.spawn_forced);
    f.value("sleep_timer", v.sleep_timer);
    f.value("food_exhaustion_level", v.food_exhaustion_level);
    f.value("food_saturation_level", v.food_saturation_level);
    f.value("food_tick_timer", v.food_tick_timer);
    f.value("xp_level", v.xp_level);
    f.value("xp_p", v.xp_p);
    f.value("xp_total", v.xp_total);
    f.value("xp_seed", v.xp_seed);
    f.records("inventory", v.inventory, v.inventory_count);
    f.records("ender_items", v.ender_items, v.ender_item_count);
    f.record("abilities", v.abilities);
    f.pointer("entered_nether_position", v.entered_nether_position);
    f.pointer("root_vehicle", v.root_vehicle);
    f.pointer("shoulder_entity_left", v.shoulder_entity_left);
    f.pointer("shoulder_entity_right", v.shoulder_entity_right);
    f.value("seen_credits", v.seen_credits);
    f.record("recipe_book", v.recipe_book);
}

BENCH_DESCRIBE(data_players, 1)
{
    f.records("players", v.players, v.player_count);
}

// ---- mk48 -------------------------------------------------------------------

BENCH_NAMES(data_entity_type, "ArleighBurke", "Bismarck", "Clemenceau",
            "Fletcher", "G5", "Iowa", "Kolkata", "Osa", "Yasen", "Zubr")

BENCH_DESCRIBE(data_position, 2)
{
    f.value("x", v.x);
    f.value("y", v.y);
}

BENCH_DESCRIBE(data_transform, 4)
{
    f.value("altitude", v.altitude);
    f.value("angle", v.angle);
    f.record("position", v.position);
    f.value("velocity", v.velocity);
}

BENCH_DESCRIBE(data_guidance, 3)
{
    f.value("angle", v.angle);
    f.value("submerge", v.submerge);
    f.value("velocity", v.velocity);
}

BENCH_DESCRIBE(data_contact, 8)
{
    f.value("damage", v.damage);
    f.value("entity_id", v.entity_id);
    f.optional_choice("entity_type", v.has_entity_type, v.entity_type);
    f.record("guidance", v.guidance);
    f.optional("player_id", v.has_player_id, v.player_id);
    f.list("reloads", v.reloads, v.reload_count);
    f.record("transform", v.transform);
    f.list("turret_angles", v.turret_angles, v.turret_angle_count);
}

BENCH_DESCRIBE(data_chunk_id, 2)
{
    f.value("x", v.x);
    f.value("y", v.y);
}

BENCH_DESCRIBE(data_terrain_update, 2)
{
    f.record("chunk_id", v.chunk_id);
    f.value("data", v.data);
}

BENCH_DESCRIBE(data_update, 4)
{
    f.records("contacts", v.contacts, v.contact_count);
    f.value("score", v.score);
    f.value("world_radius", v.world_radius);
    f.records("terrain_updates", v.terrain_updates, v.terrain_update_count);
}

BENCH_DESCRIBE(data_updates, 1)
{
    f.records("updates", v.updates, v.update_count);
}

// ---- rpc --------------------------------------------------------------------

BENCH_NAMES(data_method, "GET", "PUT", "DELETE", "LIST", "WATCH")

BENCH_DESCRIBE(data_trace_id, 2)
{
    f.value("high", v.high);
    f.value("low", v.low);
}

BENCH_DESCRIBE(data_request, 12)
{
    f.value("id", v.id);
    f.record("trace", v.trace);
    f.value("deadline_us", v.deadline_us);
    f.choice("method", v.method);
    f.value("priority", v.priority);
    f.value("idempotent", v.idempotent);
    f.value("stream", v.stream);
    f.value("user", v.user);
    f.value("resource", v.resource);
    f.value("token", v.token);
    f.list("shards", v.shards, v.shard_count);
    f.optional("tenant", v.has_tenant, v.tenant);
}

// ---- telemetry --------------------------------------------------------------

BENCH_DESCRIBE(data_sample, 8)
{
    f.value("time_us", v.time_us);
    f.value("sensor", v.sensor);
    f.value("sequence", v.sequence);
    f.value("status", v.status);
    f.value("battery_mv", v.battery_mv);
    f.value("temperature", v.temperature);
    f.value("energy", v.energy);
    f.list("readings", v.readings, v.reading_count);
}

BENCH_DESCRIBE(data_telemetry, 2)
{
    f.value("device", v.device);
    f.records("samples", v.samples, v.sample_count);
}

// ---- cjk --------------------------------------------------------------------

BENCH_DESCRIBE(data_article, 7)
{
    f.value("id", v.id);
    f.value("published", v.published);
    f.value("title", v.title);
    f.value("author", v.author);
    f.value("summary", v.summary);
    f.value("body", v.body);
    f.list("tags", v.tags, v.tag_count);
}

BENCH_DESCRIBE(data_articles, 1)
{
    f.records("articles", v.articles, v.article_count);
}

// ---- catalogue --------------------------------------------------------------

BENCH_NAMES(data_currency, "EUR", "USD", "JPY", "GBP")

BENCH_DESCRIBE(data_product, 15)
{
    f.value("name", v.name);
    f.value("price", v.price);
    f.choice("currency", v.currency);
    f.optional("weight", v.has_weight, v.weight);
    f.optional("ean", v.has_ean, v.ean);
    f.optional("stock", v.has_stock, v.stock);
    f.optional("rating", v.has_rating, v.rating);
    f.optional("discontinued", v.has_discontinued, v.discontinued);
    f.optional("brand", v.has_brand, v.brand);
    f.optional("colour", v.has_colour, v.colour);
    f.optional("size", v.has_size, v.size);
    f.optional("description", v.has_description, v.description);
    f.optional("replaces", v.has_replaces, v.replaces);
    f.list("categories", v.categories, v.category_count);
    f.map("attributes", v.attributes, v.attribute_count);
}

BENCH_DESCRIBE(data_catalogue, 1)
{
    f.map("products", v.products, v.product_count);
}

#undef BENCH_DESCRIBE
#undef BENCH_NAMES

} // namespace bench

#endif
