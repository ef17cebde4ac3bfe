//! What generated code says of each type, and what that means.
//!
//! A generated file has the types and their accessors in plain Rust; these
//! macros add the implementations, which are alike for all schemas.

/// An open enum: a newtype of its base, whose values have names.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($name:ident: $base:ident as $wide:ident { $($constant:ident $text:literal;)* }) => {
        impl $name {
            /// The value's name; `None` for one of a later revision.
            pub fn name(self) -> Option<&'static str> {
                #[allow(unreachable_patterns)]
                match self {
                    $(Self::$constant => Some($text),)*
                    _ => None,
                }
            }
        }

        impl From<$name> for $base {
            fn from(from: $name) -> $base {
                from.0
            }
        }

        impl $crate::generated::Init for $name {
            const INIT: Self = $name(0);
        }

        impl $crate::generated::Fixed for $name {
            const SIZE: usize = size_of::<$base>();

            #[inline(always)]
            fn load(bytes: &[u8], initial: &[u8]) -> Self {
                $name($crate::generated::Fixed::load(bytes, initial))
            }

            #[inline(always)]
            fn store(&self, to: &mut [u8], initial: &[u8]) {
                $crate::generated::Fixed::store(&self.0, to, initial);
            }

            #[inline(always)]
            fn is_zero(&self, initial: &[u8]) -> bool {
                $crate::generated::Fixed::is_zero(&self.0, initial)
            }
        }

        $crate::fixed_key!($name);

        impl $crate::generated::Dump for $name {
            fn dump<D: $crate::generated::Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
                match self.name() {
                    Some(name) => dumper.symbol(name),
                    None => dumper.$wide(self.0.into()),
                }
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::generated::debug(self, f)
            }
        }
    };
}

/// A struct: members one after the other.
#[doc(hidden)]
#[macro_export]
macro_rules! fixed_struct {
    ($name:ident: $size:literal { $($member:ident $text:literal $offset:literal: $type:ty;)* }) => {
        impl $crate::generated::Init for $name {
            const INIT: Self = $name { $($member: <$type as $crate::generated::Init>::INIT,)* };
        }

        impl Default for $name {
            fn default() -> Self {
                $crate::generated::Init::INIT
            }
        }

        impl $crate::generated::Fixed for $name {
            const SIZE: usize = $size;
            const HAS_BOOL: bool = false $(|| <$type as $crate::generated::Fixed>::HAS_BOOL)*;

            #[inline(always)]
            fn load(bytes: &[u8], initial: &[u8]) -> Self {
                $name {
                    $($member: $crate::generated::Fixed::load(
                        $crate::generated::part(bytes, $offset),
                        $crate::generated::part(initial, $offset),
                    ),)*
                }
            }

            #[inline(always)]
            fn store(&self, to: &mut [u8], initial: &[u8]) {
                $($crate::generated::Fixed::store(
                    &self.$member,
                    &mut to[$offset..],
                    $crate::generated::part(initial, $offset),
                );)*
            }

            fn is_zero(&self, initial: &[u8]) -> bool {
                true $(&& $crate::generated::Fixed::is_zero(
                    &self.$member,
                    $crate::generated::part(initial, $offset),
                ))*
            }

            fn bad_bool(bytes: &[u8]) -> Option<usize> {
                $(if <$type as $crate::generated::Fixed>::HAS_BOOL {
                    let member = bytes.get($offset..$offset + <$type as $crate::generated::Fixed>::SIZE);
                    let bad = <$type as $crate::generated::Fixed>::bad_bool(member.unwrap_or_default());
                    if let Some(at) = bad {
                        return Some($offset + at);
                    }
                })*
                let _ = bytes;
                None
            }
        }

        impl $crate::generated::Dump for $name {
            fn dump<D: $crate::generated::Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
                use $crate::generated::DumpFields as _;
                let mut fields = dumper.fields()?;
                $(fields.put($text, self.$member)?;)*
                fields.end()
            }
        }
    };
}

