//! Reading in place, in safe Rust: blocks, records, slots.
//!
//! The rules are those of FORMAT.md, section 5, and of C's `view.h`: what is
//! not there reads as zeros, what leads outside is clamped, nothing panics.
//! Bounds that never fail in a message that verifies are one compare each.

use core::fmt;
use core::iter::FusedIterator;
use core::marker::PhantomData;

use crate::dump::Dump;
use crate::mode::{Mode, Raw};
use crate::value::{Element, Fixed, Single, Value};
use crate::Entry;

// ---- Loads ------------------------------------------------------------------

/// The bits of a 64-bit word that a value of 1 to 8 bytes takes.
#[inline(always)]
const fn width_mask(width: u32) -> u64 {
    u64::MAX >> (64 - 8 * width)
}

/// Loads up to 8 bytes where there may be fewer; what is beyond is zero.
#[inline]
pub(crate) fn load_short(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    let size = bytes.len().min(8);
    word[..size].copy_from_slice(&bytes[..size]);
    u64::from_le_bytes(word)
}

/// Loads 8 bytes, of which those beyond the end are zero.
#[inline(always)]
fn load_word(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at.wrapping_add(8)).and_then(<[u8]>::first_chunk) {
        Some(word) => u64::from_le_bytes(*word),
        None => load_tail(bytes, at),
    }
}

/// The same close to the end of the block. Inline so that the compiler sees
/// that it does nothing else: loads that nobody asks for go away.
#[cold]
#[inline]
fn load_tail(bytes: &[u8], at: usize) -> u64 {
    load_short(bytes.get(at..).unwrap_or_default())
}

#[inline(always)]
fn clamp(value: u64, most: usize) -> usize {
    if value < most as u64 {
        value as usize
    } else {
        most
    }
}

/// The slice between two places that ought to lie in it, in this order.
#[inline(always)]
fn cut<M: Mode>(bytes: &[u8], begin: u64, end: u64) -> &[u8] {
    if M::VERIFIED {
        match bytes.get(begin as usize..end as usize) {
            Some(slice) => slice,
            None => Block::<M>::nothing(),
        }
    } else {
        let begin = clamp(begin, bytes.len());
        let end = clamp(end, bytes.len()).max(begin);
        bytes.get(begin..end).unwrap_or_default()
    }
}

// ---- Headers ----------------------------------------------------------------

/// F, S and r of a block, and what follows the bytes that say so.
struct Header<'a> {
    rest: &'a [u8],
    fixed: u64,
    slots: u32,
    split: u32,
}

impl<'a> Header<'a> {
    /// Reads the escapes of F and S at the start of `rest`.
    #[cold]
    fn escapes(mut self) -> Option<Self> {
        if self.fixed == 255 {
            let (word, rest) = self.rest.split_first_chunk()?;
            self.fixed = u32::from_le_bytes(*word).into();
            self.rest = rest;
        }
        if self.slots == 31 {
            let (word, rest) = self.rest.split_first_chunk()?;
            self.slots = u16::from_le_bytes(*word).into();
            self.rest = rest;
        }
        Some(self)
    }

    #[inline(always)]
    fn read(first: u8, second: u8, rest: &'a [u8]) -> Option<Self> {
        let slots = u32::from(second & 31);
        let split = u32::from(second >> 5) + 1;
        let header = Header { rest, fixed: first.into(), slots, split };
        if first == 255 || slots == 31 {
            return header.escapes();
        }
        Some(header)
    }

    /// Bytes of the splits of one head.
    #[inline(always)]
    fn splits(&self) -> u64 {
        u64::from(self.slots.saturating_sub(1)) * u64::from(self.split)
    }
}

// ---- Records ----------------------------------------------------------------

/// One record: the only element of a single block, or one of a vector's.
///
/// Generated views are made of it. It borrows the message.
pub struct Record<'a, M> {
    head: &'a [u8],
    /// What holds the splits, up to the end of the block, and where they start.
    bytes: &'a [u8],
    splits: usize,
    /// The first 8 bytes of the splits: for most records, all of them.
    word: u64,
    /// What holds the share, and where that lies in it. Of a verified message it
    /// is the heap, which is the same for all records of a loop; else it is the
    /// share itself, into which slots are clamped.
    heap: &'a [u8],
    begin: u64,
    end: u64,
    split_mask: u64,
    split: u32,
    slots: u32,
    mode: PhantomData<M>,
}

