//! All crates in interleaved blocks, with ratios to memcpy taken within blocks:
//! the method of the C suite, and its kind of result.

use inlay_bench_rust::codecs::{self, Everything};
use inlay_bench_rust::harness::c::Machine;
use inlay_bench_rust::harness::case::Op;
use inlay_bench_rust::harness::gate;
use inlay_bench_rust::harness::measure::{measure, Settings};
use inlay_bench_rust::harness::options::Options;
use inlay_bench_rust::harness::result::Results;
use inlay_bench_rust::set::{Log, Mesh, Minecraft, Mk48};

const USAGE: &str = "usage: cargo bench --bench interleaved -- [--smoke] [--set S]... [-o FILE]";

fn main() {
    let options = Options::read(USAGE);
    let settings = if options.smoke { Settings::SMOKE } else { Settings::FULL };
    let machine = Machine::look();
    let mut results = Results::default();
    for (_, name, reason) in codecs::SKIPPED {
        eprintln!("{name} is left out: {reason}");
    }
    set::<Log>(&options, settings, &mut results);
    set::<Mesh>(&options, settings, &mut results);
    set::<Minecraft>(&options, settings, &mut results);
    set::<Mk48>(&options, settings, &mut results);
    let result = results.finish(machine, settings.json());
    if let Err(error) = std::fs::write(&options.output, result.to_string()) {
        eprintln!("{}: {error}", options.output);
        std::process::exit(2);
    }
    eprintln!("{}: written", options.output);
}

fn set<S: Everything>(options: &Options, settings: Settings, results: &mut Results) {
    if !options.wants(S::NAME) {
        return;
    }
    let message = codecs::inlay_message::<S>();
    let mut cases = codecs::cases::<S>();
    if let Err(complaint) = gate::check::<S>(&mut cases) {
        eprintln!("{complaint}");
        std::process::exit(1);
    }
    results.add_set::<S>(&cases);
    for (op, name) in Op::ALL {
        eprintln!("{} {name}", S::NAME);
        if let Some(measured) = measure(&mut cases, op, message, settings) {
            results.add::<S>(&cases, &measured);
        }
    }
    cases.iter().for_each(|case| results.add_absent::<S>(case));
}