/// A record.
#[doc(hidden)]
#[macro_export]
macro_rules! record {
    (
        $name:ident $view:ident $setter:ident $text:literal $id:literal;
        layout $fixed:literal $slots:literal, spare $spare:literal $mask:literal;
        sizes $least:literal $largest:expr;
        fields {
            $($field:ident $member:ident $label:literal $after:literal $behind:literal:
                $type:ty = $place:ident $at:tt $(. $with:ident $what:tt)*;)*
        }
    ) => {
        $crate::record_places! {
            $name; $($field $label: $type = $place $at $(. $with $what)*;)*
        }

        $crate::record_content! { $name }

        impl $crate::generated::Element for $name<'_> {
            type Item<'v, M: $crate::Mode> = $view<'v, M>;
            type Native = Self;

            const LAYOUT: (u32, u32) = ($fixed, $slots);
            const REVISIONS: &'static [(u32, u32)] = &[$(($after, $behind)),*];
            const SPARE: (u32, u8) = ($spare, $mask);

            #[inline(always)]
            fn item<'v, M: $crate::Mode>(
                record: $crate::generated::Record<'v, M>,
            ) -> $view<'v, M> {
                $view { record }
            }

            #[inline(always)]
            fn fields<S: $crate::generated::Sink>(native: &Self, sink: &mut S) {
                $(sink.field(&Self::$field, &native.$member);)*
                let _ = (native, sink);
            }

            fn check_fields(
                checker: &mut $crate::generated::Checker<'_>,
                columns: &$crate::generated::Columns<'_>,
            ) -> $crate::generated::Checked {
                $(<$type as $crate::generated::Value>::check(checker, columns, &Self::$field)?;)*
                let _ = (checker, columns);
                Ok(())
            }
        }

        impl $crate::generated::RecordContent for $name<'_> {
            type Setter<'v> = $setter<'v>;

            #[allow(deprecated)]
            fn record<'v, L: $crate::generated::Lend<'v>>(
                view: $view<'v, $crate::Verified>,
                lend: &L,
            ) -> $name<'v> {
                let _ = (view, lend);
                $name {
                    $($member: <$type as $crate::generated::Value>::native(view.$member(), lend),)*
                    unknown: None,
                }
            }
        }

        impl $crate::Message for $name<'_> {
            const NAME: &'static str = $text;
            const TYPE_ID: u64 = $id;
            const SIZE_MIN: usize = $least;
            const SIZE_MAX: Option<usize> = $largest;
        }

        impl Default for $name<'_> {
            fn default() -> Self {
                $crate::generated::Init::INIT
            }
        }

        impl<M: $crate::Mode> core::fmt::Debug for $view<'_, M> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::generated::debug(self, f)
            }
        }

        $crate::serialize_view! { $view }
    };
}

/// Where the fields of a record lie.
#[doc(hidden)]
#[macro_export]
macro_rules! record_places {
    (
        $name:ident;
        $($field:ident $label:literal:
            $type:ty = $place:ident $at:tt $(. $with:ident $what:tt)*;)*
    ) => {
        impl $name<'_> {
            $(const $field: $crate::generated::Field<$type> = $crate::generated::Field::new(
                $label,
                $crate::generated::Place::$place $at $(. $with $what)*,
            );)*
        }
    };
}

/// What a record shows, in the order of its declaration.
#[doc(hidden)]
#[macro_export]
macro_rules! record_dump {
    ($view:ident { $($accessor:ident $label:literal;)* }) => {
        impl<M: $crate::Mode> $crate::generated::Dump for $view<'_, M> {
            #[allow(deprecated)]
            fn dump<D: $crate::generated::Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
                use $crate::generated::DumpFields as _;
                #[allow(unused_mut)]
                let mut fields = dumper.fields()?;
                $(fields.field($label, self.$accessor())?;)*
                fields.end()
            }
        }
    };
}

