//! Timing in interleaved blocks, as the C suite does it: all cases of an
//! operation once per round, in a new order each time, each beside memcpy of
//! Inlay's message, so that what drifts cancels in the ratios.

use std::hint::black_box;
use std::time::Instant;

use super::alloc;
use super::case::{Case, Op, Run};

/// How long and how often.
#[derive(Clone, Copy)]
pub struct Settings {
    pub profile: &'static str,
    pub blocks: usize,
    pub block_ns: f64,
}

impl Settings {
    pub const FULL: Self = Settings { profile: "full", blocks: 31, block_ns: 2e6 };
    pub const SMOKE: Self = Settings { profile: "smoke", blocks: 5, block_ns: 1e5 };
}

/// The anchor takes this part of a block's time, beside each block.
const ANCHOR_PART: f64 = 0.2;

/// What was measured of one codec.
pub struct Cell {
    /// Which of the cases.
    pub case: usize,
    /// Mean times of an operation, in ns, in the order in which they were taken.
    pub blocks: Vec<f64>,
    pub anchors: Vec<f64>,
    /// Blocks in which another process ran.
    pub contaminated: usize,
    pub allocations: alloc::Counts,
}

/// One operation of all cases of a set.
pub struct Measured {
    pub op: Op,
    pub cells: Vec<Cell>,
    /// The first case beside itself: what differs is noise.
    pub noise: Vec<f64>,
}

// ---- Blocks -----------------------------------------------------------------

/// One operation to be timed.
struct Task<'a> {
    case: usize,
    run: &'a mut Run,
    turn: usize,
    repeats: usize,
}

impl Task<'_> {
    /// The mean time of an operation.
    fn block(&mut self) -> f64 {
        let begin = Instant::now();
        for _ in 0..self.repeats {
            black_box((self.run)(self.turn));
            self.turn = self.turn.wrapping_add(1);
        }
        begin.elapsed().as_nanos() as f64 / self.repeats as f64
    }

    /// Warms up, and finds out how many operations a block has.
    fn calibrate(&mut self, block_ns: f64) {
        self.repeats = 1;
        let mut ns = self.block().max(0.1);
        while ns * (self.repeats as f64) < block_ns / 2.0 {
            self.repeats *= 2;
            ns = self.block().max(0.1);
        }
        self.repeats = ((block_ns / ns) as usize).max(1);
    }
}

/// Copies the anchor's message.
fn copy(message: &'static [u8]) -> Run {
    let mut room = message.to_vec();
    Box::new(move |_| {
        room.copy_from_slice(black_box(message));
        black_box(&mut room).len() as u64
    })
}

/// How often the kernel took the processor away from us.
fn switches() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("nonvoluntary_ctxt_switches:"));
    line.and_then(|count| count.trim().parse().ok()).unwrap_or(0)
}

/// Numbers in no order (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % limit as u64) as usize
    }

    fn shuffle(&mut self, items: &mut [usize]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

// ---- Operations -------------------------------------------------------------

/// Times one operation of all cases that have it.
pub fn measure(
    cases: &mut [Case],
    op: Op,
    message: &'static [u8],
    settings: Settings,
) -> Option<Measured> {
    let mut tasks: Vec<Task> = cases
        .iter_mut()
        .enumerate()
        .flat_map(|(case, from)| from.runs.iter_mut().map(move |(op, run)| (case, *op, run)))
        .filter(|(_, has, _)| *has == op)
        .map(|(case, _, run)| Task { case, run, turn: 0, repeats: 1 })
        .collect();
    if tasks.is_empty() {
        return None;
    }
    let mut anchor = copy(message);
    let mut anchor = Task { case: 0, run: &mut anchor, turn: 0, repeats: 1 };
    anchor.calibrate(settings.block_ns * ANCHOR_PART);
    let mut cells: Vec<Cell> = tasks.iter_mut().map(|task| prepare(task, settings)).collect();
    let mut again = Vec::new();
    let mut random = Random(1);
    // The last place is the first task's second one.
    let mut order: Vec<usize> = (0..=tasks.len()).collect();
    for _ in 0..settings.blocks {
        random.shuffle(&mut order);
        for place in &order {
            match cells.get_mut(*place) {
                Some(cell) => time(&mut tasks[*place], &mut anchor, cell),
                None => again.push(tasks[0].block()),
            }
        }
    }
    let noise = cells[0].blocks.iter().zip(&again).map(|(one, other)| one / other).collect();
    Some(Measured { op, cells, noise })
}

fn prepare(task: &mut Task, settings: Settings) -> Cell {
    task.calibrate(settings.block_ns);
    let allocations = alloc::count(|| {
        black_box((task.run)(task.turn));
    });
    Cell { case: task.case, blocks: Vec::new(), anchors: Vec::new(), contaminated: 0, allocations }
}

fn time(task: &mut Task, anchor: &mut Task, cell: &mut Cell) {
    cell.anchors.push(anchor.block());
    let before = switches();
    cell.blocks.push(task.block());
    cell.contaminated += usize::from(switches() != before);
}
