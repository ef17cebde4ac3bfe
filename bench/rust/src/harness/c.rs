//! What the C suite has already: statistics, and the look at the machine.

use std::ffi::{c_char, c_long, c_ulonglong, CStr};

use serde_json::{json, Value};

/// Tukey's classes: `stats_outliers`.
#[repr(C)]
#[derive(serde::Serialize)]
pub struct Outliers {
    low_severe: usize,
    low_mild: usize,
    high_mild: usize,
    high_severe: usize,
}

extern "C" {
    fn bench_clock_init();
    fn stats_median(values: *const f64, count: usize) -> f64;
    fn stats_bootstrap_median(
        values: *const f64,
        count: usize,
        resamples: usize,
        seed: u64,
        low: *mut f64,
        high: *mut f64,
    );
    fn stats_outliers_count(values: *const f64, count: usize) -> Outliers;
    fn machine_look(machine: *mut Machine);
    fn machine_look_again(machine: *mut Machine);
}

// ---- Statistics -------------------------------------------------------------

/// `STATS_RESAMPLES`.
const RESAMPLES: usize = 10_000;

/// The middle value; there is at least one.
pub fn median(values: &[f64]) -> f64 {
    assert!(!values.is_empty());
    // SAFETY: reads so many values.
    unsafe { stats_median(values.as_ptr(), values.len()) }
}

/// The bounds of the median's 95 % bootstrap interval.
pub fn interval(values: &[f64]) -> (f64, f64) {
    assert!(!values.is_empty());
    let (mut low, mut high) = (0.0, 0.0);
    // SAFETY: reads so many values, and sets both bounds.
    unsafe {
        stats_bootstrap_median(values.as_ptr(), values.len(), RESAMPLES, 1, &mut low, &mut high);
    }
    (low, high)
}

pub fn outliers(values: &[f64]) -> Outliers {
    assert!(!values.is_empty());
    // SAFETY: reads so many values.
    unsafe { stats_outliers_count(values.as_ptr(), values.len()) }
}

// ---- The machine ------------------------------------------------------------

/// `bench_machine`.
#[repr(C)]
pub struct Machine {
    cpu: [c_char; 128],
    flags: [c_char; 256],
    kernel: [c_char; 128],
    os: [c_char; 128],
    compiler: [c_char; 128],
    compile_flags: [c_char; 256],
    governor: [c_char; 64],
    counters: [c_char; 128],
    clock: [c_char; 64],
    cores: c_long,
    caches: [c_long; 3],
    hypervisor: bool,
    aslr: bool,
    load_before: f64,
    load_after: f64,
    steal_percent: f64,
    clock_resolution_ns: f64,
    environment_bytes: usize,
    ticks: [c_ulonglong; 2],
}

fn text(from: &[c_char]) -> String {
    let bytes: Vec<u8> = from.iter().map(|byte| *byte as u8).collect();
    let text = CStr::from_bytes_until_nul(&bytes).unwrap_or_default();
    text.to_string_lossy().into_owned()
}

impl Machine {
    /// The first look, before anything is measured.
    pub fn look() -> Box<Self> {
        // SAFETY: all zeros are a value of it, which C sets.
        unsafe {
            let mut machine = Box::new(std::mem::zeroed());
            bench_clock_init();
            machine_look(&mut *machine);
            machine
        }
    }

    /// The second one, after it; as a result has it.
    pub fn finish(mut self: Box<Self>) -> Value {
        // SAFETY: it was looked at before.
        unsafe { machine_look_again(&mut *self) };
        let [l1d, l2, l3] = self.caches.map(|size| size.max(0));
        json!({
            "cpu": text(&self.cpu),
            "cores": self.cores,
            "flags": text(&self.flags),
            "caches": {"l1d": l1d, "l2": l2, "l3": l3},
            "kernel": text(&self.kernel),
            "os": text(&self.os),
            "compiler": format!("{}; {}", env!("BENCH_RUSTC"), text(&self.compiler)),
            "compile_flags": env!("BENCH_FLAGS"),
            "governor": text(&self.governor),
            "hypervisor": self.hypervisor,
            "counters": text(&self.counters),
            "load_before": self.load_before,
            "load_after": self.load_after,
            "steal_percent": self.steal_percent,
            "clock": "clock_gettime",
            "clock_resolution_ns": self.clock_resolution_ns,
            "environment_bytes": self.environment_bytes,
            "aslr": self.aslr,
        })
    }
}
