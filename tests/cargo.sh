#!/bin/sh
# cargo.sh -- tests the Rust crates, by C and without it, as run.sh does.
#
#     sh tests/cargo.sh
#
# build/inlay must have been built.
set -eu

cd "$(dirname "$0")/../rust"
jobs=$(nproc 2>/dev/null || echo 2)

cargo fmt --check
cargo test --locked -j "$jobs" --workspace --all-features
cargo test --locked -j "$jobs" -p inlay-conformance --no-default-features
cargo clippy --locked -j "$jobs" --workspace --all-features --all-targets -- -D warnings
