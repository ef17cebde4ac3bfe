#!/bin/sh
# cargo.sh -- tests the Rust crates, by C and without it, as run.sh does.
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

shop=../build/examples/rust-service/shop
if [ -x "$shop" ]; then
    cd ../examples/rust-service
    cargo fmt --check
    cargo test --locked -j "$jobs"
    cargo clippy --locked -j "$jobs" --all-targets -- -D warnings
else
    echo "examples/rust-service: skipped: there is no $shop"
fi
