//! Setting values in place, in safe Rust: those of fixed size, and text and
//! bytes of the size they have.
//!
//! A place is found by reading and written by its offset, so what readers clamp
//! setters clamp, and what was verified still verifies.
//!
//! - [`Settable`]: values that are set as a whole;
//! - [`Reach`]: values that have others inside: records, lists, maps. What a
//!   union holds can't be reached.

use core::marker::PhantomData;

use crate::mode::Raw;
use crate::native::{Bytes, Entry, List, Map, Opt, Records, Str, Vector};
use crate::value::{
    unaligned, Content, Element, Field, Fixed, ListItem, Place, RecordContent, Single, Value,
};
use crate::view::{BitsView, Block, BlockView, Key, MapView, Record, VectorView};

/// One record of a message that may be written.
pub struct RecordMut<'a> {
    /// A single block, or a vector block.
    bytes: &'a mut [u8],
    /// Which of the vector block's.
    index: Option<usize>,
}

/// Start and size of a slice of some bytes in them.
fn range_in(bytes: &[u8], slice: &[u8]) -> (usize, usize) {
    ((slice.as_ptr() as usize).wrapping_sub(bytes.as_ptr() as usize), slice.len())
}

impl<'a> RecordMut<'a> {
    /// Opens a single block; any bytes will do.
    pub fn open(bytes: &'a mut [u8]) -> Self {
        RecordMut { bytes, index: None }
    }

    fn record(&self) -> Record<'_, Raw> {
        match self.index {
            None => Record::open(self.bytes),
            Some(index) => {
                let block = Block::open(self.bytes, None);
                if index < block.count {
                    block.at(index)
                } else {
                    Record::DEFAULT
                }
            }
        }
    }

    /// Part of the bytes, to write them; none when it was not found.
    fn part(&mut self, (start, size): (usize, usize)) -> &mut [u8] {
        if size == 0 {
            return &mut [];
        }
        self.bytes.get_mut(start..start.saturating_add(size)).unwrap_or_default()
    }

    fn fixed(&mut self, offset: usize, size: usize) -> &mut [u8] {
        let range = range_in(self.bytes, self.record().fixed(offset, size));
        self.part(range)
    }

    fn slot(&mut self, place: &Place) -> &mut [u8] {
        let slice = unaligned(self.record().slot(place.slot), place.align);
        let range = range_in(self.bytes, slice);
        self.part(range)
    }

    /// The same for as long as the message may be written.
    fn into_slot(self, place: &Place) -> &'a mut [u8] {
        let slice = unaligned(self.record().slot(place.slot), place.align);
        let (start, size) = range_in(self.bytes, slice);
        if size == 0 {
            return &mut [];
        }
        self.bytes.get_mut(start..start.saturating_add(size)).unwrap_or_default()
    }

    /// Whether a value in a slot is there that a bit tells of.
    fn has_slot(&self, place: &Place) -> bool {
        let record = self.record();
        record.bit(place.present, place.present_bit) && place.slot < record.slots()
    }

    /// Puts bytes in the place of as many; false when there are more or less.
    fn replace(&mut self, place: &Place, bytes: &[u8]) -> bool {
        let to = self.slot(place);
        let fits = to.len() == bytes.len();
        if fits {
            to.copy_from_slice(bytes);
        }
        fits
    }

    /// The same record, to be handed on.
    fn again(&mut self) -> RecordMut<'_> {
        RecordMut { bytes: self.bytes, index: self.index }
    }

    fn set_bit(&mut self, offset: usize, bit: u8, value: bool) -> bool {
        let [byte] = self.fixed(offset, 1) else {
            return false;
        };
        *byte = *byte & !(1 << bit) | u8::from(value) << bit;
        true
    }
}

// ---- Values that are set as a whole -----------------------------------------

/// What can be set in place.
pub trait Settable: Value {
    /// What it is set to.
    type Set<'s>;

    /// Sets it; false when the message has no room for it.
    fn set(record: &mut RecordMut<'_>, place: &Place, value: Self::Set<'_>) -> bool;
}

impl<T: Fixed> Settable for T {
    type Set<'s> = T;

    fn set(record: &mut RecordMut<'_>, place: &Place, value: T) -> bool {
        if <T as Fixed>::IS_BOOL {
            return record.set_bit(place.offset, place.bit, !value.is_zero(place.initial));
        }
        let bytes = record.fixed(place.offset, <T as Fixed>::SIZE);
        if bytes.is_empty() {
            return false;
        }
        Fixed::store(&value, bytes, place.initial);
        true
    }
}

impl<T: Fixed> Settable for Opt<T> {
    type Set<'s> = Option<T>;

