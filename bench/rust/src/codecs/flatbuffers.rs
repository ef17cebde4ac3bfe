//! FlatBuffers: verified each time and not.
//!
//! Schemas are those of the C suite. What flatc 2.0 generates for Rust has no
//! setters of fields of tables, so nothing is updated in place.

use std::hint::black_box;

use flatbuffers::{FlatBufferBuilder, Follow, ForwardsUOffset, Vector, WIPOffset};

use super::{keep, REUSED};
use crate::harness::case::{Case, Codec, Op};
use crate::model;
use crate::set::{root, Log, Mesh, Minecraft, Mk48, Root, Set};
use crate::sum::{scalars, visit, Sink, Visit};

/// What flatc makes of a schema.
macro_rules! generated {
    ($($set:ident $module:ident $file:literal;)*) => {
        $(
            mod $set {
                #[allow(warnings, clippy::all)]
                mod code {
                    include!(concat!(env!("OUT_DIR"), "/flatbuffers/", $file));
                }
                pub use code::bench_flatbuffers::$module::*;
            }
        )*
    };
}

generated! {
    log log "log_generated.rs";
    mesh mesh "mesh_generated.rs";
    minecraft minecraft "minecraft_generated.rs";
    mk48 mk_48 "mk48_generated.rs";
}

/// A data set with tables of its own.
pub trait Tables: Set {
    type Table<'a>: Root;

    /// Writes a message.
    fn write(to: &mut Builder<'_>, model: &Self::Model);

    fn verify(message: &[u8]) -> Self::Table<'_>;

    /// Opens a message that is known to be good.
    ///
    /// # Safety
    ///
    /// It has to be.
    unsafe fn open(message: &[u8]) -> Self::Table<'_>;
}

type Builder<'a> = FlatBufferBuilder<'a>;

macro_rules! tables {
    ($set:ident: $table:ident, $verify:path, $open:path, |$to:ident, $model:ident| $write:block) => {
        impl Tables for $set {
            type Table<'a> = $table<'a>;

            fn write($to: &mut Builder<'_>, $model: &Self::Model) {
                let root = $write;
                $to.finish_minimal(root);
            }

            fn verify(message: &[u8]) -> $table<'_> {
                $verify(message).unwrap()
            }

            #[inline(always)]
            unsafe fn open(message: &[u8]) -> $table<'_> {
                unsafe { $open(message) }
            }
        }
    };
}

// ---- Values -----------------------------------------------------------------

scalars! {
    minecraft::GameType: |x| u64::from(x.0);
    mk48::EntityType: |x| u64::from(x.0);
}

impl<'a, T: Follow<'a, Inner: Visit> + 'a> Visit for Vector<'a, T> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

impl Visit for minecraft::Uuid {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for word in self.words().iter() {
            word.visit(sink);
        }
    }
}

// ---- log --------------------------------------------------------------------

use self::log::Logs;

model::log::visit_address!(method [] log::Address);
visit!(method [<'a>] log::Log<'a> {
    scalars: address, code, size_;
    texts: identity, userid, date, request;
});
visit!(method [<'a>] Logs<'a> { records: logs; });
root!([] Logs<'_>, |root| root.logs(), |all, index| all.get(index), |log| log.size_());

fn one_log<'a>(to: &mut Builder<'a>, from: &model::log::Log) -> WIPOffset<log::Log<'a>> {
    let model::log::Address { x0, x1, x2, x3 } = from.address;
    let identity = to.create_string(&from.identity);
    let userid = to.create_string(&from.userid);
    let date = to.create_string(&from.date);
    let request = to.create_string(&from.request);
    let arguments = log::LogArgs {
        address: Some(&log::Address::new(x0, x1, x2, x3)),
        identity: Some(identity),
        userid: Some(userid),
        date: Some(date),
        request: Some(request),
        code: from.code,
        size_: from.size,
    };
    log::Log::create(to, &arguments)
}

tables!(Log: Logs, log::root_as_logs, log::root_as_logs_unchecked, |to, model| {
    let logs: Vec<_> = model.logs.iter().map(|from| one_log(to, from)).collect();
    let logs = Some(to.create_vector(&logs));
    Logs::create(to, &log::LogsArgs { logs })
});

// ---- mesh -------------------------------------------------------------------

use self::mesh::Mesh as MeshTable;

model::mesh::visit_vector3!(method [] mesh::Vector3);
model::mesh::visit_triangle!(method [] mesh::Triangle);

impl Visit for MeshTable<'_> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for triangle in self.triangles().iter() {
            triangle.visit(sink);
        }
    }
}

root!([] MeshTable<'_>, |root| root.triangles(), |all, index| &all[index],
    |triangle| triangle.normal().x());

fn vector3(from: &model::mesh::Vector3) -> mesh::Vector3 {
    mesh::Vector3::new(from.x, from.y, from.z)
}

