//! Verification in Rust: accepts exactly what C's `verify.c` does.
//!
//! A block is worked through as in C: its header, all anchors and splits, then
//! one field of every element after another. Which checks a field needs follows
//! from its type; failures put their path together on the way out.

use core::cell::OnceCell;

use crate::encode::DEPTH_LIMIT;
use crate::error::{Error, Status};
use crate::mode::Raw;
use crate::native::{Init, Opt};
use crate::value::{Content, Element, Field, Union, Value};
use crate::view::{load_short, Block, Key};

/// The error is with the [`Checker`].
#[derive(Debug)]
pub struct Failed;

/// Whether all is well.
pub type Checked = Result<(), Failed>;

/// What a slice is the value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A field that is not optional, a map's value.
    Required,
    /// Empty where absent.
    Optional,
    /// A union's payload.
    Variant,
}

/// How messages are verified.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether to refuse all but the one canonical encoding.
    pub canonical: bool,
    /// How deep blocks may nest; the root is 1, lists and maps count.
    pub depth_limit: u32,
}

impl Default for Options {
    fn default() -> Self {
        Options { canonical: false, depth_limit: DEPTH_LIMIT }
    }
}

/// One verification.
pub struct Checker<'m> {
    message: &'m [u8],
    options: Options,
    error: Option<Error>,
}

/// A block whose header and shares are verified: what fields are columns of.
pub struct Columns<'a> {
    block: Block<'a, Raw>,
    vector: bool,
    depth: u32,
    /// Whether the whole heap is ASCII, once somebody has asked: so are all
    /// strings in it then, wherever they are cut.
    ascii: OnceCell<bool>,
}

impl Columns<'_> {
    fn is_ascii(&self) -> bool {
        *self.ascii.get_or_init(|| self.block.heap.is_ascii())
    }
}

/// Verifies a message whose root is an `R`.
pub(crate) fn verify<R: Element>(message: &[u8], options: Options) -> Result<(), Error> {
    let mut checker = Checker { message, options, error: None };
    match checker.block::<R>(message, 1, false) {
        Ok(_) => Ok(()),
        Err(Failed) => Err(checker.error.unwrap_or(Error::new(Status::Unknown, None))),
    }
}

/// A block's header, read and found good.
struct Header<'a> {
    rest: &'a [u8],
    fixed: u32,
    slots: u32,
    split: u32,
    anchor: u32,
    count: u64,
}

fn width_is_least(value: u64, width: u32) -> bool {
    width == 1 || value >> (8 * (width - 1)) != 0
}

