//! The data sets, and what reading them comes to.

use std::sync::OnceLock;

use crate::model::{self, c};
use crate::sum::Visit;

/// The root of a data set, in whatever holds it: structs, an archive, a view.
pub trait Root: Visit {
    /// One number of one record, which `read_one` reads and `update` writes.
    fn one(&self, index: usize) -> u64;

    /// All values of each tenth record.
    fn tenth(&self) -> u64;
}

impl<T: Visit> Visit for &T {
    #[inline(always)]
    fn visit<S: crate::sum::Sink>(&self, sink: &mut S) {
        (**self).visit(sink);
    }
}

impl<T: Root> Root for &T {
    #[inline(always)]
    fn one(&self, index: usize) -> u64 {
        (**self).one(index)
    }

    #[inline(always)]
    fn tenth(&self) -> u64 {
        (**self).tenth()
    }
}

/// The root that a type is: its list of records, how one of them is got, and
/// which number of it is read and updated.
///
/// In brackets are the generics of the implementation.
macro_rules! root {
    ([$($generics:tt)*] $type:ty,
     |$root:ident| $list:expr, |$all:ident, $index:ident| $record:expr, |$x:ident| $one:expr) => {
        impl $($generics)* $crate::set::Root for $type {
            #[inline(always)]
            fn one(&self, index: usize) -> u64 {
                let ($root, $index) = (self, index);
                let $all = $list;
                let $x = $record;
                $crate::sum::sum_of::<true, false>(&$one)
            }

            #[inline(always)]
            fn tenth(&self) -> u64 {
                let $root = self;
                let $all = $list;
                (0..$all.len() as usize)
                    .step_by(10)
                    .map(|$index| $crate::sum::sum_of::<true, true>(&$record))
                    .fold(0, u64::wrapping_add)
            }
        }
    };
    (field [$($generics:tt)*] $type:ty, $list:ident, |$x:ident| $one:expr) => {
        $crate::set::root!([$($generics)*] $type,
            |root| &root.$list, |all, index| &all[index], |$x| $one);
    };
}
pub(crate) use root;

/// A data set. Its types follow in [`crate::codecs`], with what each crate asks
/// of them.
pub trait Set: Sized + 'static {
    /// What the C suite calls it.
    const NAME: &'static str;
    const ABOUT: &'static str;
    /// Count of records.
    const RECORDS: usize;
    /// Whether there are strings or bytes to read.
    const HAS_TEXTS: bool = true;
    /// Whether the borrowed form differs from the owned one.
    const BORROWS: bool = true;

    /// Plain structs.
    type Model: Root + PartialEq + Sync;
    /// The same, with texts that stay in the message where there are any.
    type Borrowed: Root;

    /// The values, which live until the process ends.
    fn model() -> &'static Self::Model;
}

macro_rules! set {
    ($(#[$doc:meta])* $set:ident $name:literal $about:literal $records:literal,
     $model:ty | $borrowed:ty, $make:ident { $($more:tt)* }) => {
        $(#[$doc])*
        pub struct $set;

        impl Set for $set {
            const NAME: &'static str = $name;
            const ABOUT: &'static str = $about;
            const RECORDS: usize = $records;
            $($more)*

            type Model = $model;
            type Borrowed = $borrowed;

            fn model() -> &'static $model {
                static MODEL: OnceLock<$model> = OnceLock::new();
                MODEL.get_or_init(c::$make)
            }
        }
    };
}

set!(
    /// Lines of a web server's log.
    Log "log" "10,000 lines of a web server's log" 10_000,
    model::log::Logs | model::log::borrowed::Logs<'static>, logs {}
);
set!(
    /// Triangles.
    Mesh "mesh" "125,000 triangles, nothing but floats" 125_000,
    model::mesh::Mesh | model::mesh::Mesh, mesh {
        const HAS_TEXTS: bool = false;
        const BORROWS: bool = false;
    }
);
set!(
    /// Players of a game.
    Minecraft "minecraft" "500 players of a game, deeply nested" 500,
    model::minecraft::Players | model::minecraft::borrowed::Players<'static>, players {}
);
set!(
    /// What a server of ships sends.
    Mk48 "mk48" "1,000 updates of a game of ships" 1_000,
    model::mk48::Updates | model::mk48::Updates, updates {
        const BORROWS: bool = false;
    }
);
