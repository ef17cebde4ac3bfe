#!/bin/sh
# describe_generated.sh -- what is checked in of describe.inlay is what the
# compiler makes of it.
#
#     describe_generated.sh PATH/TO/inlay PATH/TO/codec/describe
set -eu

inlay=$(realpath "$1")
folder=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$folder"
"$inlay" gen --lang c --out "$work" describe.inlay
for end in h c; do
    if ! cmp "$work/describe.inlay.$end" "describe.inlay.$end"; then
        echo "run, in codec/describe: inlay gen --lang c --out . describe.inlay"
        exit 1
    fi
done
