//! JSON by serde: serde_json, simd-json, sonic-rs.

use std::cell::RefCell;
use std::rc::Rc;

use super::structs::Derived;
use super::{room, structs_case, HEAP};
use crate::harness::case::{Case, Codec};

pub fn cases<S: Derived>() -> Vec<Case> {
    vec![sonic_case::<S>(), simd_case::<S>(), serde_case::<S>()]
}

fn serde_case<S: Derived>() -> Case {
    let codec = Codec {
        id: "rust-serde-json",
        name: "serde_json",
        format: "JSON",
        version: env!("VERSION_SERDE_JSON"),
        trust: "checked",
        memory: HEAP,
        note: "with float_roundtrip, without which floats come back as others; to_writer into \
               a slice",
    };
    let mut room = room();
    structs_case::<S, S::Borrowed>(
        codec,
        |model| serde_json::to_vec(model).unwrap(),
        move |model| {
            let all = room.len();
            let mut rest = &mut room[..];
            serde_json::to_writer(&mut rest, model).unwrap();
            all - rest.len()
        },
        |bytes| serde_json::from_slice(bytes).unwrap(),
        |bytes| serde_json::from_slice(bytes).unwrap(),
    )
}

fn sonic_case<S: Derived>() -> Case {
    let codec = Codec {
        id: "rust-sonic-rs",
        name: "sonic-rs",
        format: "JSON",
        version: env!("VERSION_SONIC_RS"),
        trust: "checked",
        memory: HEAP,
        note: "by serde, which checks UTF-8; to_writer into a vector that is kept",
    };
    let mut room = room();
    structs_case::<S, S::Borrowed>(
        codec,
        |model| sonic_rs::to_vec(model).unwrap(),
        move |model| {
            room.clear();
            sonic_rs::to_writer(&mut room, model).unwrap();
            room.len()
        },
        |bytes| sonic_rs::from_slice(bytes).unwrap(),
        |bytes| sonic_rs::from_slice(bytes).unwrap(),
    )
}

/// Where simd-json parses, which spoils what it parses.
struct Parser {
    text: Vec<u8>,
    buffers: simd_json::Buffers,
}

impl Parser {
    /// Parses a copy. What comes out must be gone before the next call.
    fn parse<T: serde::Deserialize<'static>>(&mut self, message: &[u8]) -> T {
        self.text.clear();
        self.text.extend_from_slice(message);
        // SAFETY: the vector never grows beyond the room that it was made with,
        // lives as long as what parses into it, and is not written while
        // anything of it is in use: each case drops what it has parsed.
        let text =
            unsafe { std::slice::from_raw_parts_mut(self.text.as_mut_ptr(), self.text.len()) };
        simd_json::serde::from_slice_with_buffers(text, &mut self.buffers).unwrap()
    }
}

fn simd_case<S: Derived>() -> Case {
    let codec = Codec {
        id: "rust-simd-json",
        name: "simd-json",
        format: "JSON",
        version: env!("VERSION_SIMD_JSON"),
        trust: "checked",
        memory: "reused buffers, structs on the heap",
        note: "by serde, with buffers that are kept; parses in place, so the message is copied \
               first, which is part of each read",
    };
    let parser = Parser { text: room(), buffers: simd_json::Buffers::new(40 << 20) };
    let parser = Rc::new(RefCell::new(parser));
    let owned = Rc::clone(&parser);
    let mut room = room();
    structs_case::<S, S::Borrowed>(
        codec,
        |model| simd_json::serde::to_vec(model).unwrap(),
        move |model| {
            let all = room.len();
            let mut rest = &mut room[..];
            simd_json::serde::to_writer(&mut rest, model).unwrap();
            all - rest.len()
        },
        move |bytes| parser.borrow_mut().parse(bytes),
        move |bytes| owned.borrow_mut().parse(bytes),
    )
}
