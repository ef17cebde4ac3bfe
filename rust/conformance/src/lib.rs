//! What the tests of the Rust crates share: the schemas of the repository's
//! tests, compiled, and everything that can be asked of one of their records.

#[allow(missing_docs)]
pub mod schemas {
    include!(concat!(env!("OUT_DIR"), "/inlay.rs"));
}

pub mod raw;
pub mod rng;
pub mod roots;
pub mod vectors;

pub use roots::{root, Root, ROOTS};

/// The repository's `tests/`.
pub fn tests_dir() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}
