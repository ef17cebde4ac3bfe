//! The C runtime of Inlay: what it takes to call generated C from Rust.
//!
//! The library is built by `cc` from the sources in this crate; there is no
//! bindgen and nothing to install. The declarations below are written by hand.
//! They and the C headers check each other: `layout.c` beside this file, which
//! is built into the library, asserts in C what is asserted here.
//!
//! Use the crate `inlay`; this one is for those who call C themselves. Build
//! scripts of crates that depend on it find the headers in `DEP_INLAY_INCLUDE`.
#![no_std]

use core::ffi::{c_char, c_int, c_void};

/// Bytes of a path in an error, its terminator among them.
pub const PATH_SIZE: usize = 200;

/// The offset of an error that has no place.
pub const NO_OFFSET: u64 = u64::MAX;

/// How deep blocks nest where nothing else is said.
pub const DEPTH_LIMIT: u32 = 64;

/// `inlay_status`: 0 is success; the others are in `inlay/base.h`.
pub type Status = c_int;

/// `inlay_error`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Error {
    /// What went wrong.
    pub status: Status,
    /// Bytes from the start of the message, or [`NO_OFFSET`].
    pub offset: u64,
    /// From 1, for JSON text only.
    pub line: u32,
    /// From 1, in bytes, for JSON text only.
    pub column: u32,
    /// The path of the field, terminated.
    pub path: [c_char; PATH_SIZE],
}

/// `inlay_verify_options`; all zero is what `inlay_verify` does.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct VerifyOptions {
    /// How deep blocks may nest; 0 is [`DEPTH_LIMIT`].
    pub depth_limit: u32,
    /// Whether the message must be the one canonical encoding.
    pub canonical: bool,
}

/// `inlay_record_desc`, which generated C defines: only its address is used.
#[repr(C)]
pub struct RecordDesc {
    opaque: [u8; 0],
}

/// `inlay_encoder`: the tape between the two passes of encoding.
///
/// Made by `inlay_encoder_init`, freed by `inlay_encoder_release`. Nothing but
/// `error` is for others.
#[repr(C)]
pub struct Encoder {
    tape: *mut u8,
    tape_size: usize,
    tape_count: usize,
    tape_next: usize,
    alloc: *const Alloc,
    message: *const u8,
    measured: u64,
    depth: u32,
    depth_limit: u32,
    tape_owned: bool,
    bad_text: bool,
    trap: *const c_void,
    trapped: Error,
    tape_kept: usize,
    /// Of the last call that failed.
    pub error: Error,
}

/// `inlay_alloc`: where memory comes from.
#[repr(C)]
pub struct Alloc {
    resize: unsafe extern "C" fn(*mut c_void, *mut c_void, usize, usize) -> *mut c_void,
    context: *mut c_void,
}

extern "C" {
    /// `malloc`, `realloc` and `free`.
    pub static inlay_alloc_heap: Alloc;
    /// Starts an encoder on a tape, which must outlive it.
    pub fn inlay_encoder_init(
        encoder: *mut Encoder,
        tape: *mut c_void,
        tape_size: usize,
        alloc: *const Alloc,
    );
    /// Frees a tape that came from the allocator.
    pub fn inlay_encoder_release(encoder: *mut Encoder);
    /// The sentence of a status.
    pub fn inlay_status_text(status: Status) -> *const c_char;
    /// The name of a status.
    pub fn inlay_status_name(status: Status) -> *const c_char;
    /// Verifies that the bytes are a message of the record.
    pub fn inlay_verify_with(
        desc: *const RecordDesc,
        data: *const c_void,
        size: usize,
        options: *const VerifyOptions,
        error: *mut Error,
    ) -> Status;
    /// Whether the bytes are UTF-8.
    pub fn inlay_utf8_valid(data: *const c_void, size: usize) -> bool;
}

const _: () = {
    assert!(size_of::<Error>() == 224);
    assert!(core::mem::offset_of!(Error, offset) == 8);
    assert!(core::mem::offset_of!(Error, line) == 16);
    assert!(core::mem::offset_of!(Error, column) == 20);
    assert!(core::mem::offset_of!(Error, path) == 24);
    assert!(size_of::<VerifyOptions>() == 8);
};

#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<Encoder>() == 536);
    assert!(core::mem::offset_of!(Encoder, measured) == 48);
    assert!(core::mem::offset_of!(Encoder, trapped) == 80);
    assert!(core::mem::offset_of!(Encoder, error) == 312);
    assert!(size_of::<Alloc>() == 16);
};
