//! Compiles the schemas, the C suite's generators and statistics, and says
//! which versions of what are measured.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let bench = root.join("bench");
    inlay_code(&bench);
    c_code(&root);
    for (name, package, cfg) in [("zstd", "libzstd", "has_zstd"), ("lz4", "liblz4", "has_lz4")] {
        println!("cargo::rustc-check-cfg=cfg({cfg})");
        if runs("pkg-config", &["--exists", package]) {
            println!("cargo::rustc-cfg={cfg}");
            println!("cargo::rustc-link-lib={name}");
        }
    }
    flatbuffers_code(&bench.join("rivals/flatbuffers/schema"));
    capnp_code(&bench.join("rivals/capnproto/schema"));
    versions();
    for folder in ["data", "harness", "rivals/flatbuffers/schema", "rivals/capnproto/schema"] {
        println!("cargo::rerun-if-changed={}", bench.join(folder).display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.lock");
}

const SETS: [&str; 4] = ["log", "mesh", "minecraft", "mk48"];

fn out(name: &str) -> PathBuf {
    Path::new(&std::env::var("OUT_DIR").unwrap()).join(name)
}

fn runs(command: &str, arguments: &[&str]) -> bool {
    Command::new(command).args(arguments).output().is_ok_and(|output| output.status.success())
}

/// The first line that a command prints; empty when it is not there.
fn first_line(command: &str, arguments: &[&str]) -> String {
    let output = Command::new(command).args(arguments).output();
    let text =
        output.map_or(String::new(), |output| String::from_utf8_lossy(&output.stdout).into_owned());
    text.lines().next().unwrap_or_default().to_owned()
}

fn inlay_code(bench: &Path) {
    let mut config = inlay_build::Config::new();
    for set in SETS {
        config.schema(bench.join(format!("data/{set}.inlay")));
    }
    if let Err(error) = config.compile() {
        panic!("{error}");
    }
}

fn c_code(root: &Path) {
    let bench = root.join("bench");
    let mut build = cc::Build::new();
    build
        .include(root)
        .include(root.join("include"))
        .std("gnu11")
        .define("BENCH_COMPILE_FLAGS", "\"\"")
        // A fused multiply-add rounds once where the original rounds twice.
        .flag("-ffp-contract=off");
    for set in SETS {
        build.file(bench.join(format!("data/{set}.c")));
    }
    for name in ["data/arena.c", "data/rng.c", "harness/clock.c", "harness/machine.c"] {
        build.file(bench.join(name));
    }
    build.file(bench.join("harness/stats.c"));
    build.compile("inlay_bench_c");
    println!("cargo::rustc-link-lib=m");
}

/// Skips a crate without its compiler, for a reason that the report gives.
fn skip(cfg: &str, variable: &str, reason: &str) {
    println!("cargo::warning={cfg}: {reason}");
    println!("cargo::rustc-env={variable}={reason}");
}

/// Generated code has to be of the crate's release.
fn flatbuffers_code(schemas: &Path) {
    println!("cargo::rustc-check-cfg=cfg(has_flatbuffers)");
    let version = first_line("flatc", &["--version"]);
    if !version.starts_with("flatc version 2.0.") {
        let found = if version.is_empty() { "none" } else { &version };
        let reason = format!("needs flatc 2.0 (Debian 12: flatbuffers-compiler), found {found}");
        return skip("has_flatbuffers", "FLATBUFFERS_SKIPPED", &reason);
    }
    for set in SETS {
        let schema = schemas.join(format!("{set}.fbs"));
        let folder = out("flatbuffers");
        let arguments = ["--rust", "-o", folder.to_str().unwrap(), schema.to_str().unwrap()];
        assert!(runs("flatc", &arguments), "flatc does not take {}", schema.display());
    }
    println!("cargo::rustc-cfg=has_flatbuffers");
}

/// The schemas import a file that only C++ needs; without the compiler's own
/// folder of imports it is not found.
fn capnp_code(schemas: &Path) {
    println!("cargo::rustc-check-cfg=cfg(has_capnp)");
    if !runs("capnp", &["--version"]) {
        let reason = "needs the compiler capnp (Debian: capnproto)";
        return skip("has_capnp", "CAPNP_SKIPPED", reason);
    }
    let mut command = capnpc::CompilerCommand::new();
    command
        .src_prefix(schemas)
        .output_path(out("capnp"))
        .default_parent_module(vec!["codecs".into(), "capnp".into()]);
    for set in SETS {
        command.file(schemas.join(format!("{set}.capnp")));
    }
    match command.run() {
        Ok(()) => println!("cargo::rustc-cfg=has_capnp"),
        Err(error) => {
            let text = error.to_string().replace('\n', " ");
            skip("has_capnp", "CAPNP_SKIPPED", &format!("capnp failed: {text}"));
        }
    }
}

/// The versions of the crates, from the lock file, and of the compiler.
fn versions() {
    let lock = std::fs::read_to_string("Cargo.lock").unwrap();
    let mut name = "";
    for line in lock.lines() {
        if let Some(value) = line.strip_prefix("name = ") {
            name = value.trim_matches('"');
        } else if let Some(value) = line.strip_prefix("version = ") {
            let variable = name.replace('-', "_").to_uppercase();
            println!("cargo::rustc-env=VERSION_{variable}={}", value.trim_matches('"'));
        }
    }
    let rustc = std::env::var("RUSTC").unwrap_or("rustc".into());
    println!("cargo::rustc-env=BENCH_RUSTC={}", first_line(&rustc, &["--version"]));
    let flags = std::env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default().replace('\x1f', " ");
    let level = std::env::var("OPT_LEVEL").unwrap_or_default();
    println!("cargo::rustc-env=BENCH_FLAGS=opt-level {level} {flags}");
    let commit = first_line("git", &["rev-parse", "--short", "HEAD"]);
    println!("cargo::rustc-env=BENCH_COMMIT={commit}");
}
