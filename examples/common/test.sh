#!/bin/sh
# test.sh -- products as text: what is wrong with a line is said, with its
# number, and nothing is written.
#
#     test.sh PATH/TO/shop
set -u

shop=$(realpath "$1")
sample=$(realpath "$(dirname "$0")")/products.tsv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

fail() {
    failures=$((failures + 1))
    echo "FAILED: $*"
    cat err
}

# refused STATUS TEXT COMPLAINT: what comes of that text.
refused() {
    # shellcheck disable=SC2059 # the text has tabs to be made
    printf "$2" >text
    "$shop" build text none >out 2>err
    [ $? -eq "$1" ] || fail "another exit status for: $2"
    [ "$(wc -l <err)" -eq 1 ] || fail "not one line for: $2"
    grep -qF -e "$3" err || fail "no \`$3\` for: $2"
    [ ! -e none ] || fail "a file was made of: $2"
}

"$shop" build "$sample" one 2>err || fail "the sample"
"$shop" build "$sample" two 2>err || fail "the sample again"
cmp -s one two || fail "equal text gives other bytes"
# The order of lines does not matter but to the edition, 8 bytes of it.
sort -r "$sample" >text
"$shop" build text two 2>err || fail "the sample upside down"
[ "$(tail -c +64 one | cksum)" = "$(tail -c +64 two | cksum)" ] ||
    fail "lines in another order give other bytes"

refused 1 'a\tb\t1.00 EUR\t1\t\n' "text:1: a line does not have six fields"
refused 1 '#\n\na\tb\n' "text:3: a line does not have six fields"
refused 1 '\tb\t1.00 EUR\t1\t\t\n' "text:1: an article without a number"
for price in 1 1.0 1.000 1.00 '1.00EUR' '1.00 eur' '1.00 EURO' 'x.00 EUR' \
    '-1.00 EUR' '.50 EUR' '92233720368547758.00 EUR' '1.5x EUR'; do
    refused 1 "a\tb\t$price\t1\t\t\n" "text:1: a price is not"
done
for stock in '' x -1 1.5 4294967296 18446744073709551616; do
    refused 1 "a\tb\t1.00 EUR\t$stock\t\t\n" "text:1: a stock is not a number"
done
refused 1 'a\tb\t1.00 EUR\t1\t\t\nb\tb\t1.00 EUR\t1\t\t\na\tc\t1.00 EUR\t1\t\t\n' \
    "text:3: an article that line 1 has"
refused 1 'a\tb\303\t1.00 EUR\t1\t\t\n' "products[0].value.name: a string is not"
refused 1 "a\t$(printf '%0201d' 0)\t1.00 EUR\t1\t\t\n" "products[0].value.name: a value"
: >text
"$shop" build text two 2>err || fail "a shop may be empty"
"$shop" build missing none 2>err && fail "no text"
grep -qF "missing: No such file" err || fail "no text"
"$shop" build . none 2>err && fail "a folder"
"$shop" build "$sample" no/such/folder 2>err && fail "nowhere to write"

[ "$failures" -eq 0 ] && echo "products as text: all as it should be"
exit "$failures"
