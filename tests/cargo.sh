#!/bin/sh
# cargo.sh -- tests the Rust crates, by C and without it, as run.sh does, and
# runs all of the Rust benchmarks once.
#
#     sh tests/cargo.sh
#
# build/inlay must have been built, and build/examples/rust-service/shop for the
# example that is a service.
set -eu

cd "$(dirname "$0")/../rust"
jobs=$(nproc 2>/dev/null || echo 2)

cargo fmt --check
cargo test --locked -j "$jobs" --workspace --all-features
cargo test --locked -j "$jobs" -p inlay-conformance --no-default-features
cargo clippy --locked -j "$jobs" --workspace --all-features --all-targets -- -D warnings

# The package of inlay-sys has the C sources, which are links here; all three
# build from what would be published.
cargo package --locked --allow-dirty --quiet -j "$jobs" \
    -p inlay-sys -p inlay-build -p inlay

# The fuzz target compiles; to run, it needs a nightly compiler.
(cd fuzz && cargo check --locked -j "$jobs" --target-dir ../target)

shop=../build/examples/rust-service/shop
if [ -x "$shop" ]; then
    (
        cd ../examples/rust-service
        cargo fmt --check
        cargo test --locked -j "$jobs"
        cargo clippy --locked -j "$jobs" --all-targets -- -D warnings
    )
else
    echo "examples/rust-service: skipped: there is no $shop"
fi

# The benchmarks: every crate through the gate on every set, and what they
# write through the reader of results. Some of the crates need a newer Rust.
cd ../bench/rust
cargo fmt --check
wanted=$(sed -n 's/^rust-version = "1\.\([0-9]*\)"/\1/p' Cargo.toml)
found=$(rustc --version | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p')
if [ "${found:-0}" -lt "$wanted" ]; then
    echo "bench/rust: skipped: rustc 1.$wanted or later is needed"
    exit 0
fi
result=$(mktemp)
trap 'rm -f "$result"' EXIT
cargo bench --locked -j "$jobs" --profile smoke --bench interleaved -- \
    --smoke -o "$result"
if [ -x ../../build/inlay-bench ]; then
    ../../build/inlay-bench report --markdown "$result" >/dev/null
fi
echo "test result: bench/rust: ok"
