//! The models as C makes them (`bench/data/*.h`), and how they become Rust's.
//!
//! Fields are named and ordered as there; nothing is ever freed.

use super::{log, mesh, minecraft, mk48};
use crate::set::{Log, Mesh, Minecraft, Mk48, Set};

type Text = inlay::Str<'static>;

/// Items and their count, as roots begin with them.
#[repr(C)]
struct List<T> {
    items: *const T,
    count: usize,
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<T> {}

impl<T: 'static> List<T> {
    fn get(self) -> &'static [T] {
        if self.count == 0 {
            return &[];
        }
        // SAFETY: C says so by its counts, and frees nothing.
        unsafe { std::slice::from_raw_parts(self.items, self.count) }
    }

    fn map<U>(self, f: impl Fn(&T) -> U) -> Vec<U> {
        self.get().iter().map(f).collect()
    }
}

/// What is absent is a NULL.
#[repr(transparent)]
struct Maybe<T>(*const T);

impl<T: 'static> Maybe<T> {
    fn map<U>(&self, f: impl Fn(&T) -> U) -> Option<U> {
        // SAFETY: C points to what it keeps, or to nothing.
        unsafe { self.0.as_ref() }.map(f)
    }
}

fn texts(list: List<Text>) -> Vec<String> {
    list.map(|text| text.to_string())
}

// ---- log --------------------------------------------------------------------

#[repr(C)]
struct CLog {
    address: [u8; 4],
    identity: Text,
    userid: Text,
    date: Text,
    request: Text,
    code: u16,
    size: u64,
}

fn one_log(from: &CLog) -> log::Log {
    let [x0, x1, x2, x3] = from.address;
    log::Log {
        address: log::Address { x0, x1, x2, x3 },
        identity: from.identity.to_string(),
        userid: from.userid.to_string(),
        date: from.date.to_string(),
        request: from.request.to_string(),
        code: from.code,
        size: from.size,
    }
}

// ---- minecraft --------------------------------------------------------------

#[repr(C)]
struct CItem {
    count: i8,
    slot: u8,
    id: Text,
}

#[repr(C)]
struct CEntity {
    id: Text,
    pos: minecraft::Vector3d,
    motion: minecraft::Vector3d,
    rotation: minecraft::Vector2,
    fall_distance: f32,
    fire: u16,
    air: u16,
    on_ground: bool,
    no_gravity: bool,
    invulnerable: bool,
    portal_cooldown: i32,
    uuid: [u32; 4],
    has_custom_name: bool,
    custom_name: Text,
    custom_name_visible: bool,
    silent: bool,
    glowing: bool,
}

#[repr(C)]
struct CVehicle {
    uuid: [u32; 4],
    entity: CEntity,
}

#[repr(C)]
struct CRecipeBook {
    recipes: List<Text>,
    to_be_displayed: List<Text>,
    is_filtering_craftable: bool,
    is_gui_open: bool,
    is_furnace_filtering_craftable: bool,
    is_furnace_gui_open: bool,
    is_blasting_furnace_filtering_craftable: bool,
    is_blasting_furnace_gui_open: bool,
    is_smoker_filtering_craftable: bool,
    is_smoker_gui_open: bool,
}

#[repr(C)]
struct CPlayer {
    game_type: u32,
    previous_game_type: u32,
    score: i64,
    dimension: Text,
    selected_item_slot: u32,
    selected_item: CItem,
    has_spawn_dimension: bool,
    spawn_dimension: Text,
    spawn_x: i64,
    spawn_y: i64,
    spawn_z: i64,
    has_spawn_forced: bool,
    spawn_forced: bool,
    sleep_timer: u16,
    food_exhaustion_level: f32,
    food_saturation_level: f32,
    food_tick_timer: u32,
    xp_level: u32,
    xp_p: f32,
    xp_total: i32,
    xp_seed: i32,
    inventory: List<CItem>,
    ender_items: List<CItem>,
    abilities: minecraft::Abilities,
    entered_nether_position: Maybe<minecraft::Vector3d>,
    root_vehicle: Maybe<CVehicle>,
    shoulder_entity_left: Maybe<CEntity>,
    shoulder_entity_right: Maybe<CEntity>,
    seen_credits: bool,
    recipe_book: CRecipeBook,
}

fn game_type(from: u32) -> minecraft::GameType {
    use minecraft::GameType::{Adventure, Creative, Spectator, Survival};
    [Survival, Creative, Adventure, Spectator][from as usize]
}

fn item(from: &CItem) -> minecraft::Item {
    minecraft::Item { count: from.count, slot: from.slot, id: from.id.to_string() }
}

fn entity(from: &CEntity) -> minecraft::Entity {
    minecraft::Entity {
        id: from.id.to_string(),
        pos: from.pos,
        motion: from.motion,
        rotation: from.rotation,
        fall_distance: from.fall_distance,
        fire: from.fire,
        air: from.air,
        on_ground: from.on_ground,
        no_gravity: from.no_gravity,
        invulnerable: from.invulnerable,
        portal_cooldown: from.portal_cooldown,
        uuid: from.uuid,
        custom_name: from.has_custom_name.then(|| from.custom_name.to_string()),
        custom_name_visible: from.custom_name_visible,
        silent: from.silent,
        glowing: from.glowing,
    }
}

fn vehicle(from: &CVehicle) -> minecraft::Vehicle {
    minecraft::Vehicle { uuid: from.uuid, entity: entity(&from.entity) }
}