fn triangle(from: &model::mesh::Triangle) -> mesh::Triangle {
    let [v0, v1, v2, normal] = [&from.v0, &from.v1, &from.v2, &from.normal].map(vector3);
    mesh::Triangle::new(&v0, &v1, &v2, &normal)
}

tables!(Mesh: MeshTable, mesh::root_as_mesh, mesh::root_as_mesh_unchecked, |to, model| {
    to.start_vector::<mesh::Triangle>(model.triangles.len());
    for from in model.triangles.iter().rev() {
        to.push(triangle(from));
    }
    let triangles = Some(to.end_vector(model.triangles.len()));
    MeshTable::create(to, &mesh::MeshArgs { triangles })
});

// ---- minecraft --------------------------------------------------------------

use self::minecraft::Players;

model::minecraft::visit_vector3d!(method [] minecraft::Vector3d);
model::minecraft::visit_vector2!(method [] minecraft::Vector2);
model::minecraft::visit_abilities!(method [] minecraft::Abilities);
model::minecraft::visit_item!(method [<'a>] minecraft::Item<'a>);
model::minecraft::visit_entity!(method [<'a>] minecraft::Entity<'a>);
model::minecraft::visit_vehicle!(method [<'a>] minecraft::Vehicle<'a>);
model::minecraft::visit_recipe_book!(method [<'a>] minecraft::RecipeBook<'a>);
model::minecraft::visit_player!(method [<'a>] minecraft::Player<'a>);
visit!(method [<'a>] Players<'a> { records: players; });
root!([] Players<'_>, |root| root.players(), |all, index| all.get(index), |player| player.score());

fn game_type(from: model::minecraft::GameType) -> minecraft::GameType {
    minecraft::GameType(from as u8)
}

fn vector3d(from: &model::minecraft::Vector3d) -> minecraft::Vector3d {
    minecraft::Vector3d::new(from.x, from.y, from.z)
}

fn item<'a>(to: &mut Builder<'a>, from: &model::minecraft::Item) -> WIPOffset<minecraft::Item<'a>> {
    let id = Some(to.create_string(&from.id));
    let arguments = minecraft::ItemArgs { count: from.count, slot: from.slot, id };
    minecraft::Item::create(to, &arguments)
}

fn items<'a>(
    to: &mut Builder<'a>,
    from: &[model::minecraft::Item],
) -> WIPOffset<Vector<'a, ForwardsUOffset<minecraft::Item<'a>>>> {
    let items: Vec<_> = from.iter().map(|from| item(to, from)).collect();
    to.create_vector(&items)
}

fn entity<'a>(
    to: &mut Builder<'a>,
    from: &model::minecraft::Entity,
) -> WIPOffset<minecraft::Entity<'a>> {
    let id = Some(to.create_string(&from.id));
    let custom_name = from.custom_name.as_ref().map(|name| to.create_string(name));
    let arguments = minecraft::EntityArgs {
        id,
        pos: Some(&vector3d(&from.pos)),
        motion: Some(&vector3d(&from.motion)),
        rotation: Some(&minecraft::Vector2::new(from.rotation.x, from.rotation.y)),
        fall_distance: from.fall_distance,
        fire: from.fire,
        air: from.air,
        on_ground: from.on_ground,
        no_gravity: from.no_gravity,
        invulnerable: from.invulnerable,
        portal_cooldown: from.portal_cooldown,
        uuid: Some(&minecraft::Uuid::new(&from.uuid)),
        custom_name,
        custom_name_visible: from.custom_name_visible,
        silent: from.silent,
        glowing: from.glowing,
    };
    minecraft::Entity::create(to, &arguments)
}

fn vehicle<'a>(
    to: &mut Builder<'a>,
    from: &model::minecraft::Vehicle,
) -> WIPOffset<minecraft::Vehicle<'a>> {
    let entity = Some(entity(to, &from.entity));
    let uuid = minecraft::Uuid::new(&from.uuid);
    minecraft::Vehicle::create(to, &minecraft::VehicleArgs { uuid: Some(&uuid), entity })
}

fn texts<'a>(
    to: &mut Builder<'a>,
    from: &[String],
) -> WIPOffset<Vector<'a, ForwardsUOffset<&'a str>>> {
    let texts: Vec<_> = from.iter().map(|text| to.create_string(text)).collect();
    to.create_vector(&texts)
}

