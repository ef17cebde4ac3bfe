//! Protocol Buffers by prost.
//!
//! The messages of `bench/rivals/protobuf/schema`, written by hand for prost's
//! derive: what prost-build generates, without a protoc. What is always there is
//! `required`, which is the same on the wire and spares an `Option`.

use std::hint::black_box;

use prost::Message;

use super::{keep, HEAP};
use crate::harness::case::{Case, Codec, Op};
use crate::set::{Log, Mesh, Minecraft, Mk48, Root, Set};

/// A data set with messages of its own.
pub trait Messages: Set {
    type Message: Message + Default + Root + for<'a> From<&'a Self::Model>;
}

macro_rules! messages {
    ($($set:ident: $message:ty;)*) => {
        $(impl Messages for $set {
            type Message = $message;
        })*
    };
}

messages! {
    Log: log::Logs;
    Mesh: mesh::Mesh;
    Minecraft: minecraft::Players;
    Mk48: mk48::Updates;
}

/// A message, and how it is made of the model's struct of the same name.
macro_rules! message {
    ($model:path => $(#[$doc:meta])* $name:ident {
        $($(#[$prost:meta])* $field:ident: $type:ty = |$x:ident| $value:expr,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Message)]
        pub struct $name {
            $($(#[$prost])* pub $field: $type,)*
        }

        impl From<&$model> for $name {
            fn from(from: &$model) -> Self {
                $name {
                    $($field: {
                        let $x = &from.$field;
                        $value
                    },)*
                }
            }
        }
    };
}

/// "log".
mod log {
    use super::Message;
    use crate::model::log as model;
    use crate::model::log::{visit_address, visit_log};
    use crate::set::root;
    use crate::sum::visit;

    message! { model::Address =>
        /// An IPv4 address.
        Address {
            #[prost(uint32, tag = "1")]
            x0: u32 = |x| u32::from(*x),
            #[prost(uint32, tag = "2")]
            x1: u32 = |x| u32::from(*x),
            #[prost(uint32, tag = "3")]
            x2: u32 = |x| u32::from(*x),
            #[prost(uint32, tag = "4")]
            x3: u32 = |x| u32::from(*x),
        }
    }

    message! { model::Log =>
        /// One request.
        Log {
            #[prost(message, required, tag = "1")]
            address: Address = |x| x.into(),
            #[prost(string, tag = "2")]
            identity: String = |x| x.clone(),
            #[prost(string, tag = "3")]
            userid: String = |x| x.clone(),
            #[prost(string, tag = "4")]
            date: String = |x| x.clone(),
            #[prost(string, tag = "5")]
            request: String = |x| x.clone(),
            #[prost(uint32, tag = "6")]
            code: u32 = |x| u32::from(*x),
            #[prost(uint64, tag = "7")]
            size: u64 = |x| *x,
        }
    }

    message! { model::Logs =>
        /// The root.
        Logs {
            #[prost(message, repeated, tag = "1")]
            logs: Vec<Log> = |x| x.iter().map(Into::into).collect(),
        }
    }

    visit_address!(field [] Address);
    visit_log!(field [] Log);
    visit!(field [] Logs { records: logs; });
    root!(field [] Logs, logs, |log| log.size);
}

/// "mesh".
mod mesh {
    use super::Message;
    use crate::model::mesh as model;
    use crate::model::mesh::{visit_triangle, visit_vector3};
    use crate::set::root;
    use crate::sum::visit;

    message! { model::Vector3 =>
        /// A point.
        Vector3 {
            #[prost(float, tag = "1")]
            x: f32 = |x| *x,
            #[prost(float, tag = "2")]
            y: f32 = |x| *x,
            #[prost(float, tag = "3")]
            z: f32 = |x| *x,
        }
    }

    message! { model::Triangle =>
        /// Three points and a normal.
        Triangle {
            #[prost(message, required, tag = "1")]
            v0: Vector3 = |x| x.into(),
            #[prost(message, required, tag = "2")]
            v1: Vector3 = |x| x.into(),
            #[prost(message, required, tag = "3")]
            v2: Vector3 = |x| x.into(),
            #[prost(message, required, tag = "4")]
            normal: Vector3 = |x| x.into(),
        }
    }

    message! { model::Mesh =>
        /// The root.
        Mesh {
            #[prost(message, repeated, tag = "1")]
            triangles: Vec<Triangle> = |x| x.iter().map(Into::into).collect(),
        }
    }

    visit_vector3!(field [] Vector3);
    visit_triangle!(field [] Triangle);
    visit!(field [] Mesh { scalars: triangles; });
    root!(field [] Mesh, triangles, |triangle| triangle.normal.x);
}

/// "minecraft".
/// What is spread over the whole of its type is fixed: varints would be longer.
mod minecraft {
    use super::Message;
    use crate::model::minecraft as model;
    use crate::model::minecraft::{
        visit_abilities, visit_entity, visit_item, visit_player, visit_recipe_book, visit_vector2,
        visit_vector3d, visit_vehicle,
    };
    use crate::set::root;
    use crate::sum::visit;

    message! { model::Vector3d =>
        /// A place or a motion.
        Vector3d {
            #[prost(double, tag = "1")]
            x: f64 = |x| *x,
            #[prost(double, tag = "2")]
            y: f64 = |x| *x,
            #[prost(double, tag = "3")]
            z: f64 = |x| *x,
        }
    }

    message! { model::Vector2 =>
        /// Two angles.
        Vector2 {
            #[prost(float, tag = "1")]
            x: f32 = |x| *x,
            #[prost(float, tag = "2")]
            y: f32 = |x| *x,
        }
    }

    message! { model::Abilities =>
        /// What the player can do.
        Abilities {
            #[prost(float, tag = "1")]
            walk_speed: f32 = |x| *x,
            #[prost(float, tag = "2")]
            fly_speed: f32 = |x| *x,
            #[prost(bool, tag = "3")]
            may_fly: bool = |x| *x,
            #[prost(bool, tag = "4")]
            flying: bool = |x| *x,
            #[prost(bool, tag = "5")]
            invulnerable: bool = |x| *x,
            #[prost(bool, tag = "6")]
            may_build: bool = |x| *x,
            #[prost(bool, tag = "7")]
            instabuild: bool = |x| *x,
        }
    }

    message! { model::Item =>
        /// A stack of things.
        Item {
            #[prost(sint32, tag = "1")]
            count: i32 = |x| i32::from(*x),
            #[prost(uint32, tag = "2")]
            slot: u32 = |x| u32::from(*x),
            #[prost(string, tag = "3")]
            id: String = |x| x.clone(),
        }
    }

    message! { model::Entity =>
        /// What moves.
        Entity {
            #[prost(string, tag = "1")]
            id: String = |x| x.clone(),
            #[prost(message, required, tag = "2")]
            pos: Vector3d = |x| x.into(),
            #[prost(message, required, tag = "3")]
            motion: Vector3d = |x| x.into(),
            #[prost(message, required, tag = "4")]
            rotation: Vector2 = |x| x.into(),
            #[prost(float, tag = "5")]
            fall_distance: f32 = |x| *x,
            #[prost(uint32, tag = "6")]
            fire: u32 = |x| u32::from(*x),
            #[prost(uint32, tag = "7")]
            air: u32 = |x| u32::from(*x),
            #[prost(bool, tag = "8")]
            on_ground: bool = |x| *x,
            #[prost(bool, tag = "9")]
            no_gravity: bool = |x| *x,
            #[prost(bool, tag = "10")]
            invulnerable: bool = |x| *x,
            #[prost(sfixed32, tag = "11")]
            portal_cooldown: i32 = |x| *x,
            #[prost(fixed32, repeated, tag = "12")]
            uuid: Vec<u32> = |x| x.to_vec(),
            #[prost(string, optional, tag = "13")]
            custom_name: Option<String> = |x| x.clone(),
            #[prost(bool, tag = "14")]
            custom_name_visible: bool = |x| *x,
            #[prost(bool, tag = "15")]
            silent: bool = |x| *x,
            #[prost(bool, tag = "16")]
            glowing: bool = |x| *x,
        }
    }

    message! { model::Vehicle =>
        /// What a player rides.
        Vehicle {
            #[prost(fixed32, repeated, tag = "1")]
            uuid: Vec<u32> = |x| x.to_vec(),
            #[prost(message, required, tag = "2")]
            entity: Entity = |x| x.into(),
        }
    }

    message! { model::RecipeBook =>
        /// What the player can make.
        RecipeBook {
            #[prost(string, repeated, tag = "1")]
            recipes: Vec<String> = |x| x.clone(),
            #[prost(string, repeated, tag = "2")]
            to_be_displayed: Vec<String> = |x| x.clone(),
            #[prost(bool, tag = "3")]
            is_filtering_craftable: bool = |x| *x,
            #[prost(bool, tag = "4")]
            is_gui_open: bool = |x| *x,
            #[prost(bool, tag = "5")]
            is_furnace_filtering_craftable: bool = |x| *x,
            #[prost(bool, tag = "6")]
            is_furnace_gui_open: bool = |x| *x,
            #[prost(bool, tag = "7")]
            is_blasting_furnace_filtering_craftable: bool = |x| *x,
            #[prost(bool, tag = "8")]
            is_blasting_furnace_gui_open: bool = |x| *x,
            #[prost(bool, tag = "9")]
            is_smoker_filtering_craftable: bool = |x| *x,
            #[prost(bool, tag = "10")]
            is_smoker_gui_open: bool = |x| *x,
        }
    }

    message! { model::Player =>
        /// One player.
        Player {
            #[prost(int32, tag = "1")]
            game_type: i32 = |x| *x as i32,
            #[prost(int32, tag = "2")]
            previous_game_type: i32 = |x| *x as i32,
            #[prost(sfixed64, tag = "3")]
            score: i64 = |x| *x,
            #[prost(string, tag = "4")]
            dimension: String = |x| x.clone(),
            #[prost(fixed32, tag = "5")]
            selected_item_slot: u32 = |x| *x,
            #[prost(message, required, tag = "6")]
            selected_item: Item = |x| x.into(),
            #[prost(string, optional, tag = "7")]
            spawn_dimension: Option<String> = |x| x.clone(),
            #[prost(sfixed64, tag = "8")]
            spawn_x: i64 = |x| *x,
            #[prost(sfixed64, tag = "9")]
            spawn_y: i64 = |x| *x,
            #[prost(sfixed64, tag = "10")]
            spawn_z: i64 = |x| *x,
            #[prost(bool, optional, tag = "11")]
            spawn_forced: Option<bool> = |x| *x,
            #[prost(uint32, tag = "12")]
            sleep_timer: u32 = |x| u32::from(*x),
            #[prost(float, tag = "13")]
            food_exhaustion_level: f32 = |x| *x,
            #[prost(float, tag = "14")]
            food_saturation_level: f32 = |x| *x,
            #[prost(fixed32, tag = "15")]
            food_tick_timer: u32 = |x| *x,
            #[prost(fixed32, tag = "16")]
            xp_level: u32 = |x| *x,
            #[prost(float, tag = "17")]
            xp_p: f32 = |x| *x,
            #[prost(sfixed32, tag = "18")]
            xp_total: i32 = |x| *x,
            #[prost(sfixed32, tag = "19")]
            xp_seed: i32 = |x| *x,
            #[prost(message, repeated, tag = "20")]
            inventory: Vec<Item> = |x| x.iter().map(Into::into).collect(),
            #[prost(message, repeated, tag = "21")]
            ender_items: Vec<Item> = |x| x.iter().map(Into::into).collect(),
            #[prost(message, required, tag = "22")]
            abilities: Abilities = |x| x.into(),
            #[prost(message, optional, tag = "23")]
            entered_nether_position: Option<Vector3d> = |x| x.as_ref().map(Into::into),
            #[prost(message, optional, tag = "24")]
            root_vehicle: Option<Vehicle> = |x| x.as_ref().map(Into::into),
            #[prost(message, optional, tag = "25")]
            shoulder_entity_left: Option<Entity> = |x| x.as_ref().map(Into::into),
            #[prost(message, optional, tag = "26")]
            shoulder_entity_right: Option<Entity> = |x| x.as_ref().map(Into::into),
            #[prost(bool, tag = "27")]
            seen_credits: bool = |x| *x,
            #[prost(message, required, tag = "28")]
            recipe_book: RecipeBook = |x| x.into(),
        }
    }

    message! { model::Players =>
        /// The root.
        Players {
            #[prost(message, repeated, tag = "1")]
            players: Vec<Player> = |x| x.iter().map(Into::into).collect(),
        }
    }

    visit_vector3d!(field [] Vector3d);
    visit_vector2!(field [] Vector2);
    visit_abilities!(field [] Abilities);
    visit_item!(field [] Item);
    visit_entity!(field [] Entity);
    visit_vehicle!(field [] Vehicle);
    visit_recipe_book!(field [] RecipeBook);
    visit_player!(field [] Player);
    visit!(field [] Players { records: players; });
    root!(field [] Players, players, |player| player.score);
}

/// "mk48".
mod mk48 {
    use super::Message;
    use crate::model::mk48 as model;
    use crate::model::mk48::{
        visit_chunk_id, visit_contact, visit_guidance, visit_position, visit_terrain_update,
        visit_transform, visit_update,
    };
    use crate::set::root;
    use crate::sum::visit;

    message! { model::Position =>
        /// A place.
        Position {
            #[prost(float, tag = "1")]
            x: f32 = |x| *x,
            #[prost(float, tag = "2")]
            y: f32 = |x| *x,
        }
    }

    message! { model::ChunkId =>
        /// Which part of the terrain.
        ChunkId {
            #[prost(sint32, tag = "1")]
            x: i32 = |x| i32::from(*x),
            #[prost(sint32, tag = "2")]
            y: i32 = |x| i32::from(*x),
        }
    }

    message! { model::Transform =>
        /// Where something is, and where it goes.
        Transform {
            #[prost(sint32, tag = "1")]
            altitude: i32 = |x| i32::from(*x),
            #[prost(uint32, tag = "2")]
            angle: u32 = |x| u32::from(*x),
            #[prost(message, required, tag = "3")]
            position: Position = |x| x.into(),
            #[prost(sint32, tag = "4")]
            velocity: i32 = |x| i32::from(*x),
        }
    }

    message! { model::Guidance =>
        /// Where it is told to go.
        Guidance {
            #[prost(uint32, tag = "1")]
            angle: u32 = |x| u32::from(*x),
            #[prost(bool, tag = "2")]
            submerge: bool = |x| *x,
            #[prost(sint32, tag = "3")]
            velocity: i32 = |x| i32::from(*x),
        }
    }

    message! { model::Contact =>
        /// What a player sees of a ship.
        Contact {
            #[prost(uint32, tag = "1")]
            damage: u32 = |x| u32::from(*x),
            #[prost(uint32, tag = "2")]
            entity_id: u32 = |x| *x,
            #[prost(int32, optional, tag = "3")]
            entity_type: Option<i32> = |x| x.map(|x| x as i32),
            #[prost(message, required, tag = "4")]
            guidance: Guidance = |x| x.into(),
            #[prost(uint32, optional, tag = "5")]
            player_id: Option<u32> = |x| x.map(u32::from),
            #[prost(bool, repeated, tag = "6")]
            reloads: Vec<bool> = |x| x.clone(),
            #[prost(message, required, tag = "7")]
            transform: Transform = |x| x.into(),
            #[prost(uint32, repeated, tag = "8")]
            turret_angles: Vec<u32> = |x| x.iter().copied().map(u32::from).collect(),
        }
    }

    message! { model::TerrainUpdate =>
        /// A part of the terrain.
        TerrainUpdate {
            #[prost(message, required, tag = "1")]
            chunk_id: ChunkId = |x| x.into(),
            #[prost(bytes = "vec", tag = "2")]
            data: Vec<u8> = |x| x.clone(),
        }
    }

    message! { model::Update =>
        /// What the server sends at once.
        Update {
            #[prost(message, repeated, tag = "1")]
            contacts: Vec<Contact> = |x| x.iter().map(Into::into).collect(),
            #[prost(uint32, tag = "2")]
            score: u32 = |x| *x,
            #[prost(float, tag = "3")]
            world_radius: f32 = |x| *x,
            #[prost(message, repeated, tag = "4")]
            terrain_updates: Vec<TerrainUpdate> = |x| x.iter().map(Into::into).collect(),
        }
    }

    message! { model::Updates =>
        /// The root.
        Updates {
            #[prost(message, repeated, tag = "1")]
            updates: Vec<Update> = |x| x.iter().map(Into::into).collect(),
        }
    }

    visit_position!(field [] Position);
    visit_chunk_id!(field [] ChunkId);
    visit_transform!(field [] Transform);
    visit_guidance!(field [] Guidance);
    visit_contact!(field [] Contact);
    visit_terrain_update!(field [] TerrainUpdate);
    visit_update!(field [] Update);
    visit!(field [] Updates { records: updates; });
    root!(field [] Updates, updates, |update| update.score);
}

// ---- Cases ------------------------------------------------------------------

pub fn cases<S: Messages>() -> Vec<Case> {
    let codec = Codec {
        id: "rust-prost",
        name: "prost",
        format: "protobuf",
        version: env!("VERSION_PROST"),
        trust: "checked",
        memory: HEAP,
        note: "encode writes messages that were made before, into a vector that is kept; what \
               making them takes is in build; decode gives prost's own structs",
    };
    let model = S::model();
    let made: &'static S::Message = keep(S::Message::from(model));
    let message: &'static [u8] = keep(made.encode_to_vec());
    let mut room = Vec::with_capacity(message.len());
    let decode = move || S::Message::decode(black_box(message)).unwrap();
    let case = Case::new(codec)
        .wrote(message)
        .build(move || S::Message::from(black_box(model)).encode_to_vec().len())
        .encode(move || {
            room.clear();
            black_box(made).encode(&mut room).unwrap();
            room.len()
        })
        .verify(decode)
        .reads::<S, S::Message>(decode)
        .decode(Op::Decode, decode);
    let case = if S::BORROWS { case.decode(Op::DecodeOwned, decode) } else { case };
    vec![super::parsed::<S>(case)]
}
