//! Showing what a view leads to: for `Debug`, and for serde.
//!
//! Views walk themselves and hand what they find to a [`Dumper`]. They are
//! unverified bytes as often as not, and few of those may stand for
//! exponentially many elements: whoever dumps such views limits the output, or
//! verifies first.

use core::fmt;

use crate::mode::Mode;
use crate::native::Bytes;
use crate::value::{Element, Fixed, Value};
use crate::view::{BitsView, BlockView, Key, MapView, VectorView};

/// What can be shown.
pub trait Dump {
    /// Hands itself to the dumper.
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error>;

    /// Whether a record leaves it out: an absent optional, an unset union.
    fn is_absent(&self) -> bool {
        false
    }
}

/// What takes one value.
pub trait Dumper: Sized {
    /// What comes of it.
    type Ok;
    /// What can go wrong.
    type Error;
    /// What takes the fields of a record or a struct.
    type Fields: DumpFields<Ok = Self::Ok, Error = Self::Error>;

    /// Takes a bool.
    fn bool(self, value: bool) -> Result<Self::Ok, Self::Error>;
    /// Takes an unsigned integer.
    fn unsigned(self, value: u64) -> Result<Self::Ok, Self::Error>;
    /// Takes a signed integer.
    fn signed(self, value: i64) -> Result<Self::Ok, Self::Error>;
    /// Takes a float of 32 bits.
    fn f32(self, value: f32) -> Result<Self::Ok, Self::Error>;
    /// Takes a float of 64 bits.
    fn f64(self, value: f64) -> Result<Self::Ok, Self::Error>;
    /// Takes text, or what ought to be.
    fn text(self, value: &[u8]) -> Result<Self::Ok, Self::Error>;
    /// Takes bytes.
    fn bytes(self, value: &[u8]) -> Result<Self::Ok, Self::Error>;
    /// Takes a name: of an enum's value, of a variant without a type.
    fn symbol(self, name: &'static str) -> Result<Self::Ok, Self::Error>;
    /// Takes what is not there.
    fn absent(self) -> Result<Self::Ok, Self::Error>;
    /// Takes a list.
    fn list<T: Dump>(self, items: impl Iterator<Item = T>) -> Result<Self::Ok, Self::Error>;
    /// Takes a map.
    fn map<K: Dump, V: Dump>(
        self,
        entries: impl Iterator<Item = (K, V)>,
    ) -> Result<Self::Ok, Self::Error>;
    /// Takes a union with a variant of a type.
    fn variant<T: Dump>(self, name: &'static str, value: T) -> Result<Self::Ok, Self::Error>;
    /// Takes a union with a later revision's variant.
    fn unknown(self, tag: u8, payload: &[u8]) -> Result<Self::Ok, Self::Error>;
    /// Takes a record or a struct.
    fn fields(self) -> Result<Self::Fields, Self::Error>;
}

/// What takes the fields of a record or a struct.
pub trait DumpFields: Sized {
    /// What comes of it.
    type Ok;
    /// What can go wrong.
    type Error;

    /// Takes a field.
    fn put<T: Dump>(&mut self, name: &'static str, value: T) -> Result<(), Self::Error>;
    /// There are no more.
    fn end(self) -> Result<Self::Ok, Self::Error>;

    /// Takes a field unless it is absent.
    fn field<T: Dump>(&mut self, name: &'static str, value: T) -> Result<(), Self::Error> {
        if value.is_absent() {
            return Ok(());
        }
        self.put(name, value)
    }
}

// ---- What can be shown ------------------------------------------------------

macro_rules! dump_scalars {
    ($($type:ty => $method:ident as $as:ty),* $(,)?) => {
        $(
            impl Dump for $type {
                fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
                    dumper.$method(<$as>::from(*self))
                }
            }
        )*
    };
}

dump_scalars!(bool => bool as bool, u8 => unsigned as u64, u16 => unsigned as u64);
dump_scalars!(u32 => unsigned as u64, u64 => unsigned as u64, i8 => signed as i64);
dump_scalars!(i16 => signed as i64, i32 => signed as i64, i64 => signed as i64);
dump_scalars!(f32 => f32 as f32, f64 => f64 as f64);

impl Dump for &str {
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        dumper.text(self.as_bytes())
    }
}

/// A string of a view that is not verified.
impl Dump for &[u8] {
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        dumper.text(self)
    }
}

impl Dump for Bytes<'_> {
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        dumper.bytes(self)
    }
}