impl<M> Clone for Record<'_, M> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Record<'_, M> {}

impl<'a, M> Record<'a, M> {
    /// A record of defaults.
    pub(crate) const DEFAULT: Self = Record {
        head: &[],
        bytes: &[],
        splits: 0,
        word: 0,
        heap: &[],
        begin: 0,
        end: 0,
        split_mask: 0,
        split: 1,
        slots: 0,
        mode: PhantomData,
    };
}

impl<'a, M: Mode> Record<'a, M> {
    /// Opens a single block: a message's root or what a slot holds.
    #[inline]
    pub(crate) fn open(bytes: &'a [u8]) -> Self {
        Self::parse(bytes).unwrap_or(Self::DEFAULT)
    }

    #[inline(always)]
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (&[first, second], rest) = bytes.split_first_chunk()?;
        let header = Header::read(first, second, rest)?;
        let size = header.fixed + header.splits();
        if size > header.rest.len() as u64 {
            return None;
        }
        let heap = header.rest.get(size as usize..)?;
        Some(Record {
            head: header.rest.get(..header.fixed as usize)?,
            bytes: header.rest,
            splits: header.fixed as usize,
            word: load_word(header.rest, header.fixed as usize),
            heap,
            begin: 0,
            end: heap.len() as u64,
            split_mask: width_mask(header.split),
            split: header.split,
            slots: header.slots,
            mode: PhantomData,
        })
    }

    /// The bytes of a fixed field; none when the writer did not have it.
    #[inline(always)]
    pub(crate) fn fixed(&self, offset: usize, size: usize) -> &'a [u8] {
        self.head.get(offset..offset + size).unwrap_or_default()
    }

    /// A bit of the head; false when the writer did not have it.
    #[inline(always)]
    pub(crate) fn bit(&self, offset: usize, bit: u8) -> bool {
        self.head.get(offset).is_some_and(|byte| byte >> bit & 1 != 0)
    }

    /// A byte of the head: a union's tag.
    #[inline(always)]
    pub(crate) fn byte(&self, offset: usize) -> u8 {
        self.head.get(offset).copied().unwrap_or(0)
    }

    #[inline(always)]
    pub(crate) fn head(&self) -> &'a [u8] {
        self.head
    }

    #[inline(always)]
    pub(crate) fn slots(&self) -> u32 {
        self.slots
    }

    /// The last split, if none is less than the one before or leads outside;
    /// else where that lies.
    pub(crate) fn split_descent(&self) -> Result<u64, &'a [u8]> {
        let mut before = 0;
        for slot in 1..self.slots {
            let at = (slot - 1) as usize * self.split as usize;
            let split = self.split(slot - 1);
            if split < before || split > self.end - self.begin {
                return Err(self.bytes.get(self.splits + at..).unwrap_or_default());
            }
            before = split;
        }
        Ok(before)
    }

    /// Where a slot ends in the share: one of all but the last.
    #[inline(always)]
    fn split(&self, slot: u32) -> u64 {
        if self.split == 1 && slot < 8 {
            // The usual width: a shift by a constant.
            return self.word >> (8 * slot) & 0xff;
        }
        let at = slot as usize * self.split as usize;
        let word = if at + self.split as usize <= 8 {
            self.word >> (8 * at)
        } else {
            Self::load_far(self.bytes, self.splits + at)
        };
        word & self.split_mask
    }

    /// Loads a split that is not among the first 8 bytes of them. A call, for
    /// otherwise loops keep an address of each in a register, and run out of
    /// those.
    #[inline(never)]
    fn load_far(bytes: &[u8], at: usize) -> u64 {
        load_word(bytes, at)
    }

    /// The bytes of one field of variable size, clamped into the heap.
    #[inline(always)]
    pub(crate) fn slot(&self, slot: u32) -> &'a [u8] {
        if slot >= self.slots {
            return &[];
        }
        let begin = match slot {
            0 => self.begin,
            _ => self.begin.wrapping_add(self.split(slot - 1)),
        };
        let end = if slot + 1 < self.slots {
            self.begin.wrapping_add(self.split(slot))
        } else {
            self.end
        };
        cut::<M>(self.heap, begin, end)
    }
}

