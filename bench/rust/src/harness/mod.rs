//! Checking, timing, counting, writing results.

pub mod alloc;
pub mod c;
pub mod case;
pub mod compress;
pub mod gate;
pub mod measure;
pub mod options;
pub mod result;
