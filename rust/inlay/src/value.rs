//! The types of the schema language, as Rust types.
//!
//! A native type stands for its schema type: from it follows how a value reads
//! in place, how many bytes it takes, and what verification asks. Generated
//! code only says which type lies where.
//!
//! - [`Fixed`]: types of fixed size;
//! - [`Content`]: what fills a slice, which is every type but optionals and
//!   unions;
//! - [`Value`]: what a field, an element or an entry can be;
//! - [`Element`]: what a block holds: records, and the synthetic records of
//!   lists and maps.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::marker::PhantomData;

use crate::dump::Dump;
use crate::encode::{ElementWriter, Encoder, Share, Writer};
use crate::error::Status;
use crate::mode::{Mode, Raw, Verified};
use crate::native::{Bits, Bytes, Entry, Init, List, Map, Opt, Records, Str, Vector};
use crate::set::{BitsMut, ListMut, RecordMut};
use crate::verify::{Checked, Checker, Columns, Role};
use crate::view::{load_short, BitsView, BlockView, Key, MapView, Record, VectorView};

// ---- Places -----------------------------------------------------------------

/// Where a field's value lies: FORMAT.md, section 2.
#[derive(Clone, Copy)]
pub struct Place {
    pub(crate) offset: usize,
    pub(crate) bit: u8,
    pub(crate) present: usize,
    pub(crate) present_bit: u8,
    pub(crate) slot: u32,
    pub(crate) sparse: bool,
    pub(crate) align: u32,
    pub(crate) max: u32,
    pub(crate) initial: &'static [u8],
}

impl Place {
    const NOWHERE: Self = Place {
        offset: 0,
        bit: 0,
        present: 0,
        present_bit: 0,
        slot: 0,
        sparse: false,
        align: 0,
        max: 0,
        initial: &[],
    };

    /// Bytes at an offset.
    pub const fn fixed(offset: usize) -> Self {
        Place { offset, ..Self::NOWHERE }
    }

    /// A bit.
    pub const fn bit(offset: usize, bit: u8) -> Self {
        Place { offset, bit, ..Self::NOWHERE }
    }

    /// A slot.
    pub const fn slot(slot: u32) -> Self {
        Place { slot, ..Self::NOWHERE }
    }

    /// A tag and a slot.
    pub const fn tagged(offset: usize, slot: u32) -> Self {
        Place { offset, slot, ..Self::NOWHERE }
    }

    /// With the bit that says whether the value is there.
    pub const fn present(self, present: usize, present_bit: u8) -> Self {
        Place { present, present_bit, ..self }
    }

    /// With the slot to itself that `@sparse` gives.
    pub const fn sparse(self) -> Self {
        Place { sparse: true, ..self }
    }

    /// With `@align`.
    pub const fn align(self, align: u32) -> Self {
        Place { align, ..self }
    }

    /// With `@max`.
    pub const fn max(self, max: u32) -> Self {
        Place { max, ..self }
    }

    /// With a default, as wire bytes.
    pub const fn initial(self, initial: &'static [u8]) -> Self {
        Place { initial, ..self }
    }

    /// The same behind so many fixed bytes and slots.
    pub(crate) const fn after(self, fixed: u32, slots: u32) -> Self {
        Place {
            offset: self.offset + fixed as usize,
            present: self.present + fixed as usize,
            slot: self.slot + slots,
            ..self
        }
    }
}

/// A field of a record: its name, and where a value of its type lies.
pub struct Field<T> {
    pub(crate) name: Option<&'static str>,
    pub(crate) place: Place,
    of: PhantomData<fn() -> T>,
}

impl<T: Value> Field<T> {
    /// A named field.
    pub const fn new(name: &'static str, place: Place) -> Self {
        Field { name: Some(name), place, of: PhantomData }
    }

    /// The one value of a list's element, which adds nothing to paths.
    pub(crate) const fn unnamed(place: Place) -> Self {
        Field { name: None, place, of: PhantomData }
    }

    /// Reads the field of a record.
    #[inline(always)]
    pub fn read<'a, M: Mode>(&self, record: Record<'a, M>) -> T::View<'a, M> {
        T::read(&record, &self.place)
    }
}

/// What goes through the fields of a native record, in layout order.
pub trait Sink {
    /// Takes one field.
    fn field<T: Value>(&mut self, field: &Field<T>, value: &T);
}

/// Where the native form of a message gets memory for its arrays and records,
/// of the lifetime it is to have: an arena.
pub trait Lend<'a> {
    /// Keeps the items and lends them.
    fn lend<T: Copy + 'a>(&self, items: Vec<T>) -> &'a [T];
}

// ---- Traits -----------------------------------------------------------------

/// A type of fixed size: scalars, enums, structs, arrays.
pub trait Fixed: Copy + Init + Dump + core::fmt::Debug + 'static {
    /// Bytes on the wire.
    const SIZE: usize;

    /// Whether it is a bool, which takes a bit where it is a field.
    const IS_BOOL: bool = false;

    /// Whether some of its bytes are bools.
    const HAS_BOOL: bool = false;

    /// Reads a value; bytes beyond the slice are zero. `initial`, if not
    /// empty, is the default that it is stored relative to.
    fn load(bytes: &[u8], initial: &[u8]) -> Self;

    /// Writes a value to `SIZE` bytes.
    fn store(&self, to: &mut [u8], initial: &[u8]);

    /// Whether `store` would write nothing but zeros.
    fn is_zero(&self, initial: &[u8]) -> bool;

    /// Where the first bool is that is neither 0 nor 1.
    fn bad_bool(_bytes: &[u8]) -> Option<usize> {
        None
    }
}

/// What fills a slice.
pub trait Content: Sized {
    /// How it reads in place.
    type View<'a, M: Mode>: Copy + Dump;

    /// Bytes of a fixed type, else 0.
    const SIZE: usize = 0;

    /// Whether it is a bool, which takes a bit where it is a field.
    const IS_BOOL: bool = false;

    /// Whether it is of a fixed type that has bools inside.
    const HAS_BOOL: bool = false;

    /// Whether it is a string: ASCII is good.
    const IS_TEXT: bool = false;

    /// The native form that borrows from a message or what [`Lend`] lends.
    type Native<'a>: Copy + 'a;

