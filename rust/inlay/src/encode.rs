//! Encoding in Rust: the bytes that C's `encode.h` gives, by the same method.
//!
//! Two passes. *Measure* finds the size of every block and the widths of its
//! anchors and splits, and notes the widths on a tape, a byte per block in the
//! order of the walk. *Write* walks again and reads the tape. The native
//! structs are borrowed and have no interior mutability, so both walks see the
//! same; were that broken, slices would be out of bounds and `write` panics.

use alloc::vec::Vec;

use crate::error::{Error, Status};
use crate::value::{Content, Element, Field, Place, RecordContent, Sink, Union, Value};

/// No message is larger.
const MESSAGE_LIMIT: u64 = 1 << 47;

/// How deep blocks may nest.
pub(crate) const DEPTH_LIMIT: u32 = 64;

/// What the tape says of a required record of defaults: nothing is written.
const EMPTY: u8 = 0xff;

/// `bytes(x)` of FORMAT.md: the least bytes, at least 1, that hold a value.
fn width(value: u64) -> u32 {
    (64 - (value | 1).leading_zeros()).div_ceil(8)
}

/// Bytes of the escapes of F and S.
fn escapes(layout: (u32, u32)) -> u64 {
    (if layout.0 >= 255 { 4 } else { 0 }) + (if layout.1 >= 31 { 2 } else { 0 })
}

// ---- Measuring --------------------------------------------------------------

/// The slices of one element, added up in slot order.
#[derive(Clone, Copy, Default)]
pub struct Share {
    size: u64,
    /// Where the last slot begins: the largest split.
    split: u64,
}

impl Share {
    /// Adds a slice.
    #[inline(always)]
    pub fn add(&mut self, size: u64) {
        self.split = self.size;
        // Sizes of single slices are below 2^63 and refused from 2^47 on.
        self.size = self.size.saturating_add(size);
    }
}

/// The first pass. Failures stick: the first is kept, sizes are then moot.
pub struct Encoder {
    tape: Vec<u8>,
    depth: u32,
    error: Option<Error>,
}

/// Measures the fields of one element.
struct Measure<'e> {
    encoder: &'e mut Encoder,
    share: Share,
}

impl Sink for Measure<'_> {
    #[inline(always)]
    fn field<T: Value>(&mut self, field: &Field<T>, value: &T) {
        if self.encoder.error.is_some() {
            return;
        }
        value.measure(self.encoder, &mut self.share, &field.place);
        if let (Some(error), Some(name)) = (&mut self.encoder.error, field.name) {
            error.in_field(name);
        }
    }
}

impl Encoder {
    pub(crate) fn new() -> Self {
        Encoder { tape: Vec::new(), depth: 0, error: None }
    }

    #[cold]
    pub(crate) fn fail(&mut self, status: Status) {
        if self.error.is_none() {
            self.error = Some(Error::new(status, None));
        }
    }

    #[cold]
    pub(crate) fn in_item(&mut self, index: usize) {
        if let Some(error) = &mut self.error {
            error.in_item(index);
        }
    }

    /// Hands on the size of a variant, whose name belongs into the path.
    #[inline]
    pub fn variant(&mut self, name: &str, size: u64) -> u64 {
        if let Some(error) = &mut self.error {
            error.in_field(name);
        }
        size
    }

    /// Measures a root; gives the size and the tape.
    pub(crate) fn root<R: RecordContent>(mut self, record: &R) -> Result<(u64, Vec<u8>), Error> {
        let size = self.record::<R>(record);
        match self.error {
            Some(error) => Err(error),
            None => Ok((size, self.tape)),
        }
    }

    /// Adds the slice of a field, with its `@align` and `@max`.
    #[inline(always)]
    pub(crate) fn slice<T: Content>(&mut self, value: &T, share: &mut Share, place: &Place) {
        if place.max != 0 && value.length() > place.max as usize {
            return self.fail(Status::TooLong);
        }
        let size = value.measure(self);
        if place.align != 0 && size > 0 {
            share.add(size.saturating_add(1 + u64::from(place.align)));
        } else {
            share.add(size);
        }
    }

    #[inline(always)]
    fn share<E: Element>(&mut self, native: &E::Native) -> Share {
        let mut measure = Measure { encoder: self, share: Share::default() };
        E::fields(native, &mut measure);
        measure.share
    }

    /// Begins a block; gives its place on the tape.
    fn enter(&mut self) -> Option<usize> {
        if self.error.is_some() {
            return None;
        }
        if self.depth >= DEPTH_LIMIT {
            self.fail(Status::TooDeep);
            return None;
        }
        self.depth += 1;
        self.tape.push(0);
        Some(self.tape.len() - 1)
    }

