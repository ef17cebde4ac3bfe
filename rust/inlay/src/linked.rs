//! Encoding and verifying by the C library: the only calls that leave Rust.

use alloc::vec::Vec;
use core::ffi::c_void;
use core::ffi::CStr;
use core::mem::MaybeUninit;

use inlay_sys as sys;

use crate::error::{Error, Status};
use crate::message::Message;
use crate::verify::Options;

/// `inlay_status (*)(const record *, void *, size_t, size_t *, inlay_error *)`.
pub type Encode = unsafe extern "C" fn(
    *const c_void,
    *mut c_void,
    usize,
    *mut usize,
    *mut sys::Error,
) -> sys::Status;

/// `inlay_status (*)(const record *, inlay_encoder *, size_t *)`.
pub type Measure =
    unsafe extern "C" fn(*const c_void, *mut sys::Encoder, *mut usize) -> sys::Status;

/// `inlay_status (*)(const record *, inlay_encoder *, void *, size_t)`.
pub type Write =
    unsafe extern "C" fn(*const c_void, *mut sys::Encoder, *mut c_void, usize) -> sys::Status;

/// Where the C functions of a record are.
///
/// Implemented by generated code only, which has asked the C compiler whether
/// the record's layout is C's. Elsewhere it would be `unsafe`: the functions
/// must be those of a C record that lies in memory as `Self` does, and the
/// descriptor must be that record's.
pub trait Linked {
    /// `_encode`.
    #[doc(hidden)]
    const ENCODE: Encode;

    /// `_measure`.
    #[doc(hidden)]
    const MEASURE: Measure;

    /// `_write`.
    #[doc(hidden)]
    const WRITE: Write;

    /// `_desc`.
    #[doc(hidden)]
    const DESC: *const sys::RecordDesc;
}

/// Names the C functions of the records of a schema.
///
/// The block is declared here, not in generated code, so that this crate's
/// edition decides how it is spelled.
#[doc(hidden)]
#[macro_export]
macro_rules! link_c {
    ($($name:ident: $encode:ident, $measure:ident, $write:ident, $desc:ident;)*) => {
        extern "C" {
            $(
                fn $encode(
                    record: *const core::ffi::c_void,
                    buffer: *mut core::ffi::c_void,
                    capacity: usize,
                    size: *mut usize,
                    error: *mut $crate::sys::Error,
                ) -> $crate::sys::Status;

                fn $measure(
                    record: *const core::ffi::c_void,
                    encoder: *mut $crate::sys::Encoder,
                    size: *mut usize,
                ) -> $crate::sys::Status;

                fn $write(
                    record: *const core::ffi::c_void,
                    encoder: *mut $crate::sys::Encoder,
                    buffer: *mut core::ffi::c_void,
                    capacity: usize,
                ) -> $crate::sys::Status;

                static $desc: $crate::sys::RecordDesc;
            )*
        }

        $(
            impl $crate::generated::Linked for $name<'_> {
                const ENCODE: $crate::generated::Encode = $encode;
                const MEASURE: $crate::generated::Measure = $measure;
                const WRITE: $crate::generated::Write = $write;
                const DESC: *const $crate::sys::RecordDesc = &raw const $desc;
            }
        )*
    };
}

/// What C made of a call that returned `status`, which is not 0.
///
/// # Safety
///
/// C has filled the error in.
#[cold]
unsafe fn error(status: Status, from: *const sys::Error) -> Error {
    // SAFETY: the path of an error that C filled in ends with a zero.
    let (offset, path) =
        unsafe { ((*from).offset, CStr::from_ptr((&raw const (*from).path).cast())) };
    let offset = (offset != sys::NO_OFFSET).then_some(offset);
    Error::with_path(status, offset, path.to_str().unwrap_or(""))
}

/// One call: C brings its own tape.
pub(crate) fn encode_into<R: Message>(record: &R, buffer: &mut [u8]) -> Result<usize, Error> {
    let mut size = 0;
    let mut failure = MaybeUninit::<sys::Error>::uninit();
    let record: *const R = record;
    let (room, capacity) = (buffer.as_mut_ptr().cast(), buffer.len());
    // SAFETY: `Linked` promises that the function takes such a record; what
    // the record points to is borrowed by it, and C only reads it. C writes
    // no more than the capacity, and the error when it fails.
    unsafe {
        let status = R::ENCODE(record.cast(), room, capacity, &mut size, failure.as_mut_ptr());
        match Status::from_number(status) {
            None => Ok(size),
            Some(status) => Err(error(status, failure.as_ptr())),
        }
    }
}

/// C's encoder, with its tape on our stack and on the heap beyond that.
struct Tape {
    encoder: MaybeUninit<sys::Encoder>,
    tape: MaybeUninit<[u8; 512]>,
}

impl Tape {
    /// Starts the encoder where it stays from now on.
    fn init(&mut self) -> *mut sys::Encoder {
        let (encoder, tape) = (self.encoder.as_mut_ptr(), self.tape.as_mut_ptr());
        // SAFETY: both are ours, and neither moves before `drop`.
        unsafe {
            sys::inlay_encoder_init(encoder, tape.cast(), 512, &raw const sys::inlay_alloc_heap);
        }
        encoder
    }
}

/// Encodes into memory of the exact size, which is not cleared before.
pub(crate) fn encode<R: Message>(record: &R) -> Result<Vec<u8>, Error> {
    let mut tape = Tape { encoder: MaybeUninit::uninit(), tape: MaybeUninit::uninit() };
    let encoder = tape.init();
    let record: *const R = record;
    let mut size = 0;
    let mut message: Vec<u8> = Vec::new();
    // SAFETY: as in `encode_into`; the encoder has been started, keeps the
    // error of what fails, and is released whatever happens, since nothing
    // in between unwinds but running out of memory, which aborts.
    unsafe {
        let mut status = R::MEASURE(record.cast(), encoder, &mut size);
        if status == 0 {
            message.reserve_exact(size);
            status = R::WRITE(record.cast(), encoder, message.as_mut_ptr().cast(), size);
        }
        let result = match Status::from_number(status) {
            None => {
                message.set_len(size);
                Ok(message)
            }
            Some(status) => Err(error(status, &raw const (*encoder).error)),
        };
        sys::inlay_encoder_release(encoder);
        result
    }
}

pub(crate) fn verify<R: Message>(bytes: &[u8], options: Options) -> Result<(), Error> {
    let options =
        sys::VerifyOptions { depth_limit: options.depth_limit, canonical: options.canonical };
    let mut failure = MaybeUninit::<sys::Error>::uninit();
    let data = bytes.as_ptr().cast();
    // SAFETY: `Linked` promises the descriptor; the bytes are borrowed, so
    // nobody writes them meanwhile; C fills the error in when it fails.
    unsafe {
        let status =
            sys::inlay_verify_with(R::DESC, data, bytes.len(), &options, failure.as_mut_ptr());
        match Status::from_number(status) {
            None => Ok(()),
            Some(status) => Err(error(status, failure.as_ptr())),
        }
    }
}
