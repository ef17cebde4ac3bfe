//! Inlay: by C and in Rust, verified each time, once and never.

use std::cell::RefCell;
use std::hint::black_box;

use bumpalo::Bump;
use inlay::generated::{Element, Fixed};
use inlay::{BitsView, BlockView, Lend, List, Message, Mode, Options, Raw, Records};
use inlay::{Vector, VectorView, Verified};

use super::{keep, room, REUSED};
use crate::harness::case::{Case, Codec, Op};
use crate::model;
use crate::set::{root, Log, Mesh, Minecraft, Mk48, Root, Set};
use crate::sum::{get, scalars, texts, visit, AsBlob, Blob, Digest, Sink, Visit};
use crate::{log, mesh, minecraft, mk48};

/// Where natives are, while they are in use.
#[derive(Default)]
pub struct Arena(Bump);

impl<'a> Lend<'a> for &'a Arena {
    fn lend<T: Copy + 'a>(&self, items: Vec<T>) -> &'a [T] {
        self.0.alloc_slice_copy(&items)
    }
}

impl Arena {
    fn list<'a, T, U>(&'a self, items: &'a [T], make: impl Fn(&'a T) -> U) -> &'a [U] {
        self.0.alloc_slice_fill_iter(items.iter().map(make))
    }
}

/// A data set with generated code.
pub trait InlaySet: Set {
    /// What is encoded.
    type Native<'a>: Visit;
    type Lazy<'a>: Root;
    type Checked<'a>: Root;

    /// Native structs that borrow the model's texts.
    fn native<'a>(model: &'a Self::Model, arena: &'a Arena) -> Self::Native<'a>;

    fn encode(native: &Self::Native<'_>) -> Vec<u8>;
    fn encode_pure(native: &Self::Native<'_>) -> Vec<u8>;
    fn encode_into(native: &Self::Native<'_>, to: &mut [u8]) -> usize;
    fn encode_into_pure(native: &Self::Native<'_>, to: &mut [u8]) -> usize;
    fn open(message: &[u8]) -> Self::Lazy<'_>;
    fn verify(message: &[u8]) -> Self::Checked<'_>;
    fn verify_pure(message: &[u8]) -> Self::Checked<'_>;

    /// Native structs whose texts stay in the message.
    fn decode<'a>(view: Self::Checked<'a>, arena: &'a Arena) -> Self::Native<'a>;

    /// Sets one number of each record; returns how many there are. None: can't.
    const UPDATE: Option<fn(message: &mut [u8], value: usize) -> usize>;
}

macro_rules! inlay_set {
    ($set:ident: $module:ident::$name:ident, $view:ident, $native:ident, $update:expr) => {
        impl InlaySet for $set {
            type Native<'a> = $module::$name<'a>;
            type Lazy<'a> = $module::$view<'a, Raw>;
            type Checked<'a> = $module::$view<'a, Verified>;

            fn native<'a>(model: &'a Self::Model, arena: &'a Arena) -> Self::Native<'a> {
                $native(model, arena)
            }

            fn encode(native: &Self::Native<'_>) -> Vec<u8> {
                native.encode().unwrap()
            }

            fn encode_pure(native: &Self::Native<'_>) -> Vec<u8> {
                native.encode_pure().unwrap()
            }

            fn encode_into(native: &Self::Native<'_>, to: &mut [u8]) -> usize {
                native.encode_into(to).unwrap()
            }

            fn encode_into_pure(native: &Self::Native<'_>, to: &mut [u8]) -> usize {
                native.encode_into_pure(to).unwrap()
            }

            #[inline(always)]
            fn open(message: &[u8]) -> Self::Lazy<'_> {
                $module::$name::open(message)
            }

            fn verify(message: &[u8]) -> Self::Checked<'_> {
                $module::$name::verify(message).unwrap()
            }

            fn verify_pure(message: &[u8]) -> Self::Checked<'_> {
                $module::$name::verify_pure(message, Options::default()).unwrap()
            }

            fn decode<'a>(view: Self::Checked<'a>, arena: &'a Arena) -> Self::Native<'a> {
                $module::$name::native(view, &arena)
            }

            const UPDATE: Option<fn(&mut [u8], usize) -> usize> = $update;
        }
    };
}

// ---- Values -----------------------------------------------------------------

scalars! {
    minecraft::GameType: |x| u64::from(x.0);
    mk48::EntityType: |x| u64::from(x.0);
}

texts! {
    inlay::Str<'_>: |x| x.as_bytes();
}

impl<T: Visit> Visit for inlay::Opt<T> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        self.as_option().visit(sink);
    }
}

