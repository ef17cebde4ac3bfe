//! No format at all: where the ground is.

use std::hint::black_box;

use crate::harness::case::{Case, Codec, Op};
use crate::set::Set;

const NO_FORMAT: &str = "no format: structs in memory";

pub fn cases<S: Set>() -> Vec<Case> {
    let codec = Codec {
        id: "rust-structs",
        name: "Rust structs",
        format: "none",
        version: "-",
        trust: "floor",
        memory: "structs on the heap",
        note: "the model itself, read as the messages are",
    };
    let model = S::model();
    let case = Case::new(codec).reads::<S, &'static S::Model>(move || black_box(model)).absent(
        &[Op::Build, Op::Encode, Op::Verify, Op::Open, Op::Update, Op::Decode, Op::DecodeOwned],
        NO_FORMAT,
    );
    vec![case]
}