fn recipe_book<'a>(
    to: &mut Builder<'a>,
    from: &model::minecraft::RecipeBook,
) -> WIPOffset<minecraft::RecipeBook<'a>> {
    let recipes = Some(texts(to, &from.recipes));
    let to_be_displayed = Some(texts(to, &from.to_be_displayed));
    let arguments = minecraft::RecipeBookArgs {
        recipes,
        to_be_displayed,
        is_filtering_craftable: from.is_filtering_craftable,
        is_gui_open: from.is_gui_open,
        is_furnace_filtering_craftable: from.is_furnace_filtering_craftable,
        is_furnace_gui_open: from.is_furnace_gui_open,
        is_blasting_furnace_filtering_craftable: from.is_blasting_furnace_filtering_craftable,
        is_blasting_furnace_gui_open: from.is_blasting_furnace_gui_open,
        is_smoker_filtering_craftable: from.is_smoker_filtering_craftable,
        is_smoker_gui_open: from.is_smoker_gui_open,
    };
    minecraft::RecipeBook::create(to, &arguments)
}

fn abilities(from: &model::minecraft::Abilities) -> minecraft::Abilities {
    minecraft::Abilities::new(
        from.walk_speed,
        from.fly_speed,
        from.may_fly,
        from.flying,
        from.invulnerable,
        from.may_build,
        from.instabuild,
    )
}

fn player<'a>(
    to: &mut Builder<'a>,
    from: &model::minecraft::Player,
) -> WIPOffset<minecraft::Player<'a>> {
    let dimension = Some(to.create_string(&from.dimension));
    let selected_item = Some(item(to, &from.selected_item));
    let spawn_dimension = from.spawn_dimension.as_ref().map(|text| to.create_string(text));
    let inventory = Some(items(to, &from.inventory));
    let ender_items = Some(items(to, &from.ender_items));
    let root_vehicle = from.root_vehicle.as_ref().map(|from| vehicle(to, from));
    let shoulder_entity_left = from.shoulder_entity_left.as_ref().map(|from| entity(to, from));
    let shoulder_entity_right = from.shoulder_entity_right.as_ref().map(|from| entity(to, from));
    let recipe_book = Some(recipe_book(to, &from.recipe_book));
    let position = from.entered_nether_position.as_ref().map(vector3d);
    let arguments = minecraft::PlayerArgs {
        game_type: game_type(from.game_type),
        previous_game_type: game_type(from.previous_game_type),
        score: from.score,
        dimension,
        selected_item_slot: from.selected_item_slot,
        selected_item,
        spawn_dimension,
        spawn_x: from.spawn_x,
        spawn_y: from.spawn_y,
        spawn_z: from.spawn_z,
        spawn_forced: from.spawn_forced,
        sleep_timer: from.sleep_timer,
        food_exhaustion_level: from.food_exhaustion_level,
        food_saturation_level: from.food_saturation_level,
        food_tick_timer: from.food_tick_timer,
        xp_level: from.xp_level,
        xp_p: from.xp_p,
        xp_total: from.xp_total,
        xp_seed: from.xp_seed,
        inventory,
        ender_items,
        abilities: Some(&abilities(&from.abilities)),
        entered_nether_position: position.as_ref(),
        root_vehicle,
        shoulder_entity_left,
        shoulder_entity_right,
        seen_credits: from.seen_credits,
        recipe_book,
    };
    minecraft::Player::create(to, &arguments)
}

tables!(Minecraft: Players, minecraft::root_as_players, minecraft::root_as_players_unchecked,
|to, model| {
    let players: Vec<_> = model.players.iter().map(|from| player(to, from)).collect();
    let players = Some(to.create_vector(&players));
    Players::create(to, &minecraft::PlayersArgs { players })
});

// ---- mk48 -------------------------------------------------------------------

use self::mk48::Updates;

model::mk48::visit_position!(method [] mk48::Position);
model::mk48::visit_transform!(method [] mk48::Transform);
model::mk48::visit_guidance!(method [] mk48::Guidance);
model::mk48::visit_chunk_id!(method [] mk48::ChunkId);
model::mk48::visit_terrain_update!(method [<'a>] mk48::TerrainUpdate<'a>);
model::mk48::visit_update!(method [<'a>] mk48::Update<'a>);
visit!(method [<'a>] Updates<'a> { records: updates; });
root!([] Updates<'_>, |root| root.updates(), |all, index| all.get(index), |update| update.score());

impl Visit for mk48::Contact<'_> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        if S::SCALARS {
            self.damage().visit(sink);
            self.entity_id().visit(sink);
            self.entity_type().visit(sink);
            self.guidance().visit(sink);
            self.player_id().visit(sink);
            for reload in self.reloads().iter() {
                reload.visit(sink);
            }
            self.transform().visit(sink);
            self.turret_angles().visit(sink);
        }
    }
}

fn contact<'a>(to: &mut Builder<'a>, from: &model::mk48::Contact) -> WIPOffset<mk48::Contact<'a>> {
    let reloads = Some(to.create_vector_direct(&from.reloads));
    let turret_angles = Some(to.create_vector_direct(&from.turret_angles));
    let model::mk48::Guidance { angle, submerge, velocity } = from.guidance;
    let model::mk48::Transform { altitude, position, .. } = from.transform;
    let position = mk48::Position::new(position.x, position.y);
    let transform =
        mk48::Transform::new(altitude, from.transform.angle, &position, from.transform.velocity);
    let arguments = mk48::ContactArgs {
        damage: from.damage,
        entity_id: from.entity_id,
        entity_type: from.entity_type.map(|kind| mk48::EntityType(kind as u8)),
        guidance: Some(&mk48::Guidance::new(angle, submerge, velocity)),
        player_id: from.player_id,
        reloads,
        transform: Some(&transform),
        turret_angles,
    };
    mk48::Contact::create(to, &arguments)
}

