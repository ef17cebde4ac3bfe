//! Cap'n Proto, read from a flat slice.
//!
//! Schemas are those of the C suite. Pointers are checked as they are followed;
//! texts are bytes. A message can't be changed in place in Rust.

use std::hint::black_box;

use ::capnp::message::{self, ReaderOptions, ScratchSpaceHeapAllocator};
use ::capnp::serialize::{
    read_message_from_flat_slice_no_alloc, write_message, NoAllocSliceSegments,
};
use ::capnp::{primitive_list, struct_list, text, text_list};

use super::{keep, REUSED};
use crate::harness::case::{Case, Codec, Op};
use crate::model;
use crate::set::{Log, Mesh, Minecraft, Mk48, Root, Set};
use crate::sum::{scalars, visit, Sink, Visit};

/// What capnp makes of a schema.
macro_rules! generated {
    ($($set:ident $file:literal;)*) => {
        $(
            #[allow(warnings, clippy::all)]
            pub mod $set {
                include!(concat!(env!("OUT_DIR"), "/capnp/", $file));
            }
        )*
    };
}

generated! {
    log_capnp "log_capnp.rs";
    mesh_capnp "mesh_capnp.rs";
    minecraft_capnp "minecraft_capnp.rs";
    mk48_capnp "mk48_capnp.rs";
}

use log_capnp as log;
use mesh_capnp as mesh;
use minecraft_capnp as minecraft;
use mk48_capnp as mk48;

/// An opened message, whose root is found again by each operation.
pub struct Opened<S> {
    message: Message,
    set: std::marker::PhantomData<S>,
}

type Message = message::Reader<NoAllocSliceSegments<'static>>;

impl<S> From<Message> for Opened<S> {
    #[inline(always)]
    fn from(message: Message) -> Self {
        Opened { message, set: std::marker::PhantomData }
    }
}

/// A data set with structs of its own.
pub trait Structs: Set {
    type Opened: Root + From<Message>;

    /// Writes a message.
    fn write(to: &mut message::Builder<impl message::Allocator>, model: &Self::Model);
}

fn open<S: Structs>(mut bytes: &'static [u8]) -> S::Opened {
    let options = ReaderOptions::default();
    read_message_from_flat_slice_no_alloc(&mut bytes, options).unwrap().into()
}

// ---- Values -----------------------------------------------------------------

scalars! {
    minecraft::GameType: |x| x as u64;
    mk48::EntityType: |x| x as u64;
}

impl Visit for text::Reader<'_> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        sink.text(self.as_bytes());
    }
}

/// What is behind a pointer: an error is a message that is not ours.
impl<T: Visit, E: std::fmt::Debug> Visit for Result<T, E> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        self.as_ref().unwrap().visit(sink);
    }
}

impl<'a, T: ::capnp::traits::OwnedStruct<Reader<'a>: Visit>> Visit for struct_list::Reader<'a, T> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

impl<T: ::capnp::private::layout::PrimitiveElement + Visit> Visit
    for primitive_list::Reader<'_, T>
{
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for index in 0..self.len() {
            self.get(index).visit(sink);
        }
    }
}

impl Visit for text_list::Reader<'_> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

/// Where a root has its records.
macro_rules! root {
    ($set:ident: $root:ty, $list:ident, |$x:ident| $one:expr) => {
        impl Opened<$set> {
            #[inline(always)]
            fn root(&self) -> $root {
                self.message.get_root().unwrap()
            }
        }

        impl Visit for Opened<$set> {
            #[inline(always)]
            fn visit<S: Sink>(&self, sink: &mut S) {
                self.root().$list().visit(sink);
            }
        }

        crate::set::root!([] Opened<$set>, |opened| opened.root().$list().unwrap(),
            |all, index| all.get(index as u32), |$x| $one);
    };
}

/// What may be absent has a `has_` or a bool beside it.
fn present<T>(has: bool, get: impl FnOnce() -> T) -> Option<T> {
    has.then(get)
}

// ---- log --------------------------------------------------------------------