/// A union.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    ($name:ident $view:ident { $($variants:tt)* }) => {
        $crate::union!(@all $name $view [Later] { $($variants)* });

        impl $crate::generated::Init for $name<'_> {
            const INIT: Self = Self::Unset;
        }
    };
    // One with all variants that there can be.
    ($name:ident $view:ident full { $($variants:tt)* }) => {
        $crate::union!(@all $name $view [] { $($variants)* });

        impl $crate::generated::Init for $name<'_> {
            const INIT: Self = Self::Unset($crate::generated::Room::EMPTY);
        }

        impl Default for $name<'_> {
            fn default() -> Self {
                $crate::generated::Init::INIT
            }
        }
    };
    (
        @all $name:ident $view:ident [$($later:ident)?]
        { $($tag:literal $variant:ident $label:literal $(: $type:ty)?;)* }
    ) => {
        $crate::union_value! { $name }

        impl $crate::generated::Union for $name<'_> {
            type UnionView<'v, M: $crate::Mode> = $view<'v, M>;
            type UnionNative<'v> = $name<'v>;

            fn payload_native<'v, L: $crate::generated::Lend<'v>>(
                view: $view<'v, $crate::Verified>,
                lend: &L,
            ) -> $name<'v> {
                let _ = lend;
                match view {
                    $view::Unset | $view::Unknown(_) => $crate::generated::Init::INIT,
                    $($crate::union!(@with value $view::$variant $(, $type)?) => {
                        $crate::union!(@native value, lend, $name::$variant $(, $type)?)
                    })*
                }
            }

            fn tag(&self) -> u8 {
                match self {
                    Self::Unset { .. } => 0,
                    $($crate::union!(@any Self::$variant $(, $type)?) => $tag,)*
                    $(Self::$later(_, never) => match *never {},)?
                }
            }

            #[inline]
            fn payload_view<'v, M: $crate::Mode>(tag: u8, payload: &'v [u8]) -> $view<'v, M> {
                match tag {
                    0 => $view::Unset,
                    $($tag => $crate::union!(@view $view::$variant, payload $(, $type)?),)*
                    #[allow(unreachable_patterns)]
                    _ => $view::Unknown($crate::generated::unknown_variant(tag, payload)),
                }
            }

            fn payload_measure(&self, encoder: &mut $crate::generated::Encoder) -> u64 {
                use $crate::generated::Content as _;
                match self {
                    Self::Unset { .. } => 0,
                    $($crate::union!(@with value Self::$variant $(, $type)?) => {
                        $crate::union!(@measure value, encoder, $label $(, $type)?)
                    })*
                    $(Self::$later(_, never) => match *never {},)?
                }
            }

            fn payload_write(&self, writer: &mut $crate::generated::Writer<'_>, at: usize) -> usize {
                use $crate::generated::Content as _;
                match self {
                    Self::Unset { .. } => at,
                    $($crate::union!(@with value Self::$variant $(, $type)?) => {
                        $crate::union!(@write value, writer, at $(, $type)?)
                    })*
                    $(Self::$later(_, never) => match *never {},)?
                }
            }

            fn payload_check(
                checker: &mut $crate::generated::Checker<'_>,
                tag: u8,
                payload: &[u8],
                depth: u32,
            ) -> $crate::generated::Checked {
                match tag {
                    0 => checker.no_payload(payload),
                    $($tag => $crate::union!(@check checker, $label, payload, depth $(, $type)?),)*
                    #[allow(unreachable_patterns)]
                    _ => checker.later_variant(payload),
                }
            }
        }

        impl<M: $crate::Mode> $crate::generated::Dump for $view<'_, M> {
            fn dump<D: $crate::generated::Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
                match self {
                    Self::Unset => dumper.absent(),
                    $($crate::union!(@with value Self::$variant $(, $type)?) => {
                        $crate::union!(@dump value, dumper, $label $(, $type)?)
                    })*
                    Self::Unknown(variant) => dumper.unknown(variant.tag(), variant.payload()),
                }
            }

            fn is_absent(&self) -> bool {
                matches!(self, Self::Unset)
            }
        }

        impl<M: $crate::Mode> core::fmt::Debug for $view<'_, M> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::generated::debug(self, f)
            }
        }

        $crate::serialize_view! { $view }
    };
    (@any $path:path, $type:ty) => { $path(_) };
    (@any $path:path) => { $path };
    (@with $value:ident $path:path, $type:ty) => { $path($value) };
    (@with $value:ident $path:path) => { $path };
    (@view $path:path, $payload:ident, $type:ty) => {
        $path(<$type as $crate::generated::Content>::view::<M>($payload, &[]))
    };
    (@view $path:path, $payload:ident) => { $path };
    (@native $value:ident, $lend:ident, $path:path, $type:ty) => {
        $path(<$type as $crate::generated::Content>::held(
            <$type as $crate::generated::Content>::native($value, $lend),
            $lend,
        ))
    };
    (@native $value:ident, $lend:ident, $path:path) => { $path };
    (@measure $value:ident, $encoder:ident, $label:literal, $type:ty) => {{
        let size = $value.measure($encoder);
        $encoder.variant($label, size)
    }};
    (@measure $value:ident, $encoder:ident, $label:literal) => { 0 };
    (@write $value:ident, $writer:ident, $at:ident, $type:ty) => { $value.write($writer, $at) };
    (@write $value:ident, $writer:ident, $at:ident) => { $at };
    (@check $checker:ident, $label:literal, $payload:ident, $depth:ident, $type:ty) => {
        $checker.variant::<$type>($label, $payload, $depth)
    };
    (@check $checker:ident, $label:literal, $payload:ident, $depth:ident) => {
        $checker.no_payload($payload)
    };
    (@dump $value:ident, $dumper:ident, $label:literal, $type:ty) => {
        $dumper.variant($label, *$value)
    };
    (@dump $value:ident, $dumper:ident, $label:literal) => { $dumper.symbol($label) };
}

/// Asserts that a native type lies in memory as C's does.
#[doc(hidden)]
#[macro_export]
macro_rules! layout {
    ($($name:ty: $size:literal $align:literal { $($member:ident $offset:literal)* })*) => {
        $(
            #[cfg(target_pointer_width = "64")]
            const _: () = {
                assert!(size_of::<$name>() == $size);
                assert!(align_of::<$name>() == $align);
                $(assert!(core::mem::offset_of!($name, $member) == $offset);)*
            };
        )*
    };
}

/// Names the C functions, of which there are none.
#[cfg(not(feature = "c"))]
#[doc(hidden)]
#[macro_export]
macro_rules! link_c {
    ($($name:ident: $($function:ident),*;)*) => {
        $(impl $crate::generated::Linked for $name<'_> {})*
    };
}

/// Makes a view something that serde can take.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! serialize_view {
    ($view:ident) => {
        impl<M: $crate::Mode> $crate::generated::Serialize for $view<'_, M> {
            fn serialize<S: $crate::generated::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::generated::serialize(self, serializer)
            }
        }
    };
}

/// Makes a view something that serde can take, without serde.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! serialize_view {
    ($view:ident) => {};
}