    /// Measures a single block; gives its size.
    pub(crate) fn record<R: Element>(&mut self, record: &R::Native) -> u64 {
        let Some(mark) = self.enter() else { return 0 };
        let share = self.share::<R>(record);
        let (fixed, slots) = R::LAYOUT;
        let split = if slots > 1 { width(share.split) } else { 1 };
        self.depth -= 1;
        if share.size >= MESSAGE_LIMIT {
            self.fail(Status::TooLarge);
            return 0;
        }
        self.tape[mark] = (split - 1) as u8;
        let splits = u64::from(slots.saturating_sub(1)) * u64::from(split);
        2 + escapes(R::LAYOUT) + u64::from(fixed) + splits + share.size
    }

    /// The same where it is required: nothing if it has its defaults.
    pub fn required<R: RecordContent>(&mut self, record: &R) -> u64 {
        if record_is_default(record) {
            self.tape.push(EMPTY);
            return 0;
        }
        self.record::<R>(record)
    }

    /// Measures a vector block; gives its size.
    pub(crate) fn list<E: Element>(&mut self, items: &[E::Native]) -> u64 {
        if items.is_empty() {
            return 0;
        }
        let Some(mark) = self.enter() else { return 0 };
        let (mut size, mut anchor, mut split) = (0u64, 0, 0);
        for (index, item) in items.iter().enumerate() {
            let share = self.share::<E>(item);
            if self.error.is_some() {
                self.in_item(index);
                return 0;
            }
            anchor = size;
            size = size.saturating_add(share.size);
            split |= share.split;
        }
        self.depth -= 1;
        self.leave_list(mark, E::LAYOUT, items.len() as u64, size, anchor, split)
    }

    fn leave_list(
        &mut self,
        mark: usize,
        layout: (u32, u32),
        count: u64,
        size: u64,
        anchor: u64,
        split: u64,
    ) -> u64 {
        let (fixed, slots) = layout;
        let split = if slots > 1 { width(split) } else { 1 };
        let anchor = if slots > 0 { width(anchor) } else { 0 };
        let splits = u64::from(slots.saturating_sub(1)) * u64::from(split);
        let stride = u64::from(fixed) + u64::from(anchor) + splits;
        if size >= MESSAGE_LIMIT || count > MESSAGE_LIMIT / stride {
            self.fail(Status::TooLarge);
            return 0;
        }
        self.tape[mark] = ((split - 1) | anchor.saturating_sub(1) << 3) as u8;
        3 + escapes(layout) + u64::from(width(count)) + count * stride + size
    }
}

/// Tells whether a record has nothing but its defaults.
struct Defaults(bool);

impl Sink for Defaults {
    #[inline(always)]
    fn field<T: Value>(&mut self, field: &Field<T>, value: &T) {
        self.0 = self.0 && value.is_default(&field.place);
    }
}

#[doc(hidden)]
pub fn record_is_default<R: RecordContent>(record: &R) -> bool {
    let mut defaults = Defaults(true);
    R::fields(record, &mut defaults);
    defaults.0
}

// ---- Writing ----------------------------------------------------------------

/// The second pass.
pub struct Writer<'o> {
    out: &'o mut [u8],
    tape: &'o [u8],
    next: usize,
}

/// Stores the low bytes of a value.
#[inline(always)]
fn store_width(to: &mut [u8], at: usize, value: u64, width: usize) {
    let bytes = value.to_le_bytes();
    for (to, byte) in to[at..at + width].iter_mut().zip(bytes) {
        *to = byte;
    }
}

impl<'o> Writer<'o> {
    pub(crate) fn new(out: &'o mut [u8], tape: &'o [u8]) -> Self {
        Writer { out, tape, next: 0 }
    }

    /// The next `size` bytes from `at`.
    #[inline(always)]
    pub(crate) fn room(&mut self, at: usize, size: usize) -> &mut [u8] {
        &mut self.out[at..at + size]
    }

    /// Copies a slice; returns where it ends.
    #[inline(always)]
    pub(crate) fn bytes(&mut self, at: usize, bytes: &[u8]) -> usize {
        self.out[at..at + bytes.len()].copy_from_slice(bytes);
        at + bytes.len()
    }

    fn take(&mut self) -> u8 {
        self.next += 1;
        self.tape[self.next - 1]
    }

    /// Writes F, S and r, and the escapes behind `size` bytes; returns the end.
    fn header(&mut self, at: usize, layout: (u32, u32), split: u32, size: usize) -> usize {
        let (fixed, slots) = layout;
        self.out[at] = fixed.min(255) as u8;
        self.out[at + 1] = (slots.min(31) | (split - 1) << 5) as u8;
        let mut end = at + size;
        if fixed >= 255 {
            end = self.bytes(end, &fixed.to_le_bytes());
        }
        if slots >= 31 {
            end = self.bytes(end, &(slots as u16).to_le_bytes());
        }
        end
    }

