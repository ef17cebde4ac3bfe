//! "mesh": triangles, nothing but floats.

use super::plain;
use crate::set::root;
use crate::sum::visit;

plain! {
    /// A point.
    #[repr(C)]
    #[rkyv(derive(Clone, Copy))]
    pub struct Vector3 {
        pub x: f32,
        pub y: f32,
        pub z: f32,
    }
}

plain! {
    /// Three points and a normal.
    #[repr(C)]
    #[rkyv(derive(Clone, Copy))]
    pub struct Triangle {
        pub v0: Vector3,
        pub v1: Vector3,
        pub v2: Vector3,
        pub normal: Vector3,
    }
}

/// The root.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    bincode::Encode,
    bincode::Decode,
    bitcode::Encode,
    bitcode::Decode,
    borsh::BorshSerialize,
    borsh::BorshDeserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    wincode::SchemaWrite,
    wincode::SchemaRead,
    zerompk::ToMessagePack,
    zerompk::FromMessagePack,
)]
pub struct Mesh {
    pub triangles: Vec<Triangle>,
}

/// The values of a point, however they are got at.
macro_rules! visit_vector3 {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* { scalars: x, y, z; });
    };
}
pub(crate) use visit_vector3;

/// The values of a triangle.
macro_rules! visit_triangle {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* { scalars: v0, v1, v2, normal; });
    };
}
pub(crate) use visit_triangle;

visit_vector3!(field [] Vector3);
visit_triangle!(field [] Triangle);
visit!(field [] Mesh { scalars: triangles; });
root!(field [] Mesh, triangles, |triangle| triangle.normal.x);