// ---- Vector blocks ----------------------------------------------------------

/// The records of a vector block.
pub(crate) struct Block<'a, M> {
    /// From the first head to the end of the block.
    pub(crate) heads: &'a [u8],
    pub(crate) heap: &'a [u8],
    pub(crate) count: usize,
    pub(crate) stride: usize,
    pub(crate) fixed: usize,
    pub(crate) anchor: u32,
    pub(crate) split: u32,
    pub(crate) slots: u32,
    anchor_mask: u64,
    split_mask: u64,
    mode: PhantomData<M>,
}

impl<M> Clone for Block<'_, M> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Block<'_, M> {}

impl<'a, M: Mode> Block<'a, M> {
    /// What never happens in a verified message: a call, and so a branch, where
    /// the compiler would otherwise compute both outcomes and choose.
    #[cold]
    #[inline(never)]
    fn nothing() -> &'a [u8] {
        &[]
    }

    const EMPTY: Self = Block {
        heads: &[],
        heap: &[],
        count: 0,
        stride: 0,
        fixed: 0,
        anchor: 0,
        split: 1,
        slots: 0,
        anchor_mask: 0,
        split_mask: 0,
        mode: PhantomData,
    };

    /// Opens the block; one of a synthetic record has exactly its F and S.
    #[inline]
    pub(crate) fn open(slice: &'a [u8], exact: Option<(u32, u32)>) -> Self {
        let block = Self::parse(slice).unwrap_or(Self::EMPTY);
        match exact {
            Some((fixed, slots)) if block.fixed != fixed as usize || block.slots != slots => {
                Self::EMPTY
            }
            _ => block,
        }
    }

    #[inline(always)]
    fn parse(slice: &'a [u8]) -> Option<Self> {
        let (&[first, second, widths], rest) = slice.split_first_chunk()?;
        let header = Header::read(first, second, rest)?;
        let count_width = u32::from(widths >> 4 & 7) + 1;
        let rest = header.rest.get(count_width as usize..)?;
        let count = load_short(header.rest) & width_mask(count_width);
        let anchor = if header.slots > 0 { u32::from(widths & 7) + 1 } else { 0 };
        let stride = header.fixed + u64::from(anchor) + header.splits();
        if stride == 0 || count > rest.len() as u64 / stride {
            return None;
        }
        let heads = rest.get(..(count * stride) as usize)?;
        Some(Block {
            heads: rest,
            heap: rest.get(heads.len()..)?,
            count: count as usize,
            stride: stride as usize,
            fixed: header.fixed as usize,
            anchor,
            split: header.split,
            slots: header.slots,
            anchor_mask: if anchor > 0 { width_mask(anchor) } else { 0 },
            split_mask: width_mask(header.split),
            mode: PhantomData,
        })
    }

    /// A block of verification: one whose header has been read already.
    pub(crate) fn from_parts(
        rest: &'a [u8],
        count: usize,
        fixed: usize,
        slots: u32,
        anchor: u32,
        split: u32,
    ) -> Option<Self> {
        let splits = slots.saturating_sub(1) as usize * split as usize;
        let stride = fixed + anchor as usize + splits;
        if stride > 0 && count > rest.len() / stride {
            return None;
        }
        Some(Block {
            heads: rest,
            heap: rest.get(count * stride..)?,
            count,
            stride,
            fixed,
            anchor,
            split,
            slots,
            anchor_mask: if anchor > 0 { width_mask(anchor) } else { 0 },
            split_mask: width_mask(split),
            mode: PhantomData,
        })
    }

    /// Where the share of the element starts whose head is at `at`.
    #[inline(always)]
    pub(crate) fn anchor_at(&self, at: usize) -> u64 {
        load_word(self.heads, at + self.fixed) & self.anchor_mask
    }

    /// The record whose head starts at `at`, whose share is given by its bounds,
    /// and of whose head `known` bytes are of interest. Where the writer knew as
    /// many, the length is a constant, and the tests of all fields are one.
    #[inline(always)]
    fn record(&self, at: usize, begin: u64, end: u64, known: usize) -> Record<'a, M> {
        let splits = at + self.fixed + self.anchor as usize;
        let heap = if M::VERIFIED { self.heap } else { cut::<M>(self.heap, begin, end) };
        Record {
            head: match self.heads.get(at..at + known) {
                Some(head) if self.fixed >= known => head,
                _ => self.heads.get(at..at + self.fixed).unwrap_or_default(),
            },
            bytes: self.heads,
            splits,
            word: load_word(self.heads, splits),
            heap,
            begin: if M::VERIFIED { begin } else { 0 },
            end: if M::VERIFIED { end } else { heap.len() as u64 },
            split_mask: self.split_mask,
            split: self.split,
            slots: self.slots,
            mode: PhantomData,
        }
    }

    /// The record at `index`, which is below the count.
    #[inline(always)]
    pub(crate) fn at(&self, index: usize) -> Record<'a, M> {
        let at = index * self.stride;
        if self.anchor == 0 {
            let end = if self.slots == 0 { 0 } else { self.heap.len() as u64 };
            return self.record(at, 0, end, self.fixed);
        }
        let end = if index + 1 < self.count {
            self.anchor_at(at + self.stride)
        } else {
            self.heap.len() as u64
        };
        self.record(at, self.anchor_at(at), end, self.fixed)
    }
}

