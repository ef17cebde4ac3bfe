//! Compiles the schemas of the data sets, and what generates their values.

use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = root.join("bench/data");
    let mut config = inlay_build::Config::new();
    config
        .schema(data.join("log.inlay"))
        .schema(data.join("mesh.inlay"));
    if let Err(error) = config.compile() {
        panic!("{error}");
    }
    // A fused multiply-add rounds once where the original rounds twice.
    let mut build = cc::Build::new();
    build
        .include(&root)
        .include(root.join("include"))
        .std("c11")
        .flag("-ffp-contract=off");
    for name in ["arena.c", "rng.c", "log.c", "mesh.c"] {
        build.file(data.join(name));
    }
    println!("cargo::rerun-if-changed={}", data.display());
    build.compile("inlay_bench_data");
}