impl<T: Visit> Visit for List<'_, T> {
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

impl<T: Visit> Visit for Vector<'_, T> {
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

impl<T: Visit> Visit for Records<'_, T> {
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

impl Visit for BitsView<'_> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

impl<T: Fixed + Visit> Visit for VectorView<'_, T> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

impl<'a, E: Element, M: Mode> Visit for BlockView<'a, E, M>
where
    E::Item<'a, M>: Visit,
{
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

impl AsBlob for inlay::Bytes<'_> {
    #[inline(always)]
    fn as_blob(&self) -> Blob<'_> {
        Blob(self)
    }
}

/// A contact, whose `submerge` is apart from its guidance in Inlay.
macro_rules! visit_contact {
    ($how:ident [$($generics:tt)*] $type:ty) => {
        impl $($generics)* Visit for $type {
            #[inline(always)]
            fn visit<S: Sink>(&self, sink: &mut S) {
                if S::SCALARS {
                    get!($how self damage).visit(sink);
                    get!($how self entity_id).visit(sink);
                    get!($how self entity_type).visit(sink);
                    get!($how self guidance).angle.visit(sink);
                    get!($how self submerge).visit(sink);
                    get!($how self guidance).velocity.visit(sink);
                    get!($how self player_id).visit(sink);
                    get!($how self reloads).visit(sink);
                    get!($how self transform).visit(sink);
                    get!($how self turret_angles).visit(sink);
                }
            }
        }
    };
}

model::log::visit_address!(field [] log::Address);
model::mesh::visit_vector3!(field [] mesh::Vector3);
model::mesh::visit_triangle!(field [] mesh::Triangle);
model::minecraft::visit_vector3d!(field [] minecraft::Vector3d);
model::minecraft::visit_vector2!(field [] minecraft::Vector2);
model::minecraft::visit_abilities!(field [] minecraft::Abilities);
model::mk48::visit_position!(field [] mk48::Position);
model::mk48::visit_transform!(field [] mk48::Transform);
model::mk48::visit_chunk_id!(field [] mk48::ChunkId);

