#!/bin/sh
# run.sh -- drives the command `inlay`: exit statuses, messages, files.
#
#     run.sh PATH/TO/inlay PATH/TO/tests/vectors
set -u

inlay=$(realpath "$1")
vectors=$(realpath "$2")
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

# expect STATUS COMMAND...: runs with `in` as standard input; leaves what was
# printed in `out` and `err`.
expect() {
    want=$1
    shift
    checks=$((checks + 1))
    "$@" <in >out 2>err
    got=$?
    [ "$got" -eq "$want" ] || fail "exit status $got, not $want: $*"
}

# One line on standard error, with the text in it; nothing on standard output.
one_line() {
    [ "$(wc -l <err)" -eq 1 ] || fail "not one line on standard error"
    [ ! -s out ] || fail "something on standard output"
    says "$1"
}

says() {
    grep -qF -- "$1" err || fail "standard error does not say: $1"
}

prints() {
    grep -qF -- "$1" out || fail "standard output does not have: $1"
}

quiet() {
    [ ! -s out ] && [ ! -s err ] || fail "not quiet"
}

cat >s.inlay <<'END'
package s;
import "part.inlay";
enum Color { RED, GREEN }
record Entry { name: string; code: u16 = 200; color: Color; parts: [part.Part];
  logs: map<string, Entry>; }
END
mkdir parts
cat >parts/part.inlay <<'END'
package part;
record Part { n: u8; }
END
printf '{"name":"x","code":404,"parts":[{"n":7}]}' >good.json
: >in

type="--schema s.inlay --type Entry -I parts"

# ---- Help and wrong use ------------------------------------------------------

expect 0 "$inlay" --help
prints "usage: inlay"
expect 0 "$inlay" -h
prints "encode"
expect 0 "$inlay" --version
prints "inlay 0."
expect 2 "$inlay"
one_line "inlay --help"
expect 2 "$inlay" enode
one_line "did you mean \`encode\`?"
expect 2 "$inlay" --frob
one_line "--frob"
for command in gen encode json verify frame cache; do
    expect 0 "$inlay" $command --help
    prints "usage: inlay $command"
    [ ! -s err ] || fail "help on standard error"
    expect 2 "$inlay" $command --frob
    one_line "inlay $command --help"
    says "--frob"
    expect 2 "$inlay" $command -Z
    one_line "-Z"
    expect 2 "$inlay" $command
    one_line "is needed"
done
expect 2 "$inlay" encode --schema
one_line "needs a value"
expect 2 "$inlay" encode --schema s.inlay
one_line "--type is needed"
expect 2 "$inlay" encode $type good.json more.json
one_line "more.json"
expect 2 "$inlay" json $type --indent x
one_line "--indent"
expect 2 "$inlay" json $type --indent 17
one_line "--indent"

# ---- Schemas and types -------------------------------------------------------

expect 2 "$inlay" verify --schema none.inlay --type Entry
one_line "none.inlay"
expect 2 "$inlay" verify --schema parts --type Entry
one_line "Is a directory"
expect 2 "$inlay" verify --schema s.inlay --type Entry
says "part.inlay"
expect 2 "$inlay" verify --schema s.inlay -I parts --type Entri
one_line "did you mean \`Entry\`?"
expect 2 "$inlay" verify --schema s.inlay -I parts --type Color
one_line "not a record"
echo 'package x; record R { a: u9; }' >bad.inlay
expect 2 "$inlay" json --schema bad.inlay --type R
says "bad.inlay:1:"

# ---- encode ------------------------------------------------------------------

expect 0 "$inlay" encode $type good.json
mv out good.bin
[ -s good.bin ] || fail "no message"
expect 0 "$inlay" encode --schema s.inlay --type s.Entry -I parts -o o.bin \
    good.json
