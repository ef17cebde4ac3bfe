//! The result file of `bench/RESULT.md`.

use serde_json::{json, Value};

use super::c::{self, Machine};
use super::case::{Case, Op};
use super::compress;
use super::measure::{Measured, Settings};
use crate::codecs;
use crate::set::Set;

/// What grows while sets are measured.
#[derive(Default)]
pub struct Results {
    sets: Vec<Value>,
    codecs: Vec<Value>,
    cells: Vec<Value>,
    sizes: Vec<Value>,
    noise: Vec<Value>,
}

/// A time with no more digits than it is worth.
fn real(value: f64) -> Value {
    let text = format!("{value:.5e}");
    json!(text.parse::<f64>().unwrap_or(value))
}

fn reals(values: &[f64]) -> Value {
    values.iter().copied().map(real).collect()
}

/// Median and interval, as members.
fn estimate(values: &[f64]) -> Value {
    let (low, high) = c::interval(values);
    json!({"median": real(c::median(values)), "low": real(low), "high": real(high)})
}

impl Results {
    /// Adds a set and the sizes of its messages.
    pub fn add_set<S: Set>(&mut self, cases: &[Case]) {
        self.sets.push(json!({
            "name": S::NAME, "about": S::ABOUT, "records": S::RECORDS, "messages": 1,
        }));
        for case in cases {
            self.add_codec(case);
            self.add_size::<S>(case);
        }
    }

    fn add_codec(&mut self, case: &Case) {
        let codec = &case.codec;
        if self.codecs.iter().any(|known| known["id"] == codec.id) {
            return;
        }
        self.codecs.push(json!({
            "id": codec.id, "name": codec.name, "format": codec.format, "language": "Rust",
            "version": codec.version, "trust": codec.trust, "memory": codec.memory,
            "note": codec.note,
        }));
    }

    fn add_size<S: Set>(&mut self, case: &Case) {
        let Some(message) = case.written else {
            return;
        };
        let mut size = json!({"set": S::NAME, "codec": case.codec.id, "bytes": message.len()});
        for (name, packed) in [("zstd1", compress::zstd1(message)), ("lz4", compress::lz4(message))]
        {
            if let Some(packed) = packed {
                size[name] = packed.into();
            }
        }
        self.sizes.push(size);
    }

    /// Adds why a case does not have an operation, or a reason for all of them.
    pub fn add_absent<S: Set>(&mut self, case: &Case) {
        for (op, name) in Op::ALL {
            if case.runs.iter().any(|(has, _)| *has == op) {
                continue;
            }
            let why = case.absent.iter().find(|(absent, _)| *absent == op);
            let why = why.map_or("not for this set", |(_, why)| *why);
            self.cells.push(json!({
                "set": S::NAME, "codec": case.codec.id, "op": name, "absent": why,
            }));
        }
    }

    /// Adds what was measured of one operation.
    pub fn add<S: Set>(&mut self, cases: &[Case], measured: &Measured) {
        for cell in &measured.cells {
            let mut ns = estimate(&cell.blocks);
            ns["min"] = real(cell.blocks.iter().copied().fold(f64::INFINITY, f64::min));
            let ratios: Vec<f64> =
                cell.blocks.iter().zip(&cell.anchors).map(|(one, other)| one / other).collect();
            self.cells.push(json!({
                "set": S::NAME,
                "codec": cases[cell.case].codec.id,
                "op": measured.op.name(),
                "ns": ns,
                "ratio": estimate(&ratios),
                "blocks": reals(&cell.blocks),
                "anchors": reals(&cell.anchors),
                "outliers": c::outliers(&cell.blocks),
                "contaminated": cell.contaminated,
                "allocations": cell.allocations,
            }));
        }
        let (low, high) = c::interval(&measured.noise);
        self.noise.push(json!({
            "set": S::NAME, "op": measured.op.name(), "low": real(low), "high": real(high),
        }));
    }

    /// Adds an operation that criterion has measured: median and interval, and
    /// the mean times of its samples.
    pub fn add_sampled<S: Set>(&mut self, codec: &str, op: Op, bounds: [f64; 3], blocks: &[f64]) {
        let [median, low, high] = bounds.map(real);
        let min = real(blocks.iter().copied().fold(f64::INFINITY, f64::min));
        self.cells.push(json!({
            "set": S::NAME,
            "codec": codec,
            "op": op.name(),
            "ns": {"median": median, "low": low, "high": high, "min": min},
            "blocks": reals(blocks),
            "outliers": c::outliers(blocks),
        }));
    }

    /// All of it.
    pub fn finish(self, machine: Box<Machine>, settings: Value) -> Value {
        let skipped = codecs::SKIPPED.iter();
        let skipped: Vec<Value> = skipped
            .map(|(id, name, reason)| json!({"id": id, "name": name, "reason": reason}))
            .collect();
        json!({
            "format": "inlay-bench 1",
            "when": now(),
            "inlay": {"version": env!("VERSION_INLAY"), "commit": env!("BENCH_COMMIT")},
            "machine": machine.finish(),
            "settings": settings,
            "sets": self.sets,
            "codecs": self.codecs,
            "skipped": skipped,
            "cells": self.cells,
            "sizes": self.sizes,
            "noise": self.noise,
        })
    }
}

impl Settings {
    /// As a result has them.
    pub fn json(self) -> Value {
        json!({
            "profile": self.profile, "blocks": self.blocks, "block_ns": self.block_ns, "seed": 1,
        })
    }
}

/// The time as "2026-11-22T18:00:00Z".
fn now() -> String {
    let seconds = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let (year, month, day) = civil(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The date of a day since 1970-01-01. Years begin in March, so that the day
/// that is there or not is their last.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + u64::from(month <= 2), month, day)
}
