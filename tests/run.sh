#!/bin/sh
# run.sh -- builds everything and runs all tests, as released and under the
# sanitizers, and those of the Rust crates where there is a Rust for them.
#
#     sh tests/run.sh
#
# Installs what it misses first (cmake/install-packages.sh). Builds into build/
# and build-asan/. Fails when anything does, having run the rest all the same.
set -u

cd "$(dirname "$0")/.." || exit 1
jobs=$(nproc 2>/dev/null || echo 2)
failed=""
closing=""

# run_preset NAME: configures, builds, tests; notes ctest's closing lines.
run_preset() {
    echo "== $1: building"
    # Said again, since build/ may have been configured otherwise before.
    if ! cmake --preset "$1" -DINLAY_TESTS=ON -DINLAY_EXAMPLES=ON \
        -DINLAY_BENCH=ON || ! cmake --build --preset "$1" -j "$jobs"; then
        failed="$failed $1"
        closing="$closing
== $1: not built"
        return
    fi
    echo "== $1: testing"
    log=$(mktemp)
    ctest --preset "$1" -j "$jobs" >"$log" 2>&1 || failed="$failed $1"
    cat "$log"
    closing="$closing
== $1
$(sed -n '/tests passed/,$p' "$log")"
    rm -f "$log"
}

# run_cargo: tests the Rust crates, by C and without it. They need the command
# that the default preset has built, and a Rust that is new enough; Debian 12's
# is not, and is left alone.
run_cargo() {
    wanted=$(sed -n 's/^rust-version = "1\.\([0-9]*\)"/\1/p' rust/Cargo.toml)
    found=$(rustc --version 2>/dev/null | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p')
    if ! command -v cargo >/dev/null || [ "${found:-0}" -lt "$wanted" ]; then
        closing="$closing
== rust: skipped: cargo and rustc 1.$wanted or later are needed"
        return
    fi
    echo "== rust: building and testing"
    log=$(mktemp)
    (sh tests/cargo.sh) >"$log" 2>&1 || failed="$failed rust"
    cat "$log"
    closing="$closing
== rust
$(grep '^test result' "$log")"
    rm -f "$log"
}

sh cmake/install-packages.sh || exit 1
sh cmake/install-packages.sh --optional ||
    echo "== no HTML reports then, or no tests of them"
run_preset default
run_preset asan
run_cargo
echo "$closing"
if [ -n "$failed" ]; then
    echo "FAILED:$failed"
    exit 1
fi