impl<T: Dump> Dump for Option<T> {
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        match self {
            Some(value) => value.dump(dumper),
            None => dumper.absent(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Fixed, const N: usize> Dump for [T; N] {
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        dumper.list(self.iter().copied())
    }
}

impl<T: Fixed> Dump for VectorView<'_, T> {
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        dumper.list(self.iter())
    }
}

impl Dump for BitsView<'_> {
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        dumper.list(self.iter())
    }
}

impl<E: Element, M: Mode> Dump for BlockView<'_, E, M> {
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        dumper.list(self.iter())
    }
}

/// An entry by itself.
impl<K: Dump, V: Dump> Dump for (K, V) {
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        let mut fields = dumper.fields()?;
        fields.put("key", Ref(&self.0))?;
        fields.put("value", Ref(&self.1))?;
        fields.end()
    }
}

/// Shows what is borrowed.
struct Ref<'r, T>(&'r T);

impl<T: Dump> Dump for Ref<'_, T> {
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        self.0.dump(dumper)
    }
}

impl<K: Key, V: Value, M: Mode> Dump for MapView<'_, K, V, M> {
    fn dump<D: Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        dumper.map(self.iter().map(|(key, value)| (K::shown::<M>(key), value)))
    }
}

// ---- Debug ------------------------------------------------------------------

/// Writes a view as `Debug` does.
pub fn debug<T: Dump>(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    value.dump(Formatter(f))
}

struct Debug<T>(T);

impl<T: Dump> fmt::Debug for Debug<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(&self.0, f)
    }
}

struct Formatter<'f, 'g>(&'f mut fmt::Formatter<'g>);

struct FormatterFields<'f, 'g>(fmt::DebugMap<'f, 'g>);

/// A name without quotation marks.
struct Symbol(&'static str);

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl<'f, 'g> Dumper for Formatter<'f, 'g> {
    type Ok = ();
    type Error = fmt::Error;
    type Fields = FormatterFields<'f, 'g>;

    fn bool(self, value: bool) -> fmt::Result {
        fmt::Debug::fmt(&value, self.0)
    }

    fn unsigned(self, value: u64) -> fmt::Result {
        fmt::Debug::fmt(&value, self.0)
    }

    fn signed(self, value: i64) -> fmt::Result {
        fmt::Debug::fmt(&value, self.0)
    }

    fn f32(self, value: f32) -> fmt::Result {
        fmt::Debug::fmt(&value, self.0)
    }

    fn f64(self, value: f64) -> fmt::Result {
        fmt::Debug::fmt(&value, self.0)
    }

    fn text(self, value: &[u8]) -> fmt::Result {
        match core::str::from_utf8(value) {
            Ok(text) => fmt::Debug::fmt(text, self.0),
            Err(_) => write!(self.0, "b\"{}\"", value.escape_ascii()),
        }
    }

    fn bytes(self, value: &[u8]) -> fmt::Result {
        write!(self.0, "b\"{}\"", value.escape_ascii())
    }

    fn symbol(self, name: &'static str) -> fmt::Result {
        self.0.write_str(name)
    }

    fn absent(self) -> fmt::Result {
        self.0.write_str("None")
    }

    fn list<T: Dump>(self, items: impl Iterator<Item = T>) -> fmt::Result {
        self.0.debug_list().entries(items.map(Debug)).finish()
    }

    fn map<K: Dump, V: Dump>(self, entries: impl Iterator<Item = (K, V)>) -> fmt::Result {
        self.0.debug_map().entries(entries.map(|(k, v)| (Debug(k), Debug(v)))).finish()
    }

    fn variant<T: Dump>(self, name: &'static str, value: T) -> fmt::Result {
        self.0.debug_tuple(name).field(&Debug(value)).finish()
    }

    fn unknown(self, tag: u8, payload: &[u8]) -> fmt::Result {
        write!(self.0, "?{tag}(b\"{}\")", payload.escape_ascii())
    }

    fn fields(self) -> Result<FormatterFields<'f, 'g>, fmt::Error> {
        Ok(FormatterFields(self.0.debug_map()))
    }
}

impl DumpFields for FormatterFields<'_, '_> {
    type Ok = ();
    type Error = fmt::Error;

    fn put<T: Dump>(&mut self, name: &'static str, value: T) -> fmt::Result {
        self.0.entry(&Symbol(name), &Debug(value));
        Ok(())
    }

    fn end(mut self) -> fmt::Result {
        self.0.finish()
    }
}