quiet
cmp -s o.bin good.bin || fail "the message differs"
cp good.json in
expect 0 "$inlay" encode $type -o stdin.bin
cmp -s stdin.bin good.bin || fail "standard input differs"
expect 0 "$inlay" encode $type -o dash.bin -
cmp -s dash.bin good.bin || fail "- differs"
: >in
expect 1 "$inlay" encode $type
one_line "standard input:1:1: the text is not JSON"
printf '{"logs":{"k":{"code":1,\n  "code2":2}}}' >bad.json
expect 1 "$inlay" encode $type bad.json
one_line 'bad.json:2:3: logs["k"].code2: '
expect 0 "$inlay" encode $type --allow-unknown -o o.bin bad.json
printf '{"code":65536}' >bad.json
echo kept >kept
expect 1 "$inlay" encode $type -o kept bad.json
one_line "bad.json:1:9: code: the value does not fit its type"
[ "$(cat kept)" = kept ] || fail "the output was touched"
expect 1 "$inlay" encode $type -o unborn bad.json
[ ! -e unborn ] || fail "an output in spite of the error"
expect 2 "$inlay" encode $type -o none/o.bin good.json
one_line "none/o.bin"
expect 2 "$inlay" encode $type -o parts good.json
one_line "Is a directory"
expect 2 "$inlay" encode $type parts
one_line "parts: Is a directory"
expect 2 "$inlay" encode $type none.json
one_line "none.json: No such file"
ln -s o.bin link
expect 0 "$inlay" encode $type -o link good.json
[ -L link ] || fail "the link was replaced"
cmp -s o.bin good.bin || fail "the link's target was not written"
expect 0 "$inlay" encode $type -o /dev/null good.json
[ -c /dev/null ] || fail "/dev/null was replaced"
chmod 640 o.bin
expect 0 "$inlay" encode $type -o o.bin good.json
[ "$(stat -c %a o.bin)" = 640 ] || fail "the mode changed"
if [ -c /dev/full ]; then
    checks=$((checks + 1))
    "$inlay" encode $type good.json >/dev/full 2>err
    [ $? -eq 2 ] || fail "a full device is no error"
    "$inlay" json $type good.bin >/dev/full 2>err
    [ $? -eq 2 ] || fail "a full device is no error"
fi
# Where no terminal can be made, as in a bare chroot, there is none to test.
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    checks=$((checks + 1))
    script -qec "$inlay encode $type good.json; echo status \$?" /dev/null \
        </dev/null >out 2>&1
    prints "status 2"
    prints "binary"
fi
ls | grep -q '\.bin\.\|kept\.\|unborn' && fail "a temporary file was left"

# ---- json --------------------------------------------------------------------

expect 0 "$inlay" json $type good.bin
echo '{"name":"x","code":404,"color":"RED","parts":[{"n":7}],"logs":{}}' >want
cmp -s out want || fail "the JSON differs"
cp good.bin in
expect 0 "$inlay" json $type
cmp -s out want || fail "the JSON of standard input differs"
: >in
expect 0 "$inlay" json $type --indent 2 good.bin
prints '  "code": 404,'
[ "$(tail -c 2 out | head -c 1)" = "}" ] || fail "not one newline at the end"
head -c 5 good.bin >cut.bin
expect 1 "$inlay" json $type cut.bin
one_line "cut.bin: "
says "(byte "
expect 1 "$inlay" json $type
one_line "standard input: "
expect 2 "$inlay" json $type parts
one_line "parts: Is a directory"

# ---- verify ------------------------------------------------------------------

expect 0 "$inlay" verify $type good.bin
quiet
expect 0 "$inlay" verify --canonical $type good.bin
quiet
expect 1 "$inlay" verify $type cut.bin
one_line "cut.bin: "
expect 1 "$inlay" verify $type
one_line "standard input: a block's header is missing"
printf '\000\000' >in
expect 0 "$inlay" verify $type
quiet
expect 1 "$inlay" verify --canonical $type -
one_line "canonical"

# ---- gen ---------------------------------------------------------------------

