//! The same operations by criterion, one after the other.
//!
//! What criterion has measured is written as a result, too: its medians and
//! intervals, without the ratios that only interleaved blocks give.

use criterion::{BenchmarkId, Criterion};
use inlay_bench_rust::codecs::{self, Everything};
use inlay_bench_rust::harness::c::Machine;
use inlay_bench_rust::harness::case::{Case, Op};
use inlay_bench_rust::harness::gate;
use inlay_bench_rust::harness::result::Results;
use inlay_bench_rust::set::{Log, Mesh, Minecraft, Mk48};
use serde_json::{json, Value};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const SAMPLES: usize = 50;
const OUTPUT: &str = "criterion.json";

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(SAMPLES)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    let machine = Machine::look();
    let mut results = Results::default();
    let begin = SystemTime::now();
    set::<Log>(&mut criterion, begin, &mut results);
    set::<Mesh>(&mut criterion, begin, &mut results);
    set::<Minecraft>(&mut criterion, begin, &mut results);
    set::<Mk48>(&mut criterion, begin, &mut results);
    criterion.final_summary();
    let settings = json!({"profile": "criterion", "blocks": SAMPLES});
    let result = results.finish(machine, settings);
    match std::fs::write(OUTPUT, result.to_string()) {
        Ok(()) => eprintln!("{OUTPUT}: written"),
        Err(error) => eprintln!("{OUTPUT}: {error}"),
    }
}

fn set<S: Everything>(criterion: &mut Criterion, begin: SystemTime, results: &mut Results) {
    let mut cases = codecs::cases::<S>();
    if let Err(complaint) = gate::check::<S>(&mut cases) {
        eprintln!("{complaint}");
        std::process::exit(1);
    }
    results.add_set::<S>(&cases);
    for (op, name) in Op::ALL {
        let mut group = criterion.benchmark_group(format!("{}-{name}", S::NAME));
        for case in &mut cases {
            let id = BenchmarkId::from_parameter(case.codec.id);
            for (_, run) in case.runs.iter_mut().filter(|(has, _)| *has == op) {
                let mut turn = 0usize;
                group.bench_function(id.clone(), |bencher| {
                    bencher.iter(|| {
                        turn = turn.wrapping_add(1);
                        run(turn)
                    });
                });
            }
        }
        group.finish();
        cases.iter().for_each(|case| collect::<S>(case, op, begin, results));
    }
    cases.iter().for_each(|case| results.add_absent::<S>(case));
}

/// Takes over what criterion keeps in its folder, if it was measured since.
fn collect<S: Everything>(case: &Case, op: Op, begin: SystemTime, results: &mut Results) {
    if !case.runs.iter().any(|(has, _)| *has == op) {
        return;
    }
    let folder = folder().join(format!("{}-{}", S::NAME, op.name())).join(case.codec.id);
    if let Some((bounds, blocks)) = read(&folder.join("new"), begin) {
        results.add_sampled::<S>(case.codec.id, op, bounds, &blocks);
    }
}

fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
    std::env::var_os("CRITERION_HOME").map_or(target.join("criterion"), PathBuf::from)
}

/// Median with its interval, and the mean times of the samples, in ns.
fn read(folder: &Path, begin: SystemTime) -> Option<([f64; 3], Vec<f64>)> {
    let file = |name: &str| -> Option<Value> {
        let path = folder.join(name);
        let written = path.metadata().and_then(|metadata| metadata.modified()).ok()?;
        let bytes = (written >= begin).then(|| std::fs::read(path))?.ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    let (estimates, sample) = (file("estimates.json")?, file("sample.json")?);
    let median = &estimates["median"];
    let interval = &median["confidence_interval"];
    let bounds = [
        median["point_estimate"].as_f64()?,
        interval["lower_bound"].as_f64()?,
        interval["upper_bound"].as_f64()?,
    ];
    let (iterations, times) = (sample["iters"].as_array()?, sample["times"].as_array()?);
    let blocks = iterations
        .iter()
        .zip(times)
        .map(|(count, time)| Some(time.as_f64()? / count.as_f64()?))
        .collect::<Option<Vec<f64>>>()?;
    (!blocks.is_empty()).then_some((bounds, blocks))
}