    /// Makes the native form of what was read.
    fn native<'a, L: Lend<'a>>(view: Self::View<'a, Verified>, lend: &L) -> Self::Native<'a>;

    /// What a union's variant has: the native form, or a reference to a record.
    type Held<'a>: Copy + 'a;

    /// Makes what a union's variant has.
    fn held<'a, L: Lend<'a>>(native: Self::Native<'a>, lend: &L) -> Self::Held<'a>;

    /// Reads it; zero-extended where it is fixed.
    fn view<'a, M: Mode>(slice: &'a [u8], initial: &'static [u8]) -> Self::View<'a, M>;

    /// Bytes or elements, as `@max` counts them.
    fn length(&self) -> usize;

    /// The same of a slice that was verified.
    fn slice_length(slice: &[u8]) -> u64 {
        slice.len() as u64
    }

    /// Whether it is what a field starts as.
    fn is_default(&self, initial: &[u8]) -> bool;

    /// Finds out how many bytes it takes in a slot.
    fn measure(&self, encoder: &mut Encoder) -> u64;

    /// Writes it; returns where it ends.
    fn write(&self, writer: &mut Writer<'_>, at: usize) -> usize;

    /// Writes it relative to a default. Of fixed types only.
    fn store(&self, _to: &mut [u8], _initial: &[u8]) {}

    /// Verifies a slice.
    fn check(checker: &mut Checker<'_>, slice: &[u8], depth: u32, role: Role) -> Checked;

    /// Where the first bool is that is neither 0 nor 1. Of fixed types only.
    fn bad_bool(_bytes: &[u8]) -> Option<usize> {
        None
    }
}

/// What a field, an element or an entry can be.
pub trait Value: Sized {
    /// How it reads in place.
    type View<'a, M: Mode>: Copy + Dump;

    /// The native form that borrows from a message or what [`Lend`] lends.
    type Native<'a>: Copy + 'a;

    /// Makes the native form of what was read.
    fn native<'a, L: Lend<'a>>(view: Self::View<'a, Verified>, lend: &L) -> Self::Native<'a>;

    /// Fixed bytes that it adds to a synthetic record.
    const FIXED: u32;

    /// Slots that it adds to a synthetic record.
    const SLOTS: u32;

    /// The bits it leaves free in the byte of bits that it opens there, if so.
    const SPARE: u8;

    /// Where it lies in a synthetic record that it begins.
    const PLACE: Place;

    /// Reads it.
    fn read<'a, M: Mode>(record: &Record<'a, M>, place: &Place) -> Self::View<'a, M>;

    /// Whether it is what a field starts as.
    fn is_default(&self, place: &Place) -> bool;

    /// Adds up its slice, if it has one.
    fn measure(&self, encoder: &mut Encoder, share: &mut Share, place: &Place);

    /// Writes it.
    fn write(&self, writer: &mut ElementWriter<'_, '_>, place: &Place);

    /// Verifies it in all elements of a block.
    fn check(checker: &mut Checker<'_>, columns: &Columns<'_>, field: &Field<Self>) -> Checked;
}

/// What a block holds.
pub trait Element {
    /// How it reads in place.
    type Item<'a, M: Mode>: Copy + Dump;

    /// What it is encoded from.
    type Native;

    /// F and S.
    const LAYOUT: (u32, u32);

    /// F and S of a synthetic record, which never evolves.
    const EXACT: Option<(u32, u32)> = None;

    /// F and S behind each field of a record.
    const REVISIONS: &'static [(u32, u32)] = &[];

    /// The byte with bits that no field takes, and these.
    const SPARE: (u32, u8);

    /// Reads it.
    fn item<'a, M: Mode>(record: Record<'a, M>) -> Self::Item<'a, M>;

    /// Goes through the fields in layout order.
    fn fields<S: Sink>(native: &Self::Native, sink: &mut S);

    /// Verifies the fields of all elements.
    fn check_fields(checker: &mut Checker<'_>, columns: &Columns<'_>) -> Checked;
}

/// Of all content but records.
macro_rules! held_as_it_is {
    () => {
        type Held<'a> = <Self as Content>::Native<'a>;

        fn held<'a, L: Lend<'a>>(native: Self::Held<'a>, _lend: &L) -> Self::Held<'a> {
            native
        }
    };
}

// ---- Scalars ----------------------------------------------------------------

macro_rules! scalar {
    ($($type:ty: $bits:ty),* $(,)?) => {
        $(
            impl Fixed for $type {
                const SIZE: usize = size_of::<$type>();

                #[inline(always)]
                fn load(bytes: &[u8], initial: &[u8]) -> Self {
                    let bits = match bytes.first_chunk() {
                        Some(chunk) => <$bits>::from_le_bytes(*chunk),
                        None => load_short(bytes) as $bits,
                    };
                    Self::from_le_bytes((bits ^ load_short(initial) as $bits).to_le_bytes())
                }

                #[inline(always)]
                fn store(&self, to: &mut [u8], initial: &[u8]) {
                    let bits = <$bits>::from_le_bytes(self.to_le_bytes());
                    let bits = bits ^ load_short(initial) as $bits;
                    to[..size_of::<$type>()].copy_from_slice(&bits.to_le_bytes());
                }

                #[inline(always)]
                fn is_zero(&self, initial: &[u8]) -> bool {
                    let bits = <$bits>::from_le_bytes(self.to_le_bytes());
                    bits == load_short(initial) as $bits
                }
            }
        )*
    };
}

scalar!(u8: u8, u16: u16, u32: u32, u64: u64, i8: u8, i16: u16, i32: u32, i64: u64);
scalar!(f32: u32, f64: u64);

impl Fixed for bool {
    const SIZE: usize = 1;
    const IS_BOOL: bool = true;
    const HAS_BOOL: bool = true;

    #[inline(always)]
    fn load(bytes: &[u8], initial: &[u8]) -> Self {
        u8::load(bytes, initial) != 0
    }

    #[inline(always)]
    fn store(&self, to: &mut [u8], initial: &[u8]) {
        Fixed::store(&u8::from(*self), to, initial);
    }

    #[inline(always)]
    fn is_zero(&self, initial: &[u8]) -> bool {
        u8::from(*self).is_zero(initial)
    }

    #[inline]
    fn bad_bool(bytes: &[u8]) -> Option<usize> {
        bytes.first().is_some_and(|byte| *byte > 1).then_some(0)
    }
}

impl<T: Fixed, const N: usize> Fixed for [T; N] {
    const SIZE: usize = T::SIZE * N;
    const HAS_BOOL: bool = T::HAS_BOOL;

    #[inline(always)]
    fn load(bytes: &[u8], initial: &[u8]) -> Self {
        core::array::from_fn(|i| T::load(part(bytes, i * T::SIZE), part(initial, i * T::SIZE)))
    }

    #[inline(always)]
    fn store(&self, to: &mut [u8], initial: &[u8]) {
        for (i, (item, to)) in self.iter().zip(to.chunks_exact_mut(T::SIZE)).enumerate() {
            item.store(to, part(initial, i * T::SIZE));
        }
    }

    fn is_zero(&self, initial: &[u8]) -> bool {
        self.iter().enumerate().all(|(i, item)| item.is_zero(part(initial, i * T::SIZE)))
    }

    fn bad_bool(bytes: &[u8]) -> Option<usize> {
        if !T::HAS_BOOL {
            return None;
        }
        let mut items = bytes.chunks_exact(T::SIZE).enumerate();
        items.find_map(|(i, item)| T::bad_bool(item).map(|at| i * T::SIZE + at))
    }
}

/// What is left of bytes behind an offset: of a member, of an array's item.
#[doc(hidden)]
#[inline(always)]
pub fn part(bytes: &[u8], offset: usize) -> &[u8] {
    bytes.get(offset..).unwrap_or_default()
}

impl<T: Fixed> Content for T {
    type View<'a, M: Mode> = T;
    type Native<'a> = T;
    held_as_it_is!();

    fn native<'a, L: Lend<'a>>(view: T, _lend: &L) -> T {
        view
    }

    const SIZE: usize = T::SIZE;
    const IS_BOOL: bool = T::IS_BOOL;
    const HAS_BOOL: bool = T::HAS_BOOL;

    #[inline(always)]
    fn view<M: Mode>(slice: &[u8], initial: &'static [u8]) -> T {
        T::load(slice, initial)
    }

    fn length(&self) -> usize {
        0
    }

    #[inline(always)]
    fn is_default(&self, initial: &[u8]) -> bool {
        self.is_zero(initial)
    }

    #[inline(always)]
    fn measure(&self, _encoder: &mut Encoder) -> u64 {
        T::SIZE as u64
    }

    #[inline(always)]
    fn write(&self, writer: &mut Writer<'_>, at: usize) -> usize {
        Fixed::store(self, writer.room(at, T::SIZE), &[]);
        at + T::SIZE
    }

    #[inline(always)]
    fn store(&self, to: &mut [u8], initial: &[u8]) {
        Fixed::store(self, to, initial);
    }

    fn check(checker: &mut Checker<'_>, slice: &[u8], _depth: u32, role: Role) -> Checked {
        if slice.is_empty() && role == Role::Optional {
            return Ok(());
        }
        if slice.len() != T::SIZE {
            return checker.fail(Status::Payload, slice);
        }
        match <T as Fixed>::bad_bool(slice) {
            Some(at) => checker.fail(Status::Bool, &slice[at..]),
            None => Ok(()),
        }
    }

    #[inline]
    fn bad_bool(bytes: &[u8]) -> Option<usize> {
        <T as Fixed>::bad_bool(bytes)
    }
}

// ---- Strings, bytes, vectors ------------------------------------------------

impl Content for Str<'_> {
    const IS_TEXT: bool = true;

    type View<'a, M: Mode> = M::Text<'a>;
    type Native<'a> = Str<'a>;
    held_as_it_is!();

    fn native<'a, L: Lend<'a>>(view: &'a str, _lend: &L) -> Str<'a> {
        Str::new(view)
    }

    #[inline(always)]
    fn view<'a, M: Mode>(slice: &'a [u8], _initial: &'static [u8]) -> M::Text<'a> {
        M::text(slice)
    }

    fn length(&self) -> usize {
        self.as_str().len()
    }

    #[inline(always)]
    fn is_default(&self, _initial: &[u8]) -> bool {
        self.as_str().is_empty()
    }

    #[inline(always)]
    fn measure(&self, _encoder: &mut Encoder) -> u64 {
        self.as_str().len() as u64
    }

    #[inline(always)]
    fn write(&self, writer: &mut Writer<'_>, at: usize) -> usize {
        writer.bytes(at, self.as_str().as_bytes())
    }

    fn check(checker: &mut Checker<'_>, slice: &[u8], _depth: u32, _role: Role) -> Checked {
        match core::str::from_utf8(slice) {
            Ok(_) => Ok(()),
            Err(error) => checker.fail(Status::Utf8, &slice[error.valid_up_to()..]),
        }
    }
}

impl Content for Bytes<'_> {
    type View<'a, M: Mode> = Bytes<'a>;
    type Native<'a> = Bytes<'a>;
    held_as_it_is!();

    fn native<'a, L: Lend<'a>>(view: Bytes<'a>, _lend: &L) -> Bytes<'a> {
        view
    }

    #[inline(always)]
    fn view<'a, M: Mode>(slice: &'a [u8], _initial: &'static [u8]) -> Bytes<'a> {
        Bytes::new(slice)
    }

    fn length(&self) -> usize {
        self.as_slice().len()
    }

    #[inline(always)]
    fn is_default(&self, _initial: &[u8]) -> bool {
        self.as_slice().is_empty()
    }

    #[inline(always)]
    fn measure(&self, _encoder: &mut Encoder) -> u64 {
        self.as_slice().len() as u64
    }

    #[inline(always)]
    fn write(&self, writer: &mut Writer<'_>, at: usize) -> usize {
        writer.bytes(at, self.as_slice())
    }

    fn check(_checker: &mut Checker<'_>, _slice: &[u8], _depth: u32, _role: Role) -> Checked {
        Ok(())
    }
}

impl<T: Fixed> Content for Vector<'_, T> {
    type View<'a, M: Mode> = VectorView<'a, T>;
    type Native<'a> = Vector<'a, T>;
    held_as_it_is!();

    fn native<'a, L: Lend<'a>>(view: VectorView<'a, T>, lend: &L) -> Vector<'a, T> {
        Vector::new(lend.lend(view.iter().collect()))
    }

    #[inline(always)]
    fn view<'a, M: Mode>(slice: &'a [u8], _initial: &'static [u8]) -> VectorView<'a, T> {
        VectorView::open(slice)
    }

    fn length(&self) -> usize {
        self.len()
    }

    fn slice_length(slice: &[u8]) -> u64 {
        (slice.len() / T::SIZE) as u64
    }

    #[inline(always)]
    fn is_default(&self, _initial: &[u8]) -> bool {
        self.is_empty()
    }

    #[inline(always)]
    fn measure(&self, _encoder: &mut Encoder) -> u64 {
        (self.len() as u64).saturating_mul(T::SIZE as u64)
    }

    fn write(&self, writer: &mut Writer<'_>, at: usize) -> usize {
        let size = self.len() * T::SIZE;
        let room = writer.room(at, size).chunks_exact_mut(T::SIZE);
        for (item, to) in self.iter().zip(room) {
            item.store(to, &[]);
        }
        at + size
    }

    fn check(checker: &mut Checker<'_>, slice: &[u8], _depth: u32, _role: Role) -> Checked {
        if slice.len() % T::SIZE != 0 {
            return checker.fail(Status::VectorLength, slice);
        }
        if !T::HAS_BOOL {
            return Ok(());
        }
        for item in slice.chunks_exact(T::SIZE) {
            if let Some(at) = T::bad_bool(item) {
                return checker.fail(Status::Bool, &item[at..]);
            }
        }
        Ok(())
    }
}

// ---- Records, lists and maps ------------------------------------------------

impl<R: RecordContent> Content for Records<'_, R> {
    type View<'a, M: Mode> = BlockView<'a, R, M>;
    type Native<'a> = Records<'a, <R as Content>::Native<'a>>;
    held_as_it_is!();

    fn native<'a, L: Lend<'a>>(view: BlockView<'a, R, Verified>, lend: &L) -> Self::Native<'a> {
        Records::new(lend.lend(view.iter().map(|item| R::record(item, lend)).collect()))
    }

    #[inline(always)]
    fn view<'a, M: Mode>(slice: &'a [u8], _initial: &'static [u8]) -> BlockView<'a, R, M> {
        BlockView::open(slice)
    }

    fn length(&self) -> usize {
        self.len()
    }

    fn slice_length(slice: &[u8]) -> u64 {
        BlockView::<R, Raw>::open(slice).len() as u64
    }

    #[inline(always)]
    fn is_default(&self, _initial: &[u8]) -> bool {
        self.is_empty()
    }

    #[inline]
    fn measure(&self, encoder: &mut Encoder) -> u64 {
        encoder.list::<R>(self.as_slice())
    }

    #[inline]
    fn write(&self, writer: &mut Writer<'_>, at: usize) -> usize {
        writer.list::<R>(self.as_slice(), at)
    }

    fn check(checker: &mut Checker<'_>, slice: &[u8], depth: u32, role: Role) -> Checked {
        checker.nested::<R>(slice, depth, true, role)
    }
}

/// The synthetic record of a list's element.
pub struct Single<T>(PhantomData<fn() -> T>);

impl<T: Value> Single<T> {
    const VALUE: Field<T> = Field::unnamed(T::PLACE);
}

impl<T: Value> Element for Single<T> {
    type Item<'a, M: Mode> = T::View<'a, M>;
    type Native = T;

    const LAYOUT: (u32, u32) = (T::FIXED, T::SLOTS);
    const EXACT: Option<(u32, u32)> = Some(Self::LAYOUT);
    const SPARE: (u32, u8) = (0, T::SPARE);

    #[inline(always)]
    fn item<'a, M: Mode>(record: Record<'a, M>) -> T::View<'a, M> {
        T::read(&record, &T::PLACE)
    }

    #[inline(always)]
    fn fields<S: Sink>(native: &T, sink: &mut S) {
        sink.field(&Self::VALUE, native);
    }

    fn check_fields(checker: &mut Checker<'_>, columns: &Columns<'_>) -> Checked {
        T::check(checker, columns, &Self::VALUE)
    }
}

impl<T: ListItem> Content for List<'_, T> {
    type View<'a, M: Mode> = T::ListView<'a, M>;
    type Native<'a> = List<'a, T::Item<'a>>;
    held_as_it_is!();

    fn native<'a, L: Lend<'a>>(view: T::ListView<'a, Verified>, lend: &L) -> Self::Native<'a> {
        List::new(lend.lend(T::list_native(view, lend)))
    }

    #[inline(always)]
    fn view<'a, M: Mode>(slice: &'a [u8], _initial: &'static [u8]) -> T::ListView<'a, M> {
        T::list_view(slice)
    }

    fn length(&self) -> usize {
        self.len()
    }

    fn slice_length(slice: &[u8]) -> u64 {
        T::list_length(slice)
    }

    #[inline(always)]
    fn is_default(&self, _initial: &[u8]) -> bool {
        self.is_empty()
    }

    #[inline]
    fn measure(&self, encoder: &mut Encoder) -> u64 {
        T::list_measure(self.as_slice(), encoder)
    }

    #[inline]
    fn write(&self, writer: &mut Writer<'_>, at: usize) -> usize {
        T::list_write(self.as_slice(), writer, at)
    }

    fn check(checker: &mut Checker<'_>, slice: &[u8], depth: u32, role: Role) -> Checked {
        T::list_check(checker, slice, depth, role)
    }
}

/// What a [`List`] can have: anything by way of a synthetic record, and bools,
/// which become bits.
pub trait ListItem: Sized {
    /// How the list reads in place.
    type ListView<'a, M: Mode>: Copy + Dump;

    /// How the list is set in place.
    type ListMut<'a>;

    /// The native form of one.
    type Item<'a>: Copy + 'a;

    #[doc(hidden)]
    fn list_mut(slice: &mut [u8]) -> Self::ListMut<'_>;
    #[doc(hidden)]
    fn list_native<'a, L: Lend<'a>>(
        view: Self::ListView<'a, Verified>,
        lend: &L,
    ) -> Vec<Self::Item<'a>>;
    #[doc(hidden)]
    fn list_view<'a, M: Mode>(slice: &'a [u8]) -> Self::ListView<'a, M>;
    #[doc(hidden)]
    fn list_length(slice: &[u8]) -> u64;
    #[doc(hidden)]
    fn list_measure(items: &[Self], encoder: &mut Encoder) -> u64;
    #[doc(hidden)]
    fn list_write(items: &[Self], writer: &mut Writer<'_>, at: usize) -> usize;
    #[doc(hidden)]
    fn list_check(checker: &mut Checker<'_>, slice: &[u8], depth: u32, role: Role) -> Checked;
}

/// Not a scalar: what makes a list of it a vector block.
pub trait Compound: Value {}

impl Compound for Str<'_> {}
impl Compound for Bytes<'_> {}
impl<T: Fixed> Compound for Vector<'_, T> {}
impl<T: ListItem> Compound for List<'_, T> {}
impl<R: RecordContent> Compound for Records<'_, R> {}
impl<K: Key, V: Value> Compound for Map<'_, K, V> {}
impl<T: Content + Init> Compound for Opt<T> {}
impl<R: RecordContent> Compound for Option<&R> {}

impl<T: Compound> ListItem for T {
    type ListView<'a, M: Mode> = BlockView<'a, Single<T>, M>;
    type ListMut<'a> = ListMut<'a, T>;
    type Item<'a> = T::Native<'a>;

    fn list_mut(slice: &mut [u8]) -> ListMut<'_, T> {
        ListMut::open(slice)
    }

    fn list_native<'a, L: Lend<'a>>(
        view: BlockView<'a, Single<T>, Verified>,
        lend: &L,
    ) -> Vec<T::Native<'a>> {
        view.iter().map(|item| T::native(item, lend)).collect()
    }

    #[inline(always)]
    fn list_view<'a, M: Mode>(slice: &'a [u8]) -> BlockView<'a, Single<T>, M> {
        BlockView::open(slice)
    }

    fn list_length(slice: &[u8]) -> u64 {
        BlockView::<Single<T>, Raw>::open(slice).len() as u64
    }

    #[inline]
    fn list_measure(items: &[T], encoder: &mut Encoder) -> u64 {
        encoder.list::<Single<T>>(items)
    }

    #[inline]
    fn list_write(items: &[T], writer: &mut Writer<'_>, at: usize) -> usize {
        writer.list::<Single<T>>(items, at)
    }

    fn list_check(checker: &mut Checker<'_>, slice: &[u8], depth: u32, role: Role) -> Checked {
        checker.nested::<Single<T>>(slice, depth, true, role)
    }
}

