//! A message together with the bytes that hold it.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::error::Error;
use crate::message::{open_verified, Message};
use crate::mode::Verified;

/// What owns bytes that stay as they are.
///
/// # Safety
///
/// `as_ref` gives the same bytes every time, as long as nothing has `&mut` of
/// the owner, even when that is moved.
pub unsafe trait StableBytes: AsRef<[u8]> {}

// SAFETY: all of these hand out the one slice that they own or borrow, and have
// no interior mutability.
unsafe impl StableBytes for Vec<u8> {}
// SAFETY: as above.
unsafe impl StableBytes for Box<[u8]> {}
// SAFETY: as above.
unsafe impl StableBytes for Rc<[u8]> {}
// SAFETY: as above.
unsafe impl StableBytes for Arc<[u8]> {}
// SAFETY: as above.
unsafe impl StableBytes for &[u8] {}
// SAFETY: as above.
unsafe impl StableBytes for String {}
// SAFETY: as above; `Bytes` is immutable.
#[cfg(feature = "bytes")]
unsafe impl StableBytes for bytes::Bytes {}
// SAFETY: whoever maps a file says, by the `unsafe` of doing so, that nobody
// else writes or cuts it.
#[cfg(feature = "memmap2")]
unsafe impl StableBytes for memmap2::Mmap {}

/// A verified message and the owner of its bytes.
///
/// Verified once, when it is made; [`Owned::view`] costs nothing after that.
/// `Owned<Vec<u8>, Entry<'static>>` is `Send`, `Sync` and `'static`.
pub struct Owned<B, R> {
    bytes: B,
    root: PhantomData<fn() -> R>,
}

impl<B: StableBytes, R: Message> Owned<B, R> {
    /// Takes bytes that verify.
    pub fn verify(bytes: B) -> Result<Self, Error> {
        R::verify(bytes.as_ref())?;
        Ok(Owned { bytes, root: PhantomData })
    }

    /// The message.
    #[inline]
    pub fn view(&self) -> R::Item<'_, Verified> {
        open_verified::<R>(self.bytes.as_ref())
    }

    /// The bytes.
    pub fn bytes(&self) -> &B {
        &self.bytes
    }

    /// The owner of the bytes.
    pub fn into_bytes(self) -> B {
        self.bytes
    }
}

impl<B: Clone, R> Clone for Owned<B, R> {
    fn clone(&self) -> Self {
        Owned { bytes: self.bytes.clone(), root: PhantomData }
    }
}
