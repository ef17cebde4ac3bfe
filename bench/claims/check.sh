#!/bin/sh
# check.sh INLAY-BENCH FILE -- every claim has a row, with a verdict or a reason.
set -eu

"$1" claims --smoke -o "$2"
for number in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29; do
    grep -q "^| $number " "$2" || { echo "claim $number has no row"; exit 1; }
done
if grep '^| [0-9]' "$2" |
    grep -v -e '| holds |' -e '| differs |' -e '| does not hold here |' \
        -e '|  | not measured: .'; then
    echo "rows without a verdict or a reason, above"
    exit 1
fi
if grep 'a bug of ours' "$2"; then
    exit 1
fi
if "$1" claims no-such-claim 2>/dev/null; then
    echo "a claim that there is not was taken"
    exit 1
fi
