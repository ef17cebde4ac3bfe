#!/bin/sh
# golden.sh INLAY FOLDER RUST -- what the Rust back end makes of each schema in
# FOLDER/../c is byte for byte what FOLDER/expected has, the same from wherever
# it is run, and formatted by the rules of RUST/rustfmt.toml.
#
# After a change to the generator that is meant: run it with INLAY_BLESS=1 in
# the environment, which writes the files instead, and read the change before
# committing:
#
#     INLAY_BLESS=1 ctest --test-dir build -R test_golden_rust && git diff
set -eu

inlay=$1
folder=$2
rust=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

cd "$folder/../c"
"$inlay" gen --lang rust --out "$work/here" -- *.inlay

# From elsewhere, by absolute paths, each alone and in another order.
mkdir "$work/there" "$work/away"
cd "$work/away"
for schema in $(ls -r "$folder"/../c/*.inlay); do
    "$inlay" gen --lang rust --out "$work/there" "$schema"
done
if ! diff -r "$work/here" "$work/there" >"$work/log"; then
    echo "FAILED: the same schemas gave different code:"
    head -n 20 "$work/log"
    failed=1
fi

if [ -n "${INLAY_BLESS:-}" ]; then
    rm -f "$folder"/expected/*
    cp "$work"/here/* "$folder/expected"
    echo "blessed $(ls "$folder/expected" | wc -l) files"
fi
if ! diff -ru "$folder/expected" "$work/here" >"$work/log"; then
    echo "FAILED: the code is not what is expected (see golden.sh to bless it):"
    head -n 60 "$work/log"
    failed=1
fi

if command -v rustfmt >/dev/null; then
    if ! rustfmt --edition 2021 --check --config-path "$rust" \
        "$work"/here/*.rs >"$work/log" 2>&1; then
        echo "FAILED: rustfmt would format it otherwise:"
        head -n 60 "$work/log"
        failed=1
    fi
else
    echo "no rustfmt here: formatting was not checked"
fi
exit $failed