visit!(method [<'a>] log::log::address::Reader<'a> { scalars: get_x0, get_x1, get_x2, get_x3; });
visit!(method [<'a>] log::log::Reader<'a> {
    scalars: get_address, get_code, get_size;
    texts: get_identity, get_userid, get_date, get_request;
});
root!(Log: log::logs::Reader<'_>, get_logs, |log| log.get_size());

fn count(list: &[impl Sized]) -> u32 {
    u32::try_from(list.len()).unwrap()
}

impl Structs for Log {
    type Opened = Opened<Self>;

    fn write(to: &mut message::Builder<impl message::Allocator>, model: &Self::Model) {
        let root = to.init_root::<log::logs::Builder<'_>>();
        let mut logs = root.init_logs(count(&model.logs));
        for (index, from) in model.logs.iter().enumerate() {
            let mut to = logs.reborrow().get(index as u32);
            let mut address = to.reborrow().init_address();
            address.set_x0(from.address.x0);
            address.set_x1(from.address.x1);
            address.set_x2(from.address.x2);
            address.set_x3(from.address.x3);
            to.set_identity(&from.identity);
            to.set_userid(&from.userid);
            to.set_date(&from.date);
            to.set_request(&from.request);
            to.set_code(from.code);
            to.set_size(from.size);
        }
    }
}

// ---- mesh -------------------------------------------------------------------

/// Groups of the same fields, which are types of their own.
macro_rules! points {
    ($($group:ident)*) => {
        $(
            visit!(method [<'a>] mesh::triangle::$group::Reader<'a> { scalars: get_x, get_y, get_z; });
        )*
    };
}

points!(v0 v1 v2 normal);
visit!(method [<'a>] mesh::triangle::Reader<'a> { scalars: get_v0, get_v1, get_v2, get_normal; });
root!(Mesh: mesh::mesh::Reader<'_>, get_triangles,
    |triangle| triangle.get_normal().get_x());

macro_rules! set_point {
    ($to:expr, $from:expr) => {{
        let (mut to, from) = ($to, &$from);
        to.set_x(from.x);
        to.set_y(from.y);
        to.set_z(from.z);
    }};
}

impl Structs for Mesh {
    type Opened = Opened<Self>;

    fn write(to: &mut message::Builder<impl message::Allocator>, model: &Self::Model) {
        let root = to.init_root::<mesh::mesh::Builder<'_>>();
        let mut triangles = root.init_triangles(count(&model.triangles));
        for (index, from) in model.triangles.iter().enumerate() {
            let mut to = triangles.reborrow().get(index as u32);
            set_point!(to.reborrow().init_v0(), from.v0);
            set_point!(to.reborrow().init_v1(), from.v1);
            set_point!(to.reborrow().init_v2(), from.v2);
            set_point!(to.reborrow().init_normal(), from.normal);
        }
    }
}

// ---- minecraft --------------------------------------------------------------

visit!(method [<'a>] minecraft::vector3d::Reader<'a> { scalars: get_x, get_y, get_z; });
visit!(method [<'a>] minecraft::entity::pos::Reader<'a> { scalars: get_x, get_y, get_z; });
visit!(method [<'a>] minecraft::entity::motion::Reader<'a> { scalars: get_x, get_y, get_z; });
visit!(method [<'a>] minecraft::entity::rotation::Reader<'a> { scalars: get_x, get_y; });
visit!(method [<'a>] minecraft::entity::uuid::Reader<'a> { scalars: get_x0, get_x1, get_x2, get_x3; });
visit!(method [<'a>] minecraft::vehicle::uuid::Reader<'a> { scalars: get_x0, get_x1, get_x2, get_x3; });
visit!(method [<'a>] minecraft::player::abilities::Reader<'a> {
    scalars: get_walk_speed, get_fly_speed, get_may_fly, get_flying, get_invulnerable, get_may_build, get_instabuild;
});
visit!(method [<'a>] minecraft::item::Reader<'a> {
    scalars: get_count, get_slot;
    texts: get_id;
});
visit!(method [<'a>] minecraft::vehicle::Reader<'a> {
    scalars: get_uuid;
    records: get_entity;
});
visit!(method [<'a>] minecraft::recipe_book::Reader<'a> {
    scalars: get_is_filtering_craftable, get_is_gui_open, get_is_furnace_filtering_craftable, get_is_furnace_gui_open, get_is_blasting_furnace_filtering_craftable, get_is_blasting_furnace_gui_open, get_is_smoker_filtering_craftable, get_is_smoker_gui_open;
    texts: get_recipes, get_to_be_displayed;
});

impl Visit for minecraft::entity::Reader<'_> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        if S::SCALARS {
            self.get_pos().visit(sink);
            self.get_motion().visit(sink);
            self.get_rotation().visit(sink);
            self.get_fall_distance().visit(sink);
            self.get_fire().visit(sink);
            self.get_air().visit(sink);
            self.get_on_ground().visit(sink);
            self.get_no_gravity().visit(sink);
            self.get_invulnerable().visit(sink);
            self.get_portal_cooldown().visit(sink);
            self.get_uuid().visit(sink);
            self.get_custom_name_visible().visit(sink);
            self.get_silent().visit(sink);
            self.get_glowing().visit(sink);
        }
        if S::TEXTS {
            self.get_id().visit(sink);
            present(self.has_custom_name(), || self.get_custom_name()).visit(sink);
        }
    }
}

impl Visit for minecraft::player::Reader<'_> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        if S::SCALARS {
            self.get_game_type().visit(sink);
            self.get_previous_game_type().visit(sink);
            self.get_score().visit(sink);
            self.get_selected_item_slot().visit(sink);
            self.get_spawn_x().visit(sink);
            self.get_spawn_y().visit(sink);
            self.get_spawn_z().visit(sink);
            self.get_sleep_timer().visit(sink);
            self.get_food_exhaustion_level().visit(sink);
            self.get_food_saturation_level().visit(sink);
            self.get_food_tick_timer().visit(sink);
            self.get_xp_level().visit(sink);
            self.get_xp_p().visit(sink);
            self.get_xp_total().visit(sink);
            self.get_xp_seed().visit(sink);
            self.get_abilities().visit(sink);
            self.get_seen_credits().visit(sink);
            present(self.get_is_spawn_forced_set(), || self.get_spawn_forced()).visit(sink);
            let position = || self.get_entered_nether_position();
            present(self.has_entered_nether_position(), position).visit(sink);
        }
        if S::TEXTS {
            self.get_dimension().visit(sink);
            present(self.has_spawn_dimension(), || self.get_spawn_dimension()).visit(sink);
        }
        self.get_selected_item().visit(sink);
        self.get_inventory().visit(sink);
        self.get_ender_items().visit(sink);
        present(self.has_root_vehicle(), || self.get_root_vehicle()).visit(sink);
        present(self.has_shoulder_entity_left(), || self.get_shoulder_entity_left()).visit(sink);
        present(self.has_shoulder_entity_right(), || self.get_shoulder_entity_right()).visit(sink);
        self.get_recipe_book().visit(sink);
    }
}

root!(Minecraft: minecraft::players::Reader<'_>, get_players,
    |player| player.get_score());

fn set_item(mut to: minecraft::item::Builder<'_>, from: &model::minecraft::Item) {
    to.set_count(from.count);
    to.set_slot(from.slot);
    to.set_id(&from.id);
}

fn set_items(
    mut to: struct_list::Builder<'_, minecraft::item::Owned>,
    from: &[model::minecraft::Item],
) {
    for (index, from) in from.iter().enumerate() {
        set_item(to.reborrow().get(index as u32), from);
    }
}

macro_rules! set_uuid {
    ($to:expr, $from:expr) => {{
        let (mut to, [x0, x1, x2, x3]) = ($to, $from);
        to.set_x0(x0);
        to.set_x1(x1);
        to.set_x2(x2);
        to.set_x3(x3);
    }};
}

fn set_entity(mut to: minecraft::entity::Builder<'_>, from: &model::minecraft::Entity) {
    to.set_id(&from.id);
    set_point!(to.reborrow().init_pos(), from.pos);
    set_point!(to.reborrow().init_motion(), from.motion);
    let mut rotation = to.reborrow().init_rotation();
    rotation.set_x(from.rotation.x);
    rotation.set_y(from.rotation.y);
    to.set_fall_distance(from.fall_distance);
    to.set_fire(from.fire);
    to.set_air(from.air);
    to.set_on_ground(from.on_ground);
    to.set_no_gravity(from.no_gravity);
    to.set_invulnerable(from.invulnerable);
    to.set_portal_cooldown(from.portal_cooldown);
    set_uuid!(to.reborrow().init_uuid(), from.uuid);
    if let Some(name) = &from.custom_name {
        to.set_custom_name(name);
    }
    to.set_custom_name_visible(from.custom_name_visible);
    to.set_silent(from.silent);
    to.set_glowing(from.glowing);
}

fn set_vehicle(mut to: minecraft::vehicle::Builder<'_>, from: &model::minecraft::Vehicle) {
    set_uuid!(to.reborrow().init_uuid(), from.uuid);
    set_entity(to.init_entity(), &from.entity);
}

fn set_texts(mut to: text_list::Builder<'_>, from: &[String]) {
    for (index, text) in from.iter().enumerate() {
        to.set(index as u32, text);
    }
}

fn set_recipe_book(
    mut to: minecraft::recipe_book::Builder<'_>,
    from: &model::minecraft::RecipeBook,
) {
    set_texts(to.reborrow().init_recipes(count(&from.recipes)), &from.recipes);
    let displayed = &from.to_be_displayed;
    set_texts(to.reborrow().init_to_be_displayed(count(displayed)), displayed);
    to.set_is_filtering_craftable(from.is_filtering_craftable);
    to.set_is_gui_open(from.is_gui_open);
    to.set_is_furnace_filtering_craftable(from.is_furnace_filtering_craftable);
    to.set_is_furnace_gui_open(from.is_furnace_gui_open);
    to.set_is_blasting_furnace_filtering_craftable(from.is_blasting_furnace_filtering_craftable);
    to.set_is_blasting_furnace_gui_open(from.is_blasting_furnace_gui_open);
    to.set_is_smoker_filtering_craftable(from.is_smoker_filtering_craftable);
    to.set_is_smoker_gui_open(from.is_smoker_gui_open);
}

fn set_abilities(
    mut to: minecraft::player::abilities::Builder<'_>,
    from: &model::minecraft::Abilities,
) {
    to.set_walk_speed(from.walk_speed);
    to.set_fly_speed(from.fly_speed);
    to.set_may_fly(from.may_fly);
    to.set_flying(from.flying);
    to.set_invulnerable(from.invulnerable);
    to.set_may_build(from.may_build);
    to.set_instabuild(from.instabuild);
}

fn game_type(from: model::minecraft::GameType) -> minecraft::GameType {
    minecraft::GameType::try_from(from as u16).unwrap()
}

fn set_numbers(to: &mut minecraft::player::Builder<'_>, from: &model::minecraft::Player) {
    to.set_game_type(game_type(from.game_type));
    to.set_previous_game_type(game_type(from.previous_game_type));
    to.set_score(from.score);
    to.set_selected_item_slot(from.selected_item_slot);
    to.set_spawn_x(from.spawn_x);
    to.set_spawn_y(from.spawn_y);
    to.set_spawn_z(from.spawn_z);
    to.set_sleep_timer(from.sleep_timer);
    to.set_food_exhaustion_level(from.food_exhaustion_level);
    to.set_food_saturation_level(from.food_saturation_level);
    to.set_food_tick_timer(from.food_tick_timer);
    to.set_xp_level(from.xp_level);
    to.set_xp_p(from.xp_p);
    to.set_xp_total(from.xp_total);
    to.set_xp_seed(from.xp_seed);
    to.set_seen_credits(from.seen_credits);
    if let Some(forced) = from.spawn_forced {
        to.set_is_spawn_forced_set(true);
        to.set_spawn_forced(forced);
    }
}

fn set_player(mut to: minecraft::player::Builder<'_>, from: &model::minecraft::Player) {
    set_numbers(&mut to, from);
    to.set_dimension(&from.dimension);
    set_item(to.reborrow().init_selected_item(), &from.selected_item);
    if let Some(dimension) = &from.spawn_dimension {
        to.set_spawn_dimension(dimension);
    }
    set_items(to.reborrow().init_inventory(count(&from.inventory)), &from.inventory);
    set_items(to.reborrow().init_ender_items(count(&from.ender_items)), &from.ender_items);
    set_abilities(to.reborrow().init_abilities(), &from.abilities);
    if let Some(position) = &from.entered_nether_position {
        set_point!(to.reborrow().init_entered_nether_position(), *position);
    }
    if let Some(vehicle) = &from.root_vehicle {
        set_vehicle(to.reborrow().init_root_vehicle(), vehicle);
    }
    if let Some(entity) = &from.shoulder_entity_left {
        set_entity(to.reborrow().init_shoulder_entity_left(), entity);
    }
    if let Some(entity) = &from.shoulder_entity_right {
        set_entity(to.reborrow().init_shoulder_entity_right(), entity);
    }
    set_recipe_book(to.init_recipe_book(), &from.recipe_book);
}

impl Structs for Minecraft {
    type Opened = Opened<Self>;

    fn write(to: &mut message::Builder<impl message::Allocator>, model: &Self::Model) {
        let root = to.init_root::<minecraft::players::Builder<'_>>();
        let mut players = root.init_players(count(&model.players));
        for (index, from) in model.players.iter().enumerate() {
            set_player(players.reborrow().get(index as u32), from);
        }
    }
}

// ---- mk48 -------------------------------------------------------------------

visit!(method [<'a>] mk48::contact::guidance::Reader<'a> {
    scalars: get_angle, get_submerge, get_velocity;
});
visit!(method [<'a>] mk48::contact::transform::position::Reader<'a> { scalars: get_x, get_y; });
visit!(method [<'a>] mk48::contact::transform::Reader<'a> {
    scalars: get_altitude, get_angle, get_position, get_velocity;
});
visit!(method [<'a>] mk48::terrain_update::chunk_id::Reader<'a> { scalars: get_x, get_y; });

impl Visit for mk48::contact::Reader<'_> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        if S::SCALARS {
            self.get_damage().visit(sink);
            self.get_entity_id().visit(sink);
            present(self.get_is_entity_type_set(), || self.get_entity_type()).visit(sink);
            self.get_guidance().visit(sink);
            present(self.get_is_player_id_set(), || self.get_player_id()).visit(sink);
            self.get_reloads().visit(sink);
            self.get_transform().visit(sink);
            self.get_turret_angles().visit(sink);
        }
    }
}

impl Visit for mk48::terrain_update::Reader<'_> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        if S::SCALARS {
            self.get_chunk_id().visit(sink);
        }
        if S::TEXTS {
            sink.text(self.get_data().unwrap());
        }
    }
}

visit!(method [<'a>] mk48::update::Reader<'a> {
    scalars: get_contacts, get_score, get_world_radius;
    records: get_terrain_updates;
});
root!(Mk48: mk48::updates::Reader<'_>, get_updates,
    |update| update.get_score());

fn set_contact(mut to: mk48::contact::Builder<'_>, from: &model::mk48::Contact) {
    to.set_damage(from.damage);
    to.set_entity_id(from.entity_id);
    if let Some(kind) = from.entity_type {
        to.set_is_entity_type_set(true);
        to.set_entity_type(mk48::EntityType::try_from(kind as u16).unwrap());
    }
    let mut guidance = to.reborrow().init_guidance();
    guidance.set_angle(from.guidance.angle);
    guidance.set_submerge(from.guidance.submerge);
    guidance.set_velocity(from.guidance.velocity);
    if let Some(player) = from.player_id {
        to.set_is_player_id_set(true);
        to.set_player_id(player);
    }
    let mut reloads = to.reborrow().init_reloads(count(&from.reloads));
    for (index, reload) in from.reloads.iter().enumerate() {
        reloads.set(index as u32, *reload);
    }
    let mut transform = to.reborrow().init_transform();
    transform.set_altitude(from.transform.altitude);
    transform.set_angle(from.transform.angle);
    transform.set_velocity(from.transform.velocity);
    let mut position = transform.init_position();
    position.set_x(from.transform.position.x);
    position.set_y(from.transform.position.y);
    let mut angles = to.init_turret_angles(count(&from.turret_angles));
    for (index, angle) in from.turret_angles.iter().enumerate() {
        angles.set(index as u32, *angle);
    }
}

fn set_update(mut to: mk48::update::Builder<'_>, from: &model::mk48::Update) {
    let mut contacts = to.reborrow().init_contacts(count(&from.contacts));
    for (index, from) in from.contacts.iter().enumerate() {
        set_contact(contacts.reborrow().get(index as u32), from);
    }
    to.set_score(from.score);
    to.set_world_radius(from.world_radius);
    let mut terrain = to.init_terrain_updates(count(&from.terrain_updates));
    for (index, from) in from.terrain_updates.iter().enumerate() {
        let mut to = terrain.reborrow().get(index as u32);
        let mut chunk_id = to.reborrow().init_chunk_id();
        chunk_id.set_x(from.chunk_id.x);
        chunk_id.set_y(from.chunk_id.y);
        to.set_data(&from.data);
    }
}

impl Structs for Mk48 {
    type Opened = Opened<Self>;

    fn write(to: &mut message::Builder<impl message::Allocator>, model: &Self::Model) {
        let root = to.init_root::<mk48::updates::Builder<'_>>();
        let mut updates = root.init_updates(count(&model.updates));
        for (index, from) in model.updates.iter().enumerate() {
            set_update(updates.reborrow().get(index as u32), from);
        }
    }
}

// ---- Cases ------------------------------------------------------------------

pub fn cases<S: Structs>() -> Vec<Case> {
    let codec = Codec {
        id: "rust-capnp",
        name: "Cap'n Proto in Rust",
        format: "Cap'n Proto",
        version: env!("VERSION_CAPNP"),
        trust: "lazy",
        memory: REUSED,
        note:
            "read_message_from_flat_slice_no_alloc; a first segment as large as the message that \
               is kept, then write_message; encode starts from the plain structs; texts as bytes",
    };
    let model = S::model();
    let message: &'static [u8] = keep(build::<S>(8 << 20));
    let mut segment = ::capnp::Word::allocate_zeroed_vec(message.len() / 8 + 1);
    let mut room = Vec::with_capacity(message.len());
    let case = Case::new(codec)
        .wrote(message)
        .build(|| black_box(build::<S>(message.len())).len())
        .encode(move || {
            let segment = ::capnp::Word::words_to_bytes_mut(&mut segment);
            let mut builder = message::Builder::new(ScratchSpaceHeapAllocator::new(segment));
            S::write(&mut builder, black_box(model));
            room.clear();
            write_message(&mut room, &builder).unwrap();
            room.len()
        })
        .open(move || open::<S>(black_box(message)))
        .reads::<S, S::Opened>(move || open::<S>(black_box(message)))
        .absent(&[Op::Verify], "pointers are checked as they are followed")
        .absent(&[Op::Update], "messages can't be changed in place in Rust")
        .absent(&[Op::Decode, Op::DecodeOwned], "generated code has no structs for it");
    vec![case]
}

/// Several segments would be larger, so the first has room for the message.
fn build<S: Structs>(size: usize) -> Vec<u8> {
    let words = u32::try_from(size / 8 + 1).unwrap();
    let allocator = message::HeapAllocator::new().first_segment_words(words);
    let mut builder = message::Builder::new(allocator);
    S::write(&mut builder, black_box(S::model()));
    let mut message = Vec::new();
    write_message(&mut message, &builder).unwrap();
    message
}