impl ListItem for bool {
    type ListView<'a, M: Mode> = BitsView<'a>;
    type ListMut<'a> = BitsMut<'a>;
    type Item<'a> = bool;

    fn list_mut(slice: &mut [u8]) -> BitsMut<'_> {
        BitsMut::open(slice)
    }

    fn list_native<'a, L: Lend<'a>>(view: BitsView<'a>, _lend: &L) -> Vec<bool> {
        view.iter().collect()
    }

    #[inline(always)]
    fn list_view<'a, M: Mode>(slice: &'a [u8]) -> BitsView<'a> {
        BitsView::open(slice)
    }

    fn list_length(slice: &[u8]) -> u64 {
        BitsView::open(slice).len() as u64
    }

    #[inline]
    fn list_measure(items: &[bool], _encoder: &mut Encoder) -> u64 {
        match items.len() as u64 {
            0 => 0,
            count => 1 + count.div_ceil(8),
        }
    }

    fn list_write(items: &[bool], writer: &mut Writer<'_>, at: usize) -> usize {
        if items.is_empty() {
            return at;
        }
        let room = writer.room(at, 1 + items.len().div_ceil(8));
        room[0] = (7 - (items.len() - 1) % 8) as u8;
        for (bools, to) in items.chunks(8).zip(&mut room[1..]) {
            *to = bools.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
        }
        at + room.len()
    }

    fn list_check(checker: &mut Checker<'_>, slice: &[u8], _depth: u32, _role: Role) -> Checked {
        let [unused, .., last] = slice else {
            return if slice.is_empty() { Ok(()) } else { checker.fail(Status::Bitset, slice) };
        };
        if *unused > 7 {
            return checker.fail(Status::Bitset, slice);
        }
        if u32::from(*last) >> (8 - unused) != 0 {
            return checker.fail(Status::Bitset, &slice[slice.len() - 1..]);
        }
        Ok(())
    }
}

