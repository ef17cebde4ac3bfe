#!/bin/sh
# log_cli.sh -- `inlay cat` and `inlay recover` on logs that are well and not.
#
#     log_cli.sh PATH/TO/inlay PATH/TO/log_make
#
# log_make OUT writes a log of 100 journal.Event, ten to a chunk.
set -u

inlay=$(realpath "$1")
make=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

fail() {
    failures=$((failures + 1))
    echo "FAILED: $*"
    echo "  stdout: $(head -c 300 out)"
    echo "  stderr: $(head -c 300 err)"
}

# expect STATUS COMMAND...: leaves what was printed in `out` and `err`.
expect() {
    want=$1
    shift
    "$@" >out 2>err </dev/null
    got=$?
    [ "$got" -eq "$want" ] || fail "exit status $got, not $want: $*"
}

says() {
    grep -qF -- "$1" err || fail "standard error does not say: $1"
}

lines() {
    [ "$(wc -l <out)" -eq "$1" ] || fail "not $1 lines"
}

first() {
    head -n 1 out | grep -qF -- "{\"number\":$1," || fail "does not start with $1"
}

quiet() {
    [ ! -s err ] || fail "something on standard error"
}

# damage OFFSET: flips what is there.
damage() {
    printf '\377\377\000\377\000\377' |
        dd of=bad.log bs=1 seek="$1" conv=notrunc 2>/dev/null
}

"$make" good.log || exit 1
size=$(wc -c <good.log)

# ---- cat ---------------------------------------------------------------------

expect 0 "$inlay" cat good.log
lines 100
first 0
quiet
cp out all.json
expect 0 "$inlay" cat --from 42 good.log
lines 58
first 42
expect 0 "$inlay" cat --from 42 --to 45 good.log
lines 3
expect 0 "$inlay" cat --count 7 good.log
lines 7
expect 0 "$inlay" cat --from 100 good.log
lines 0
expect 0 "$inlay" cat --count 0 good.log
lines 0
expect 2 "$inlay" cat --from x good.log
says "--from x: not a number"
expect 2 "$inlay" cat
says "a log is needed"
expect 2 "$inlay" cat nowhere.log
says "No such file"
expect 2 "$inlay" cat .
says "directory"
expect 2 "$inlay" cat /dev/null
says "not from a pipe"
expect 0 "$inlay" cat --help

: >empty.log
expect 1 "$inlay" cat empty.log
says "ends within its header"
echo '{"a": 1}' >some.json
expect 1 "$inlay" cat some.json
says "looks like JSON"
printf 'INLY\001\000\000\000' >some.frame
expect 1 "$inlay" cat some.frame
says "inlay frame"
printf 'xyz' >some.message
expect 1 "$inlay" cat some.message
says "inlay json --schema"

# ---- Damage ------------------------------------------------------------------

cp good.log bad.log
damage $((size / 2))
expect 1 "$inlay" cat bad.log
lines 90
says "10 records lost"
cp out whole.json
grep -vxFf whole.json all.json >lost.json
[ "$(wc -l <lost.json)" -eq 10 ] || fail "what is printed is not what was there"

expect 1 "$inlay" recover bad.log new.log
says "10 records lost"
says "new.log: 90 records"
expect 0 "$inlay" cat new.log
cmp -s out whole.json || fail "the recovered log has other records"
expect 0 "$inlay" cat --from 95 new.log
lines 5
expect 2 "$inlay" recover bad.log new.log
says "File exists"

# A header is there twice.
cp good.log bad.log
damage 20
expect 0 "$inlay" cat bad.log
cmp -s out all.json || fail "a damaged header costs records"

# A tail that is torn.
head -c $((size - 100)) good.log >bad.log
expect 1 "$inlay" cat bad.log
lines 90
says "no whole chunk"
expect 1 "$inlay" recover bad.log new2.log
says "new2.log: 90 records"

expect 0 "$inlay" recover good.log new3.log
says "nothing is lost"
expect 0 "$inlay" cat new3.log
cmp -s out all.json || fail "a copy has other records"
expect 2 "$inlay" recover good.log
expect 1 "$inlay" recover some.json new4.log
[ ! -e new4.log ] || fail "a log was made of nothing"

[ "$failures" -eq 0 ] || exit 1
echo "all is well"
