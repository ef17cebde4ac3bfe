//! Statuses, and errors with a place.

use alloc::boxed::Box;
use core::fmt;

/// Bytes of a path, one of them kept for C's terminator.
pub(crate) const PATH_SIZE: usize = 200;

macro_rules! statuses {
    ($($name:ident $text:literal = $number:literal: $sentence:literal,)*) => {
        /// What went wrong: the statuses of the C library, by the same numbers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Status {
            $(#[doc = $sentence] $name = $number,)*
            /// A status that this version does not know.
            Unknown = 0xffff,
        }

        impl Status {
            /// The status of a number of C's; `None` for 0, which is success.
            pub fn from_number(number: i32) -> Option<Self> {
                match number {
                    0 => None,
                    $($number => Some(Status::$name),)*
                    _ => Some(Status::Unknown),
                }
            }

            /// The name, as in C's `INLAY_<NAME>`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Status::$name => $text,)*
                    Status::Unknown => "UNKNOWN",
                }
            }

            /// The sentence, without a full stop.
            pub fn text(self) -> &'static str {
                match self {
                    $(Status::$name => $sentence,)*
                    Status::Unknown => "an unknown status",
                }
            }
        }
    };
}

statuses! {
    BufferTooSmall "BUFFER_TOO_SMALL" = 1: "the buffer is smaller than the message",
    OutOfMemory "OUT_OF_MEMORY" = 2: "memory ran out",
    ScratchTooSmall "SCRATCH_TOO_SMALL" = 3: "the encoder's scratch memory ran out",
    MemoryLimit "MEMORY_LIMIT" = 4: "more memory is needed than the limit allows",
    TooLarge "TOO_LARGE" = 5: "the sizes add up to more than a message can hold",
    NullItems "NULL_ITEMS" = 6: "a count is not zero but its pointer is NULL",
    NotMeasured "NOT_MEASURED" = 7: "the encoder has not measured what is to be written",
    NotVerified "NOT_VERIFIED" = 8: "the view was not opened as a verified one",
    TooDeep "TOO_DEEP" = 16: "blocks are nested deeper than the limit",
    MapOrder "MAP_ORDER" = 17: "map keys are not strictly ascending",
    Utf8 "UTF8" = 18: "a string is not valid UTF-8",
    TagRange "TAG_RANGE" = 19: "a union's tag is beyond its variants",
    TooLong "TOO_LONG" = 20: "a value is longer than its @max allows",
    SourceChanged "SOURCE_CHANGED" = 21: "a source gave another element than before",
    UnknownFed "UNKNOWN_FED" = 22: "a source or builder can't take what is kept unknown",
    Header "HEADER" = 32: "a block's header is missing or cut short",
    Heads "HEADS" = 33: "a block's heads do not fit in its slice",
    Width "WIDTH" = 34: "a width, count or escape is larger than its value needs",
    ReservedBits "RESERVED_BITS" = 35: "reserved bits of a block's header are set",
    Anchors "ANCHORS" = 36: "anchors do not start at 0, descend or lead outside",
    Splits "SPLITS" = 37: "splits descend or lead outside their element's share",
    TrailingBytes "TRAILING_BYTES" = 38: "bytes follow the end of a block without a heap",
    Layout "LAYOUT" = 39: "fixed size and slots match no revision of the record",
    UnknownBits "UNKNOWN_BITS" = 40: "bits are set that no field takes",
    AbsentValue "ABSENT_VALUE" = 41: "an absent value is not zero or not empty",
    Presence "PRESENCE" = 42: "a value is marked present but lies beyond the block",
    Payload "PAYLOAD" = 43: "a payload's size is not the size of its type",
    VectorLength "VECTOR_LENGTH" = 44: "a vector's length is no multiple of its element",
    Bitset "BITSET" = 45: "a vector of bools is malformed",
    Bool "BOOL" = 46: "a bool is neither 0 nor 1",
    Alignment "ALIGNMENT" = 47: "an aligned slice is malformed or its pad is not zero",
    Count "COUNT" = 48: "a vector block holds no elements",
    NotCanonical "NOT_CANONICAL" = 64: "valid, but not the one canonical encoding",
    JsonSyntax "JSON_SYNTAX" = 80: "the text is not JSON",
    JsonType "JSON_TYPE" = 81: "the JSON value has the wrong type",
    JsonRange "JSON_RANGE" = 82: "the value does not fit its type",
    JsonName "JSON_NAME" = 83: "the record has no field of this name",
    JsonRepeated "JSON_REPEATED" = 84: "a name or key is repeated",
    JsonBase64 "JSON_BASE64" = 85: "the text is not base64 with padding",
    JsonSink "JSON_SINK" = 86: "the sink refused the text",
    System "SYSTEM" = 96: "a call to the system failed; errno says why",
    Deadline "DEADLINE" = 97: "the deadline has passed",
    Closed "CLOSED" = 98: "the other side has closed or died",
    WouldWait "WOULD_WAIT" = 99: "nothing can be done now without waiting",
    Full "FULL" = 100: "there is no room left",
    CutShort "CUT_SHORT" = 101: "the bytes end in the middle of something",
    Magic "MAGIC" = 102: "the bytes do not start with the magic number",
    OtherVersion "OTHER_VERSION" = 103: "the version is none that this library reads",
    Flags "FLAGS" = 104: "flags or reserved bytes are set that nothing defines",
    TypeId "TYPE_ID" = 105: "the message is of another type",
    Checksum "CHECKSUM" = 106: "the checksum does not match: the bytes are damaged",
    OverLimit "OVER_LIMIT" = 107: "the size is over the caller's limit",
    Compression "COMPRESSION" = 108: "the payload can't be decompressed",
    NotBuiltIn "NOT_BUILT_IN" = 109: "this build lacks the compression that is needed",
    Damaged "DAMAGED" = 110: "the file's structure is damaged",
    Description "DESCRIPTION" = 111: "the description of the schema is malformed",
    PeerFault "PEER_FAULT" = 112: "the other side broke the protocol",
    Refused "REFUSED" = 113: "the other side refused",
    User "USER" = 114: "the other side belongs to another user",
    NotFound "NOT_FOUND" = 115: "there is no such key",
    Duplicate "DUPLICATE" = 116: "the key is there already",
}