const _: fn() = || {
    // `Bits` is a list whose view is bits.
    fn is_content<T: Content>() {}
    is_content::<Bits<'_>>();
};

impl<K: Value, V: Value> Entry<K, V> {
    const KEY: Field<K> = Field::new("key", K::PLACE);
    pub(crate) const VALUE: Field<V> = Field::new("value", V::PLACE.after(K::FIXED, K::SLOTS));
}

impl<K: Key, V: Value> Element for Entry<K, V> {
    type Item<'a, M: Mode> = (K::View<'a, M>, V::View<'a, M>);
    type Native = Self;

    const LAYOUT: (u32, u32) = (K::FIXED + V::FIXED, K::SLOTS + V::SLOTS);
    const EXACT: Option<(u32, u32)> = Some(Self::LAYOUT);
    const SPARE: (u32, u8) = (K::FIXED, V::SPARE);

    #[inline(always)]
    fn item<'a, M: Mode>(record: Record<'a, M>) -> Self::Item<'a, M> {
        (Self::KEY.read(record), Self::VALUE.read(record))
    }

    #[inline(always)]
    fn fields<S: Sink>(native: &Self, sink: &mut S) {
        sink.field(&Self::KEY, &native.key);
        sink.field(&Self::VALUE, &native.value);
    }

    fn check_fields(checker: &mut Checker<'_>, columns: &Columns<'_>) -> Checked {
        K::check(checker, columns, &Self::KEY)?;
        V::check(checker, columns, &Self::VALUE)?;
        checker.keys::<K>(columns, &Self::KEY)
    }
}

