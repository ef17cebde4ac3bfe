//! The native form: what is filled in and encoded.
//!
//! Every type here lies in memory as its twin in C does, so that a record that
//! is built of them is handed to the C library as it is. They borrow what they
//! point at and copy like references.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

/// What a field starts as: zero, empty, absent, or the default it declares.
pub trait Init: Sized {
    /// The value.
    const INIT: Self;
}

macro_rules! init {
    ($($type:ty = $value:expr),* $(,)?) => {
        $(impl Init for $type { const INIT: Self = $value; })*
    };
}

init!(bool = false, u8 = 0, u16 = 0, u32 = 0, u64 = 0, i8 = 0, i16 = 0, i32 = 0, i64 = 0);
init!(f32 = 0.0, f64 = 0.0);

impl<T: Init, const N: usize> Init for [T; N] {
    const INIT: Self = [T::INIT; N];
}

impl<T> Init for Option<T> {
    const INIT: Self = None;
}

// ---- Spans ------------------------------------------------------------------

/// Pointer and count of something borrowed: what all spans are made of.
///
/// The pointer comes from a reference to `count` elements that lives as long
/// as `'a`, always: that is what makes `get` sound, and sharing between threads
/// as sound as sharing that reference is.
#[repr(C)]
struct Span<'a, T> {
    items: *const T,
    count: usize,
    borrowed: PhantomData<&'a [T]>,
}

impl<T> Clone for Span<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Span<'_, T> {}

// SAFETY: it is a `&'a [T]` in all but name.
unsafe impl<T: Sync> Send for Span<'_, T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Span<'_, T> {}

impl<'a, T> Span<'a, T> {
    const fn new(items: &'a [T]) -> Self {
        Span { items: items.as_ptr(), count: items.len(), borrowed: PhantomData }
    }

    const fn get(&self) -> &'a [T] {
        // SAFETY: `new` is the only constructor; see the type.
        unsafe { core::slice::from_raw_parts(self.items, self.count) }
    }
}

macro_rules! span {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[repr(transparent)]
        pub struct $name<'a, T>(Span<'a, T>);

        impl<'a, T> $name<'a, T> {
            /// Borrows the elements.
            pub const fn new(items: &'a [T]) -> Self {
                Self(Span::new(items))
            }

            /// The elements, for as long as they are borrowed.
            pub const fn as_slice(&self) -> &'a [T] {
                self.0.get()
            }
        }

        span!(@common $name);
    };
    (@common $name:ident) => {
        impl<T> Clone for $name<'_, T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<'_, T> {}

        impl<T> Default for $name<'_, T> {
            fn default() -> Self {
                Self::INIT
            }
        }

        impl<T> Init for $name<'_, T> {
            const INIT: Self = Self::new(&[]);
        }

        impl<'a, T> From<&'a [T]> for $name<'a, T> {
            fn from(items: &'a [T]) -> Self {
                Self::new(items)
            }
        }

        impl<'a, T, const N: usize> From<&'a [T; N]> for $name<'a, T> {
            fn from(items: &'a [T; N]) -> Self {
                Self::new(items)
            }
        }

        impl<'a, T> From<&'a alloc::vec::Vec<T>> for $name<'a, T> {
            fn from(items: &'a alloc::vec::Vec<T>) -> Self {
                Self::new(items)
            }
        }

        impl<T> Deref for $name<'_, T> {
            type Target = [T];

            fn deref(&self) -> &[T] {
                self.as_slice()
            }
        }

        impl<T: fmt::Debug> fmt::Debug for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.as_slice().fmt(f)
            }
        }
    };
}

span! {
    /// `[T]` of a type of fixed size, not bool: pointer and count.
    Vector
}

span! {
    /// `[X]` of what has no fixed size and is no record: pointer and count.
    List
}

/// `[bool]`: pointer and count.
pub type Bits<'a> = List<'a, bool>;

/// `[Record]`: pointer and count, and a place where C programs can say that
/// there is no array but a source, which is never so here.
#[repr(C)]
pub struct Records<'a, T> {
    span: Span<'a, T>,
    source: Option<&'a Source>,
}

impl<'a, T> Records<'a, T> {
    /// Borrows the records.
    pub const fn new(items: &'a [T]) -> Self {
        Records { span: Span::new(items), source: None }
    }

    /// The records, for as long as they are borrowed.
    pub const fn as_slice(&self) -> &'a [T] {
        self.span.get()
    }
}

span!(@common Records);

/// What takes the place of an array in C. There are none in Rust.
#[derive(Debug)]
pub enum Source {}

/// One entry of a map.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Entry<K, V> {
    /// Keys of a map ascend strictly.
    pub key: K,
    /// What the key leads to.
    pub value: V,
}

impl<K, V> Entry<K, V> {
    /// Puts the two together.
    pub const fn new(key: K, value: V) -> Self {
        Entry { key, value }
    }
}

/// `map<K, V>`: entries in strictly ascending order of their keys.
#[repr(transparent)]
pub struct Map<'a, K, V>(Span<'a, Entry<K, V>>);

impl<'a, K, V> Map<'a, K, V> {
    /// Borrows the entries.
    pub const fn new(items: &'a [Entry<K, V>]) -> Self {
        Map(Span::new(items))
    }

