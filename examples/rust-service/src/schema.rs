//! What the schema compiler makes of `shop.inlay`.
#![allow(missing_docs)]

include!(concat!(env!("OUT_DIR"), "/inlay.rs"));
