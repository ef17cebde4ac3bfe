//! The data sets as every crate wants them: plain Rust, with all derives.

include!(concat!(env!("OUT_DIR"), "/inlay.rs"));

/// All derives of all crates.
macro_rules! shared {
    ($($(#[$meta:meta])* pub struct $name:ident { $($field:ident: $type:ty,)* })*) => {
        $(
            $(#[$meta])*
            #[derive(
                Clone, Debug, PartialEq,
                serde::Serialize, serde::Deserialize,
                bitcode::Encode, bitcode::Decode,
                borsh::BorshSerialize, borsh::BorshDeserialize,
                rkyv::Archive, rkyv::Serialize, rkyv::Deserialize,
                wincode::SchemaWrite, wincode::SchemaRead,
            )]
            pub struct $name { $(pub $field: $type,)* }
        )*
    };
}

shared! {
    /// An IPv4 address.
    pub struct Address { x0: u8, x1: u8, x2: u8, x3: u8, }
    /// One request.
    pub struct Log {
        address: Address, identity: String, userid: String, date: String, request: String,
        code: u16, size: u64,
    }
    /// The data set "log".
    pub struct Logs { logs: Vec<Log>, }
    /// A point.
    pub struct Vector3 { x: f32, y: f32, z: f32, }
    /// Three points and a normal.
    pub struct Triangle { v0: Vector3, v1: Vector3, v2: Vector3, normal: Vector3, }
    /// The data set "mesh".
    pub struct Mesh { triangles: Vec<Triangle>, }
}

#[repr(C)]
struct CLog<'a> {
    address: [u8; 4],
    texts: [inlay::Str<'a>; 4],
    code: u16,
    size: u64,
}

#[repr(C)]
struct CList<T> {
    items: *const T,
    count: usize,
}

extern "C" {
    fn data_logs_new(count: usize) -> *const CList<CLog<'static>>;
    fn data_mesh_new(count: usize) -> *const CList<[f32; 12]>;
}

/// The public data: 10,000 log lines.
pub fn logs() -> Logs {
    // SAFETY: C never frees what it makes here, and says so by `CList`.
    let logs = unsafe {
        let list = &*data_logs_new(10_000);
        std::slice::from_raw_parts(list.items, list.count)
    };
    let log = |log: &CLog<'_>| {
        let [x0, x1, x2, x3] = log.address;
        let [identity, userid, date, request] = log.texts.map(|text| text.to_string());
        let address = Address { x0, x1, x2, x3 };
        Log {
            address,
            identity,
            userid,
            date,
            request,
            code: log.code,
            size: log.size,
        }
    };
    Logs {
        logs: logs.iter().map(log).collect(),
    }
}

/// The public data: 125,000 triangles.
pub fn mesh() -> Mesh {
    // SAFETY: as above.
    let triangles = unsafe {
        let list = &*data_mesh_new(125_000);
        std::slice::from_raw_parts(list.items, list.count)
    };
    let point = |p: &[f32]| Vector3 {
        x: p[0],
        y: p[1],
        z: p[2],
    };
    let triangle = |t: &[f32; 12]| Triangle {
        v0: point(&t[0..3]),
        v1: point(&t[3..6]),
        v2: point(&t[6..9]),
        normal: point(&t[9..12]),
    };
    Mesh {
        triangles: triangles.iter().map(triangle).collect(),
    }
}
