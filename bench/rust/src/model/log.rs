//! "log": lines of a web server's log.

use super::{borrowed, owned, plain};
use crate::set::root;
use crate::sum::visit;

plain! {
    /// An IPv4 address.
    pub struct Address {
        pub x0: u8,
        pub x1: u8,
        pub x2: u8,
        pub x3: u8,
    }
}

macro_rules! types {
    ([$($derive:tt)*] [$($text:tt)*] [$($life:tt)*]) => {
        /// One request.
        $($derive)*
        pub struct Log $($life)* {
            pub address: Address,
            pub identity: $($text)*,
            pub userid: $($text)*,
            pub date: $($text)*,
            pub request: $($text)*,
            pub code: u16,
            pub size: u64,
        }

        /// The root.
        $($derive)*
        pub struct Logs $($life)* {
            pub logs: Vec<Log $($life)*>,
        }

        visit_log!(field [$($life)*] Log $($life)*);
        visit!(field [$($life)*] Logs $($life)* { records: logs; });
        root!(field [$($life)*] Logs $($life)*, logs, |log| log.size);
    };
}

/// The values of a log, however they are got at.
macro_rules! visit_log {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* {
            scalars: address, code, size;
            texts: identity, userid, date, request;
        });
    };
}
pub(crate) use visit_log;

/// The values of an address.
macro_rules! visit_address {
    ($($what:tt)*) => {
        $crate::sum::visit!($($what)* { scalars: x0, x1, x2, x3; });
    };
}
pub(crate) use visit_address;

visit_address!(field [] Address);
owned!(types);
borrowed!(types);
