//! Views as serde sees them, by the rules that FORMAT.md has for JSON: what is
//! absent is left out, enums are names, and for formats that people read bytes
//! are base64 and floats without a number are words.

use alloc::format;
use alloc::string::String;

use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use crate::dump::{Dump, DumpFields, Dumper};
use crate::mode::Mode;
use crate::native::Bytes;
use crate::value::{Element, Fixed, Value};
use crate::view::{BitsView, BlockView, Key, MapView, VectorView};

/// Serializes a view.
pub fn serialize<T: Dump, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.dump(SerdeDumper(serializer))
}

struct AsSerde<T>(T);

impl<T: Dump> Serialize for AsSerde<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.0, serializer)
    }
}

struct SerdeDumper<S>(S);

struct SerdeFields<M>(M);

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte));
        let word = word << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let known = digit <= chunk.len();
            let index = (word >> (18 - 6 * digit) & 63) as usize;
            text.push(if known { DIGITS[index] as char } else { '=' });
        }
    }
    text
}

/// The word for a float that is no number, whose bits are `hex`.
fn float_word(value: f64, is_plain_nan: bool, hex: String) -> Option<String> {
    if value.is_nan() {
        let plain = String::from("NaN");
        return Some(if is_plain_nan { plain } else { plain + ":" + &hex });
    }
    let word = if value < 0.0 { "-Infinity" } else { "Infinity" };
    value.is_infinite().then(|| String::from(word))
}

impl<S: Serializer> Dumper for SerdeDumper<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type Fields = SerdeFields<S::SerializeMap>;

    fn bool(self, value: bool) -> Result<S::Ok, S::Error> {
        self.0.serialize_bool(value)
    }

    fn unsigned(self, value: u64) -> Result<S::Ok, S::Error> {
        self.0.serialize_u64(value)
    }

    fn signed(self, value: i64) -> Result<S::Ok, S::Error> {
        self.0.serialize_i64(value)
    }

    fn f32(self, value: f32) -> Result<S::Ok, S::Error> {
        let bits = value.to_bits();
        match float_word(value.into(), bits == 0x7fc0_0000, format!("{bits:08x}")) {
            Some(word) if self.0.is_human_readable() => self.0.serialize_str(&word),
            _ => self.0.serialize_f32(value),
        }
    }

    fn f64(self, value: f64) -> Result<S::Ok, S::Error> {
        let bits = value.to_bits();
        match float_word(value, bits == 0x7ff8_0000_0000_0000, format!("{bits:016x}")) {
            Some(word) if self.0.is_human_readable() => self.0.serialize_str(&word),
            _ => self.0.serialize_f64(value),
        }
    }

    fn text(self, value: &[u8]) -> Result<S::Ok, S::Error> {
        self.0.serialize_str(&String::from_utf8_lossy(value))
    }

    fn bytes(self, value: &[u8]) -> Result<S::Ok, S::Error> {
        if self.0.is_human_readable() {
            return self.0.serialize_str(&base64(value));
        }
        self.0.serialize_bytes(value)
    }

    fn symbol(self, name: &'static str) -> Result<S::Ok, S::Error> {
        self.0.serialize_str(name)
    }

    fn absent(self) -> Result<S::Ok, S::Error> {
        self.0.serialize_none()
    }

    fn list<T: Dump>(self, items: impl Iterator<Item = T>) -> Result<S::Ok, S::Error> {
        self.0.collect_seq(items.map(AsSerde))
    }

    fn map<K: Dump, V: Dump>(
        self,
        entries: impl Iterator<Item = (K, V)>,
    ) -> Result<S::Ok, S::Error> {
        self.0.collect_map(entries.map(|(key, value)| (AsSerde(key), AsSerde(value))))
    }

    fn variant<T: Dump>(self, name: &'static str, value: T) -> Result<S::Ok, S::Error> {
        let mut one = self.0.serialize_struct("", 1)?;
        one.serialize_field(name, &AsSerde(value))?;
        one.end()
    }

    fn unknown(self, tag: u8, payload: &[u8]) -> Result<S::Ok, S::Error> {
        let mut one = self.0.serialize_map(Some(1))?;
        one.serialize_entry(&format!("?{tag}"), &AsSerde(Bytes::new(payload)))?;
        one.end()
    }

    fn fields(self) -> Result<SerdeFields<S::SerializeMap>, S::Error> {
        self.0.serialize_map(None).map(SerdeFields)
    }
}

impl<M: SerializeMap> DumpFields for SerdeFields<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn put<T: Dump>(&mut self, name: &'static str, value: T) -> Result<(), M::Error> {
        self.0.serialize_entry(name, &AsSerde(value))
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}

impl<E: Element, M: Mode> Serialize for BlockView<'_, E, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<K: Key, V: Value, M: Mode> Serialize for MapView<'_, K, V, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<T: Fixed> Serialize for VectorView<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl Serialize for BitsView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}