impl<K: Key, V: Value> Content for Map<'_, K, V> {
    type View<'a, M: Mode> = MapView<'a, K, V, M>;
    type Native<'a> = Map<'a, <K as Value>::Native<'a>, <V as Value>::Native<'a>>;
    held_as_it_is!();

    fn native<'a, L: Lend<'a>>(view: MapView<'a, K, V, Verified>, lend: &L) -> Self::Native<'a> {
        let entry = |(key, value)| Entry::new(K::native(key, lend), V::native(value, lend));
        Map::new(lend.lend(view.iter().map(entry).collect()))
    }

    #[inline(always)]
    fn view<'a, M: Mode>(slice: &'a [u8], _initial: &'static [u8]) -> MapView<'a, K, V, M> {
        MapView::open(slice)
    }

    fn length(&self) -> usize {
        self.len()
    }

    fn slice_length(slice: &[u8]) -> u64 {
        MapView::<K, V, Raw>::open(slice).len() as u64
    }

    #[inline(always)]
    fn is_default(&self, _initial: &[u8]) -> bool {
        self.is_empty()
    }

    fn measure(&self, encoder: &mut Encoder) -> u64 {
        let entries = self.as_slice();
        let descent = entries.windows(2).position(|pair| !pair[0].key.precedes(&pair[1].key));
        if let Some(index) = descent {
            encoder.fail(Status::MapOrder);
            encoder.in_item(index + 1);
            return 0;
        }
        encoder.list::<Entry<K, V>>(entries)
    }

    #[inline]
    fn write(&self, writer: &mut Writer<'_>, at: usize) -> usize {
        writer.list::<Entry<K, V>>(self.as_slice(), at)
    }

    fn check(checker: &mut Checker<'_>, slice: &[u8], depth: u32, role: Role) -> Checked {
        checker.nested::<Entry<K, V>>(slice, depth, true, role)
    }
}

