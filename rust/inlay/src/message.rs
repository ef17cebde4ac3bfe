//! Whole messages: encoding, verifying, opening.

use alloc::vec;
use alloc::vec::Vec;

use crate::encode::{Encoder, Writer};
use crate::error::{Error, Status};
use crate::mode::{Mode, Raw, Verified};
use crate::value::{Content, Lend, RecordContent};
use crate::verify::{self, Options};
use crate::view::Record;

/// A record, which can be the root of a message.
///
/// Encoding and verifying are by the C library where the feature `c` is on,
/// else in Rust; `_pure` is Rust always. The bytes, and what is accepted, are
/// the same.
pub trait Message: RecordContent + Linked {
    /// The name, with the package's.
    const NAME: &'static str;

    /// The type id, as frames carry it.
    const TYPE_ID: u64;

    /// Bytes of the smallest message.
    const SIZE_MIN: usize;

    /// Bytes of the largest message, if there is one.
    const SIZE_MAX: Option<usize>;

    /// Makes the native form of a message, to change and encode it. Strings and
    /// bytes point into the message, the rest is lent; what later revisions
    /// wrote is left out.
    fn native<'a, L: Lend<'a>>(
        view: Self::Item<'a, Verified>,
        lend: &L,
    ) -> <Self as Content>::Native<'a> {
        Self::record(view, lend)
    }

    /// Encodes into memory of its own.
    fn encode(&self) -> Result<Vec<u8>, Error> {
        linked::encode(self)
    }

    /// Encodes into a buffer; gives the size of the message, which is at the
    /// buffer's start.
    fn encode_into(&self, buffer: &mut [u8]) -> Result<usize, Error> {
        linked::encode_into(self, buffer)
    }

    /// The exact size of the message.
    fn encoded_size(&self) -> Result<usize, Error> {
        let (size, _) = measure(self)?;
        Ok(size)
    }

    /// Encodes in Rust.
    fn encode_pure(&self) -> Result<Vec<u8>, Error> {
        let (size, tape) = measure(self)?;
        let mut message = vec![0; size];
        Writer::new(&mut message, &tape).record::<Self>(self, 0);
        Ok(message)
    }

    /// Encodes in Rust, into a buffer.
    fn encode_into_pure(&self, buffer: &mut [u8]) -> Result<usize, Error> {
        let (size, tape) = measure(self)?;
        let Some(message) = buffer.get_mut(..size) else {
            return Err(Error::new(Status::BufferTooSmall, None));
        };
        Writer::new(message, &tape).record::<Self>(self, 0);
        Ok(size)
    }

    /// Opens any bytes. O(1), and can't fail.
    #[inline]
    fn open(bytes: &[u8]) -> Self::Item<'_, Raw> {
        Self::item(Record::open(bytes))
    }

    /// Verifies bytes and opens them.
    fn verify(bytes: &[u8]) -> Result<Self::Item<'_, Verified>, Error> {
        linked::verify::<Self>(bytes, Options::default())?;
        Ok(Self::item(Record::open(bytes)))
    }

    /// Verifies that bytes are the one canonical message, and opens them.
    fn verify_canonical(bytes: &[u8]) -> Result<Self::Item<'_, Verified>, Error> {
        Self::verify_with(bytes, Options { canonical: true, ..Options::default() })
    }

    /// Verifies as options say, and opens.
    fn verify_with(bytes: &[u8], options: Options) -> Result<Self::Item<'_, Verified>, Error> {
        linked::verify::<Self>(bytes, options)?;
        Ok(Self::item(Record::open(bytes)))
    }

    /// Verifies in Rust, and opens.
    fn verify_pure(bytes: &[u8], options: Options) -> Result<Self::Item<'_, Verified>, Error> {
        verify::verify::<Self>(bytes, options)?;
        Ok(Self::item(Record::open(bytes)))
    }
}

/// What a slot holds, as a record.
#[doc(hidden)]
#[inline]
pub fn open<M: Mode>(slice: &[u8]) -> Record<'_, M> {
    Record::open(slice)
}

/// Opens bytes that were verified before and have not changed since.
pub(crate) fn open_verified<R: Message>(bytes: &[u8]) -> R::Item<'_, Verified> {
    R::item(Record::open(bytes))
}

fn measure<R: RecordContent>(record: &R) -> Result<(usize, Vec<u8>), Error> {
    let (size, tape) = Encoder::new().root(record)?;
    match usize::try_from(size) {
        Ok(size) => Ok((size, tape)),
        Err(_) => Err(Error::new(Status::TooLarge, None)),
    }
}

#[cfg(feature = "c")]
use crate::linked;
#[cfg(feature = "c")]
pub use crate::linked::Linked;

#[cfg(not(feature = "c"))]
use unlinked as linked;
#[cfg(not(feature = "c"))]
pub use unlinked::Linked;

/// What takes C's place where it is off.
#[cfg(not(feature = "c"))]
mod unlinked {
    use super::{Error, Message, Options, Vec};

    /// Nothing: there is no C.
    pub trait Linked {}

    pub fn encode<R: Message>(record: &R) -> Result<Vec<u8>, Error> {
        record.encode_pure()
    }

    pub fn encode_into<R: Message>(record: &R, buffer: &mut [u8]) -> Result<usize, Error> {
        record.encode_into_pure(buffer)
    }

    pub fn verify<R: Message>(bytes: &[u8], options: Options) -> Result<(), Error> {
        super::verify::verify::<R>(bytes, options)
    }
}
