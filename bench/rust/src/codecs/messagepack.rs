//! MessagePack, with records as arrays: rmp-serde, zerompk.

use super::structs::Derived;
use super::{room, structs_case, HEAP};
use crate::harness::case::{Case, Codec};

pub fn cases<S: Derived>() -> Vec<Case> {
    vec![zerompk_case::<S>(), rmp_case::<S>()]
}

fn rmp_case<S: Derived>() -> Case {
    let codec = Codec {
        id: "rust-rmp-serde",
        name: "rmp-serde",
        format: "MessagePack",
        version: env!("VERSION_RMP_SERDE"),
        trust: "checked",
        memory: HEAP,
        note: "records as arrays, lists of bytes as lists of numbers; encode::write into a slice",
    };
    let mut room = room();
    structs_case::<S, S::Borrowed>(
        codec,
        |model| rmp_serde::to_vec(model).unwrap(),
        move |model| {
            let all = room.len();
            let mut rest = &mut room[..];
            rmp_serde::encode::write(&mut rest, model).unwrap();
            all - rest.len()
        },
        |bytes| rmp_serde::from_slice(bytes).unwrap(),
        |bytes| rmp_serde::from_slice(bytes).unwrap(),
    )
}

fn zerompk_case<S: Derived>() -> Case {
    let codec = Codec {
        id: "rust-zerompk",
        name: "zerompk",
        format: "MessagePack",
        version: env!("VERSION_ZEROMPK"),
        trust: "checked",
        memory: HEAP,
        note: "derived; records as arrays, lists of bytes as bin; to_msgpack into a slice",
    };
    let mut room = room();
    structs_case::<S, S::Borrowed>(
        codec,
        |model| zerompk::to_msgpack_vec(model).unwrap(),
        move |model| zerompk::to_msgpack(model, &mut room).unwrap(),
        |bytes| zerompk::from_msgpack(bytes).unwrap(),
        |bytes| zerompk::from_msgpack(bytes).unwrap(),
    )
}