    fn set(record: &mut RecordMut<'_>, place: &Place, value: Option<T>) -> bool {
        let size = <T as Fixed>::SIZE;
        if size > 8 || place.sparse {
            // What is not there has no room, and what is there keeps it.
            let bytes = record.slot(place);
            let (Some(bytes), Some(value)) = (bytes.get_mut(..size), value) else {
                return false;
            };
            Fixed::store(&value, bytes, &[]);
            return true;
        }
        let stored = if <T as Fixed>::IS_BOOL {
            let set = value.is_some_and(|value| !value.is_zero(&[]));
            record.set_bit(place.offset, place.bit, set)
        } else {
            let bytes = record.fixed(place.offset, size);
            match value {
                Some(value) if !bytes.is_empty() => Fixed::store(&value, bytes, &[]),
                _ => bytes.fill(0),
            }
            !bytes.is_empty()
        };
        stored && record.set_bit(place.present, place.present_bit, value.is_some())
    }
}

/// Text and bytes: to others of the same size; where they may be absent, only
/// when they are there.
macro_rules! settable_spans {
    ($($type:ident as $target:ty),*) => {
        $(
            impl Settable for $type<'_> {
                type Set<'s> = &'s $target;

                fn set(record: &mut RecordMut<'_>, place: &Place, value: &$target) -> bool {
                    record.replace(place, value.as_ref())
                }
            }

            impl Settable for Opt<$type<'_>> {
                type Set<'s> = &'s $target;

                fn set(record: &mut RecordMut<'_>, place: &Place, value: &$target) -> bool {
                    record.has_slot(place) && record.replace(place, value.as_ref())
                }
            }
        )*
    };
}

settable_spans!(Str as str, Bytes as [u8]);

impl<T: Settable> Field<T> {
    /// Sets the field of a record; false when the message has no room for it.
    pub fn set(&self, record: &mut RecordMut<'_>, value: T::Set<'_>) -> bool {
        T::set(record, &self.place, value)
    }
}

// ---- Values that have others inside -----------------------------------------

/// What leads to more that can be set.
pub trait Reach: Value {
    /// What sets it.
    type Mut<'a>;

    /// Goes there.
    fn reach<'a>(record: RecordMut<'a>, place: &Place) -> Self::Mut<'a>;
}

impl<T: Reach> Field<T> {
    /// Goes where a field of a record leads.
    pub fn reach<'r>(&self, record: &'r mut RecordMut<'_>) -> T::Mut<'r> {
        T::reach(record.again(), &self.place)
    }
}

impl<R: RecordContent> Reach for R {
    type Mut<'a> = R::Setter<'a>;

    fn reach<'a>(record: RecordMut<'a>, place: &Place) -> R::Setter<'a> {
        RecordMut::open(record.into_slot(place)).into()
    }
}

impl<R: RecordContent> Reach for Option<&R> {
    type Mut<'a> = Option<R::Setter<'a>>;

    fn reach<'a>(record: RecordMut<'a>, place: &Place) -> Option<R::Setter<'a>> {
        let bytes = record.into_slot(place);
        (!bytes.is_empty()).then(|| RecordMut::open(bytes).into())
    }
}

impl<T: Fixed> Reach for Vector<'_, T> {
    type Mut<'a> = VectorMut<'a, T>;

    fn reach<'a>(record: RecordMut<'a>, place: &Place) -> VectorMut<'a, T> {
        VectorMut { bytes: record.into_slot(place), element: PhantomData }
    }
}

impl<R: RecordContent> Reach for Records<'_, R> {
    type Mut<'a> = RecordsMut<'a, R>;

    fn reach<'a>(record: RecordMut<'a>, place: &Place) -> RecordsMut<'a, R> {
        RecordsMut { bytes: record.into_slot(place), element: PhantomData }
    }
}

impl<T: ListItem> Reach for List<'_, T> {
    type Mut<'a> = T::ListMut<'a>;

    fn reach<'a>(record: RecordMut<'a>, place: &Place) -> T::ListMut<'a> {
        T::list_mut(record.into_slot(place))
    }
}

impl<K: Key, V: Value> Reach for Map<'_, K, V> {
    type Mut<'a> = MapMut<'a, K, V>;

    fn reach<'a>(record: RecordMut<'a>, place: &Place) -> MapMut<'a, K, V> {
        MapMut { bytes: record.into_slot(place), entry: PhantomData }
    }
}

impl<T: Reach + Content + crate::native::Init> Reach for Opt<T> {
    type Mut<'a> = Option<T::Mut<'a>>;

    fn reach<'a>(record: RecordMut<'a>, place: &Place) -> Option<T::Mut<'a>> {
        record.has_slot(place).then(|| T::reach(record, place))
    }
}