/// Goes through the records of a block; the anchor behind each is loaded once.
struct BlockIter<'a, M> {
    block: Block<'a, M>,
    index: usize,
    end: usize,
    anchor: u64,
}

impl<'a, M: Mode> BlockIter<'a, M> {
    #[inline]
    fn new(block: Block<'a, M>) -> Self {
        let anchor = if block.count > 0 { block.anchor_at(0) } else { 0 };
        BlockIter { block, index: 0, end: block.count, anchor }
    }

    /// The next record, of which the reader knows so much of the head.
    #[inline(always)]
    fn next(&mut self, known: usize) -> Option<Record<'a, M>> {
        if self.index >= self.end {
            return None;
        }
        let block = &self.block;
        let at = self.index * block.stride;
        self.index += 1;
        if block.anchor == 0 {
            return Some(block.record(at, 0, 0, known));
        }
        let begin = self.anchor;
        self.anchor = if self.index < block.count {
            block.anchor_at(at + block.stride)
        } else {
            block.heap.len() as u64
        };
        Some(block.record(at, begin, self.anchor, known))
    }

    #[inline(always)]
    fn next_back(&mut self) -> Option<Record<'a, M>> {
        if self.index >= self.end {
            return None;
        }
        self.end -= 1;
        Some(self.block.at(self.end))
    }
}

// ---- Lists and maps ---------------------------------------------------------

/// The elements of a list inside a message.
pub struct BlockView<'a, E, M: Mode = Raw> {
    block: Block<'a, M>,
    element: PhantomData<fn() -> E>,
}

/// `[Record]` inside a message.
pub type RecordsView<'a, R, M = Raw> = BlockView<'a, R, M>;

/// `[X]` of what has no fixed size and is no record, inside a message.
pub type ListView<'a, T, M = Raw> = BlockView<'a, Single<T>, M>;

impl<E, M: Mode> Clone for BlockView<'_, E, M> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, M: Mode> Copy for BlockView<'_, E, M> {}

impl<'a, E: Element, M: Mode> BlockView<'a, E, M> {
    #[inline]
    pub(crate) fn open(slice: &'a [u8]) -> Self {
        BlockView { block: Block::open(slice, E::EXACT), element: PhantomData }
    }

    /// How many there are.
    #[inline]
    pub fn len(self) -> usize {
        self.block.count
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.block.count == 0
    }

    /// One of them.
    #[inline]
    pub fn get(self, index: usize) -> Option<E::Item<'a, M>> {
        (index < self.block.count).then(|| E::item(self.block.at(index)))
    }

    /// All of them.
    #[inline]
    pub fn iter(self) -> Iter<'a, E, M> {
        Iter { inner: BlockIter::new(self.block), element: PhantomData }
    }
}

impl<'a, E: Element, M: Mode> IntoIterator for BlockView<'a, E, M> {
    type Item = E::Item<'a, M>;
    type IntoIter = Iter<'a, E, M>;

    #[inline]
    fn into_iter(self) -> Iter<'a, E, M> {
        self.iter()
    }
}

/// Goes through a list inside a message.
pub struct Iter<'a, E, M: Mode> {
    inner: BlockIter<'a, M>,
    element: PhantomData<fn() -> E>,
}