// ---- Keys -------------------------------------------------------------------

/// Fixed values that order themselves: integers and enums.
#[doc(hidden)]
#[macro_export]
macro_rules! fixed_key {
    ($($type:ty),* $(,)?) => {
        $(
            impl $crate::generated::Key for $type {
                type Query<'q> = $type;

                #[inline]
                fn order<M: $crate::Mode>(view: $type, query: $type) -> core::cmp::Ordering {
                    view.cmp(&query)
                }

                #[inline]
                fn precedes(&self, next: &Self) -> bool {
                    self < next
                }

                #[inline]
                fn ascends(a: $type, b: $type) -> bool {
                    a < b
                }
            }
        )*
    };
}

fixed_key!(u8, u16, u32, u64, i8, i16, i32, i64);

/// An array of bytes as a key, which is shown as bytes.
struct ByteKey<const N: usize>([u8; N]);

impl<const N: usize> Dump for ByteKey<N> {
    fn dump<D: crate::dump::Dumper>(&self, dumper: D) -> Result<D::Ok, D::Error> {
        dumper.bytes(&self.0)
    }
}

impl<const N: usize> Key for [u8; N] {
    type Query<'q> = &'q [u8; N];

    fn ascends(a: [u8; N], b: [u8; N]) -> bool {
        a < b
    }

    fn shown<M: Mode>(view: Self::View<'_, M>) -> impl Dump {
        ByteKey(view)
    }

    fn order<M: Mode>(view: [u8; N], query: &[u8; N]) -> Ordering {
        view.cmp(query)
    }

    fn precedes(&self, next: &Self) -> bool {
        self < next
    }
}

impl Key for Str<'_> {
    type Query<'q> = &'q str;

    fn ascends(a: &[u8], b: &[u8]) -> bool {
        a < b
    }

    #[inline]
    fn order<M: Mode>(view: M::Text<'_>, query: &str) -> Ordering {
        view.as_ref().cmp(query.as_bytes())
    }

    fn precedes(&self, next: &Self) -> bool {
        self.as_str().as_bytes() < next.as_str().as_bytes()
    }
}

impl Key for Bytes<'_> {
    type Query<'q> = &'q [u8];

    fn ascends(a: Bytes<'_>, b: Bytes<'_>) -> bool {
        a.as_slice() < b.as_slice()
    }

    #[inline]
    fn order<M: Mode>(view: Bytes<'_>, query: &[u8]) -> Ordering {
        view.as_slice().cmp(query)
    }

    fn precedes(&self, next: &Self) -> bool {
        self.as_slice() < next.as_slice()
    }
}

// ---- Placing: what is always there ------------------------------------------

/// The elements of a slice written with `@align`.
#[inline(always)]
pub(crate) fn unaligned(slice: &[u8], align: u32) -> &[u8] {
    if align == 0 {
        return slice;
    }
    let align = align as usize;
    match slice.first_chunk() {
        Some(pad) if slice.len() >= 2 + align => match usize::from(u16::from_le_bytes(*pad)) {
            pad if pad < align => slice.get(2 + pad..1 + pad + slice.len() - align).unwrap_or(&[]),
            _ => &[],
        },
        _ => &[],
    }
}

impl<T: Content> Value for T {
    type View<'a, M: Mode> = T::View<'a, M>;
    type Native<'a> = T::Native<'a>;

    fn native<'a, L: Lend<'a>>(view: T::View<'a, Verified>, lend: &L) -> T::Native<'a> {
        <T as Content>::native(view, lend)
    }

    const FIXED: u32 = T::SIZE as u32;
    const SLOTS: u32 = if T::SIZE > 0 { 0 } else { 1 };
    const SPARE: u8 = if T::IS_BOOL { 0xfe } else { 0 };
    const PLACE: Place = Place::fixed(0);

    #[inline(always)]
    fn read<'a, M: Mode>(record: &Record<'a, M>, place: &Place) -> T::View<'a, M> {
        if T::IS_BOOL {
            let set = record.bit(place.offset, place.bit);
            T::view(if set { &[1] } else { &[] }, place.initial)
        } else if T::SIZE > 0 {
            T::view(record.fixed(place.offset, T::SIZE), place.initial)
        } else {
            T::view(unaligned(record.slot(place.slot), place.align), &[])
        }
    }

    #[inline(always)]
    fn is_default(&self, place: &Place) -> bool {
        Content::is_default(self, place.initial)
    }

    #[inline(always)]
    fn measure(&self, encoder: &mut Encoder, share: &mut Share, place: &Place) {
        if T::SIZE == 0 {
            encoder.slice(self, share, place);
        }
    }

    #[inline(always)]
    fn write(&self, writer: &mut ElementWriter<'_, '_>, place: &Place) {
        if T::IS_BOOL {
            if !Content::is_default(self, place.initial) {
                writer.set_bit(place.offset, place.bit);
            }
        } else if T::SIZE > 0 {
            self.store(writer.head(place.offset, T::SIZE), place.initial);
        } else {
            writer.slice(self, place);
        }
    }

    fn check(checker: &mut Checker<'_>, columns: &Columns<'_>, field: &Field<T>) -> Checked {
        if T::SIZE > 0 {
            return checker.fixed(columns, field);
        }
        checker.slices::<T, T>(columns, field, Role::Required)
    }
}

