//! Whether a view's bytes have been verified: part of its type.

use crate::dump::Dump;

mod sealed {
    pub trait Sealed {}
}

/// What is known about the bytes of a view: [`Raw`] or [`Verified`].
pub trait Mode: Copy + sealed::Sealed + 'static {
    /// What a string is read as.
    type Text<'a>: Copy + Dump + AsRef<[u8]> + core::fmt::Debug + PartialEq;

    /// Whether they have been verified.
    const VERIFIED: bool;

    #[doc(hidden)]
    fn text(bytes: &[u8]) -> Self::Text<'_>;
}

/// Any bytes whatsoever. What is missing or nonsense reads as zero, empty or
/// absent; strings are bytes.
#[derive(Clone, Copy, Debug)]
pub enum Raw {}

/// Bytes that were verified against the schema. Strings are `&str`.
#[derive(Clone, Copy, Debug)]
pub enum Verified {}

impl sealed::Sealed for Raw {}
impl sealed::Sealed for Verified {}

impl Mode for Raw {
    type Text<'a> = &'a [u8];

    const VERIFIED: bool = false;

    #[inline(always)]
    fn text(bytes: &[u8]) -> &[u8] {
        bytes
    }
}

impl Mode for Verified {
    type Text<'a> = &'a str;

    const VERIFIED: bool = true;

    #[inline(always)]
    fn text(bytes: &[u8]) -> &str {
        // SAFETY: a view is `Verified` only if its root was made by
        // `message::verify`, which has looked at every string that generated
        // code reads by this function; safe code can't write the bytes, since
        // the view borrows them.
        unsafe { core::str::from_utf8_unchecked(bytes) }
    }
}