/// What went wrong, and where.
///
/// Prints as `logs[17].request: a string is not valid UTF-8 (byte 4711)`.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Place>);

#[derive(Clone, PartialEq, Eq)]
struct Place {
    status: Status,
    offset: Option<u64>,
    start: u8,
    cut: bool,
    /// Filled from its end, since paths are found out from the inside.
    path: [u8; PATH_SIZE - 1],
}

impl Error {
    pub(crate) fn new(status: Status, offset: Option<u64>) -> Self {
        let path = [0; PATH_SIZE - 1];
        Error(Box::new(Place { status, offset, start: path.len() as u8, cut: false, path }))
    }

    /// Makes one with a path that C has written.
    #[cfg(feature = "c")]
    pub(crate) fn with_path(status: Status, offset: Option<u64>, path: &str) -> Self {
        let mut error = Self::new(status, offset);
        error.put(path);
        error
    }

    fn put(&mut self, text: &str) {
        match usize::from(self.0.start).checked_sub(text.len()) {
            Some(start) if !self.0.cut => {
                self.0.path[start..usize::from(self.0.start)].copy_from_slice(text.as_bytes());
                self.0.start = start as u8;
            }
            _ => self.0.cut = true,
        }
    }

    /// Puts what is around the place in front of its path: a field or variant.
    #[cold]
    pub(crate) fn in_field(&mut self, name: &str) {
        let begins = usize::from(self.0.start);
        if begins < self.0.path.len() && self.0.path[begins] != b'[' {
            self.put(".");
        }
        self.put(name);
    }

    /// The same for an element.
    #[cold]
    pub(crate) fn in_item(&mut self, index: usize) {
        let begins = usize::from(self.0.start);
        if begins < self.0.path.len() && self.0.path[begins] != b'[' {
            self.put(".");
        }
        let mut digits = [0u8; 22];
        let mut at = digits.len() - 1;
        let mut rest = index;
        digits[at] = b']';
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        at -= 1;
        digits[at] = b'[';
        self.put(core::str::from_utf8(&digits[at..]).unwrap_or("[]"));
    }

    /// What went wrong.
    pub fn status(&self) -> Status {
        self.0.status
    }

    /// The byte of the message that it was found at, if there is one.
    pub fn offset(&self) -> Option<u64> {
        self.0.offset
    }

    /// The field, from the root, as in `logs[17].request`; empty at the root.
    /// A path of more than 199 bytes loses its beginning.
    pub fn path(&self) -> &str {
        core::str::from_utf8(&self.0.path[usize::from(self.0.start)..]).unwrap_or("")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.cut {
            f.write_str("...")?;
        }
        if !self.path().is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        f.write_str(self.0.status.text())?;
        match self.0.offset {
            Some(offset) => write!(f, " (byte {offset})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("status", &self.0.status)
            .field("path", &self.path())
            .field("offset", &self.0.offset)
            .finish()
    }
}

impl core::error::Error for Error {}
