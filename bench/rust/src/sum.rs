//! What reading comes to.
//!
//! Every value that a read loads is added to a sum, by the rules of the C suite
//! (`bench/harness/state.h`), so that nothing can be left out:
//!
//! | value | adds |
//! |---|---|
//! | integer, bool, enum | its value, sign-extended to 64 bits |
//! | f32, f64 | its bits |
//! | text, bytes | size + first byte + last byte; 1 when empty |
//! | what is absent | 0 |
//!
//! [`Visit`] goes through the values of anything that holds some: structs of
//! the model, archives, views, messages. What visits them is a [`Sink`], whose
//! constants say what it wants; nothing else is loaded. Lists are gone through by
//! loops, not `for_each`: its closure may stay a function of its own, which costs
//! views that are passed by value more than references.

/// What takes the values.
pub trait Sink {
    /// Whether numbers, bools and enums are wanted.
    const SCALARS: bool;
    /// Whether texts and bytes are wanted.
    const TEXTS: bool;

    fn scalar(&mut self, bits: u64);
    fn text(&mut self, text: &[u8]);
}

/// What has values.
pub trait Visit {
    fn visit<S: Sink>(&self, sink: &mut S);
}

/// Adds up what is wanted.
#[derive(Default)]
pub struct Sum<const SCALARS: bool, const TEXTS: bool>(pub u64);

impl<const SCALARS: bool, const TEXTS: bool> Sink for Sum<SCALARS, TEXTS> {
    const SCALARS: bool = SCALARS;
    const TEXTS: bool = TEXTS;

    #[inline(always)]
    fn scalar(&mut self, bits: u64) {
        self.0 = self.0.wrapping_add(bits);
    }

    #[inline(always)]
    fn text(&mut self, text: &[u8]) {
        let sum = match text {
            [] => 1,
            [first, ..] => text.len() as u64 + u64::from(*first) + u64::from(text[text.len() - 1]),
        };
        self.0 = self.0.wrapping_add(sum);
    }
}

/// Hashes every value in order (FNV-1a): what has the same hash has the same
/// values.
pub struct Digest(pub u64);

impl Digest {
    pub fn of<V: Visit>(value: &V) -> u64 {
        let mut digest = Digest(0xcbf2_9ce4_8422_2325);
        value.visit(&mut digest);
        digest.0
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
}

impl Sink for Digest {
    const SCALARS: bool = true;
    const TEXTS: bool = true;

    fn scalar(&mut self, bits: u64) {
        bits.to_le_bytes().into_iter().for_each(|byte| self.byte(byte));
    }

    fn text(&mut self, text: &[u8]) {
        self.scalar(text.len() as u64);
        text.iter().for_each(|byte| self.byte(*byte));
    }
}

/// The sum of what is wanted of a value.
#[inline(always)]
pub fn sum_of<const SCALARS: bool, const TEXTS: bool>(value: &impl Visit) -> u64 {
    let mut sum = Sum::<SCALARS, TEXTS>(0);
    value.visit(&mut sum);
    sum.0
}

// ---- Values -----------------------------------------------------------------

/// Scalars, each by how it becomes 64 bits.
macro_rules! scalars {
    ($($type:ty: |$x:ident| $bits:expr;)*) => {
        $(impl $crate::sum::Visit for $type {
            #[inline(always)]
            fn visit<S: $crate::sum::Sink>(&self, sink: &mut S) {
                if S::SCALARS {
                    let $x = *self;
                    sink.scalar($bits);
                }
            }
        })*
    };
}
pub(crate) use scalars;

scalars! {
    bool: |x| u64::from(x);
    u8: |x| u64::from(x);
    u16: |x| u64::from(x);
    u32: |x| u64::from(x);
    u64: |x| x;
    i8: |x| x as u64;
    i16: |x| x as u64;
    i32: |x| x as u64;
    i64: |x| x as u64;
    f32: |x| u64::from(x.to_bits());
    f64: |x| x.to_bits();
}

/// Texts, each by how it becomes bytes.
macro_rules! texts {
    ($($type:ty: |$x:ident| $bytes:expr;)*) => {
        $(impl $crate::sum::Visit for $type {
            #[inline(always)]
            fn visit<S: $crate::sum::Sink>(&self, sink: &mut S) {
                if S::TEXTS {
                    let $x = self;
                    sink.text($bytes);
                }
            }
        })*
    };
}
pub(crate) use texts;

texts! {
    String: |x| x.as_bytes();
    &str: |x| x.as_bytes();
    &[u8]: |x| x;
}

/// Bytes, where what holds them could be a list of numbers as well.
pub struct Blob<'a>(pub &'a [u8]);

texts! { Blob<'_>: |x| x.0; }

// ---- What contains values ---------------------------------------------------

impl<T: Visit> Visit for Option<T> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        if let Some(value) = self {
            value.visit(sink);
        }
    }
}

impl<T: Visit> Visit for Vec<T> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

impl<T: Visit, const N: usize> Visit for [T; N] {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

/// A record, by its fields: how they are got at, and which have what. Only what
/// is wanted is got.
///
/// `field` is `x.name`, `method` is `x.name()`; in brackets are the generics of
/// the implementation.
macro_rules! visit {
    ($how:ident [$($generics:tt)*] $type:ty {
        $(scalars: $($scalar:ident),*;)?
        $(texts: $($text:ident),*;)?
        $(bytes: $($bytes:ident),*;)?
        $(records: $($record:ident),*;)?
    }) => {
        impl $($generics)* $crate::sum::Visit for $type {
            #[inline(always)]
            fn visit<S: $crate::sum::Sink>(&self, sink: &mut S) {
                #[allow(unused_imports)]
                use $crate::sum::{get, AsBlob as _, Visit as _};
                if S::SCALARS {
                    $($(get!($how self $scalar).visit(sink);)*)?
                }
                if S::TEXTS {
                    $($(get!($how self $text).visit(sink);)*)?
                    $($(get!($how self $bytes).as_blob().visit(sink);)*)?
                }
                $($(get!($how self $record).visit(sink);)*)?
            }
        }
    };
}
pub(crate) use visit;

/// A field.
macro_rules! get {
    (field $self:ident $name:ident) => {
        $self.$name
    };
    (method $self:ident $name:ident) => {
        $self.$name()
    };
}
pub(crate) use get;

/// What holds bytes.
pub trait AsBlob {
    fn as_blob(&self) -> Blob<'_>;
}

impl AsBlob for Vec<u8> {
    #[inline(always)]
    fn as_blob(&self) -> Blob<'_> {
        Blob(self)
    }
}

impl AsBlob for &[u8] {
    #[inline(always)]
    fn as_blob(&self) -> Blob<'_> {
        Blob(self)
    }
}