// ---- Placing: optionals -----------------------------------------------------

impl<T: Content + Init> Opt<T> {
    /// Whether the value is all that a slot holds.
    const fn has_slot(place: &Place) -> bool {
        T::SIZE > 8 || place.sparse
    }
}

impl<T: Content + Init> Value for Opt<T> {
    type View<'a, M: Mode> = Option<T::View<'a, M>>;
    type Native<'a> = Opt<T::Native<'a>>;

    fn native<'a, L: Lend<'a>>(view: Option<T::View<'a, Verified>>, lend: &L) -> Self::Native<'a> {
        // What is absent is read as an empty slice is.
        let value = view.unwrap_or_else(|| T::view(&[], &[]));
        let value = <T as Content>::native(value, lend);
        Opt::when(view.is_some(), value)
    }

    const FIXED: u32 = match T::SIZE {
        0 => 1,
        _ if T::IS_BOOL => 1,
        size if size <= 8 => 1 + size as u32,
        _ => 0,
    };
    const SLOTS: u32 = if T::SIZE == 0 || T::SIZE > 8 { 1 } else { 0 };
    const SPARE: u8 = match T::SIZE {
        _ if T::IS_BOOL => 0xfc,
        size if size <= 8 => 0xfe,
        _ => 0,
    };
    const PLACE: Place = if T::IS_BOOL {
        Place::bit(0, 1)
    } else {
        Place::fixed(Self::FIXED as usize - if T::SIZE > 8 { 0 } else { T::SIZE })
    };

    #[inline(always)]
    fn read<'a, M: Mode>(record: &Record<'a, M>, place: &Place) -> Self::View<'a, M> {
        if T::SIZE > 0 && Self::has_slot(place) {
            let slice = record.slot(place.slot);
            return (slice.len() >= T::SIZE).then(|| T::view(slice, &[]));
        }
        if !record.bit(place.present, place.present_bit) {
            return None;
        }
        if T::IS_BOOL {
            let set = record.bit(place.offset, place.bit);
            let inside = place.offset < record.head().len();
            inside.then(|| T::view(if set { &[1] } else { &[] }, &[]))
        } else if T::SIZE > 0 {
            let bytes = record.fixed(place.offset, T::SIZE);
            (!bytes.is_empty()).then(|| T::view(bytes, &[]))
        } else {
            let inside = place.slot < record.slots();
            inside.then(|| T::view(unaligned(record.slot(place.slot), place.align), &[]))
        }
    }

    #[inline(always)]
    fn is_default(&self, _place: &Place) -> bool {
        self.as_option().is_none()
    }

    #[inline(always)]
    fn measure(&self, encoder: &mut Encoder, share: &mut Share, place: &Place) {
        if T::SIZE == 0 || Self::has_slot(place) {
            match self.as_option() {
                Some(value) => encoder.slice(value, share, place),
                None => share.add(0),
            }
        }
    }

    #[inline(always)]
    fn write(&self, writer: &mut ElementWriter<'_, '_>, place: &Place) {
        let Some(value) = self.as_option() else {
            if T::SIZE == 0 || Self::has_slot(place) {
                writer.empty(place.slot);
            }
            return;
        };
        if T::SIZE > 0 && Self::has_slot(place) {
            return writer.slice(value, place);
        }
        writer.set_bit(place.present, place.present_bit);
        if T::IS_BOOL {
            if !value.is_default(&[]) {
                writer.set_bit(place.offset, place.bit);
            }
        } else if T::SIZE > 0 {
            value.store(writer.head(place.offset, T::SIZE), &[]);
        } else {
            writer.slice(value, place);
        }
    }

    fn check(checker: &mut Checker<'_>, columns: &Columns<'_>, field: &Field<Self>) -> Checked {
        if T::SIZE > 0 && Self::has_slot(&field.place) {
            checker.slices::<T, Self>(columns, field, Role::Optional)
        } else if T::IS_BOOL {
            checker.optional_bit(columns, field)
        } else if T::SIZE > 0 {
            checker.optional_fixed::<T>(columns, field)
        } else {
            checker.optional_slice::<T>(columns, field)
        }
    }
}

/// An optional record: the empty slice means absent.
impl<R: RecordContent> Value for Option<&R> {
    type View<'a, M: Mode> = Option<R::Item<'a, M>>;
    type Native<'a> = Option<&'a <R as Content>::Native<'a>>;

    fn native<'a, L: Lend<'a>>(view: Option<R::Item<'a, Verified>>, lend: &L) -> Self::Native<'a> {
        lend.lend(view.map(|view| R::record(view, lend)).into_iter().collect()).first()
    }

    const FIXED: u32 = 0;
    const SLOTS: u32 = 1;
    const SPARE: u8 = 0;
    const PLACE: Place = Place::slot(0);

    #[inline(always)]
    fn read<'a, M: Mode>(record: &Record<'a, M>, place: &Place) -> Self::View<'a, M> {
        let slice = record.slot(place.slot);
        (!slice.is_empty()).then(|| R::item(Record::open(slice)))
    }

    fn is_default(&self, _place: &Place) -> bool {
        self.is_none()
    }

    #[inline]
    fn measure(&self, encoder: &mut Encoder, share: &mut Share, _place: &Place) {
        match self {
            Some(record) => {
                let size = encoder.record::<R>(record);
                share.add(size);
            }
            None => share.add(0),
        }
    }

    #[inline]
    fn write(&self, writer: &mut ElementWriter<'_, '_>, place: &Place) {
        match self {
            Some(record) => writer.record::<R>(record, place.slot),
            None => writer.empty(place.slot),
        }
    }

    fn check(checker: &mut Checker<'_>, columns: &Columns<'_>, field: &Field<Self>) -> Checked {
        checker.slices::<R, Self>(columns, field, Role::Optional)
    }
}

