#!/bin/sh
# cache.sh -- drives `inlay cache`: build, list, get, check, and damage.
#
#     cache.sh PATH/TO/inlay
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

# expect STATUS ARGUMENTS...: runs `inlay cache`.
expect() {
    want=$1
    shift
    checks=$((checks + 1))
    "$inlay" cache "$@" </dev/null >out 2>err
    got=$?
    [ "$got" -eq "$want" ] || fail "exit status $got, not $want: $*"
}

says() {
    grep -qF -- "$1" err || fail "standard error does not say: $1"
}

# flip FILE AT: copies it to `hurt` with other bits in one byte.
flip() {
    cp "$1" hurt
    old=$(od -An -t u1 -j "$2" -N 1 "$1")
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\$(printf '%03o' $((old ^ 64)))" |
        dd of=hurt bs=1 seek="$2" conv=notrunc 2>dd
}

cat >s.inlay <<'END'
package s;
record Entry { name: string; code: u16 = 200; }
record Other { n: u8; }
END
type="--schema s.inlay --type Entry"
mkdir in
for name in alice bob "carol's" dave; do
    printf '{"name":"%s","code":404}' "$name" |
        "$inlay" encode $type -o "in/$name" || fail encode
done

# ---- build, list, get, check -------------------------------------------------

expect 0 build $type -o c in/alice in/bob "in/carol's"
expect 0 list c
[ "$(wc -l <out)" -eq 4 ] || fail "not three entries"
grep -q "  carol's$" out || fail "no carol's"
for name in alice bob "carol's"; do
    expect 0 get c "$name"
    cmp -s out "in/$name" || fail "not the message of $name"
done
expect 0 get -o one c bob
cmp -s one in/bob || fail "not the message of bob in a file"
expect 1 get c mallory
says 'no entry `mallory`'
expect 0 check c
expect 0 check $type c
[ ! -s out ] && [ ! -s err ] || fail "not quiet"
expect 1 check --schema s.inlay --type Other c
says "c: the message is of another type (byte 48)"
expect 0 build --id 7 -o c in/dave
expect 0 list c
[ "$(wc -l <out)" -eq 2 ] || fail "not one entry"
expect 0 build --id 7 -o empty
expect 0 check empty

# ---- Damage ------------------------------------------------------------------

expect 0 build $type -o c in/alice in/bob "in/carol's"
size=$(wc -c <c)
expect 0 list c
at=$(awk '$3 == "bob" { print $1 }' out)
flip c "$at"
expect 1 check hurt
says "hurt: key \"bob\": the checksum does not match"
says "(byte $((at - 24)))"
expect 0 get hurt alice
cmp -s out in/alice || fail "the others do not suffer"
flip c 130
expect 1 check hurt
says "hurt: "
flip c 20
expect 1 check hurt
says "checksum does not match: the bytes are damaged (byte 120)"
flip c $((size - 1))
expect 1 check hurt
flip c 0
expect 1 list hurt
says "magic number (byte 0)"
head -c $((size - 64)) c >short
expect 1 get short bob
says "short: the bytes end in the middle of something (byte $((size - 64)))"
printf 'not a message' >in/bad
expect 1 build $type -o d in/alice in/bad
says "in/bad: "
[ ! -e d ] || fail "a cache with a bad message"
expect 0 build --id 1 -o d in/bad
expect 0 check d
mkdir twice
cp in/alice twice
expect 1 build $type -o c in/alice twice/alice
says 'key "alice": the key is there already'
expect 0 check $type c
[ -z "$(find . -name '*.new')" ] || fail "left over: $(ls)"

# ---- Wrong use ---------------------------------------------------------------

expect 2
says "is needed"
expect 2 bild
says 'no `bild`'
expect 2 build $type in/alice
says "-o OUT is needed"
expect 2 build -o x in/alice
says "is needed"
expect 2 build $type -o none/x in/alice
says "none/x: No such file"
expect 2 build $type -o x in/none
says "in/none: No such file"
[ ! -e x ] || fail "a cache in spite of the error"
expect 2 list
says "one cache is needed"
expect 2 get c
says "a cache and a key is needed"
expect 2 check none
says "none: No such file"
expect 2 check in
says "in: Is a directory"

echo "$checks checks, $failures failed"
[ "$failures" -eq 0 ]
