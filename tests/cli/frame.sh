#!/bin/sh
# frame.sh -- drives `inlay frame`: wrap, list, unwrap, and damage.
#
#     frame.sh PATH/TO/inlay
set -u

inlay=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0
checks=0

fail() {
    failures=$((failures + 1))
    echo "FAILED: $*"
    echo "  stdout: $(head -c 300 out)"
    echo "  stderr: $(head -c 300 err)"
}

# expect STATUS ARGUMENTS...: runs `inlay frame` with `in` as standard input.
expect() {
    want=$1
    shift
    checks=$((checks + 1))
    "$inlay" frame "$@" <in >out 2>err
    got=$?
    [ "$got" -eq "$want" ] || fail "exit status $got, not $want: $*"
}

says() {
    grep -qF -- "$1" err || fail "standard error does not say: $1"
}

prints() {
    grep -q -- "$1" out || fail "standard output does not have: $1"
}

# flip FILE AT: copies it to `hurt` with other bits in one byte.
flip() {
    cp "$1" hurt
    old=$(od -An -t u1 -j "$2" -N 1 "$1")
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\$(printf '%03o' $((old ^ 64)))" |
        dd of=hurt bs=1 seek="$2" conv=notrunc 2>dd
}

: >in
cat >s.inlay <<'END'
package s;
record Entry { name: string; code: u16 = 200; }
record Fixed @id(0x1234) { n: u8; }
END
i=0
while [ $i -lt 3 ]; do
    printf '{"name":"entry %d %0200d","code":%d}' $i $i $((400 + i)) |
        "$inlay" encode --schema s.inlay --type Entry -o m$i || fail encode
    i=$((i + 1))
done
type="--schema s.inlay --type Entry"

# ---- wrap, list, unwrap ------------------------------------------------------

expect 0 wrap $type -o one m0
expect 0 list one
prints '^ *0  [0-9a-f]\{16\} .*  -     ok$'
[ "$(wc -l <out)" -eq 2 ] || fail "not one line a frame"
[ "$(head -c 4 one)" = INLY ] || fail "no frame"
tail -c +33 one | cmp -s - m0 || fail "not the message"
expect 0 wrap $type m0 m1 m2
cp out three
expect 0 list three
[ "$(grep -c ' ok$' out)" -eq 3 ] || fail "not three frames"
cp three in
expect 0 list
[ "$(grep -c ' ok$' out)" -eq 3 ] || fail "not three frames by standard input"
expect 0 unwrap -
cat m0 m1 m2 | cmp -s - out || fail "not the messages"
: >in
expect 0 unwrap -n 1 three
cmp -s out m1 || fail "not the second message"
expect 0 unwrap --number 2 -o last three
cmp -s last m2 || fail "not the last message"
mkdir parts
expect 0 unwrap --to parts three
for i in 0 1 2; do
    cmp -s parts/$i m$i || fail "not the message $i in a file"
done
expect 1 unwrap -n 3 three
says "has 3 frames"
expect 0 list
[ "$(wc -l <out)" -eq 1 ] || fail "frames in nothing"

printf '{"n":7}' | "$inlay" encode --schema s.inlay --type Fixed -o f
expect 0 wrap --schema s.inlay --type Fixed -o f.frame f
expect 0 list f.frame
prints ' 0000000000001234 '
expect 0 wrap --id 0xabc f
cp out f.frame
expect 0 list f.frame
prints ' 0000000000000abc '

for how in lz4 zstd; do
    expect 0 wrap $type --$how -o packed m0 m1 m2
    [ "$(wc -c <packed)" -lt "$(wc -c <three)" ] || fail "$how: not smaller"
    expect 0 list packed
    [ "$(grep -c " $how  *ok\$" out)" -eq 3 ] || fail "$how: not listed"
    expect 0 unwrap packed
    cat m0 m1 m2 | cmp -s - out || fail "$how: not the messages"
    expect 1 unwrap --limit 100 packed
    says "over the caller's limit (byte 32)"
done

# ---- Damage ------------------------------------------------------------------

size=$(wc -c <three)
frame=$(wc -c <one)
flip three 0
expect 1 list hurt
says "hurt: the bytes do not start with the magic number (byte 0)"
flip three $((frame + 4))
expect 1 list hurt
says "(byte $((frame + 4)))"
prints ' ok$'
expect 1 unwrap hurt
[ ! -s out ] || fail "messages out of damaged frames"
flip three $((frame + 40))
expect 1 list hurt
says "checksum does not match: the bytes are damaged (byte $((frame + 24)))"
[ "$(grep -c ' ok$' out)" -eq 2 ] || fail "the frames around are not listed"
[ "$(grep -c ' damaged$' out)" -eq 1 ] || fail "the damage is not listed"
expect 1 unwrap hurt
expect 0 unwrap -n 2 hurt
cmp -s out m2 || fail "the frame behind the damage"
for cut in 1 31 32 $((frame - 1)) $((frame + 20)) $((size - 1)); do
    head -c $cut three >short
    expect 1 list short
    says "short: the bytes end in the middle of something (byte $cut)"
done

# ---- Wrong use ---------------------------------------------------------------

expect 2
says "wrap, list or unwrap is needed"
expect 2 warp
says 'no `warp`'
expect 2 wrap m0
says "is needed"
expect 2 wrap --id 1 $type m0
says "twice"
expect 2 wrap --id x m0
says "not a number"
expect 2 wrap --schema s.inlay m0
says "--type is needed"
expect 1 wrap $type s.inlay
says "s.inlay: "
expect 2 wrap $type none
says "none: No such file"
expect 2 list three one
says "one file at most"
expect 2 unwrap -o x --to parts three
says "exclude each other"
expect 2 unwrap --to none three
says "none/0"
[ ! -e x ] || fail "a file in spite of wrong use"

echo "$checks checks, $failures failed"
[ "$failures" -eq 0 ]