/// A record: content that is an element of its own.
pub trait RecordContent: Content + Element<Native = Self> {
    /// What sets its fields in place.
    type Setter<'a>: From<RecordMut<'a>>;

    /// Makes the native form of a record.
    fn record<'a, L: Lend<'a>>(
        view: Self::Item<'a, Verified>,
        lend: &L,
    ) -> <Self as Content>::Native<'a>;
}

#[doc(hidden)]
#[macro_export]
macro_rules! record_content {
    ($name:ident) => {
        impl $crate::generated::Content for $name<'_> {
            type View<'v, M: $crate::Mode> = <Self as $crate::generated::Element>::Item<'v, M>;

            #[inline(always)]
            fn view<'v, M: $crate::Mode>(
                slice: &'v [u8],
                _initial: &'static [u8],
            ) -> Self::View<'v, M> {
                <Self as $crate::generated::Element>::item($crate::generated::open(slice))
            }

            type Native<'v> = $name<'v>;
            type Held<'v> = &'v $name<'v>;

            fn held<'v, L: $crate::generated::Lend<'v>>(
                native: $name<'v>,
                lend: &L,
            ) -> &'v $name<'v> {
                $crate::generated::lend_one(native, lend)
            }

            fn native<'v, L: $crate::generated::Lend<'v>>(
                view: Self::View<'v, $crate::Verified>,
                lend: &L,
            ) -> $name<'v> {
                <Self as $crate::generated::RecordContent>::record(view, lend)
            }

            fn length(&self) -> usize {
                0
            }

            #[inline]
            fn is_default(&self, _initial: &[u8]) -> bool {
                $crate::generated::record_is_default(self)
            }

            #[inline]
            fn measure(&self, encoder: &mut $crate::generated::Encoder) -> u64 {
                encoder.required(self)
            }

            #[inline]
            fn write(&self, writer: &mut $crate::generated::Writer<'_>, at: usize) -> usize {
                writer.required(self, at)
            }

            fn check(
                checker: &mut $crate::generated::Checker<'_>,
                slice: &[u8],
                depth: u32,
                role: $crate::generated::Role,
            ) -> $crate::generated::Checked {
                checker.nested::<Self>(slice, depth, false, role)
            }
        }
    };
}

// ---- Placing: unions --------------------------------------------------------

/// One of several types, which a tag tells.
pub trait Union: Sized {
    /// How it reads in place.
    type UnionView<'a, M: Mode>: Copy + Dump;

    /// The native form that borrows from a message or what [`Lend`] lends.
    type UnionNative<'a>: Copy + 'a;

    /// Makes the native form; of a variant that is not known, none.
    fn payload_native<'a, L: Lend<'a>>(
        view: Self::UnionView<'a, Verified>,
        lend: &L,
    ) -> Self::UnionNative<'a>;

    /// The tag: 0 unset, else 1 + the variant's index.
    fn tag(&self) -> u8;

    /// Reads it.
    fn payload_view<'a, M: Mode>(tag: u8, payload: &'a [u8]) -> Self::UnionView<'a, M>;

    /// Finds out how many bytes the payload takes.
    fn payload_measure(&self, encoder: &mut Encoder) -> u64;

    /// Writes the payload; returns where it ends.
    fn payload_write(&self, writer: &mut Writer<'_>, at: usize) -> usize;

    /// Verifies the payload of a tag.
    fn payload_check(checker: &mut Checker<'_>, tag: u8, payload: &[u8], depth: u32) -> Checked;
}

#[doc(hidden)]
#[macro_export]
macro_rules! union_value {
    ($name:ident) => {
        impl $crate::generated::Compound for $name<'_> {}

        impl $crate::generated::Value for $name<'_> {
            type View<'v, M: $crate::Mode> = <Self as $crate::generated::Union>::UnionView<'v, M>;
            type Native<'v> = $name<'v>;

            fn native<'v, L: $crate::generated::Lend<'v>>(
                view: Self::View<'v, $crate::Verified>,
                lend: &L,
            ) -> $name<'v> {
                <Self as $crate::generated::Union>::payload_native(view, lend)
            }

            const FIXED: u32 = 1;
            const SLOTS: u32 = 1;
            const SPARE: u8 = 0;
            const PLACE: $crate::generated::Place = $crate::generated::Place::tagged(0, 0);

            #[inline(always)]
            fn read<'v, M: $crate::Mode>(
                record: &$crate::generated::Record<'v, M>,
                place: &$crate::generated::Place,
            ) -> Self::View<'v, M> {
                let (tag, payload) = $crate::generated::tagged(record, place);
                <Self as $crate::generated::Union>::payload_view(tag, payload)
            }

            fn is_default(&self, _place: &$crate::generated::Place) -> bool {
                $crate::generated::Union::tag(self) == 0
            }

            #[inline]
            fn measure(
                &self,
                encoder: &mut $crate::generated::Encoder,
                share: &mut $crate::generated::Share,
                _place: &$crate::generated::Place,
            ) {
                let size = $crate::generated::Union::payload_measure(self, encoder);
                share.add(size);
            }

            #[inline]
            fn write(
                &self,
                writer: &mut $crate::generated::ElementWriter<'_, '_>,
                place: &$crate::generated::Place,
            ) {
                writer.union(self, place);
            }

            fn check(
                checker: &mut $crate::generated::Checker<'_>,
                columns: &$crate::generated::Columns<'_>,
                field: &$crate::generated::Field<Self>,
            ) -> $crate::generated::Checked {
                checker.union(columns, field)
            }
        }
    };
}

/// Lends memory for one thing.
#[doc(hidden)]
pub fn lend_one<'a, T: Copy + 'a, L: Lend<'a>>(item: T, lend: &L) -> &'a T {
    &lend.lend(alloc::vec![item])[0]
}
