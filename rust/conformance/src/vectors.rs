//! The format's test vectors.

use serde::Deserialize;
use serde_json::Value;

use crate::{root, tests_dir, Root};

/// Bytes, and what is to be thought of them.
pub struct Vector {
    /// `valid`, `read` or `invalid`.
    pub kind: &'static str,
    /// Where it is in its list.
    pub index: usize,
    /// The record.
    pub root: &'static Root,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they read as, unless they are invalid.
    pub json: Value,
}

impl Vector {
    /// What it is called in messages.
    pub fn name(&self) -> String {
        format!("{}[{}] {}.{}", self.kind, self.index, self.root.schema, self.root.name)
    }
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).expect("hex") as u8;
    hex.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

fn string<'v>(entry: &'v Value, name: &str) -> &'v str {
    entry[name].as_str().expect("a string")
}

/// Parses JSON of any depth.
pub fn parse(text: &[u8]) -> Value {
    let mut parser = serde_json::Deserializer::from_slice(text);
    parser.disable_recursion_limit();
    Value::deserialize(&mut parser).expect("it is JSON")
}

/// All of them; none under Miri, which is too slow to parse so much text.
pub fn all() -> Vec<Vector> {
    if cfg!(miri) {
        return Vec::new();
    }
    let path = tests_dir().join("vectors/vectors.json");
    let text = std::fs::read_to_string(path).expect("the vectors are there");
    let lists = parse(text.as_bytes());
    let mut vectors = Vec::new();
    for kind in ["valid", "read", "invalid"] {
        for (index, entry) in lists[kind].as_array().expect("a list").iter().enumerate() {
            let schema = string(entry, "schema").trim_end_matches(".inlay");
            vectors.push(Vector {
                kind,
                index,
                root: root(schema, string(entry, "root")),
                bytes: from_hex(string(entry, "hex")),
                json: entry["json"].clone(),
            });
        }
    }
    vectors
}

/// Whether two JSON values are one: numbers by value, the sign of zero too.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || a.as_f64().map(f64::to_bits) == b.as_f64().map(f64::to_bits)
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(k, v)| b.get(k).is_some_and(|w| same(v, w)))
        }
        _ => a == b,
    }
}
