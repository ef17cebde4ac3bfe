//! Crates that write structs one value after the other: bincode, postcard,
//! bitcode, wincode, borsh.

use std::cell::RefCell;
use std::rc::Rc;

use super::{room, structs_case, HEAP};
use crate::harness::case::{Case, Codec};
use crate::set::{Log, Mesh, Minecraft, Mk48, Set};
use wincode::config::Configuration;

/// By default a list of over 4 MiB is refused, as "mesh" has one.
type Wincode = Configuration<true, { 64 << 20 }>;

const WINCODE: Wincode = Configuration::default().with_preallocation_size_limit();

/// A data set with all derives.
pub trait Derived:
    Set<
    Model: serde::Serialize
               + serde::de::DeserializeOwned
               + bincode::Encode
               + bincode::Decode<()>
               + bitcode::Encode
               + bitcode::DecodeOwned
               + borsh::BorshSerialize
               + borsh::BorshDeserialize
               + wincode::SchemaWrite<Wincode, Src = <Self as Set>::Model>
               + wincode::SchemaRead<'static, Wincode, Dst = <Self as Set>::Model>
               + zerompk::ToMessagePack
               + zerompk::FromMessagePack<'static>,
    Borrowed: serde::Deserialize<'static>
                  + bincode::BorrowDecode<'static, ()>
                  + bitcode::Decode<'static>
                  + wincode::SchemaRead<'static, Wincode, Dst = <Self as Set>::Borrowed>
                  + zerompk::FromMessagePack<'static>,
>
{
}

impl Derived for Log {}
impl Derived for Mesh {}
impl Derived for Minecraft {}
impl Derived for Mk48 {}

pub fn cases<S: Derived>() -> Vec<Case> {
    vec![
        bitcode_case::<S>(),
        wincode_case::<S>(),
        postcard_case::<S>(),
        bincode_case::<S>(),
        borsh_case::<S>(),
    ]
}

fn bincode_case<S: Derived>() -> Case {
    let codec = Codec {
        id: "rust-bincode",
        name: "bincode 2",
        format: "bincode",
        version: env!("VERSION_BINCODE"),
        trust: "checked",
        memory: HEAP,
        note: "derived Encode and BorrowDecode, standard configuration: varints; \
               encode_into_slice",
    };
    const CONFIG: bincode::config::Configuration = bincode::config::standard();
    let mut room = room();
    structs_case::<S, S::Borrowed>(
        codec,
        |model| bincode::encode_to_vec(model, CONFIG).unwrap(),
        move |model| bincode::encode_into_slice(model, &mut room, CONFIG).unwrap(),
        |bytes| bincode::borrow_decode_from_slice(bytes, CONFIG).unwrap().0,
        |bytes| bincode::decode_from_slice(bytes, CONFIG).unwrap().0,
    )
}

fn postcard_case<S: Derived>() -> Case {
    let codec = Codec {
        id: "rust-postcard",
        name: "postcard",
        format: "postcard",
        version: env!("VERSION_POSTCARD"),
        trust: "checked",
        memory: HEAP,
        note: "by serde; to_slice",
    };
    let mut room = room();
    structs_case::<S, S::Borrowed>(
        codec,
        |model| postcard::to_allocvec(model).unwrap(),
        move |model| postcard::to_slice(model, &mut room).unwrap().len(),
        |bytes| postcard::from_bytes(bytes).unwrap(),
        |bytes| postcard::from_bytes(bytes).unwrap(),
    )
}

fn bitcode_case<S: Derived>() -> Case {
    let codec = Codec {
        id: "rust-bitcode",
        name: "bitcode",
        format: "bitcode",
        version: env!("VERSION_BITCODE"),
        trust: "checked",
        memory: "reused Buffer, structs on the heap",
        note: "derived Encode and Decode, a Buffer each that is kept; columns",
    };
    let mut writes = bitcode::Buffer::new();
    let reads = Rc::new(RefCell::new(bitcode::Buffer::new()));
    let owned = Rc::clone(&reads);
    structs_case::<S, S::Borrowed>(
        codec,
        |model| bitcode::encode(model),
        move |model| writes.encode(model).len(),
        move |bytes| reads.borrow_mut().decode(bytes).unwrap(),
        move |bytes| owned.borrow_mut().decode(bytes).unwrap(),
    )
}

fn wincode_case<S: Derived>() -> Case {
    let codec = Codec {
        id: "rust-wincode",
        name: "wincode",
        format: "bincode, fixed width",
        version: env!("VERSION_WINCODE"),
        trust: "checked",
        memory: HEAP,
        note: "derived SchemaWrite and SchemaRead, tags of one byte; serialize_into a slice \
               of the exact size",
    };
    let size = wincode::config::serialized_size(S::model(), WINCODE).unwrap() as usize;
    let mut room = vec![0u8; size];
    structs_case::<S, S::Borrowed>(
        codec,
        |model| wincode::config::serialize(model, WINCODE).unwrap(),
        move |model| {
            wincode::config::serialize_into(&mut room[..], model, WINCODE).unwrap();
            size
        },
        |bytes| wincode::config::deserialize(bytes, WINCODE).unwrap(),
        |bytes| wincode::config::deserialize(bytes, WINCODE).unwrap(),
    )
}

fn borsh_case<S: Derived>() -> Case {
    let codec = Codec {
        id: "rust-borsh",
        name: "borsh",
        format: "borsh",
        version: env!("VERSION_BORSH"),
        trust: "checked",
        memory: HEAP,
        note: "derived; to_writer into a slice; has no borrowed form",
    };
    let mut room = room();
    structs_case::<S, S::Model>(
        codec,
        |model| borsh::to_vec(model).unwrap(),
        move |model| {
            let all = room.len();
            let mut rest = &mut room[..];
            borsh::to_writer(&mut rest, model).unwrap();
            all - rest.len()
        },
        |bytes| borsh::from_slice(bytes).unwrap(),
        |bytes| borsh::from_slice(bytes).unwrap(),
    )
}