: >in
expect 0 "$inlay" gen --lang c --out made --depfile made.d -I parts s.inlay
quiet
[ -s made/s.inlay.h ] && [ -s made/s.inlay.c ] || fail "nothing was made"
[ ! -e made/part.inlay.h ] || fail "an import was made too"
for name in made/s.inlay.h made/s.inlay.c s.inlay parts/part.inlay; do
    grep -qF "$name" made.d || fail "the depfile does not have $name"
done
touch -d 2001-01-01 made/s.inlay.h made/s.inlay.c made.d
expect 0 "$inlay" gen --lang c --out made --depfile made.d -I parts s.inlay
[ -z "$(find made made.d -type f -newermt 2002-01-01)" ] ||
    fail "files were written that did not change"
expect 0 "$inlay" gen --lang c --out two -I parts s.inlay parts/part.inlay
[ -s two/part.inlay.h ] || fail "the second schema is missing"
echo 'record R' >>bad.inlay
expect 1 "$inlay" gen --lang c --out other bad.inlay
says "bad.inlay:1:"
[ ! -e other ] || fail "a bad schema made something"
expect 2 "$inlay" gen --lang c --out other none.inlay
one_line "none.inlay"
expect 2 "$inlay" gen --lang d --out other s.inlay
one_line "no language"
expect 2 "$inlay" gen --lang c --out other
one_line "no schema"
expect 2 "$inlay" gen --lang c --out good.json/x -I parts s.inlay
says "good.json/x"
cp s.inlay parts
expect 2 "$inlay" gen --lang c --out other -I parts s.inlay parts/s.inlay
one_line "the same files"
expect 2 "$inlay" gen --out other s.inlay
one_line "--lang is needed"

# ---- gen --sizes -------------------------------------------------------------

cat >sizes.inlay <<'END'
package sizes;
import "part.inlay";
record Name { text: string @max(20); }
record Longer { names: [Name] @max(4); n: u8; part: part.Part; }
record Open { tags: [string] @max(4); }
END
cat >want <<'END'
record        least  largest
sizes.Name        2  22
sizes.Longer      4  95
sizes.Open        2  unbounded: tags[]
END
expect 0 "$inlay" gen --sizes -I parts sizes.inlay
cmp -s out want || fail "the sizes differ"
[ ! -s err ] || fail "something on standard error"
[ ! -e sizes.inlay.h ] || fail "--sizes made a file"
expect 0 "$inlay" gen -I parts sizes.inlay parts/part.inlay --sizes
prints "part.Part "
expect 0 "$inlay" gen --lang c --out made -I parts sizes.inlay
grep -q "define SIZES_LONGER_SIZE_MAX 95$" made/sizes.inlay.h ||
    fail "no largest size"
expect 1 "$inlay" gen --sizes bad.inlay
says "bad.inlay:1:"
expect 2 "$inlay" gen --sizes none.inlay
one_line "none.inlay"
expect 2 "$inlay" gen --sizes
one_line "no schema"
expect 2 "$inlay" gen --sizes --lang c s.inlay
one_line "--lang"
expect 2 "$inlay" gen --out made --sizes s.inlay
one_line "--out"
expect 2 "$inlay" gen --sizes --depfile d s.inlay
one_line "--depfile"
if [ -c /dev/full ]; then
    checks=$((checks + 1))
    "$inlay" gen --sizes -I parts sizes.inlay >/dev/full 2>err
    [ $? -eq 2 ] || fail "a full device is no error"
fi
printf '{"text":"123456789012345678901"}' >long.json
expect 1 "$inlay" encode --schema sizes.inlay -I parts --type Name long.json
one_line "long.json:1:9: text: a value is longer than its @max allows"

# ---- The vectors, through the command ----------------------------------------

printf '{"s":"x","o":5}' >opt.json
expect 0 "$inlay" encode --schema "$vectors/pin.inlay" --type vec.pin.Opt \
    -o opt.bin opt.json
expect 0 "$inlay" json --schema "$vectors/pin.inlay" --type Opt opt.bin
prints '{"o":5,"s":"x"}'

echo "$checks checks, $failures failed"
[ "$failures" -eq 0 ]
