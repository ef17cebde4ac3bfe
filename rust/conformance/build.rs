//! Compiles the schemas of the repository's tests.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// The schemas of the format's vectors.
const VECTORS: [&str; 7] = ["aligned", "evo1", "more", "nested", "pin", "scalars", "wide"];

/// Copies the second revision of a schema under the name of a package of its
/// own: C can't link two revisions into one program.
fn renamed(tests: &Path) -> PathBuf {
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    let path = Path::new(&out).join("evo2.inlay");
    let source = tests.join("vectors/evo2.inlay");
    println!("cargo::rerun-if-changed={}", source.display());
    let text = fs::read_to_string(source).expect("the schema is there");
    let text = text.replacen("package vec.evo;", "package vec.evo2;", 1);
    fs::write(&path, text).expect("OUT_DIR can be written");
    path
}

/// Writes a schema with a union that has as many variants as there can be.
fn many() -> PathBuf {
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    let path = Path::new(&out).join("many.inlay");
    let variants: String = (0..255)
        .map(|i| format!("v{i}{};\n", ["", ": u16", ": string", ": Holder"][i % 4]))
        .collect();
    let text = format!(
        "package vec.many;\nunion Many {{\n{variants}}}\nrecord Holder {{ many: Many; }}\n"
    );
    fs::write(&path, text).expect("OUT_DIR can be written");
    path
}

/// Builds what reads by C, to compare with: the part of the library that writes
/// JSON, and a walk through any bytes.
fn build_c(codec: &Path) {
    let Some(include) = env::var_os("DEP_INLAY_RUST_INCLUDE") else {
        return;
    };
    let mut build = cc::Build::new();
    build.include(include).std("c11").files(["src/json.c", "src/raw.c"]);
    for name in ["json_float.c", "json_out.c", "json_write.c"] {
        build.file(codec.join(name));
    }
    println!("cargo::rerun-if-changed=src");
    build.compile("inlay_conformance_c");
}

fn main() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let mut config = inlay_build::Config::new();
    for name in VECTORS {
        config.schema(tests.join(format!("vectors/{name}.inlay")));
    }
    config.schema(renamed(&tests));
    config.schema(many());
    config.schema(tests.join("generated/everything.inlay"));
    config.schema(tests.join("generated/everything_common.inlay"));
    config.schema(tests.join("max/limits.inlay"));
    if let Err(error) = config.compile() {
        panic!("{error}");
    }
    build_c(&tests.join("../codec"));
}