/// `[T]` of a type of fixed size, inside a message that may be written.
pub struct VectorMut<'a, T> {
    bytes: &'a mut [u8],
    element: PhantomData<fn() -> T>,
}

impl<T: Fixed> VectorMut<'_, T> {
    /// What there is to be read.
    pub fn view(&self) -> VectorView<'_, T> {
        VectorView::open(self.bytes)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.view().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.view().is_empty()
    }

    /// Sets one of them; false when there is none of that index.
    pub fn set(&mut self, index: usize, value: T) -> bool {
        match self.bytes.chunks_exact_mut(<T as Fixed>::SIZE).nth(index) {
            Some(bytes) => {
                Fixed::store(&value, bytes, &[]);
                true
            }
            None => false,
        }
    }
}

/// `[bool]` inside a message that may be written.
pub struct BitsMut<'a> {
    bytes: &'a mut [u8],
}

impl<'a> BitsMut<'a> {
    pub(crate) fn open(bytes: &'a mut [u8]) -> Self {
        BitsMut { bytes }
    }

    /// What there is to be read.
    pub fn view(&self) -> BitsView<'_> {
        BitsView::open(self.bytes)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.view().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.view().is_empty()
    }

    /// Sets one of them; false when there is none of that index.
    pub fn set(&mut self, index: usize, value: bool) -> bool {
        if index >= self.len() {
            return false;
        }
        let Some(byte) = self.bytes.get_mut(1 + index / 8) else {
            return false;
        };
        *byte = *byte & !(1 << (index % 8)) | u8::from(value) << (index % 8);
        true
    }
}

/// `[Record]` inside a message that may be written.
pub struct RecordsMut<'a, R> {
    bytes: &'a mut [u8],
    element: PhantomData<fn() -> R>,
}

impl<R: RecordContent> RecordsMut<'_, R> {
    /// How many there are.
    pub fn len(&self) -> usize {
        Block::<Raw>::open(self.bytes, <R as Element>::EXACT).count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them.
    pub fn at(&mut self, index: usize) -> Option<R::Setter<'_>> {
        let there = index < self.len();
        there.then(|| RecordMut { bytes: self.bytes, index: Some(index) }.into())
    }
}

/// `[X]` of what has no fixed size and is no record, inside a message that may
/// be written.
pub struct ListMut<'a, T> {
    bytes: &'a mut [u8],
    element: PhantomData<fn() -> T>,
}

impl<'a, T: Value> ListMut<'a, T> {
    pub(crate) fn open(bytes: &'a mut [u8]) -> Self {
        ListMut { bytes, element: PhantomData }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        BlockView::<Single<T>, Raw>::open(self.bytes).len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn record(&mut self, index: usize) -> Option<RecordMut<'_>> {
        let there = index < self.len();
        there.then_some(RecordMut { bytes: self.bytes, index: Some(index) })
    }

    /// Sets one of them; false when there is none of that index, or no room.
    pub fn set(&mut self, index: usize, value: T::Set<'_>) -> bool
    where
        T: Settable,
    {
        self.record(index).is_some_and(|mut record| T::set(&mut record, &T::PLACE, value))
    }

    /// Goes where one of them leads.
    pub fn at(&mut self, index: usize) -> Option<T::Mut<'_>>
    where
        T: Reach,
    {
        self.record(index).map(|record| T::reach(record, &T::PLACE))
    }
}

/// `map<K, V>` inside a message that may be written: its values.
pub struct MapMut<'a, K, V> {
    bytes: &'a mut [u8],
    entry: PhantomData<fn() -> (K, V)>,
}

impl<K: Key, V: Value> MapMut<'_, K, V> {
    fn view(&self) -> MapView<'_, K, V, Raw> {
        MapView::open(self.bytes)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.view().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where a key is; O(log n).
    pub fn find(&self, key: K::Query<'_>) -> Option<usize> {
        self.view().find(key)
    }

    fn record(&mut self, index: usize) -> Option<RecordMut<'_>> {
        let there = index < self.len();
        there.then_some(RecordMut { bytes: self.bytes, index: Some(index) })
    }

    /// Sets one of the values; false when there is none of that index, or no
    /// room.
    pub fn set(&mut self, index: usize, value: V::Set<'_>) -> bool
    where
        V: Settable,
    {
        let place = &Entry::<K, V>::VALUE.place;
        self.record(index).is_some_and(|mut record| V::set(&mut record, place, value))
    }

    /// Goes where one of the values leads.
    pub fn at(&mut self, index: usize) -> Option<V::Mut<'_>>
    where
        V: Reach,
    {
        let place = &Entry::<K, V>::VALUE.place;
        self.record(index).map(|record| V::reach(record, place))
    }
}
