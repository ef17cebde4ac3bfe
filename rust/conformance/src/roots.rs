//! Everything that can be asked of a record, by name.

use bumpalo::Bump;
use inlay::generated::Dump;
use inlay::{Error, Lend, Message, Options};

use crate::schemas;

/// One record of a schema.
pub struct Root {
    /// The schema's file, without `.inlay`.
    pub schema: &'static str,
    /// The record.
    pub name: &'static str,
    /// Verifies: by C, where that is on.
    pub verify: fn(&[u8], Options) -> Result<(), Error>,
    /// Verifies in Rust.
    pub verify_pure: fn(&[u8], Options) -> Result<(), Error>,
    /// A message that verifies, as JSON.
    pub json: fn(&[u8]) -> Result<String, Error>,
    /// Any bytes, as JSON.
    pub raw_json: fn(&[u8]) -> String,
    /// What is read from any bytes, within so many tokens, as a checksum.
    pub raw: fn(&[u8], u64) -> u64,
    /// The same by C.
    #[cfg(feature = "c")]
    pub c_raw: fn(&[u8], u64) -> u64,
    /// A message that verifies, as JSON by C.
    #[cfg(feature = "c")]
    pub c_json: fn(&[u8], &mut Vec<u8>),
    /// A message that verifies, decoded and encoded again; by C, where that
    /// is on.
    pub again: fn(&[u8]) -> Result<Vec<u8>, Error>,
    /// The same by one call into a buffer of that size.
    pub again_into: fn(&[u8], usize) -> Result<Vec<u8>, Error>,
    /// The same in Rust.
    pub again_pure: fn(&[u8]) -> Result<Vec<u8>, Error>,
    /// The size that this comes to.
    pub size: fn(&[u8]) -> Result<usize, Error>,
}

/// Arrays of native structs.
struct Arena<'a>(&'a Bump);

impl<'a> Lend<'a> for Arena<'a> {
    fn lend<T: Copy + 'a>(&self, items: Vec<T>) -> &'a [T] {
        self.0.alloc_slice_copy(&items)
    }
}

/// A view as JSON.
fn to_json<T: Dump>(view: T) -> String {
    let mut text = Vec::new();
    let mut serializer = serde_json::Serializer::new(&mut text);
    inlay::generated::serialize(&view, &mut serializer).expect("memory can be written");
    String::from_utf8(text).expect("JSON is UTF-8")
}

/// A message as JSON by C; `text` is empty when C refuses it.
#[cfg(feature = "c")]
fn c_json<R: Message>(message: &[u8], text: &mut Vec<u8>) {
    extern "C" {
        fn conformance_json(
            desc: *const inlay::sys::RecordDesc,
            data: *const u8,
            data_size: usize,
            text: *mut u8,
            capacity: usize,
            size: *mut usize,
        ) -> i32;
    }
    let mut size = 0;
    text.clear();
    text.reserve(1 << 20);
    // SAFETY: C reads the message, and writes no more than the capacity.
    let status = unsafe {
        let (data, to) = (message.as_ptr(), text.as_mut_ptr());
        conformance_json(R::DESC, data, message.len(), to, text.capacity(), &mut size)
    };
    if status == 0 {
        // SAFETY: C has written that many.
        unsafe { text.set_len(size) };
    }
}

/// What C's clamped accessors read.
#[cfg(feature = "c")]
fn c_raw<R: Message>(bytes: &[u8], budget: u64) -> u64 {
    extern "C" {
        fn conformance_raw(
            desc: *const inlay::sys::RecordDesc,
            data: *const u8,
            size: usize,
            budget: u64,
        ) -> u64;
    }
    // SAFETY: C reads the bytes, whatever they are, and no others.
    unsafe { conformance_raw(R::DESC, bytes.as_ptr(), bytes.len(), budget) }
}

macro_rules! roots {
    ($($module:ident { $($name:ident)* })*) => {
        /// All records.
        pub const ROOTS: &[Root] = &[$($(Root {
            schema: stringify!($module),
            name: stringify!($name),
            verify: |bytes, options| {
                schemas::$module::$name::verify_with(bytes, options).map(drop)
            },
            verify_pure: |bytes, options| {
                schemas::$module::$name::verify_pure(bytes, options).map(drop)
            },
            json: |bytes| schemas::$module::$name::verify(bytes).map(to_json),
            raw_json: |bytes| to_json(schemas::$module::$name::open(bytes)),
            raw: |bytes, budget| crate::raw::raw(schemas::$module::$name::open(bytes), budget),
            #[cfg(feature = "c")]
            c_raw: c_raw::<schemas::$module::$name<'_>>,
            #[cfg(feature = "c")]
            c_json: c_json::<schemas::$module::$name<'_>>,
            again: |bytes| {
                let view = schemas::$module::$name::verify(bytes)?;
                let bump = Bump::new();
                schemas::$module::$name::native(view, &Arena(&bump)).encode()
            },
            again_into: |bytes, size| {
                let view = schemas::$module::$name::verify(bytes)?;
                let bump = Bump::new();
                let mut buffer = vec![0xa5; size];
                let native = schemas::$module::$name::native(view, &Arena(&bump));
                let size = native.encode_into(&mut buffer)?;
                buffer.truncate(size);
                Ok(buffer)
            },
            again_pure: |bytes| {
                let view = schemas::$module::$name::verify(bytes)?;
                let bump = Bump::new();
                schemas::$module::$name::native(view, &Arena(&bump)).encode_pure()
            },
            size: |bytes| {
                let view = schemas::$module::$name::verify(bytes)?;
                let bump = Bump::new();
                schemas::$module::$name::native(view, &Arena(&bump)).encoded_size()
            },
        },)*)*];
    };
}

roots! {
    scalars { Scalars Optionals Empty OnlySlot }
    nested { Tree Pair Bag Hollow }
    aligned { Batch }
    evo1 { Rec Part }
    evo2 { Rec Part }
    more { Big Ordered Inner Sparse }
    pin { Lists Deep Opt Al Req Seven Pre Ens }
    wide { Wides Wide }
    everything {
        Hollow Scalars Defaults Optionals Sparse Aligned Lists Maps Required Tree Router Ordinal Old
        Keywords
    }
}

/// Finds a record.
pub fn root(schema: &str, name: &str) -> &'static Root {
    ROOTS
        .iter()
        .find(|root| root.schema == schema && root.name == name)
        .unwrap_or_else(|| panic!("no record {name} in {schema}"))
}