impl<'a, E: Element, M: Mode> Iterator for Iter<'a, E, M> {
    type Item = E::Item<'a, M>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        self.inner.next(E::LAYOUT.0 as usize).map(E::item)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.inner.end - self.inner.index;
        (left, Some(left))
    }
}

impl<E: Element, M: Mode> DoubleEndedIterator for Iter<'_, E, M> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.inner.next_back().map(E::item)
    }
}

impl<E: Element, M: Mode> ExactSizeIterator for Iter<'_, E, M> {}
impl<E: Element, M: Mode> FusedIterator for Iter<'_, E, M> {}

/// What can be a map's key: what orders the keys, and how one is asked for.
pub trait Key: Value {
    /// What a key is compared with: the value, or the bytes.
    type Query<'q>: Copy;

    #[doc(hidden)]
    fn order<M: Mode>(view: Self::View<'_, M>, query: Self::Query<'_>) -> core::cmp::Ordering;

    #[doc(hidden)]
    fn precedes(&self, next: &Self) -> bool;

    /// A key as it is shown: arrays of bytes as bytes.
    #[doc(hidden)]
    fn shown<M: Mode>(view: Self::View<'_, M>) -> impl Dump {
        view
    }

    #[doc(hidden)]
    fn ascends(a: Self::View<'_, Raw>, b: Self::View<'_, Raw>) -> bool;
}

/// The entries of a map inside a message, in order of their keys.
pub struct MapView<'a, K, V, M: Mode = Raw> {
    entries: BlockView<'a, Entry<K, V>, M>,
}

impl<K, V, M: Mode> Clone for MapView<'_, K, V, M> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V, M: Mode> Copy for MapView<'_, K, V, M> {}

impl<'a, K: Key, V: Value, M: Mode> MapView<'a, K, V, M> {
    #[inline]
    pub(crate) fn open(slice: &'a [u8]) -> Self {
        MapView { entries: BlockView::open(slice) }
    }

    /// How many entries there are.
    #[inline]
    pub fn len(self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.entries.is_empty()
    }

    /// The entry at `index`: key and value.
    #[inline]
    pub fn entry(self, index: usize) -> Option<(K::View<'a, M>, V::View<'a, M>)> {
        self.entries.get(index)
    }

    /// Where a key is; O(log n). In bytes that do not verify it may be missed.
    pub fn find(self, key: K::Query<'_>) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let record = self.entries.block.at(middle);
            match K::order::<M>(K::read(&record, &K::PLACE), key) {
                core::cmp::Ordering::Less => low = middle + 1,
                core::cmp::Ordering::Greater => high = middle,
                core::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// What a key leads to; O(log n).
    pub fn get(self, key: K::Query<'_>) -> Option<V::View<'a, M>> {
        self.find(key).and_then(|index| self.entry(index)).map(|(_, value)| value)
    }

    /// All entries.
    #[inline]
    pub fn iter(self) -> Iter<'a, Entry<K, V>, M> {
        self.entries.iter()
    }
}

impl<'a, K: Key, V: Value, M: Mode> IntoIterator for MapView<'a, K, V, M> {
    type Item = (K::View<'a, M>, V::View<'a, M>);
    type IntoIter = Iter<'a, Entry<K, V>, M>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

// ---- Vectors of fixed values ------------------------------------------------

/// `[T]` of a type of fixed size, inside a message, at any address.
pub struct VectorView<'a, T> {
    bytes: &'a [u8],
    element: PhantomData<fn() -> T>,
}

impl<T> Clone for VectorView<'_, T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for VectorView<'_, T> {}

impl<'a, T: Fixed> VectorView<'a, T> {
    #[inline]
    pub(crate) fn open(slice: &'a [u8]) -> Self {
        let whole = slice.len() - slice.len() % T::SIZE;
        VectorView { bytes: slice.get(..whole).unwrap_or_default(), element: PhantomData }
    }

    /// How many there are.
    #[inline]
    pub fn len(self) -> usize {
        self.bytes.len() / T::SIZE
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.bytes.is_empty()
    }

    /// One of them.
    #[inline]
    pub fn get(self, index: usize) -> Option<T> {
        let begin = index.checked_mul(T::SIZE)?;
        let bytes = self.bytes.get(begin..begin.checked_add(T::SIZE)?)?;
        Some(T::load(bytes, &[]))
    }

    /// All of them.
    #[inline]
    pub fn iter(self) -> VectorIter<'a, T> {
        VectorIter { bytes: self.bytes, element: PhantomData }
    }

    /// Their bytes as they lie in the message: little-endian, without holes.
    #[inline]
    pub fn as_bytes(self) -> &'a [u8] {
        self.bytes
    }
}

