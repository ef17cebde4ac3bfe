//! Hands the folder of the C headers on to crates that depend on this one, who
//! would not hear it from `inlay-sys`. That is also how `inlay-build` knows
//! whether anybody in the build has turned the feature `c` on.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if let Ok(include) = std::env::var("DEP_INLAY_INCLUDE") {
        println!("cargo::metadata=include={include}");
    }
}