fn terrain_update<'a>(
    to: &mut Builder<'a>,
    from: &model::mk48::TerrainUpdate,
) -> WIPOffset<mk48::TerrainUpdate<'a>> {
    let data = Some(to.create_vector_direct(&from.data));
    let chunk_id = mk48::ChunkId::new(from.chunk_id.x, from.chunk_id.y);
    let arguments = mk48::TerrainUpdateArgs { chunk_id: Some(&chunk_id), data };
    mk48::TerrainUpdate::create(to, &arguments)
}

fn update<'a>(to: &mut Builder<'a>, from: &model::mk48::Update) -> WIPOffset<mk48::Update<'a>> {
    let contacts: Vec<_> = from.contacts.iter().map(|from| contact(to, from)).collect();
    let contacts = Some(to.create_vector(&contacts));
    let terrain: Vec<_> =
        from.terrain_updates.iter().map(|from| terrain_update(to, from)).collect();
    let terrain_updates = Some(to.create_vector(&terrain));
    let (score, world_radius) = (from.score, from.world_radius);
    let arguments = mk48::UpdateArgs { contacts, score, world_radius, terrain_updates };
    mk48::Update::create(to, &arguments)
}

tables!(Mk48: Updates, mk48::root_as_updates, mk48::root_as_updates_unchecked, |to, model| {
    let updates: Vec<_> = model.updates.iter().map(|from| update(to, from)).collect();
    let updates = Some(to.create_vector(&updates));
    Updates::create(to, &mk48::UpdatesArgs { updates })
});

// ---- Cases ------------------------------------------------------------------

const NO_STRUCTS: &str = "generated code has no structs for it";

pub fn cases<S: Tables>() -> Vec<Case> {
    let mut builder = Builder::new();
    S::write(&mut builder, S::model());
    let message: &'static [u8] = keep(builder.finished_data().to_vec());
    vec![verified::<S>(message), once::<S>(message)]
}

fn verified<S: Tables>(message: &'static [u8]) -> Case {
    let codec = Codec {
        id: "rust-flatbuffers",
        name: "FlatBuffers in Rust, verified",
        format: "FlatBuffers",
        version: env!("VERSION_FLATBUFFERS"),
        trust: "checked",
        memory: "reused builder, offsets on the heap",
        note: "root_as before every read, which checks UTF-8, too; a builder that is reset; \
               encode starts from the plain structs",
    };
    let model = S::model();
    let mut builder = Builder::new();
    let case = Case::new(codec)
        .wrote(message)
        .build(move || {
            let mut builder = Builder::new();
            S::write(&mut builder, black_box(model));
            black_box(builder.finished_data()).len()
        })
        .encode(move || {
            builder.reset();
            S::write(&mut builder, black_box(model));
            black_box(builder.finished_data()).len()
        })
        .verify(move || S::verify(black_box(message)))
        .reads::<S, S::Table<'static>>(move || S::verify(black_box(message)))
        .absent(&[Op::Open], "opening verifies: see verify")
        .absent(&[Op::Update], "generated code for Rust sets nothing in place")
        .absent(&[Op::Decode, Op::DecodeOwned], NO_STRUCTS);
    case
}

fn once<S: Tables>(message: &'static [u8]) -> Case {
    let codec = Codec {
        id: "rust-flatbuffers-once",
        name: "FlatBuffers in Rust, unverified",
        format: "FlatBuffers",
        version: env!("VERSION_FLATBUFFERS"),
        trust: "once",
        memory: REUSED,
        note: "root_as_unchecked of a message that was verified when it arrived",
    };
    // SAFETY: the message is what the builder wrote.
    let open = move || unsafe { S::open(black_box(message)) };
    Case::new(codec)
        .open(open)
        .reads::<S, S::Table<'static>>(open)
        .absent(&[Op::Build, Op::Encode, Op::Verify], "as verified: only reading differs")
        .absent(&[Op::Update], "generated code for Rust sets nothing in place")
        .absent(&[Op::Decode, Op::DecodeOwned], NO_STRUCTS)
}