/// Records: natives by their fields, views by their methods.
macro_rules! visit_records {
    ($($how:ident $log:ident $logs:ident $mesh:ident $item:ident $entity:ident $vehicle:ident
       $book:ident $player:ident $players:ident $contact:ident $terrain:ident $update:ident
       $updates:ident $(, $mode:ident)?;)*) => {
        $(
            model::log::visit_log!($how [<'a>] log::$log<'a $(, $mode)?>);
            visit!($how [<'a>] log::$logs<'a $(, $mode)?> { records: logs; });
            visit!($how [<'a>] mesh::$mesh<'a $(, $mode)?> { scalars: triangles; });
            model::minecraft::visit_item!($how [<'a>] minecraft::$item<'a $(, $mode)?>);
            model::minecraft::visit_entity!($how [<'a>] minecraft::$entity<'a $(, $mode)?>);
            model::minecraft::visit_vehicle!($how [<'a>] minecraft::$vehicle<'a $(, $mode)?>);
            model::minecraft::visit_recipe_book!($how [<'a>] minecraft::$book<'a $(, $mode)?>);
            model::minecraft::visit_player!($how [<'a>] minecraft::$player<'a $(, $mode)?>);
            visit!($how [<'a>] minecraft::$players<'a $(, $mode)?> { records: players; });
            visit_contact!($how [<'a>] mk48::$contact<'a $(, $mode)?>);
            model::mk48::visit_terrain_update!($how [<'a>] mk48::$terrain<'a $(, $mode)?>);
            model::mk48::visit_update!($how [<'a>] mk48::$update<'a $(, $mode)?>);
            visit!($how [<'a>] mk48::$updates<'a $(, $mode)?> { records: updates; });
        )*
    };
}

visit_records! {
    field Log Logs Mesh Item Entity Vehicle RecipeBook Player Players Contact TerrainUpdate
        Update Updates;
    method LogView LogsView MeshView ItemView EntityView VehicleView RecipeBookView PlayerView
        PlayersView ContactView TerrainUpdateView UpdateView UpdatesView, Raw;
    method LogView LogsView MeshView ItemView EntityView VehicleView RecipeBookView PlayerView
        PlayersView ContactView TerrainUpdateView UpdateView UpdatesView, Verified;
}

/// Views, whose lists are got by index.
macro_rules! roots {
    ($($module:ident $view:ident, $list:ident, |$x:ident| $one:expr;)*) => {
        $(
            root!([] $module::$view<'_, Raw>,
                |view| view.$list(), |all, index| all.get(index).unwrap(), |$x| $one);
            root!([] $module::$view<'_, Verified>,
                |view| view.$list(), |all, index| all.get(index).unwrap(), |$x| $one);
        )*
    };
}

roots! {
    log LogsView, logs, |log| log.size();
    mesh MeshView, triangles, |triangle| triangle.normal.x;
    minecraft PlayersView, players, |player| player.score();
    mk48 UpdatesView, updates, |update| update.score();
}

// ---- Natives ----------------------------------------------------------------

fn logs<'a>(model: &'a model::log::Logs, arena: &'a Arena) -> log::Logs<'a> {
    let one = |from: &'a model::log::Log| log::Log {
        address: log::Address {
            x0: from.address.x0,
            x1: from.address.x1,
            x2: from.address.x2,
            x3: from.address.x3,
        },
        identity: (&from.identity).into(),
        userid: (&from.userid).into(),
        date: (&from.date).into(),
        request: (&from.request).into(),
        code: from.code,
        size: from.size,
        unknown: None,
    };
    log::Logs { logs: arena.list(&model.logs, one).into(), unknown: None }
}

fn point(from: &model::mesh::Vector3) -> mesh::Vector3 {
    mesh::Vector3 { x: from.x, y: from.y, z: from.z }
}

fn triangles<'a>(model: &'a model::mesh::Mesh, arena: &'a Arena) -> mesh::Mesh<'a> {
    let one = |from: &model::mesh::Triangle| mesh::Triangle {
        v0: point(&from.v0),
        v1: point(&from.v1),
        v2: point(&from.v2),
        normal: point(&from.normal),
    };
    mesh::Mesh { triangles: arena.list(&model.triangles, one).into(), unknown: None }
}

fn vector3d(from: &model::minecraft::Vector3d) -> minecraft::Vector3d {
    minecraft::Vector3d { x: from.x, y: from.y, z: from.z }
}

fn item(from: &model::minecraft::Item) -> minecraft::Item<'_> {
    minecraft::Item { count: from.count, slot: from.slot, id: (&from.id).into(), unknown: None }
}

fn entity(from: &model::minecraft::Entity) -> minecraft::Entity<'_> {
    minecraft::Entity {
        id: (&from.id).into(),
        pos: vector3d(&from.pos),
        motion: vector3d(&from.motion),
        rotation: minecraft::Vector2 { x: from.rotation.x, y: from.rotation.y },
        fall_distance: from.fall_distance,
        fire: from.fire,
        air: from.air,
        on_ground: from.on_ground,
        no_gravity: from.no_gravity,
        invulnerable: from.invulnerable,
        portal_cooldown: from.portal_cooldown,
        uuid: from.uuid,
        custom_name: from.custom_name.as_ref().map(inlay::Str::from).into(),
        custom_name_visible: from.custom_name_visible,
        silent: from.silent,
        glowing: from.glowing,
        unknown: None,
    }
}

fn vehicle(from: &model::minecraft::Vehicle) -> minecraft::Vehicle<'_> {
    minecraft::Vehicle { uuid: from.uuid, entity: entity(&from.entity), unknown: None }
}

fn abilities(from: &model::minecraft::Abilities) -> minecraft::Abilities {
    minecraft::Abilities {
        walk_speed: from.walk_speed,
        fly_speed: from.fly_speed,
        may_fly: from.may_fly,
        flying: from.flying,
        invulnerable: from.invulnerable,
        may_build: from.may_build,
        instabuild: from.instabuild,
    }
}

fn recipe_book<'a>(
    from: &'a model::minecraft::RecipeBook,
    arena: &'a Arena,
) -> minecraft::RecipeBook<'a> {
    let texts = |from: &'a [String]| arena.0.alloc_slice_fill_iter(from.iter().map(Into::into));
    minecraft::RecipeBook {
        recipes: (&*texts(&from.recipes)).into(),
        to_be_displayed: (&*texts(&from.to_be_displayed)).into(),
        is_filtering_craftable: from.is_filtering_craftable,
        is_gui_open: from.is_gui_open,
        is_furnace_filtering_craftable: from.is_furnace_filtering_craftable,
        is_furnace_gui_open: from.is_furnace_gui_open,
        is_blasting_furnace_filtering_craftable: from.is_blasting_furnace_filtering_craftable,
        is_blasting_furnace_gui_open: from.is_blasting_furnace_gui_open,
        is_smoker_filtering_craftable: from.is_smoker_filtering_craftable,
        is_smoker_gui_open: from.is_smoker_gui_open,
        unknown: None,
    }
}

fn player<'a>(from: &'a model::minecraft::Player, arena: &'a Arena) -> minecraft::Player<'a> {
    let entity_in = |from: &'a model::minecraft::Entity| &*arena.0.alloc(entity(from));
    minecraft::Player {
        game_type: minecraft::GameType(from.game_type as _),
        previous_game_type: minecraft::GameType(from.previous_game_type as _),
        score: from.score,
        dimension: (&from.dimension).into(),
        selected_item_slot: from.selected_item_slot,
        selected_item: item(&from.selected_item),
        spawn_dimension: from.spawn_dimension.as_ref().map(inlay::Str::from).into(),
        spawn_x: from.spawn_x,
        spawn_y: from.spawn_y,
        spawn_z: from.spawn_z,
        spawn_forced: from.spawn_forced.into(),
        sleep_timer: from.sleep_timer,
        food_exhaustion_level: from.food_exhaustion_level,
        food_saturation_level: from.food_saturation_level,
        food_tick_timer: from.food_tick_timer,
        xp_level: from.xp_level,
        xp_p: from.xp_p,
        xp_total: from.xp_total,
        xp_seed: from.xp_seed,
        inventory: arena.list(&from.inventory, item).into(),
        ender_items: arena.list(&from.ender_items, item).into(),
        abilities: abilities(&from.abilities),
        entered_nether_position: from.entered_nether_position.as_ref().map(vector3d).into(),
        root_vehicle: from.root_vehicle.as_ref().map(|from| &*arena.0.alloc(vehicle(from))),
        shoulder_entity_left: from.shoulder_entity_left.as_ref().map(entity_in),
        shoulder_entity_right: from.shoulder_entity_right.as_ref().map(entity_in),
        seen_credits: from.seen_credits,
        recipe_book: recipe_book(&from.recipe_book, arena),
        unknown: None,
    }
}

fn players<'a>(model: &'a model::minecraft::Players, arena: &'a Arena) -> minecraft::Players<'a> {
    let all = arena.list(&model.players, |from| player(from, arena));
    minecraft::Players { players: all.into(), unknown: None }
}

fn contact(from: &model::mk48::Contact) -> mk48::Contact<'_> {
    mk48::Contact {
        damage: from.damage,
        entity_id: from.entity_id,
        entity_type: from.entity_type.map(|kind| mk48::EntityType(kind as _)).into(),
        guidance: mk48::Guidance { angle: from.guidance.angle, velocity: from.guidance.velocity },
        submerge: from.guidance.submerge,
        player_id: from.player_id.into(),
        reloads: (&from.reloads).into(),
        transform: mk48::Transform {
            altitude: from.transform.altitude,
            angle: from.transform.angle,
            position: mk48::Position { x: from.transform.position.x, y: from.transform.position.y },
            velocity: from.transform.velocity,
        },
        turret_angles: (&from.turret_angles).into(),
        unknown: None,
    }
}

fn terrain_update(from: &model::mk48::TerrainUpdate) -> mk48::TerrainUpdate<'_> {
    mk48::TerrainUpdate {
        chunk_id: mk48::ChunkId { x: from.chunk_id.x, y: from.chunk_id.y },
        data: (&from.data).into(),
        unknown: None,
    }
}

fn updates<'a>(model: &'a model::mk48::Updates, arena: &'a Arena) -> mk48::Updates<'a> {
    let one = |from: &'a model::mk48::Update| mk48::Update {
        contacts: arena.list(&from.contacts, contact).into(),
        score: from.score,
        world_radius: from.world_radius,
        terrain_updates: arena.list(&from.terrain_updates, terrain_update).into(),
        unknown: None,
    };
    mk48::Updates { updates: arena.list(&model.updates, one).into(), unknown: None }
}

// ---- Sets -------------------------------------------------------------------

/// Sets a field of each record through the generated setters.
macro_rules! set_each {
    ($root:ty, $item:ident, $set:ident, $value:ty) => {
        Some(|message, value| {
            let mut root = <$root>::open(message);
            let mut records = root.$item();
            let mut count = 0;
            while let Some(mut record) = records.at(count) {
                assert!(record.$set(value as $value));
                count += 1;
            }
            count
        })
    };
}

inlay_set!(Log: log::Logs, LogsView, logs, set_each!(log::LogsMut<'_>, logs_mut, set_size, u64));
inlay_set!(Mesh: mesh::Mesh, MeshView, triangles, None);
inlay_set!(Minecraft: minecraft::Players, PlayersView, players,
    set_each!(minecraft::PlayersMut<'_>, players_mut, set_score, i64));
inlay_set!(Mk48: mk48::Updates, UpdatesView, updates,
    set_each!(mk48::UpdatesMut<'_>, updates_mut, set_score, u32));

// ---- Cases ------------------------------------------------------------------

/// The message of a set, which memcpy copies as the anchor of all times.
pub fn message<S: InlaySet>() -> &'static [u8] {
    let arena = Arena::default();
    let native = S::native(S::model(), &arena);
    keep(S::encode(&native))
}

const AS_C: &str = "as Inlay by C, verified: only reading differs";

pub fn cases<S: InlaySet>() -> Vec<Case> {
    let message = message::<S>();
    vec![
        verified::<S>(BY_C, message, S::encode, S::encode_into, S::verify),
        verified::<S>(PURE, message, S::encode_pure, S::encode_into_pure, S::verify_pure),
        once::<S>(message),
        clamped::<S>(message),
    ]
}

const BY_C: Codec = Codec {
    id: "rust-inlay",
    name: "Inlay in Rust, by C, verified",
    format: "Inlay",
    version: env!("VERSION_INLAY"),
    trust: "checked",
    memory: REUSED,
    note: "verify before every read; encode_into and verify are one C call each, reading is Rust",
};

const PURE: Codec = Codec {
    id: "rust-inlay-pure",
    name: "Inlay in Rust, pure, verified",
    note: "verify_pure before every read; encode_into_pure: no C",
    ..BY_C
};

fn verified<S: InlaySet>(
    codec: Codec,
    message: &'static [u8],
    encode: fn(&S::Native<'_>) -> Vec<u8>,
    encode_into: fn(&S::Native<'_>, &mut [u8]) -> usize,
    verify: fn(&[u8]) -> S::Checked<'_>,
) -> Case {
    let model = S::model();
    let native = keep(S::native(model, keep(Arena::default())));
    let mut room = room();
    let mut arena = Arena::default();
    let mut case = Case::new(codec)
        .wrote(message)
        .build(move || {
            let arena = Arena::default();
            let native = S::native(black_box(model), &arena);
            black_box(encode(&native)).len()
        })
        .encode(move || encode_into(black_box(native), &mut room))
        .verify(move || verify(black_box(message)))
        .reads::<S, S::Checked<'static>>(move || verify(black_box(message)))
        .run(Op::Decode, move |_| {
            arena.0.reset();
            black_box(S::decode(verify(black_box(message)), &arena));
            1
        })
        .absent(&[Op::Open], "opening verifies: see verify")
        .absent(&[Op::Update], "as clamped: updating does not ask whether bytes are good")
        .absent(&[Op::DecodeOwned], "texts stay in the message: see decode");
    case.digests.push((
        Op::Decode,
        Box::new(move || {
            let arena = Arena::default();
            let native = S::decode(verify(message), &arena);
            Digest::of(&native)
        }),
    ));
    case
}

fn once<S: InlaySet>(message: &'static [u8]) -> Case {
    let codec = Codec {
        id: "rust-inlay-once",
        name: "Inlay in Rust, verified once",
        trust: "once",
        note: "a view of a message that was verified when it arrived, made before",
        ..BY_C
    };
    let view: &'static S::Checked<'static> = keep(S::verify(message));
    Case::new(codec)
        .reads::<S, &'static S::Checked<'static>>(move || black_box(view))
        .absent(&[Op::Open], "the view is kept; what a new one takes: see clamped")
        .absent(&[Op::Build, Op::Encode, Op::Verify, Op::Update, Op::Decode, Op::DecodeOwned], AS_C)
}

fn clamped<S: InlaySet>(message: &'static [u8]) -> Case {
    let codec = Codec {
        id: "rust-inlay-clamped",
        name: "Inlay in Rust, clamped",
        trust: "lazy",
        note: "never verified: every access is clamped into the message; texts are bytes",
        ..BY_C
    };
    let case = Case::new(codec)
        .open(move || S::open(black_box(message)))
        .reads::<S, S::Lazy<'static>>(move || S::open(black_box(message)))
        .absent(&[Op::Build, Op::Encode, Op::Decode, Op::DecodeOwned], AS_C)
        .absent(&[Op::Verify], "nothing is verified");
    let Some(update) = S::UPDATE else {
        return case.absent(&[Op::Update], "elements of lists have no setters in Rust");
    };
    let changed: &'static RefCell<Vec<u8>> = keep(RefCell::new(message.to_vec()));
    let mut case =
        case.run(Op::Update, move |turn| update(black_box(&mut changed.borrow_mut()), turn) as u64);
    case.updated = Some(Box::new(move |turn| S::open(&changed.borrow()).one(turn % S::RECORDS)));
    case
}
