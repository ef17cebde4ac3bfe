//! "mk48": what a game server of ships sends.
//!
//! Has no borrowed twin: there are no texts, and terrain is a list of numbers in
//! the public benchmark, which most formats can't lend.

use super::{owned, plain};
use crate::set::root;
use crate::sum::{scalars, visit};

plain! {
    /// A kind of ship.
    #[wincode(tag_encoding = "u8")]
    #[msgpack(c_enum)]
    #[repr(u8)]
    pub enum EntityType {
        ArleighBurke,
        Bismarck,
        Clemenceau,
        Fletcher,
        G5,
        Iowa,
        Kolkata,
        Osa,
        Yasen,
        Zubr,
    }
}

plain! {
    /// A place.
    #[repr(C)]
    pub struct Position {
        pub x: f32,
        pub y: f32,
    }
}

plain! {
    /// Where something is, and where it goes.
    #[repr(C)]
    pub struct Transform {
        pub altitude: i8,
        pub angle: u16,
        pub position: Position,
        pub velocity: i16,
    }
}

plain! {
    /// Where it is told to go.
    #[repr(C)]
    pub struct Guidance {
        pub angle: u16,
        pub submerge: bool,
        pub velocity: i16,
    }
}

plain! {
    /// Which part of the terrain.
    #[repr(C)]
    pub struct ChunkId {
        pub x: i8,
        pub y: i8,
    }
}

macro_rules! types {
    ([$($derive:tt)*] [$($text:tt)*] []) => {
        /// What a player sees of a ship.
        $($derive)*
        pub struct Contact {
            pub damage: u8,
            pub entity_id: u32,
            pub entity_type: Option<EntityType>,
            pub guidance: Guidance,
            pub player_id: Option<u16>,
            pub reloads: Vec<bool>,
            pub transform: Transform,
            pub turret_angles: Vec<u16>,
        }

        /// A part of the terrain.
        $($derive)*
        pub struct TerrainUpdate {
            pub chunk_id: ChunkId,
            pub data: Vec<u8>,
        }

        /// What the server sends at once.
        $($derive)*
        pub struct Update {
            pub contacts: Vec<Contact>,
            pub score: u32,
            pub world_radius: f32,
            pub terrain_updates: Vec<TerrainUpdate>,
        }

        /// The root.
        $($derive)*
        pub struct Updates {
            pub updates: Vec<Update>,
        }
    };
}

/// The values of each record, however they are got at.
macro_rules! visit_position {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* { scalars: x, y; });
    };
}
pub(crate) use visit_position;

macro_rules! visit_transform {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* { scalars: altitude, angle, position, velocity; });
    };
}
pub(crate) use visit_transform;

macro_rules! visit_guidance {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* { scalars: angle, submerge, velocity; });
    };
}
pub(crate) use visit_guidance;

macro_rules! visit_contact {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* {
            scalars: damage, entity_id, entity_type, guidance, player_id, reloads, transform,
                turret_angles;
        });
    };
}
pub(crate) use visit_contact;

macro_rules! visit_chunk_id {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* { scalars: x, y; });
    };
}
pub(crate) use visit_chunk_id;

macro_rules! visit_terrain_update {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* {
            scalars: chunk_id;
            bytes: data;
        });
    };
}
pub(crate) use visit_terrain_update;

/// Contacts have no texts, which spares readers of texts to look for them.
macro_rules! visit_update {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* {
            scalars: contacts, score, world_radius;
            records: terrain_updates;
        });
    };
}
pub(crate) use visit_update;

owned!(types);
scalars! { EntityType: |x| x as u64; }
visit_position!(field [] Position);
visit_transform!(field [] Transform);
visit_guidance!(field [] Guidance);
visit_contact!(field [] Contact);
visit_chunk_id!(field [] ChunkId);
visit_terrain_update!(field [] TerrainUpdate);
visit_update!(field [] Update);
visit!(field [] Updates { records: updates; });
root!(field [] Updates, updates, |update| update.score);