impl Checker<'_> {
    /// Records what went wrong, at the start of a slice of the message.
    #[cold]
    pub(crate) fn fail<T>(&mut self, status: Status, at: &[u8]) -> Result<T, Failed> {
        let offset = (at.as_ptr() as usize).wrapping_sub(self.message.as_ptr() as usize);
        self.error = Some(Error::new(status, Some(offset as u64)));
        Err(Failed)
    }

    #[cold]
    fn located<T>(&mut self, columns: &Columns<'_>, index: usize, field: &Field<T>) -> Failed {
        if let Some(error) = &mut self.error {
            if let Some(name) = field.name {
                error.in_field(name);
            }
            if columns.vector {
                error.in_item(index);
            }
        }
        Failed
    }

    // ---- Headers ------------------------------------------------------------

    fn escapes<'a>(&mut self, slice: &'a [u8], header: &mut Header<'a>) -> Checked {
        if header.fixed == 255 {
            let Some((word, rest)) = header.rest.split_first_chunk() else {
                return self.fail(Status::Header, slice);
            };
            header.fixed = u32::from_le_bytes(*word);
            if header.fixed < 255 {
                return self.fail(Status::Width, header.rest);
            }
            header.rest = rest;
        }
        if header.slots == 31 {
            let Some((word, rest)) = header.rest.split_first_chunk() else {
                return self.fail(Status::Header, slice);
            };
            header.slots = u16::from_le_bytes(*word).into();
            if header.slots < 31 {
                return self.fail(Status::Width, header.rest);
            }
            header.rest = rest;
        }
        Ok(())
    }

    fn vector_header<'a>(&mut self, slice: &'a [u8], header: &mut Header<'a>) -> Checked {
        let widths = slice[2];
        let count_width = u32::from(widths >> 4 & 7) + 1;
        if widths & 0x88 != 0 {
            return self.fail(Status::ReservedBits, &slice[2..]);
        }
        header.anchor = u32::from(widths & 7) + 1;
        if header.slots == 0 {
            if header.anchor != 1 {
                return self.fail(Status::Width, &slice[2..]);
            }
            header.anchor = 0;
        }
        let Some((count, rest)) = header.rest.split_at_checked(count_width as usize) else {
            return self.fail(Status::Header, slice);
        };
        header.count = load_short(count);
        if header.count == 0 {
            return self.fail(Status::Count, count);
        }
        if !width_is_least(header.count, count_width) {
            return self.fail(Status::Width, &slice[2..]);
        }
        header.rest = rest;
        Ok(())
    }

    fn header<'a>(&mut self, slice: &'a [u8], vector: bool) -> Result<Header<'a>, Failed> {
        let size = if vector { 3 } else { 2 };
        let (Some(rest), [first, second, ..]) = (slice.get(size..), slice) else {
            return self.fail(Status::Header, slice);
        };
        let mut header = Header {
            rest,
            fixed: u32::from(*first),
            slots: u32::from(second & 31),
            split: u32::from(second >> 5) + 1,
            anchor: 0,
            count: 1,
        };
        self.escapes(slice, &mut header)?;
        if header.slots < 2 && header.split != 1 {
            return self.fail(Status::Width, &slice[1..]);
        }
        if vector {
            self.vector_header(slice, &mut header)?;
        }
        Ok(header)
    }

    fn layout<E: Element>(&mut self, slice: &[u8], header: &Header<'_>, vector: bool) -> Checked {
        let (fixed, slots) = (header.fixed, header.slots);
        let none = fixed == 0 && slots == 0;
        if vector && none {
            return self.fail(Status::Layout, slice);
        }
        if (fixed, slots) == E::LAYOUT {
            return Ok(());
        }
        let later = fixed >= E::LAYOUT.0 && slots >= E::LAYOUT.1;
        let older = none || E::REVISIONS.contains(&(fixed, slots));
        if E::EXACT.is_some() || !(later || older) {
            return self.fail(Status::Layout, slice);
        }
        if self.options.canonical {
            return self.fail(Status::NotCanonical, slice);
        }
        Ok(())
    }

    // ---- Shares -------------------------------------------------------------

    /// Verifies all anchors and splits, and that their widths are the least.
    fn shares(&mut self, slice: &[u8], columns: &Columns<'_>) -> Checked {
        let block = &columns.block;
        let (heap, splits) = (block.heap.len() as u64, block.slots.saturating_sub(1));
        let (mut anchor, mut last_splits) = (0, 0);
        if block.anchor > 0 {
            for index in 0..block.count {
                let at = index * block.stride;
                let next = block.anchor_at(at);
                if (index == 0 && next != 0) || next < anchor || next > heap {
                    let _: Checked = self.fail(Status::Anchors, &block.heads[at + block.fixed..]);
                    return Err(self.in_element(columns, index));
                }
                anchor = next;
            }
            if !width_is_least(anchor, block.anchor) {
                return self.fail(Status::Width, &slice[2..]);
            }
        }
        if splits == 0 {
            return Ok(());
        }
        for index in 0..block.count {
            let record = block.at(index);
            match record.split_descent() {
                Ok(last) => last_splits |= last,
                Err(at) => {
                    let _: Checked = self.fail(Status::Splits, at);
                    return Err(self.in_element(columns, index));
                }
            }
        }
        if !width_is_least(last_splits, block.split) {
            return self.fail(Status::Width, &slice[1..]);
        }
        Ok(())
    }

    #[cold]
    fn in_element(&mut self, columns: &Columns<'_>, index: usize) -> Failed {
        if let (Some(error), true) = (&mut self.error, columns.vector) {
            error.in_item(index);
        }
        Failed
    }

    // ---- Blocks -------------------------------------------------------------

    /// Verifies the block that fills a slice.
    fn block<'a, E: Element>(
        &mut self,
        slice: &'a [u8],
        depth: u32,
        vector: bool,
    ) -> Result<Columns<'a>, Failed> {
        if depth > self.options.depth_limit {
            return self.fail(Status::TooDeep, slice);
        }
        let header = self.header(slice, vector)?;
        self.layout::<E>(slice, &header, vector)?;
        let stride = u64::from(header.fixed)
            + u64::from(header.anchor)
            + u64::from(header.slots.saturating_sub(1)) * u64::from(header.split);
        if stride > 0 && header.count > header.rest.len() as u64 / stride {
            return self.fail(Status::Heads, header.rest);
        }
        let Some(block) = Block::from_parts(
            header.rest,
            header.count as usize,
            header.fixed as usize,
            header.slots,
            header.anchor,
            header.split,
        ) else {
            return self.fail(Status::Heads, header.rest);
        };
        if block.slots == 0 && !block.heap.is_empty() {
            return self.fail(Status::TrailingBytes, block.heap);
        }
        let columns = Columns { block, vector, depth, ascii: OnceCell::new() };
        if block.slots > 0 {
            self.shares(slice, &columns)?;
        }
        if E::SPARE.1 != 0 && (E::EXACT.is_some() || self.options.canonical) {
            self.spares::<E>(&columns)?;
        }
        E::check_fields(self, &columns)?;
        Ok(columns)
    }

    /// Verifies the bits that no field takes.
    fn spares<E: Element>(&mut self, columns: &Columns<'_>) -> Checked {
        let (offset, mask) = E::SPARE;
        let status = if E::EXACT.is_some() { Status::UnknownBits } else { Status::NotCanonical };
        for index in 0..columns.block.count {
            let head = columns.block.at(index).head();
            if head.get(offset as usize).is_some_and(|bits| bits & mask != 0) {
                let _: Checked = self.fail(status, &head[offset as usize..]);
                return Err(self.in_element(columns, index));
            }
        }
        Ok(())
    }

    /// Verifies a block that a slot holds, unless it is the empty slice.
    pub fn nested<E: Element>(
        &mut self,
        slice: &[u8],
        depth: u32,
        vector: bool,
        role: Role,
    ) -> Checked {
        if slice.is_empty() {
            return Ok(());
        }
        let columns = self.block::<E>(slice, depth + 1, vector)?;
        let block = &columns.block;
        let checked = self.options.canonical && !vector && role != Role::Optional;
        let head = &block.heads[..block.heads.len() - block.heap.len()];
        if checked && block.heap.is_empty() && head.iter().all(|byte| *byte == 0) {
            return self.fail(Status::NotCanonical, slice);
        }
        Ok(())
    }

    /// Verifies that the keys of a map ascend strictly.
    pub(crate) fn keys<K: Key>(&mut self, columns: &Columns<'_>, field: &Field<K>) -> Checked {
        let block = &columns.block;
        for index in 1..block.count {
            let (before, here) = (block.at(index - 1), block.at(index));
            if !K::ascends(K::read(&before, &field.place), K::read(&here, &field.place)) {
                let at = if K::SLOTS > 0 { here.slot(0) } else { here.head() };
                let _: Checked = self.fail(Status::MapOrder, at);
                return Err(self.located(columns, index, field));
            }
        }
        Ok(())
    }

    // ---- Columns: heads -----------------------------------------------------

    /// A fixed field that is always there.
    pub(crate) fn fixed<T: Content>(&mut self, columns: &Columns<'_>, field: &Field<T>) -> Checked {
        if !T::HAS_BOOL || T::IS_BOOL {
            return Ok(());
        }
        self.bools::<T, T>(columns, field)
    }

    fn bools<T: Content, F>(&mut self, columns: &Columns<'_>, field: &Field<F>) -> Checked {
        if !T::HAS_BOOL {
            return Ok(());
        }
        for index in 0..columns.block.count {
            let bytes = columns.block.at(index).fixed(field.place.offset, T::SIZE);
            if let Some(at) = T::bad_bool(bytes) {
                let _: Checked = self.fail(Status::Bool, &bytes[at..]);
                return Err(self.located(columns, index, field));
            }
        }
        Ok(())
    }

    /// `bool?`
    pub(crate) fn optional_bit<F>(&mut self, columns: &Columns<'_>, field: &Field<F>) -> Checked {
        let place = &field.place;
        for index in 0..columns.block.count {
            let record = columns.block.at(index);
            let head = record.head();
            let inside = place.offset < head.len();
            let checked = match record.bit(place.present, place.present_bit) {
                true if !inside => self.fail(Status::Presence, &head[place.present..]),
                false if inside && record.bit(place.offset, place.bit) => {
                    self.fail(Status::AbsentValue, &head[place.offset..])
                }
                _ => Ok(()),
            };
            checked.map_err(|Failed| self.located(columns, index, field))?;
        }
        Ok(())
    }

    /// `T?` of up to 8 bytes.
    pub(crate) fn optional_fixed<T: Content + Init>(
        &mut self,
        columns: &Columns<'_>,
        field: &Field<Opt<T>>,
    ) -> Checked {
        let place = &field.place;
        for index in 0..columns.block.count {
            let record = columns.block.at(index);
            let bytes = record.fixed(place.offset, T::SIZE);
            let checked = match record.bit(place.present, place.present_bit) {
                true if bytes.is_empty() => {
                    self.fail(Status::Presence, &record.head()[place.present..])
                }
                false if bytes.iter().any(|byte| *byte != 0) => {
                    self.fail(Status::AbsentValue, bytes)
                }
                _ => Ok(()),
            };
            checked.map_err(|Failed| self.located(columns, index, field))?;
        }
        self.bools::<T, Opt<T>>(columns, field)
    }

    // ---- Columns: slots -----------------------------------------------------

    /// Verifies the pads of an aligned slice, and takes them off.
    fn aligned<'a>(&mut self, slice: &'a [u8], align: usize) -> Result<&'a [u8], Failed> {
        if slice.is_empty() {
            return Ok(slice);
        }
        let pad = match slice.first_chunk() {
            Some(pad) if slice.len() >= 2 + align => usize::from(u16::from_le_bytes(*pad)),
            _ => return self.fail(Status::Alignment, slice),
        };
        if pad >= align {
            return self.fail(Status::Alignment, slice);
        }
        let (before, rest) = slice[2..].split_at(pad);
        let (elements, behind) = rest.split_at(slice.len() - 1 - align);
        for pads in [before, behind] {
            if let Some(at) = pads.iter().position(|byte| *byte != 0) {
                return self.fail(Status::Alignment, &pads[at..]);
            }
        }
        let offset = (elements.as_ptr() as usize).wrapping_sub(self.message.as_ptr() as usize);
        if self.options.canonical && offset % align != 0 {
            return self.fail(Status::NotCanonical, slice);
        }
        Ok(elements)
    }

    /// A slot of every element.
    pub(crate) fn slices<T: Content, F>(
        &mut self,
        columns: &Columns<'_>,
        field: &Field<F>,
        role: Role,
    ) -> Checked {
        let place = &field.place;
        if place.slot >= columns.block.slots {
            return Ok(());
        }
        let well = T::IS_TEXT && columns.is_ascii();
        for index in if well { 0..0 } else { 0..columns.block.count } {
            let slice = columns.block.at(index).slot(place.slot);
            let checked = match place.align {
                0 => T::check(self, slice, columns.depth, role),
                align => self
                    .aligned(slice, align as usize)
                    .and_then(|slice| T::check(self, slice, columns.depth, Role::Required)),
            };
            checked.map_err(|Failed| self.located(columns, index, field))?;
        }
        if place.max != 0 {
            self.limits::<T, F>(columns, field)?;
        }
        Ok(())
    }

    /// Verifies that nothing is longer than `@max` allows.
    fn limits<T: Content, F>(&mut self, columns: &Columns<'_>, field: &Field<F>) -> Checked {
        let place = &field.place;
        for index in 0..columns.block.count {
            let slice = columns.block.at(index).slot(place.slot);
            let elements = match (place.align as usize, slice.len()) {
                (0, _) | (_, 0) => slice,
                (align, size) => &slice[..size - 1 - align],
            };
            if T::slice_length(elements) > u64::from(place.max) {
                let _: Checked = self.fail(Status::TooLong, slice);
                return Err(self.located(columns, index, field));
            }
        }
        Ok(())
    }

    /// A slot whose value is there when a bit says so.
    pub(crate) fn optional_slice<T: Content + Init>(
        &mut self,
        columns: &Columns<'_>,
        field: &Field<Opt<T>>,
    ) -> Checked {
        let place = &field.place;
        let inside = place.slot < columns.block.slots;
        for index in 0..columns.block.count {
            let record = columns.block.at(index);
            let present = record.bit(place.present, place.present_bit);
            let slice = record.slot(place.slot);
            let checked = if present && !inside {
                self.fail(Status::Presence, &record.head()[place.present..])
            } else if !present && !slice.is_empty() {
                self.fail(Status::AbsentValue, slice)
            } else {
                Ok(())
            };
            checked.map_err(|Failed| self.located(columns, index, field))?;
        }
        self.slices::<T, Opt<T>>(columns, field, Role::Optional)
    }

    // ---- Columns: unions ----------------------------------------------------

    /// A tag and a payload.
    pub fn union<U: Union + Value>(&mut self, columns: &Columns<'_>, field: &Field<U>) -> Checked {
        let place = &field.place;
        if place.offset >= columns.block.fixed {
            return Ok(());
        }
        for index in 0..columns.block.count {
            let record = columns.block.at(index);
            let tag = record.byte(place.offset);
            let checked = if place.slot < columns.block.slots {
                U::payload_check(self, tag, record.slot(place.slot), columns.depth)
            } else if tag != 0 {
                self.fail(Status::Presence, &record.head()[place.offset..])
            } else {
                Ok(())
            };
            checked.map_err(|Failed| self.located(columns, index, field))?;
        }
        Ok(())
    }

    /// A variant with a type.
    pub fn variant<T: Content>(&mut self, name: &str, payload: &[u8], depth: u32) -> Checked {
        T::check(self, payload, depth, Role::Variant).inspect_err(|Failed| {
            if let Some(error) = &mut self.error {
                error.in_field(name);
            }
        })
    }

    /// No variant, or one with no type.
    pub fn no_payload(&mut self, payload: &[u8]) -> Checked {
        if payload.is_empty() {
            return Ok(());
        }
        self.fail(Status::Payload, payload)
    }

    /// A variant of a later revision.
    pub fn later_variant(&mut self, payload: &[u8]) -> Checked {
        if self.options.canonical {
            return self.fail(Status::NotCanonical, payload);
        }
        Ok(())
    }
}