fn recipe_book(from: &CRecipeBook) -> minecraft::RecipeBook {
    minecraft::RecipeBook {
        recipes: texts(from.recipes),
        to_be_displayed: texts(from.to_be_displayed),
        is_filtering_craftable: from.is_filtering_craftable,
        is_gui_open: from.is_gui_open,
        is_furnace_filtering_craftable: from.is_furnace_filtering_craftable,
        is_furnace_gui_open: from.is_furnace_gui_open,
        is_blasting_furnace_filtering_craftable: from.is_blasting_furnace_filtering_craftable,
        is_blasting_furnace_gui_open: from.is_blasting_furnace_gui_open,
        is_smoker_filtering_craftable: from.is_smoker_filtering_craftable,
        is_smoker_gui_open: from.is_smoker_gui_open,
    }
}

fn player(from: &CPlayer) -> minecraft::Player {
    minecraft::Player {
        game_type: game_type(from.game_type),
        previous_game_type: game_type(from.previous_game_type),
        score: from.score,
        dimension: from.dimension.to_string(),
        selected_item_slot: from.selected_item_slot,
        selected_item: item(&from.selected_item),
        spawn_dimension: from.has_spawn_dimension.then(|| from.spawn_dimension.to_string()),
        spawn_x: from.spawn_x,
        spawn_y: from.spawn_y,
        spawn_z: from.spawn_z,
        spawn_forced: from.has_spawn_forced.then_some(from.spawn_forced),
        sleep_timer: from.sleep_timer,
        food_exhaustion_level: from.food_exhaustion_level,
        food_saturation_level: from.food_saturation_level,
        food_tick_timer: from.food_tick_timer,
        xp_level: from.xp_level,
        xp_p: from.xp_p,
        xp_total: from.xp_total,
        xp_seed: from.xp_seed,
        inventory: from.inventory.map(item),
        ender_items: from.ender_items.map(item),
        abilities: from.abilities,
        entered_nether_position: from.entered_nether_position.map(|position| *position),
        root_vehicle: from.root_vehicle.map(vehicle),
        shoulder_entity_left: from.shoulder_entity_left.map(entity),
        shoulder_entity_right: from.shoulder_entity_right.map(entity),
        seen_credits: from.seen_credits,
        recipe_book: recipe_book(&from.recipe_book),
    }
}

// ---- mk48 -------------------------------------------------------------------

#[repr(C)]
struct CContact {
    damage: u8,
    entity_id: u32,
    has_entity_type: bool,
    entity_type: u32,
    guidance: mk48::Guidance,
    has_player_id: bool,
    player_id: u16,
    reloads: List<bool>,
    transform: mk48::Transform,
    turret_angles: List<u16>,
}

#[repr(C)]
struct CTerrainUpdate {
    chunk_id: mk48::ChunkId,
    data: List<u8>,
}

#[repr(C)]
struct CUpdate {
    contacts: List<CContact>,
    score: u32,
    world_radius: f32,
    terrain_updates: List<CTerrainUpdate>,
}

fn entity_type(from: u32) -> mk48::EntityType {
    use mk48::EntityType::{
        ArleighBurke, Bismarck, Clemenceau, Fletcher, Iowa, Kolkata, Osa, Yasen, Zubr, G5,
    };
    [ArleighBurke, Bismarck, Clemenceau, Fletcher, G5, Iowa, Kolkata, Osa, Yasen, Zubr]
        [from as usize]
}

fn contact(from: &CContact) -> mk48::Contact {
    mk48::Contact {
        damage: from.damage,
        entity_id: from.entity_id,
        entity_type: from.has_entity_type.then(|| entity_type(from.entity_type)),
        guidance: from.guidance,
        player_id: from.has_player_id.then_some(from.player_id),
        reloads: from.reloads.get().to_vec(),
        transform: from.transform,
        turret_angles: from.turret_angles.get().to_vec(),
    }
}

fn terrain_update(from: &CTerrainUpdate) -> mk48::TerrainUpdate {
    mk48::TerrainUpdate { chunk_id: from.chunk_id, data: from.data.get().to_vec() }
}

fn update(from: &CUpdate) -> mk48::Update {
    mk48::Update {
        contacts: from.contacts.map(contact),
        score: from.score,
        world_radius: from.world_radius,
        terrain_updates: from.terrain_updates.map(terrain_update),
    }
}

// ---- Roots ------------------------------------------------------------------

extern "C" {
    fn data_logs_new(count: usize) -> *const List<CLog>;
    fn data_mesh_new(count: usize) -> *const List<mesh::Triangle>;
    fn data_players_new(count: usize) -> *const List<CPlayer>;
    fn data_updates_new(count: usize) -> *const List<CUpdate>;
}

/// The public data, which depends on nothing but the count.
pub fn logs() -> log::Logs {
    // SAFETY: never NULL, and begins with items and count; so do the others.
    let list = unsafe { *data_logs_new(Log::RECORDS) };
    log::Logs { logs: list.map(one_log) }
}

pub fn mesh() -> mesh::Mesh {
    // SAFETY: as above.
    let list = unsafe { *data_mesh_new(Mesh::RECORDS) };
    mesh::Mesh { triangles: list.get().to_vec() }
}

pub fn players() -> minecraft::Players {
    // SAFETY: as above.
    let list = unsafe { *data_players_new(Minecraft::RECORDS) };
    minecraft::Players { players: list.map(player) }
}

pub fn updates() -> mk48::Updates {
    // SAFETY: as above.
    let list = unsafe { *data_updates_new(Mk48::RECORDS) };
    mk48::Updates { updates: list.map(update) }
}