    /// Writes a single block; returns where it ends.
    pub(crate) fn record<R: Element>(&mut self, record: &R::Native, at: usize) -> usize {
        let split = u32::from(self.take() & 7) + 1;
        let (fixed, slots) = R::LAYOUT;
        let head = self.header(at, R::LAYOUT, split, 2);
        let splits = head + fixed as usize;
        let heap = splits + slots.saturating_sub(1) as usize * split as usize;
        self.element::<R>(record, head, splits, split as usize, heap)
    }

    /// The same where it is required: nothing if it has its defaults.
    pub fn required<R: RecordContent>(&mut self, record: &R, at: usize) -> usize {
        if self.tape[self.next] == EMPTY {
            self.next += 1;
            return at;
        }
        self.record::<R>(record, at)
    }

    /// Writes a vector block; returns where it ends.
    pub(crate) fn list<E: Element>(&mut self, items: &[E::Native], at: usize) -> usize {
        if items.is_empty() {
            return at;
        }
        let (fixed, slots) = E::LAYOUT;
        let widths = u32::from(self.take() & 63);
        let (split, count_width) = ((widths & 7) + 1, width(items.len() as u64));
        let anchor = if slots > 0 { (widths >> 3) as usize + 1 } else { 0 };
        self.out[at + 2] = (widths >> 3 | (count_width - 1) << 4) as u8;
        let end = self.header(at, E::LAYOUT, split, 3);
        store_width(self.out, end, items.len() as u64, count_width as usize);
        let mut head = end + count_width as usize;
        let splits = slots.saturating_sub(1) as usize * split as usize;
        let stride = fixed as usize + anchor + splits;
        let start = head + items.len() * stride;
        let mut heap = start;
        for item in items {
            let behind = head + fixed as usize;
            store_width(self.out, behind, (heap - start) as u64, anchor);
            heap = self.element::<E>(item, head, behind + anchor, split as usize, heap);
            head += stride;
        }
        heap
    }

    /// Writes the head of one element and its slices; returns where they end.
    #[inline(always)]
    fn element<E: Element>(
        &mut self,
        native: &E::Native,
        head: usize,
        splits: usize,
        split: usize,
        heap: usize,
    ) -> usize {
        self.out[head..head + E::LAYOUT.0 as usize].fill(0);
        let mut element = ElementWriter { writer: self, head, splits, split, start: heap, heap };
        E::fields(native, &mut element);
        element.heap
    }
}

/// The second pass over one element.
pub struct ElementWriter<'w, 'o> {
    writer: &'w mut Writer<'o>,
    head: usize,
    splits: usize,
    split: usize,
    start: usize,
    heap: usize,
}

impl Sink for ElementWriter<'_, '_> {
    #[inline(always)]
    fn field<T: Value>(&mut self, field: &Field<T>, value: &T) {
        value.write(self, &field.place);
    }
}

impl ElementWriter<'_, '_> {
    #[inline(always)]
    pub(crate) fn head(&mut self, offset: usize, size: usize) -> &mut [u8] {
        self.writer.room(self.head + offset, size)
    }

    #[inline(always)]
    pub(crate) fn set_bit(&mut self, offset: usize, bit: u8) {
        self.writer.out[self.head + offset] |= 1 << bit;
    }

    /// Notes where a slot begins.
    #[inline(always)]
    pub(crate) fn empty(&mut self, slot: u32) {
        if slot > 0 {
            let at = self.splits + (slot as usize - 1) * self.split;
            store_width(self.writer.out, at, (self.heap - self.start) as u64, self.split);
        }
    }

    /// Writes the slice of a field, with its `@align`.
    #[inline(always)]
    pub(crate) fn slice<T: Content>(&mut self, value: &T, place: &Place) {
        self.empty(place.slot);
        if place.align == 0 || value.length() == 0 {
            self.heap = value.write(self.writer, self.heap);
            return;
        }
        let align = place.align as usize;
        let pad = self.heap.wrapping_add(2).wrapping_neg() % align;
        let elements = self.heap + 2 + pad;
        self.writer.bytes(self.heap, &(pad as u16).to_le_bytes());
        self.writer.room(self.heap + 2, pad).fill(0);
        let end = value.write(self.writer, elements);
        self.writer.room(end, align - 1 - pad).fill(0);
        self.heap = end + align - 1 - pad;
    }

    /// Writes a record that is there.
    pub(crate) fn record<R: RecordContent>(&mut self, record: &R, slot: u32) {
        self.empty(slot);
        self.heap = self.writer.record::<R>(record, self.heap);
    }

    /// Writes tag and payload.
    #[inline]
    pub fn union<U: Union>(&mut self, union: &U, place: &Place) {
        self.head(place.offset, 1)[0] = union.tag();
        self.empty(place.slot);
        self.heap = union.payload_write(self.writer, self.heap);
    }
}
