//! Setting fields of fixed size in place, in safe Rust.
//!
//! A place is found by reading and written by its offset, so what readers clamp
//! setters clamp, and what was verified still verifies.

use crate::mode::Raw;
use crate::native::{Opt, Records};
use crate::value::{Element, Field, Fixed, Place, RecordContent, Value};
use crate::view::{Block, Record};

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

    fn slot(&mut self, slot: u32) -> &mut [u8] {
        let range = range_in(self.bytes, self.record().slot(slot));
        self.part(range)
    }

    fn set_bit(&mut self, offset: usize, bit: u8, value: bool) -> bool {
        let [byte] = self.fixed(offset, 1) else {
            return false;
        };
        *byte = *byte & !(1 << bit) | u8::from(value) << bit;
        true
    }
}

/// What can be set in place.
pub trait Settable: Value {
    /// What it is set to.
    type Set;

    /// Sets it; false when the message has no room for it.
    fn set(record: &mut RecordMut<'_>, place: &Place, value: Self::Set) -> bool;
}

impl<T: Fixed> Settable for T {
    type Set = T;

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
    type Set = Option<T>;

    fn set(record: &mut RecordMut<'_>, place: &Place, value: Option<T>) -> bool {
        let size = <T as Fixed>::SIZE;
        if size > 8 || place.sparse {
            // What is not there has no room, and what is there keeps it.
            let bytes = record.slot(place.slot);
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

impl<T: Settable> Field<T> {
    /// Sets the field of a record; false when the message has no room for it.
    pub fn set(&self, record: &mut RecordMut<'_>, value: T::Set) -> bool {
        T::set(record, &self.place, value)
    }
}

impl<R: RecordContent> Field<R> {
    /// The record that a record has.
    pub fn record_mut<'r>(&self, record: &'r mut RecordMut<'_>) -> RecordMut<'r> {
        RecordMut::open(record.slot(self.place.slot))
    }
}

impl<R: RecordContent> Field<Option<&R>> {
    /// The record that a record may have.
    pub fn option_mut<'r>(&self, record: &'r mut RecordMut<'_>) -> Option<RecordMut<'r>> {
        let bytes = record.slot(self.place.slot);
        (!bytes.is_empty()).then(|| RecordMut::open(bytes))
    }
}

impl<R: RecordContent> Field<Records<'_, R>> {
    /// One of the records that a record has.
    pub fn item_mut<'r>(
        &self,
        record: &'r mut RecordMut<'_>,
        index: usize,
    ) -> Option<RecordMut<'r>> {
        let bytes = record.slot(self.place.slot);
        let count = Block::<Raw>::open(bytes, <R as Element>::EXACT).count;
        (index < count).then_some(RecordMut { bytes, index: Some(index) })
    }
}
