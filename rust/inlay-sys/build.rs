//! Builds the C runtime: everything in codec/ that needs no other library.
//!
//! JSON needs yajl and is left out. The hashes need `xxhash.h`, a header alone;
//! where the compiler does not find it they are left out too, and only code
//! that calls them then fails to link.

use std::env;
use std::path::{Path, PathBuf};

/// JSON, and what only JSON needs.
const LEFT_OUT: [&str; 8] = [
    "json_float.c",
    "json_names.c",
    "json_out.c",
    "json_parse.c",
    "json_path.c",
    "json_read.c",
    "json_read_map.c",
    "json_scalar.c",
];

fn is_wanted(name: &str) -> bool {
    name.ends_with(".c")
        && !LEFT_OUT.contains(&name)
        && !["json_write.c", "tree.c", "hash.c"].contains(&name)
}

fn sources(codec: &Path) -> Vec<PathBuf> {
    let folder = codec.read_dir().expect("codec/ is part of the crate");
    let mut found: Vec<PathBuf> = folder
        .map(|entry| entry.expect("codec/ can be read").path())
        .filter(|path| path.file_name().and_then(|n| n.to_str()).is_some_and(is_wanted))
        .collect();
    found.sort();
    found
}

fn base(include: &Path) -> cc::Build {
    let mut build = cc::Build::new();
    build.include(include).std("c11").warnings(false);
    build
}

/// Whether the compiler finds xxhash.h, which XXH_INLINE_ALL makes whole.
fn has_xxhash(include: &Path, hash: &Path) -> bool {
    base(include)
        .cargo_metadata(false)
        .cargo_warnings(false)
        .file(hash)
        .try_compile("inlay-probe")
        .is_ok()
}

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let codec = root.join("codec");
    // The link behind the name, so that it can be handed to other crates.
    let include = root.join("include").canonicalize().expect("include/ is part of the crate");
    let hash = codec.join("hash.c");

    let mut build = base(&include);
    build.files(sources(&codec)).file(root.join("src/layout.c"));
    if has_xxhash(&include, &hash) {
        build.file(&hash);
    }
    build.compile("inlay");

    println!("cargo::metadata=include={}", include.display());
    println!("cargo::rerun-if-changed=src/layout.c");
    println!("cargo::rerun-if-changed={}", codec.display());
    println!("cargo::rerun-if-changed={}", include.display());
}
