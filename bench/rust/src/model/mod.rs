//! The data sets as every crate wants them: plain Rust, with all derives.
//!
//! What holds texts is there twice, once as `String`s and once, in a module
//! `borrowed`, as `&str`s that stay in the message. The values are made by the
//! C suite's generators ([`c`]); [`crate::harness::gate`] proves by known sizes
//! that they arrived.

pub mod c;
pub mod log;
pub mod mesh;
pub mod minecraft;
pub mod mk48;

/// Types that hold no texts, which all crates share.
macro_rules! plain {
    ($($item:tt)*) => {
        #[derive(
            Clone, Copy, Debug, PartialEq,
            serde::Serialize, serde::Deserialize,
            bincode::Encode, bincode::Decode,
            bitcode::Encode, bitcode::Decode,
            borsh::BorshSerialize, borsh::BorshDeserialize,
            rkyv::Archive, rkyv::Serialize, rkyv::Deserialize,
            wincode::SchemaWrite, wincode::SchemaRead,
            zerompk::ToMessagePack, zerompk::FromMessagePack,
        )]
        $($item)*
    };
}
pub(crate) use plain;

/// Calls a macro that declares types with `String`s.
macro_rules! owned {
    ($types:ident) => {
        $types! {
            [
                #[derive(
                    Clone, Debug, PartialEq,
                    serde::Serialize, serde::Deserialize,
                    bincode::Encode, bincode::Decode,
                    bitcode::Encode, bitcode::Decode,
                    borsh::BorshSerialize, borsh::BorshDeserialize,
                    rkyv::Archive, rkyv::Serialize, rkyv::Deserialize,
                    wincode::SchemaWrite, wincode::SchemaRead,
                    zerompk::ToMessagePack, zerompk::FromMessagePack,
                )]
            ] [String] []
        }
    };
}
pub(crate) use owned;

/// Calls it once more, with `&str`s, which are only read.
macro_rules! borrowed {
    ($types:ident) => {
        /// The same, with texts that stay in the message.
        pub mod borrowed {
            use super::*;

            $types! {
                [
                    #[derive(
                        serde::Deserialize,
                        bincode::BorrowDecode,
                        bitcode::Decode,
                        wincode::SchemaRead,
                        zerompk::FromMessagePack,
                    )]
                    #[serde(bound(deserialize = "'de: 'a"))]
                ] [&'a str] [<'a>]
            }
        }
    };
}
pub(crate) use borrowed;
