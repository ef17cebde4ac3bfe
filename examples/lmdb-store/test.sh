#!/bin/sh
# test.sh -- the example in a folder of its own: what was brought in is there, in
# order, in snapshots, and damage stays inside its value.
#
#     test.sh PATH/TO/lmdb-store PATH/TO/shop
set -u

LC_ALL=C
export LC_ALL
store=$(realpath "$1")
shop=$(realpath "$2")
common=$(realpath "$(dirname "$0")/../common")
work=$(mktemp -d)
cd "$work" || exit 1
# shellcheck source=examples/common/server.sh
. "$common/server.sh"
trap 'rm -rf "$work"' EXIT

expect() {
    status=$1
    shift
    "$store" "$@" >out 2>err
    [ $? -eq "$status" ] || fail "not $status: $*"
}

same() {
    cmp -s "$1" out || fail "$2"
}

grep -v '^#' "$common/products.tsv" >lines
count=$(wc -l <lines)
"$shop" build "$common/products.tsv" file || exit 1
mkdir db

# ---- Right -------------------------------------------------------------------

expect 0 import db file
expect 0 check db
[ "$(cat out)" = "$count good" ] || fail "not all are good"
expect 0 list db
same lines "all, in order"
for begins in B B-1 V X- B-1016 none; do
    grep "^$begins" lines >wanted
    expect 0 list db $begins
    same wanted "those that begin with $begins"
done
head -n 5 lines >wanted
echo ... >>wanted
expect 0 list db "" 5
same wanted "the first five"
tac lines >wanted
# shellcheck disable=SC2046 # all of them
expect 0 get db $(cut -f 1 wanted)
same wanted "one by one"

# Again, others and more: what is there is replaced.
sed -n '1,10s/EUR/CHF/p' lines >some
printf 'B-0\tThe first\t1.00 EUR\t0\t\t\n' >>some
"$shop" build some part
expect 0 import db part
{ tail -n 1 some; head -n 10 some; tail -n +11 lines; } >wanted
expect 0 list db
same wanted "some of them replaced"
expect 0 import db file

# ---- Wrong -------------------------------------------------------------------

expect 1 get db gone X-1 "$(printf '%0600d' 0)"
grep '^X-1	' lines >wanted
same wanted "the one that is there"
grep -q 'no article `gone`' err || fail "nothing of the one that is not"
expect 2 list nowhere
expect 2 import nowhere file
head -c 1000 file >short
expect 1 import db short
expect 2 import db missing
expect 2
expect 2 list db "" x
expect 2 import db file 0

# A map that is too small takes nothing of the file.
mkdir small
seq 20000 | awk '{ printf "N-%07d\tA product with a long name\t1.00 EUR\t1\ta,b\tand words\n", $1 }' >many
"$shop" build many large
expect 2 import small large 1
grep -q "MDB_MAP_FULL" err || fail "not full"
expect 0 import small large 16
expect 0 check small
[ "$(cat out)" = "20000 good" ] || fail "not all of the many"

# ---- Snapshots ---------------------------------------------------------------

# Two editions take turns; who reads meanwhile sees all of one.
sed 's/EUR/AAA/; s/CHF/AAA/' lines >a
sed 's/EUR/BBB/; s/CHF/BBB/' lines >b
"$shop" build a edition-a
"$shop" build b edition-b
rm -r db
mkdir db
expect 0 import db edition-a
(while [ ! -e enough ]; do
    "$store" import db edition-b || echo no
    "$store" import db edition-a || echo no
done) >writer.log 2>&1 &
writer=$!
round=0
while [ "$round" -lt 100 ]; do
    "$store" list db >out 2>err || fail "reading beside a writer"
    cmp -s a out || cmp -s b out || {
        fail "a mixture of two editions"
        break
    }
    round=$((round + 1))
done
: >enough
wait "$writer"
[ ! -s writer.log ] || fail "writing: $(head -n 3 writer.log)"

# A writer that is killed leaves what was there before.
round=0
while [ "$round" -lt 20 ]; do
    "$store" import db large &
    writer=$!
    sleep "0.0$(printf '%02d' $((round * 3)))"
    kill -9 "$writer" 2>kill.log
    wait "$writer" 2>kill.log
    "$store" check db >out 2>err || fail "after kill -9: round $round"
    grep -qE "^($count|$((count + 20000))) good$" out || fail "half of a file"
    round=$((round + 1))
done

# ---- Damage ------------------------------------------------------------------

# A bit of a payload: reading goes on, within the value; the check finds it.
rm -r db
mkdir db
expect 0 import db file
at=$(grep -abo "Gift card" db/data.mdb | tail -n 1 | cut -d : -f 1)
printf 'g' | dd of=db/data.mdb bs=1 seek="$at" conv=notrunc 2>dd
expect 0 get db X-2
grep -q "gift card" out || fail "the damage was not where it was sought"
expect 1 check db
grep -q '`X-2` in the store: the checksum does not match' err ||
    fail "damage was not found"
[ "$(cat out)" = "$((count - 1)) good" ] || fail "the others are good"
# The magic of its frame, 32 bytes and a few before.
magic=$(head -c "$at" db/data.mdb | grep -abo INLY | tail -n 1 | cut -d : -f 1)
printf 'X' | dd of=db/data.mdb bs=1 seek="$magic" conv=notrunc 2>dd
expect 1 get db X-2
grep -q 'do not start with the magic number' err || fail "no frame any more"
expect 1 list db
[ "$(wc -l <out)" -eq $((count - 1)) ] || fail "the others are listed"

[ "$failures" -eq 0 ] && echo "in the map: all as it should be"
exit "$failures"
