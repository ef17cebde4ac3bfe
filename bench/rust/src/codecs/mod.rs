//! The crates, each on every data set.
//!
//! What is said of all of them in `bench/README.md` holds here, too: reads start
//! from the bytes and do whatever has to be done first, every time.

#[cfg(has_capnp)]
mod capnp;
#[cfg(has_flatbuffers)]
mod flatbuffers;
mod floor;
mod inlay;
mod json;
mod messagepack;
mod prost;
mod rkyv;
mod structs;

use crate::harness::case::{Case, Op};
use crate::set::{Log, Mesh, Minecraft, Mk48, Set};

pub use inlay::{message as inlay_message, InlaySet};

/// A data set in the types of all crates.
pub trait Everything:
    Set
    + structs::Derived
    + self::rkyv::Archives
    + self::prost::Messages
    + inlay::InlaySet
    + Flatbuffers
    + Capnp
{
}

impl Everything for Log {}
impl Everything for Mesh {}
impl Everything for Minecraft {}
impl Everything for Mk48 {}

#[cfg(has_flatbuffers)]
use flatbuffers::Tables as Flatbuffers;
#[cfg(not(has_flatbuffers))]
use Set as Flatbuffers;

#[cfg(has_capnp)]
use capnp::Structs as Capnp;
#[cfg(not(has_capnp))]
use Set as Capnp;

/// All codecs on one set. The first is the one that noise is measured by.
pub fn cases<S: Everything>() -> Vec<Case> {
    let mut all = inlay::cases::<S>();
    all.extend(self::rkyv::cases::<S>());
    #[cfg(has_flatbuffers)]
    all.extend(flatbuffers::cases::<S>());
    #[cfg(has_capnp)]
    all.extend(capnp::cases::<S>());
    all.extend(structs::cases::<S>());
    all.extend(self::prost::cases::<S>());
    all.extend(messagepack::cases::<S>());
    all.extend(json::cases::<S>());
    all.extend(floor::cases::<S>());
    all
}

/// What was left out: id, name, reason.
pub const SKIPPED: &[(&str, &str, &str)] = &[
    #[cfg(not(has_flatbuffers))]
    ("rust-flatbuffers", "FlatBuffers (Rust)", env!("FLATBUFFERS_SKIPPED")),
    #[cfg(not(has_capnp))]
    ("rust-capnp", "Cap'n Proto (Rust)", env!("CAPNP_SKIPPED")),
];

/// Keeps something until the process ends.
pub(crate) fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Room for any message of the set.
pub(crate) fn room() -> Vec<u8> {
    vec![0; 40 << 20]
}

pub(crate) const REUSED: &str = "reused buffer";
pub(crate) const HEAP: &str = "reused buffer, structs on the heap";

const PARSED: &str = "has to be parsed: see decode";
const REWRITTEN: &str = "nothing can be changed in place";
const SAME: &str = "there is nothing to borrow: see decode";

/// The operations that all crates lack which read structs only.
pub(crate) fn parsed<S: Set>(case: Case) -> Case {
    let case = case.absent(&[Op::Open], PARSED).absent(&[Op::Update], REWRITTEN);
    if S::BORROWS {
        case
    } else {
        case.absent(&[Op::DecodeOwned], SAME)
    }
}

/// The reading half of a crate that reads structs only: by the form that is
/// read faster, which borrows texts where the crate can do that.
pub(crate) fn reads_structs<S: Set, B: crate::set::Root>(
    case: Case,
    borrowed: impl Fn() -> B + Clone + 'static,
    owned: impl Fn() -> S::Model + Clone + 'static,
) -> Case {
    let case =
        case.verify(borrowed.clone()).reads::<S, B>(borrowed.clone()).decode(Op::Decode, borrowed);
    if S::BORROWS {
        case.decode(Op::DecodeOwned, owned)
    } else {
        case
    }
}

/// The whole of such a crate. `write` gives bytes of their own, `encode` writes
/// to memory that is kept and returns the size.
pub(crate) fn structs_case<S: Set, B: crate::set::Root>(
    codec: crate::harness::case::Codec,
    write: impl Fn(&S::Model) -> Vec<u8> + 'static,
    mut encode: impl FnMut(&S::Model) -> usize + 'static,
    borrowed: impl Fn(&'static [u8]) -> B + Clone + 'static,
    owned: impl Fn(&'static [u8]) -> S::Model + Clone + 'static,
) -> Case {
    use std::hint::black_box;
    let model = S::model();
    let message: &'static [u8] = keep(write(model));
    let case = Case::new(codec)
        .wrote(message)
        .build(move || black_box(write(black_box(model))).len())
        .encode(move || encode(black_box(model)));
    let case = reads_structs::<S, B>(
        case,
        move || borrowed(black_box(message)),
        move || owned(black_box(message)),
    );
    parsed::<S>(case)
}
