#!/bin/sh
# golden.sh -- the Markdown of made-up results is what it was.
#
#     golden.sh PATH/TO/inlay-report-test PATH/TO/inlay-made-up golden.md
#
# INLAY_BLESS=1 writes golden.md again.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$2" --sets 5 --codecs 16 >"$work/made-up.json"
"$1" report --markdown -o "$work/got.md" "$work/made-up.json"
if [ "${INLAY_BLESS:-}" = 1 ]; then
    cp "$work/got.md" "$3"
fi
diff -u "$3" "$work/got.md"
