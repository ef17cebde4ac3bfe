//! What views read from any bytes, as a checksum: `raw.c` beside this file does
//! the same with C's, and both must come to the same.

use inlay::generated::{Dump, DumpFields, Dumper};

/// The tokens, as `raw.c` has them.
#[derive(Clone, Copy)]
enum Token {
    Bool = 1,
    Unsigned,
    Signed,
    F32,
    F64,
    Text,
    Bytes,
    Symbol,
    Absent,
    List,
    Map,
    Variant,
    Unknown,
    Fields,
    Name,
    End,
}

/// No token is left.
struct Spent;

struct State {
    hash: u64,
    budget: u64,
}

impl State {
    fn fold(&mut self, value: u64) {
        self.hash = (self.hash ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.hash ^= self.hash >> 29;
    }

    fn token(&mut self, token: Token) -> Result<(), Spent> {
        self.budget = self.budget.checked_sub(1).ok_or(Spent)?;
        self.fold(token as u64);
        Ok(())
    }

    fn word(&mut self, token: Token, value: u64) -> Result<(), Spent> {
        self.token(token)?;
        self.fold(value);
        Ok(())
    }

    fn bytes(&mut self, token: Token, bytes: &[u8]) -> Result<(), Spent> {
        self.word(token, bytes.len() as u64)?;
        bytes.iter().for_each(|byte| self.fold((*byte).into()));
        Ok(())
    }
}

/// The checksum of what a view leads to, within so many tokens.
pub fn raw<T: Dump>(view: T, budget: u64) -> u64 {
    let mut state = State { hash: 0, budget };
    let _ = view.dump(Hasher(&mut state));
    state.hash
}

struct Hasher<'s>(&'s mut State);

struct HasherFields<'s>(&'s mut State);

impl<'s> Dumper for Hasher<'s> {
    type Ok = ();
    type Error = Spent;
    type Fields = HasherFields<'s>;

    fn bool(self, value: bool) -> Result<(), Spent> {
        self.0.word(Token::Bool, value.into())
    }

    fn unsigned(self, value: u64) -> Result<(), Spent> {
        self.0.word(Token::Unsigned, value)
    }

    fn signed(self, value: i64) -> Result<(), Spent> {
        self.0.word(Token::Signed, value as u64)
    }

    fn f32(self, value: f32) -> Result<(), Spent> {
        self.0.word(Token::F32, value.to_bits().into())
    }

    fn f64(self, value: f64) -> Result<(), Spent> {
        self.0.word(Token::F64, value.to_bits())
    }

    fn text(self, value: &[u8]) -> Result<(), Spent> {
        self.0.bytes(Token::Text, value)
    }

    fn bytes(self, value: &[u8]) -> Result<(), Spent> {
        self.0.bytes(Token::Bytes, value)
    }

    fn symbol(self, name: &'static str) -> Result<(), Spent> {
        self.0.bytes(Token::Symbol, name.as_bytes())
    }

    fn absent(self) -> Result<(), Spent> {
        self.0.token(Token::Absent)
    }

    fn list<T: Dump>(self, items: impl Iterator<Item = T>) -> Result<(), Spent> {
        self.0.token(Token::List)?;
        for item in items {
            item.dump(Hasher(self.0))?;
        }
        self.0.token(Token::End)
    }

    fn map<K: Dump, V: Dump>(self, entries: impl Iterator<Item = (K, V)>) -> Result<(), Spent> {
        self.0.token(Token::Map)?;
        for (key, value) in entries {
            key.dump(Hasher(self.0))?;
            value.dump(Hasher(self.0))?;
        }
        self.0.token(Token::End)
    }

    fn variant<T: Dump>(self, name: &'static str, value: T) -> Result<(), Spent> {
        self.0.bytes(Token::Variant, name.as_bytes())?;
        value.dump(Hasher(self.0))
    }

    fn unknown(self, tag: u8, payload: &[u8]) -> Result<(), Spent> {
        self.0.word(Token::Unknown, tag.into())?;
        self.0.bytes(Token::Bytes, payload)
    }

    fn fields(self) -> Result<HasherFields<'s>, Spent> {
        self.0.token(Token::Fields)?;
        Ok(HasherFields(self.0))
    }
}

impl DumpFields for HasherFields<'_> {
    type Ok = ();
    type Error = Spent;

    fn put<T: Dump>(&mut self, name: &'static str, value: T) -> Result<(), Spent> {
        self.0.bytes(Token::Name, name.as_bytes())?;
        value.dump(Hasher(self.0))
    }

    fn end(self) -> Result<(), Spent> {
        self.0.token(Token::End)
    }
}
