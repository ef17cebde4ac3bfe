//! Messages that are read where they lie.
//!
//! `inlay gen --lang rust` turns a schema into a Rust file; this crate is what
//! that file calls. A record `Entry` of the schema becomes
//!
//! - `Entry`, the native form: a `#[repr(C)]` struct that borrows its strings
//!   and lists, lies in memory as C's does, and is encoded by [`Message`];
//! - `EntryView`, the same inside a message: a small `Copy` value whose
//!   accessors load from the bytes, at any address, in O(1).
//!
//! Views are safe on any bytes. [`Message::open`] takes them as they are: what
//! is missing or nonsense reads as zero, empty or absent, and strings are
//! `&[u8]`. [`Message::verify`] looks at all of them first; strings of that
//! view are `&str`. The two differ in a type parameter, [`Raw`] or
//! [`Verified`], and have the same accessors.
//!
//! # Features
//!
//! | feature | |
//! |---|---|
//! | `c` (default) | encode and verify by the C library, which `cc` builds |
//! | `pure` | says that `c` is off: encode and verify in Rust, no C compiler |
//! | `std` (default) | without it `no_std` with `alloc` |
//! | `frame` | `frame`: what messages wear in files and sockets |
//! | `bytes`, `memmap2` | [`Owned`] takes `Bytes` and `Mmap` |
//! | `serde` | views can be serialized, to dump them |
//!
//! # Memory that others write
//!
//! A `&[u8]` promises Rust that nobody writes the bytes. Memory that another
//! process may write is no `&[u8]`: read it by C, or copy it first.
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod dump;
mod encode;
mod error;
#[cfg(feature = "frame")]
pub mod frame;
#[cfg(feature = "c")]
mod linked;
mod macros;
mod message;
mod mode;
mod native;
mod owned;
#[cfg(feature = "serde")]
mod serialize;
mod set;
mod value;
mod verify;
mod view;

pub use error::{Error, Status};
pub use message::Message;
pub use mode::{Mode, Raw, Verified};
pub use native::{Bits, Bytes, Entry, Init, List, Map, Opt, Records, Source, Str, Unknown, Vector};
pub use owned::{Owned, StableBytes};
pub use set::{BitsMut, ListMut, MapMut, RecordsMut, VectorMut};
pub use value::Lend;
pub use verify::Options;
pub use view::{
    BitsView, BlockView, Iter, ListView, MapView, RecordsView, UnknownVariant, VectorIter,
    VectorView,
};

/// The C library.
#[cfg(feature = "c")]
#[doc(hidden)]
pub use inlay_sys as sys;

/// What generated code calls.
///
/// Not for others. What is verified is what generated code says is there: code
/// that reads a verified record by other types than it was verified by could
/// make a `str` of bytes that are no UTF-8. The compiler writes both from one
/// schema.
#[doc(hidden)]
pub mod generated {
    pub use crate::dump::{debug, Dump, DumpFields, Dumper};
    pub use crate::encode::{record_is_default, ElementWriter, Encoder, Share, Writer};
    #[cfg(feature = "c")]
    pub use crate::linked::{Encode, Measure, Write};
    pub use crate::message::{open, Linked};
    pub use crate::native::Init;
    #[cfg(feature = "serde")]
    pub use crate::serialize::serialize;
    pub use crate::set::{Reach, RecordMut, Settable};
    pub use crate::value::{
        lend_one, part, Compound, Content, Element, Field, Fixed, Lend, Place, RecordContent, Sink,
        Union, Value,
    };
    pub use crate::verify::{Checked, Checker, Columns, Role};
    pub use crate::view::{Key, Record};
    #[cfg(feature = "serde")]
    pub use serde::{Serialize, Serializer};

    /// No value.
    #[derive(Clone, Copy, Debug)]
    pub enum Never {}

    /// What keeps a union as large as C's, where no variant is left to do so.
    #[derive(Clone, Copy, Debug)]
    pub struct Room<'a>(#[allow(dead_code)] crate::Bytes<'a>);

    impl Room<'_> {
        /// Nothing.
        pub const EMPTY: Self = Room(crate::Bytes::new(&[]));
    }

    /// A variant that is not known.
    pub fn unknown_variant<M: crate::Mode>(
        tag: u8,
        payload: &[u8],
    ) -> crate::UnknownVariant<'_, M> {
        crate::UnknownVariant::new(tag, payload)
    }

    /// Tag and payload of a union.
    #[inline(always)]
    pub fn tagged<'a, M: crate::Mode>(record: &Record<'a, M>, place: &Place) -> (u8, &'a [u8]) {
        (record.byte(place.offset), record.slot(place.slot))
    }
}
