//! Frames: what a message wears in a file, a socket or a queue.
//!
//! A checksum finds accidents. Whoever can write a frame can make it fit, so
//! verify what comes from others.
//!
//! Nothing here reads or writes anything: a header is made for a payload, or
//! read before the payload is there, so that its size can be looked at first.
//!
//! ```
//! use inlay::frame::ShortHeader;
//!
//! let header = ShortHeader::seal(b"payload")?;
//! // ... and at the other end, which has settled that it takes 64 bytes:
//! let header = ShortHeader::read(&header, 64)?;
//! assert_eq!(header.size(), 7);
//! header.check(b"payload")?;
//! # Ok::<(), inlay::Error>(())
//! ```
//!
//! Compressed payloads are not read here: [`Status::NotBuiltIn`].

use twox_hash::XxHash3_64;

use crate::error::{Error, Status};

/// Bytes of the header of a frame.
pub const SIZE: usize = 32;

/// Bytes of the header of a short frame.
pub const SHORT_SIZE: usize = 8;

const MAGIC: [u8; 4] = *b"INLY";
const VERSION: u8 = 1;

// Where the members of a header are.
const AT_VERSION: usize = 4;
const AT_FLAGS: usize = 5;
const AT_RESERVED: usize = 6;
const AT_TYPE: usize = 8;
const AT_SIZE: usize = 16;
const AT_CHECK: usize = 24;

fn fail<T>(status: Status, offset: usize) -> Result<T, Error> {
    Err(Error::new(status, Some(offset as u64)))
}

fn word(header: &[u8; SIZE], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&header[at..at + 8]);
    u64::from_le_bytes(word)
}

/// The seed ties the header in: a frame of another type or size does not pass
/// with this payload.
fn hash(header: &[u8; SIZE], payload: &[u8]) -> u64 {
    XxHash3_64::oneshot_with_seed(XxHash3_64::oneshot(&header[..AT_CHECK]), payload)
}

/// The header of a frame that has been read: all of it but the checksum has
/// been looked at.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    bytes: [u8; SIZE],
}

impl Header {
    /// Makes the header of a payload that follows it; O(size). The type is
    /// [`Message::TYPE_ID`](crate::Message::TYPE_ID) of its root.
    pub fn seal(type_id: u64, payload: &[u8]) -> [u8; SIZE] {
        let mut header = [0; SIZE];
        header[..AT_VERSION].copy_from_slice(&MAGIC);
        header[AT_VERSION] = VERSION;
        header[AT_TYPE..AT_SIZE].copy_from_slice(&type_id.to_le_bytes());
        header[AT_SIZE..AT_CHECK].copy_from_slice(&(payload.len() as u64).to_le_bytes());
        let check = hash(&header, payload);
        header[AT_CHECK..].copy_from_slice(&check.to_le_bytes());
        header
    }

    /// Reads the header at the start of some bytes; O(1).
    ///
    /// Fails with `CutShort` (where the bytes end), `Magic`, `OtherVersion`,
    /// `NotBuiltIn` for a payload that is compressed, `Flags`, `TypeId`, and
    /// `OverLimit` for one larger than `limit`.
    pub fn read(bytes: &[u8], type_id: u64, limit: u64) -> Result<Self, Error> {
        let known = bytes.len().min(MAGIC.len());
        if bytes[..known] != MAGIC[..known] {
            return fail(Status::Magic, 0);
        }
        let Some(&bytes) = bytes.first_chunk::<SIZE>() else {
            return fail(Status::CutShort, bytes.len());
        };
        let header = Header { bytes };
        if bytes[AT_VERSION] != VERSION {
            return fail(Status::OtherVersion, AT_VERSION);
        }
        match bytes[AT_FLAGS] {
            0 => {}
            1 | 2 => return fail(Status::NotBuiltIn, AT_FLAGS),
            _ => return fail(Status::Flags, AT_FLAGS),
        }
        if bytes[AT_RESERVED..AT_TYPE] != [0, 0] {
            return fail(Status::Flags, AT_RESERVED);
        }
        if header.type_id() != type_id {
            return fail(Status::TypeId, AT_TYPE);
        }
        if header.size() > limit {
            return fail(Status::OverLimit, AT_SIZE);
        }
        Ok(header)
    }

    /// The type of the payload's root.
    pub fn type_id(&self) -> u64 {
        word(&self.bytes, AT_TYPE)
    }

    /// Bytes of the payload, at most the limit.
    pub fn size(&self) -> u64 {
        word(&self.bytes, AT_SIZE)
    }

    /// Checks a payload; O(size). `CutShort` when there is too little of it,
    /// `Checksum` when it is not what was sealed.
    pub fn check(&self, payload: &[u8]) -> Result<(), Error> {
        if (payload.len() as u64) < self.size() {
            return fail(Status::CutShort, SIZE + payload.len());
        }
        let same = payload.len() as u64 == self.size()
            && word(&self.bytes, AT_CHECK) == hash(&self.bytes, payload);
        if same {
            Ok(())
        } else {
            fail(Status::Checksum, AT_CHECK)
        }
    }
}

/// The header of a short frame that has been read, for where both sides have
/// settled the type.
#[derive(Clone, Copy, Debug)]
pub struct ShortHeader {
    size: u32,
    check: u32,
}

impl ShortHeader {
    fn of(payload: &[u8], size: u32) -> Self {
        let check = XxHash3_64::oneshot_with_seed(size.into(), payload) as u32;
        ShortHeader { size, check }
    }

    /// Makes the header of a payload that follows it; O(size). `TooLarge`: the
    /// size does not fit in 32 bits.
    pub fn seal(payload: &[u8]) -> Result<[u8; SHORT_SIZE], Error> {
        let Ok(size) = u32::try_from(payload.len()) else {
            return Err(Error::new(Status::TooLarge, None));
        };
        let header = Self::of(payload, size);
        let mut bytes = [0; SHORT_SIZE];
        bytes[..4].copy_from_slice(&header.size.to_le_bytes());
        bytes[4..].copy_from_slice(&header.check.to_le_bytes());
        Ok(bytes)
    }

    /// Reads a header; `OverLimit` when the payload is larger than `limit`.
    pub fn read(bytes: &[u8; SHORT_SIZE], limit: usize) -> Result<Self, Error> {
        let [s0, s1, s2, s3, c0, c1, c2, c3] = *bytes;
        let size = u32::from_le_bytes([s0, s1, s2, s3]);
        if size as u64 > limit as u64 {
            return fail(Status::OverLimit, 0);
        }
        Ok(ShortHeader { size, check: u32::from_le_bytes([c0, c1, c2, c3]) })
    }

    /// Bytes of the payload, at most the limit.
    pub fn size(&self) -> usize {
        self.size as usize
    }

    /// Checks a payload; O(size). `CutShort` when there is too little of it,
    /// `Checksum` when it is not what was sealed.
    pub fn check(&self, payload: &[u8]) -> Result<(), Error> {
        if payload.len() < self.size() {
            return fail(Status::CutShort, SHORT_SIZE + payload.len());
        }
        if payload.len() == self.size() && Self::of(payload, self.size).check == self.check {
            Ok(())
        } else {
            fail(Status::Checksum, 4)
        }
    }
}
