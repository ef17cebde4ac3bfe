#!/bin/sh
# golden.sh INLAY FOLDER -- what the C back end makes of each schema in FOLDER is
# byte for byte what FOLDER/expected has, and the same from wherever it is run.
#
# After a change to the generator that is meant: run it with INLAY_BLESS=1 in
# the environment, which writes the files instead, and read the change before
# committing:
#
#     INLAY_BLESS=1 ctest --test-dir build -R test_golden_c && git diff
set -eu

inlay=$1
folder=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# From the folder itself, by relative paths; all at once; into a new folder.
cd "$folder"
"$inlay" gen --lang c --out "$work/here" -- *.inlay

# From elsewhere, by absolute paths, each alone and in another order, twice.
mkdir "$work/there" "$work/away"
cd "$work/away"
for schema in $(ls -r "$folder"/*.inlay); do
    "$inlay" gen --lang c --out "$work/there" "$schema"
    "$inlay" gen --lang c --out "$work/there" "$schema"
done
if ! diff -r "$work/here" "$work/there" >"$work/log"; then
    echo "FAILED: the same schemas gave different code:"
    head -n 20 "$work/log"
    failed=1
fi

if [ -n "${INLAY_BLESS:-}" ]; then
    rm -f "$folder"/expected/*.inlay.[ch]
    cp "$work"/here/*.inlay.[ch] "$folder/expected"
    echo "blessed $(ls "$folder/expected" | wc -l) files"
fi
if ! diff -ru "$folder/expected" "$work/here" >"$work/log"; then
    echo "FAILED: the code is not what is expected (see golden.sh to bless it):"
    head -n 60 "$work/log"
    failed=1
fi
exit $failed
