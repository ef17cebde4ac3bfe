//! "minecraft": players of a game, deeply nested.

use super::{borrowed, owned, plain};
use crate::set::root;
use crate::sum::{scalars, visit};

plain! {
    /// What the player may do.
    #[wincode(tag_encoding = "u8")]
    #[msgpack(c_enum)]
    #[repr(u8)]
    pub enum GameType {
        Survival,
        Creative,
        Adventure,
        Spectator,
    }
}

plain! {
    /// A place or a motion.
    #[repr(C)]
    pub struct Vector3d {
        pub x: f64,
        pub y: f64,
        pub z: f64,
    }
}

plain! {
    /// Two angles.
    #[repr(C)]
    pub struct Vector2 {
        pub x: f32,
        pub y: f32,
    }
}

plain! {
    /// What the player can do.
    #[repr(C)]
    pub struct Abilities {
        pub walk_speed: f32,
        pub fly_speed: f32,
        pub may_fly: bool,
        pub flying: bool,
        pub invulnerable: bool,
        pub may_build: bool,
        pub instabuild: bool,
    }
}

macro_rules! types {
    ([$($derive:tt)*] [$($text:tt)*] [$($life:tt)*]) => {
        /// A stack of things.
        $($derive)*
        pub struct Item $($life)* {
            pub count: i8,
            pub slot: u8,
            pub id: $($text)*,
        }

        /// What moves.
        $($derive)*
        pub struct Entity $($life)* {
            pub id: $($text)*,
            pub pos: Vector3d,
            pub motion: Vector3d,
            pub rotation: Vector2,
            pub fall_distance: f32,
            pub fire: u16,
            pub air: u16,
            pub on_ground: bool,
            pub no_gravity: bool,
            pub invulnerable: bool,
            pub portal_cooldown: i32,
            pub uuid: [u32; 4],
            pub custom_name: Option<$($text)*>,
            pub custom_name_visible: bool,
            pub silent: bool,
            pub glowing: bool,
        }

        /// What a player rides.
        $($derive)*
        pub struct Vehicle $($life)* {
            pub uuid: [u32; 4],
            pub entity: Entity $($life)*,
        }

        /// What the player can make.
        $($derive)*
        pub struct RecipeBook $($life)* {
            pub recipes: Vec<$($text)*>,
            pub to_be_displayed: Vec<$($text)*>,
            pub is_filtering_craftable: bool,
            pub is_gui_open: bool,
            pub is_furnace_filtering_craftable: bool,
            pub is_furnace_gui_open: bool,
            pub is_blasting_furnace_filtering_craftable: bool,
            pub is_blasting_furnace_gui_open: bool,
            pub is_smoker_filtering_craftable: bool,
            pub is_smoker_gui_open: bool,
        }

        /// One player.
        $($derive)*
        pub struct Player $($life)* {
            pub game_type: GameType,
            pub previous_game_type: GameType,
            pub score: i64,
            pub dimension: $($text)*,
            pub selected_item_slot: u32,
            pub selected_item: Item $($life)*,
            pub spawn_dimension: Option<$($text)*>,
            pub spawn_x: i64,
            pub spawn_y: i64,
            pub spawn_z: i64,
            pub spawn_forced: Option<bool>,
            pub sleep_timer: u16,
            pub food_exhaustion_level: f32,
            pub food_saturation_level: f32,
            pub food_tick_timer: u32,
            pub xp_level: u32,
            pub xp_p: f32,
            pub xp_total: i32,
            pub xp_seed: i32,
            pub inventory: Vec<Item $($life)*>,
            pub ender_items: Vec<Item $($life)*>,
            pub abilities: Abilities,
            pub entered_nether_position: Option<Vector3d>,
            pub root_vehicle: Option<Vehicle $($life)*>,
            pub shoulder_entity_left: Option<Entity $($life)*>,
            pub shoulder_entity_right: Option<Entity $($life)*>,
            pub seen_credits: bool,
            pub recipe_book: RecipeBook $($life)*,
        }

        /// The root.
        $($derive)*
        pub struct Players $($life)* {
            pub players: Vec<Player $($life)*>,
        }

        visit_item!(field [$($life)*] Item $($life)*);
        visit_entity!(field [$($life)*] Entity $($life)*);
        visit_vehicle!(field [$($life)*] Vehicle $($life)*);
        visit_recipe_book!(field [$($life)*] RecipeBook $($life)*);
        visit_player!(field [$($life)*] Player $($life)*);
        visit!(field [$($life)*] Players $($life)* { records: players; });
        root!(field [$($life)*] Players $($life)*, players, |player| player.score);
    };
}

/// The values of each record, however they are got at.
macro_rules! visit_vector3d {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* { scalars: x, y, z; });
    };
}
pub(crate) use visit_vector3d;

macro_rules! visit_vector2 {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* { scalars: x, y; });
    };
}
pub(crate) use visit_vector2;

macro_rules! visit_abilities {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* {
            scalars: walk_speed, fly_speed, may_fly, flying, invulnerable, may_build, instabuild;
        });
    };
}
pub(crate) use visit_abilities;

macro_rules! visit_item {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* {
            scalars: count, slot;
            texts: id;
        });
    };
}
pub(crate) use visit_item;

macro_rules! visit_entity {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* {
            scalars: pos, motion, rotation, fall_distance, fire, air, on_ground, no_gravity,
                invulnerable, portal_cooldown, uuid, custom_name_visible, silent, glowing;
            texts: id, custom_name;
        });
    };
}
pub(crate) use visit_entity;

macro_rules! visit_vehicle {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* {
            scalars: uuid;
            records: entity;
        });
    };
}
pub(crate) use visit_vehicle;

macro_rules! visit_recipe_book {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* {
            scalars: is_filtering_craftable, is_gui_open, is_furnace_filtering_craftable,
                is_furnace_gui_open, is_blasting_furnace_filtering_craftable,
                is_blasting_furnace_gui_open, is_smoker_filtering_craftable, is_smoker_gui_open;
            texts: recipes, to_be_displayed;
        });
    };
}
pub(crate) use visit_recipe_book;

macro_rules! visit_player {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* {
            scalars: game_type, previous_game_type, score, selected_item_slot, spawn_x, spawn_y,
                spawn_z, spawn_forced, sleep_timer, food_exhaustion_level, food_saturation_level,
                food_tick_timer, xp_level, xp_p, xp_total, xp_seed, abilities,
                entered_nether_position, seen_credits;
            texts: dimension, spawn_dimension;
            records: selected_item, inventory, ender_items, root_vehicle, shoulder_entity_left,
                shoulder_entity_right, recipe_book;
        });
    };
}
pub(crate) use visit_player;

scalars! { GameType: |x| x as u64; }
visit_vector3d!(field [] Vector3d);
visit_vector2!(field [] Vector2);
visit_abilities!(field [] Abilities);
owned!(types);
borrowed!(types);