    /// The entries, for as long as they are borrowed.
    pub const fn as_slice(&self) -> &'a [Entry<K, V>] {
        self.0.get()
    }
}

impl<K, V> Clone for Map<'_, K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for Map<'_, K, V> {}

impl<K, V> Init for Map<'_, K, V> {
    const INIT: Self = Map::new(&[]);
}

impl<K, V> Default for Map<'_, K, V> {
    fn default() -> Self {
        Self::INIT
    }
}

impl<'a, K, V> From<&'a [Entry<K, V>]> for Map<'a, K, V> {
    fn from(items: &'a [Entry<K, V>]) -> Self {
        Self::new(items)
    }
}

impl<'a, K, V, const N: usize> From<&'a [Entry<K, V>; N]> for Map<'a, K, V> {
    fn from(items: &'a [Entry<K, V>; N]) -> Self {
        Self::new(items)
    }
}

impl<'a, K, V> From<&'a alloc::vec::Vec<Entry<K, V>>> for Map<'a, K, V> {
    fn from(items: &'a alloc::vec::Vec<Entry<K, V>>) -> Self {
        Self::new(items)
    }
}

impl<K, V> Deref for Map<'_, K, V> {
    type Target = [Entry<K, V>];

    fn deref(&self) -> &[Entry<K, V>] {
        self.as_slice()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}

// ---- Strings and bytes ------------------------------------------------------

/// `bytes`: pointer and size.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct Bytes<'a>(Span<'a, u8>);

impl<'a> Bytes<'a> {
    /// Borrows the bytes.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Bytes(Span::new(bytes))
    }

    /// The bytes, for as long as they are borrowed.
    pub const fn as_slice(&self) -> &'a [u8] {
        self.0.get()
    }
}

/// `string`: pointer and size of UTF-8.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct Str<'a>(Span<'a, u8>);

impl<'a> Str<'a> {
    /// Borrows the text.
    pub const fn new(text: &'a str) -> Self {
        Str(Span::new(text.as_bytes()))
    }

    /// The text, for as long as it is borrowed.
    pub const fn as_str(&self) -> &'a str {
        // SAFETY: `new` is the only constructor, and was given a `str`.
        unsafe { core::str::from_utf8_unchecked(self.0.get()) }
    }
}

init!(Bytes<'_> = Bytes::new(&[]), Str<'_> = Str::new(""));

macro_rules! text {
    ($name:ident, $target:ty, $get:ident) => {
        impl Default for $name<'_> {
            fn default() -> Self {
                Self::INIT
            }
        }

        impl<'a> From<&'a $target> for $name<'a> {
            fn from(from: &'a $target) -> Self {
                Self::new(from)
            }
        }

        impl Deref for $name<'_> {
            type Target = $target;

            fn deref(&self) -> &$target {
                self.$get()
            }
        }

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.$get().fmt(f)
            }
        }

        impl PartialEq for $name<'_> {
            fn eq(&self, other: &Self) -> bool {
                self.$get() == other.$get()
            }
        }

        impl Eq for $name<'_> {}
    };
}

text!(Bytes, [u8], as_slice);
text!(Str, str, as_str);

impl<'a> From<&'a alloc::string::String> for Str<'a> {
    fn from(text: &'a alloc::string::String) -> Self {
        Str::new(text)
    }
}

impl<'a> From<&'a alloc::vec::Vec<u8>> for Bytes<'a> {
    fn from(bytes: &'a alloc::vec::Vec<u8>) -> Self {
        Bytes::new(bytes)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Bytes<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Bytes::new(bytes)
    }
}

// ---- Optionals --------------------------------------------------------------

/// `T?` of what is neither record nor union: whether it is there, and what it
/// is. Optional records are `Option<&T>`; a union is absent when it is unset.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opt<T> {
    has: bool,
    value: T,
}

impl<T> Opt<T> {
    /// A value that is there.
    pub const fn some(value: T) -> Self {
        Opt { has: true, value }
    }

    /// A value that is there or not.
    pub(crate) const fn when(has: bool, value: T) -> Self {
        Opt { has, value }
    }

    /// The value, if it is there.
    pub const fn as_option(&self) -> Option<&T> {
        if self.has {
            Some(&self.value)
        } else {
            None
        }
    }
}

impl<T: Init> Init for Opt<T> {
    const INIT: Self = Opt { has: false, value: T::INIT };
}

impl<T: Init> Default for Opt<T> {
    fn default() -> Self {
        Self::INIT
    }
}

impl<T: Init> From<Option<T>> for Opt<T> {
    fn from(from: Option<T>) -> Self {
        from.map_or(Self::INIT, Opt::some)
    }
}

impl<T: Init> From<T> for Opt<T> {
    fn from(value: T) -> Self {
        Opt::some(value)
    }
}

/// What C programs keep of a newer schema's fields. There is none in Rust:
/// every record has a place for it, which is `None`.
#[derive(Debug)]
pub enum Unknown {}

const _: () = {
    assert!(size_of::<Str<'_>>() == 2 * size_of::<usize>());
    assert!(size_of::<Records<'_, u8>>() == 3 * size_of::<usize>());
    assert!(size_of::<Option<&Unknown>>() == size_of::<usize>());
};
