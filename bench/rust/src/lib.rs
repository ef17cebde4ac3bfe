//! Rust crates that serialize, beside each other in one process.
//!
//! - [`set`]: the data sets, [`model`]: their values, [`sum`]: what reading
//!   them comes to;
//! - [`codecs`]: how each crate is called;
//! - [`harness`]: the gate, the timing, the result file of `bench/RESULT.md`.
//!
//! `benches/interleaved.rs` and `benches/suite.rs` time it.

include!(concat!(env!("OUT_DIR"), "/inlay.rs"));

pub mod codecs;
pub mod harness;
pub mod model;
pub mod set;
pub mod sum;
