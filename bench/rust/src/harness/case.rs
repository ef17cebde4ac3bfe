//! One codec on one data set: its operations as closures.

use std::hint::black_box;

use crate::set::{Root, Set};
use crate::sum::{sum_of, Digest, Visit};

/// The operations of `bench/RESULT.md`, as far as they are measured here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Build,
    Encode,
    Verify,
    Open,
    ReadOne,
    ReadTenth,
    ReadScalars,
    ReadStrings,
    Update,
    Decode,
    DecodeOwned,
}

impl Op {
    pub const ALL: [(Op, &'static str); 11] = [
        (Op::Build, "build"),
        (Op::Encode, "encode"),
        (Op::Verify, "verify"),
        (Op::Open, "open"),
        (Op::ReadOne, "read_one"),
        (Op::ReadTenth, "read_tenth"),
        (Op::ReadScalars, "read_scalars"),
        (Op::ReadStrings, "read_strings"),
        (Op::Update, "update"),
        (Op::Decode, "decode"),
        (Op::DecodeOwned, "decode_owned"),
    ];

    pub fn name(self) -> &'static str {
        Op::ALL.iter().find(|(op, _)| *op == self).map_or("", |(_, name)| name)
    }
}

/// A way to serialize: a crate, used in one way, at one level of trust. What
/// each member means is said in `bench/harness/codec.h`.
#[derive(Clone, Copy)]
pub struct Codec {
    pub id: &'static str,
    pub name: &'static str,
    pub format: &'static str,
    pub version: &'static str,
    pub trust: &'static str,
    pub memory: &'static str,
    pub note: &'static str,
}

/// An operation. Takes a number that counts up: which record, what value.
pub type Run = Box<dyn FnMut(usize) -> u64>;

/// Gives what an operation of a case is checked by.
pub type Probe = Box<dyn FnMut() -> u64>;

/// One codec on one data set.
pub struct Case {
    pub codec: Codec,
    /// What it wrote; none where the message is that of another codec.
    pub written: Option<&'static [u8]>,
    pub runs: Vec<(Op, Run)>,
    /// What `decode` and `decode_owned` made, as a digest.
    pub digests: Vec<(Op, Probe)>,
    /// What `read_one` reads after `update`; called before the next of either.
    pub updated: Option<Box<dyn FnMut(usize) -> u64>>,
    /// Why operations are missing.
    pub absent: Vec<(Op, &'static str)>,
}

impl Case {
    pub fn new(codec: Codec) -> Self {
        Case {
            codec,
            written: None,
            runs: Vec::new(),
            digests: Vec::new(),
            updated: None,
            absent: Vec::new(),
        }
    }

    /// Says what it wrote.
    pub fn wrote(mut self, message: &'static [u8]) -> Self {
        self.written = Some(message);
        self
    }

    pub fn run(mut self, op: Op, run: impl FnMut(usize) -> u64 + 'static) -> Self {
        self.runs.push((op, Box::new(run)));
        self
    }

    pub fn absent(mut self, ops: &[Op], why: &'static str) -> Self {
        self.absent.extend(ops.iter().map(|op| (*op, why)));
        self
    }

    /// Model to bytes with nothing kept; the closure returns the size.
    pub fn build(self, mut build: impl FnMut() -> usize + 'static) -> Self {
        self.run(Op::Build, move |_| build() as u64)
    }

    /// To bytes, into memory that is kept; the closure returns the size.
    pub fn encode(self, mut encode: impl FnMut() -> usize + 'static) -> Self {
        self.run(Op::Encode, move |_| encode() as u64)
    }

    /// Bytes to something that is known to be good, which is let go.
    pub fn verify<T>(self, mut verify: impl FnMut() -> T + 'static) -> Self {
        self.run(Op::Verify, move |_| {
            black_box(verify());
            1
        })
    }

    /// Bytes to something that can be read.
    pub fn open<T>(self, mut open: impl FnMut() -> T + 'static) -> Self {
        self.run(Op::Open, move |_| {
            black_box(open());
            1
        })
    }

    /// All reads, each from the bytes, by what makes a root of them.
    pub fn reads<S: Set, R: Root>(self, open: impl Fn() -> R + Clone + 'static) -> Self {
        let [one, tenth, scalars, strings] = [(); 4].map(|()| open.clone());
        let case = self
            .run(Op::ReadOne, move |turn| one().one(turn % S::RECORDS))
            .run(Op::ReadTenth, move |_| tenth().tenth())
            .run(Op::ReadScalars, move |_| sum_of::<true, false>(&scalars()));
        if S::HAS_TEXTS {
            case.run(Op::ReadStrings, move |_| sum_of::<false, true>(&strings()))
        } else {
            case
        }
    }

    /// Checked bytes to structs.
    pub fn decode<T: Visit>(mut self, op: Op, decode: impl Fn() -> T + Clone + 'static) -> Self {
        let again = decode.clone();
        self.digests.push((op, Box::new(move || Digest::of(&again()))));
        self.run(op, move |_| {
            black_box(decode());
            1
        })
    }
}
