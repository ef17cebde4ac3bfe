//! Counts allocations, by an allocator of our own in front of the system's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};

/// What an operation asked for.
#[derive(Clone, Copy, serde::Serialize)]
pub struct Counts {
    /// Calls that gave memory.
    pub count: u64,
    /// Of all calls together.
    pub bytes: u64,
    /// Most bytes held at once, beyond those held before.
    pub peak: u64,
}

struct Counting;

static ON: AtomicBool = AtomicBool::new(false);
static COUNT: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static HELD: AtomicI64 = AtomicI64::new(0);
static PEAK: AtomicI64 = AtomicI64::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Only while one operation runs, so that what is timed pays for a test.
#[cold]
fn note(given: usize, taken: usize) {
    if given > 0 {
        COUNT.fetch_add(1, Relaxed);
        BYTES.fetch_add(given as u64, Relaxed);
    }
    let change = given as i64 - taken as i64;
    let held = HELD.fetch_add(change, Relaxed) + change;
    PEAK.fetch_max(held, Relaxed);
}

// SAFETY: all calls are passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if ON.load(Relaxed) {
            note(layout.size(), 0);
        }
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if ON.load(Relaxed) {
            note(layout.size(), 0);
        }
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if ON.load(Relaxed) {
            note(size, layout.size());
        }
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if ON.load(Relaxed) {
            note(0, layout.size());
        }
        unsafe { System.dealloc(block, layout) }
    }
}

/// Counts what one call allocates.
pub fn count(run: impl FnOnce()) -> Counts {
    [&COUNT, &BYTES].into_iter().for_each(|counter| counter.store(0, Relaxed));
    [&HELD, &PEAK].into_iter().for_each(|counter| counter.store(0, Relaxed));
    ON.store(true, Relaxed);
    run();
    ON.store(false, Relaxed);
    Counts {
        count: COUNT.load(Relaxed),
        bytes: BYTES.load(Relaxed),
        peak: PEAK.load(Relaxed).max(0) as u64,
    }
}