impl<'a, T: Fixed> IntoIterator for VectorView<'a, T> {
    type Item = T;
    type IntoIter = VectorIter<'a, T>;

    #[inline]
    fn into_iter(self) -> VectorIter<'a, T> {
        self.iter()
    }
}

/// Goes through the values of a vector.
pub struct VectorIter<'a, T> {
    /// A whole number of values.
    bytes: &'a [u8],
    element: PhantomData<fn() -> T>,
}

impl<T: Fixed> Iterator for VectorIter<'_, T> {
    type Item = T;

    #[inline(always)]
    fn next(&mut self) -> Option<T> {
        // Cut here, the length is a constant to what loads.
        let (value, rest) = self.bytes.split_at_checked(T::SIZE)?;
        self.bytes = rest;
        Some(T::load(value, &[]))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.bytes.len() / T::SIZE;
        (left, Some(left))
    }
}

impl<T: Fixed> DoubleEndedIterator for VectorIter<'_, T> {
    #[inline(always)]
    fn next_back(&mut self) -> Option<T> {
        let (rest, value) = self.bytes.split_at_checked(self.bytes.len().checked_sub(T::SIZE)?)?;
        self.bytes = rest;
        Some(T::load(value, &[]))
    }
}

impl<T: Fixed> ExactSizeIterator for VectorIter<'_, T> {}
impl<T: Fixed> FusedIterator for VectorIter<'_, T> {}

/// `[bool]` inside a message: bits.
#[derive(Clone, Copy)]
pub struct BitsView<'a> {
    bits: &'a [u8],
    count: usize,
}

impl<'a> BitsView<'a> {
    #[inline]
    pub(crate) fn open(slice: &'a [u8]) -> Self {
        match slice.split_first() {
            Some((&unused, bits)) if !bits.is_empty() => {
                let count = bits.len().saturating_mul(8) - usize::from(unused.min(7));
                BitsView { bits, count }
            }
            _ => BitsView { bits: &[], count: 0 },
        }
    }

    /// How many there are.
    #[inline]
    pub fn len(self) -> usize {
        self.count
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.count == 0
    }

    /// One of them.
    #[inline]
    pub fn get(self, index: usize) -> Option<bool> {
        if index >= self.count {
            return None;
        }
        self.bits.get(index / 8).map(|byte| byte >> (index % 8) & 1 != 0)
    }

    /// All of them.
    #[inline]
    pub fn iter(self) -> impl ExactSizeIterator<Item = bool> + 'a {
        (0..self.count).map(move |index| self.get(index).unwrap_or(false))
    }
}

// ---- Unions -----------------------------------------------------------------

/// A union's variant that only a later revision knows.
#[derive(Clone, Copy)]
pub struct UnknownVariant<'a, M: Mode = Raw> {
    tag: u8,
    payload: &'a [u8],
    mode: PhantomData<M>,
}

impl<'a, M: Mode> UnknownVariant<'a, M> {
    pub(crate) fn new(tag: u8, payload: &'a [u8]) -> Self {
        UnknownVariant { tag, payload, mode: PhantomData }
    }

    /// The tag: 1 + the variant's index.
    pub fn tag(self) -> u8 {
        self.tag
    }

    /// The bytes of a type that is not known.
    pub fn payload(self) -> &'a [u8] {
        self.payload
    }
}

// ---- Debug ------------------------------------------------------------------

impl<E: Element, M: Mode> fmt::Debug for BlockView<'_, E, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::dump::debug(self, f)
    }
}

impl<K: Key, V: Value, M: Mode> fmt::Debug for MapView<'_, K, V, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::dump::debug(self, f)
    }
}

impl<T: Fixed> fmt::Debug for VectorView<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::dump::debug(self, f)
    }
}

impl fmt::Debug for BitsView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::dump::debug(self, f)
    }
}
