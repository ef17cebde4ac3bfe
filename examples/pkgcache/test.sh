#!/bin/sh
# test.sh -- the example on the sample beside it, against the sample's own text.
#
#     test.sh PATH/TO/pkgcache PATH/TO/inlay
set -u

LC_ALL=C
export LC_ALL
pkgcache=$(realpath "$1")
inlay=$(realpath "$2")
here=$(realpath "$(dirname "$0")")
sample=$here/status.sample
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

# expect STATUS ARGUMENTS...: runs pkgcache; leaves what it printed in `out` and
# `err`.
expect() {
    want=$1
    shift
    checks=$((checks + 1))
    "$pkgcache" "$@" >out 2>err
    got=$?
    [ "$got" -eq "$want" ] || fail "exit status $got, not $want: pkgcache $*"
}

# refused STATUS TEXT ARGUMENTS...: one line on standard error that has the
# text, and nothing on standard output.
refused() {
    text=$2
    status=$1
    shift 2
    expect "$status" "$@"
    [ "$(wc -l <err)" -eq 1 ] || fail "not one line of complaint: pkgcache $*"
    [ ! -s out ] || fail "something on standard output: pkgcache $*"
    grep -qF -e "$text" err || fail "no \`$text\` in the complaint: pkgcache $*"
}

# same FILE WHAT: compares with `out`.
same() {
    cmp -s "$1" out || fail "$2 differs: $(diff "$1" out | head -n 4)"
}

# ---- Nothing is lost ---------------------------------------------------------

expect 0 build "$sample" cache
expect 0 check cache
expect 0 build "$sample" again
cmp -s cache again || fail "equal text gives other bytes"
[ "$(ls)" = "$(printf 'again\ncache\nerr\nout')" ] || fail "left over: $(ls)"

# dpkg wrote the sample, so all of it has to come out again, byte by byte.
expect 0 show cache
echo >>out
same "$sample" "the text of all packages"

awk 'BEGIN { RS = "" } { split($0, line, "\n"); sub(/^Package: /, "", line[1])
     print line[1] }' "$sample" >names
while read -r name; do
    awk -v name="$name" 'BEGIN { RS = "" }
        index($0 "\n", "Package: " name "\n") == 1' "$sample" >paragraph
    expect 0 show cache "$name"
    same paragraph "$name"
    expect 0 peek cache "$name"
    same paragraph "$name, at a peek,"
done <names

# What is in the frame is a message like any other.
tail -c +33 cache >message
"$inlay" verify --canonical --schema "$here/packages.inlay" --type Database \
    message || fail "inlay verify"
"$inlay" json --schema "$here/packages.inlay" --type Database message >json ||
    fail "inlay json"
"$inlay" encode --schema "$here/packages.inlay" --type Database json >back ||
    fail "inlay encode"
cmp -s message back || fail "JSON and back"
[ "$(head -c 4 cache)" = INLY ] || fail "the magic"
[ "$(od -An -t u8 -j 16 -N 8 cache | tr -d ' ')" -eq "$(wc -c <message)" ] ||
    fail "the length in the frame"

# ---- Questions, against awk --------------------------------------------------

# NAME PACKAGE:ARCH FIELD [(one of)] RELATION for all relations of all packages.
awk 'BEGIN { RS = ""; FS = "\n" }
    function field(name,   i) {
        for (i = 1; i <= NF; i++)
            if (index($i, name ": ") == 1) return substr($i, length(name) + 3)
        return ""
    }
    function relations(name,   i, j, parts, words, count, n, bare) {
        count = split(field(name), parts, ", ")
        for (i = 1; i <= count; i++) {
            n = split(parts[i], words, " [|] ")
            for (j = 1; j <= n; j++) {
                bare = words[j]
                sub(/ .*/, "", bare)
                sub(/:.*/, "", bare)
                print bare, field("Package") ":" field("Architecture"), name \
                    (n > 1 ? " (one of) " : " ") parts[i]
            }
        }
    }
    { relations("Depends"); relations("Pre-Depends"); relations("Recommends")
      relations("Suggests"); relations("Enhances") }' "$sample" |
    sort -u >relations
[ "$(wc -l <relations)" -gt 200 ] || fail "awk finds few relations"
cut -d ' ' -f 1 relations | sort -u >wanted
while read -r name; do
    awk -v name="$name" '$1 == name { print substr($0, length(name) + 2) }' \
        relations >expected
    expect 0 rdepends cache "$name"
    sort -u out >sorted
    mv sorted out
    same expected "who wants $name"
done <wanted

awk 'BEGIN { RS = ""; FS = "\n" }
    { section = ""
      for (i = 1; i <= NF; i++) {
          if ($i ~ /^Section: /) section = substr($i, 10)
          if ($i ~ /^Installed-Size: /) size[section] += substr($i, 17)
      }
      count[section]++ }
    END { for (section in count) {
              print size[section], count[section], section
              sum += size[section]; all += count[section] }
          print sum, all, "total" }' "$sample" | sort >expected
expect 0 sections cache
awk '{ print $1, $3, $4 }' out | sort >sorted
sort -c -n -r -k 1,1 out 2>/dev/null || awk '{ print $1 }' out | sed '$d' |
    sort -c -n -r || fail "sections are not sorted"
mv sorted out
same expected "the sizes of sections"

expect 0 stats cache "$sample"
grep -q 'message  *[0-9]* bytes' out || fail "no size"
grep -q 'parse the text  *[0-9.]* [mun]s' out || fail "no time"
expect 0 stats cache missing
grep -q "missing can't be read" out || fail "stats without the text"

# ---- Damage ------------------------------------------------------------------

size=$(wc -c <cache)
refused 1 "no package \`nope\`" show cache nope
refused 1 "no package \`bash:sparc\`" show cache bash:sparc
refused 1 "nobody wants" rdepends cache nope

at=0
while [ "$at" -lt "$size" ]; do
    head -c "$at" cache >short
    refused 1 "short: the bytes end" show short bash
    grep -q "(byte $at)" err || fail "cut at $at: the wrong place"
    refused 1 "short: the bytes end" peek short bash
    refused 1 "short: the bytes end" check short
    at=$((at < 64 ? at + 1 : at + at / 16))
done
: >empty
refused 1 "empty: the bytes end in the middle of something (byte 0)" check empty
cp cache long
echo >>long
refused 1 "long: bytes follow the payload (byte $size)" check long

# flip AT: copies the cache to `hurt` with other bits in one byte.
flip() {
    cp cache hurt
    old=$(od -An -t u1 -j "$1" -N 1 cache)
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\$(printf '%03o' $((old ^ ($1 % 255 + 1))))" |
        dd of=hurt bs=1 seek="$1" conv=notrunc 2>dd
}

at=0
paths=0
while [ "$at" -lt "$size" ]; do
    flip "$at"
    refused 1 "hurt: " check hurt
    grep -q '(byte [0-9]*)' err || fail "byte $at: no place"
    grep -q 'packages' err && paths=$((paths + 1))
    refused 1 "hurt: " show hurt bash
    # Without the checksum damage may go unseen, but not end in a crash.
    "$pkgcache" peek hurt systemd >out 2>err
    [ $? -le 1 ] || fail "byte $at: peek"
    at=$((at < 100 ? at + 1 : at + 397))
done
[ "$paths" -gt 20 ] || fail "few paths in complaints: $paths"

flip 0 && refused 1 "do not start with the magic number (byte 0)" show hurt bash
flip 4 && refused 1 "none that this library reads (byte 4)" show hurt bash
flip 5 && refused 1 "that nothing defines (byte 5)" show hurt bash
"$inlay" frame wrap --lz4 --schema "$here/packages.inlay" --type Database \
    -o packed message 2>err &&
    refused 1 "a compressed payload" show packed bash
flip 8 && refused 1 "another type (byte 8)" show hurt bash
refused 1 "do not start with the magic number (byte 0)" show "$sample" bash

# ---- Status files that are wrong ---------------------------------------------

# wrong TEXT COMPLAINT
wrong() {
    # shellcheck disable=SC2059 # the text has line feeds to be made
    printf "$1" >status
    refused 1 "$2" build status none
    [ ! -e none ] || fail "a file was made of: $1"
}

wrong '' 'status:1: no package in it'
wrong '\n\n' 'status:3: no package in it'
wrong 'Package: a\nVersion\n' 'status:2: a line without a colon'
wrong 'Package: a\n: b\n' 'status:2: the name of a field is empty'
wrong 'Package: a\nB c: d\n' 'status:2: the name of a field'
wrong ' Package: a\n' 'status:1: a line that continues no field'
wrong 'Package: a\n \n' 'status:2: a blank line within a field'
wrong 'Package: a\n\nVersion: 1\n' 'status:3: a paragraph without a package'
wrong 'Package: a\nPackage: b\n' 'status:2: a second name'
wrong 'Package: a\nVersion: 1\nversion: 2\n' 'status:3: a second `version`'
wrong 'Package: a\nX: 1\nx: 2\n' 'status:3: a field that was there before'
wrong 'Package: a\n\nPackage: a\n' 'status:3: a package that was there before'
wrong 'Package: a\nX: b\n c\303\n' 'status:3: text that is not UTF-8'
wrong 'Package: a\nStatus: install ok gone\n' 'status:2: a status that dpkg'
wrong 'Package: a\nDepends: b,\n' 'status:2: a relation between packages'
wrong 'Package: a\nDepends: b (>= )\n' 'status:2: a relation'
wrong 'Package: a\nDepends: b (1)\n' 'status:2: a relation'
wrong 'Package: a\nDepends: b c\n' 'status:2: something behind'

# ---- Status files that are unusual -------------------------------------------

# Two architectures of a name; names of fields in any case; values that the
# model can't hold; odd blanks; the last line without its end.
printf 'Package: b\nArchitecture: i386\nStatus: deinstall ok config-files
Installed-Size: 5\nSection: s\nConffiles:
 /etc/a b 00112233445566778899aabbccddeeff obsolete
 /etc/c newconffile obsolete remove-on-upgrade\nVersion: 1\n\n
PACKAGE: a\npriority:  odd \nMulti-Arch: maybe
Installed-Size: 007
Source:\nConffiles: none\nDepends: x(>=1)|y:any ,z ( < 2 )\nX-Lines:\n 1\n 2
\nPackage: b\nArchitecture: amd64\nVersion: 2\nInstalled-Size: 7\nSection: s
Z: 1\nHomepage: h\nA: 2' >status
cat >expected <<'END'
Package: a
priority: odd
Installed-Size: 007
Multi-Arch: maybe
Source:
Depends: x (>= 1) | y:any, z (<= 2)
Conffiles: none
X-Lines:
 1
 2

Package: b
Section: s
Installed-Size: 7
Architecture: amd64
Version: 2
Z: 1
Homepage: h
A: 2

Package: b
Status: deinstall ok config-files
Section: s
Installed-Size: 5
Architecture: i386
Version: 1
Conffiles:
 /etc/a b 00112233445566778899aabbccddeeff obsolete
 /etc/c newconffile obsolete remove-on-upgrade
END
expect 0 build status odd
expect 0 show odd
same expected "an unusual file"
expect 0 show odd b:i386
tail -n 9 expected >part
same part "one architecture of two"
expect 0 show odd b
tail -n 18 expected >part
same part "two architectures"
# What was removed but for its settings takes no room any more.
expect 0 sections odd
grep -q '^  *7 KiB  *1  s$' out || fail "a package that is not installed counts"

# ---- Wrong usage, wrong files ------------------------------------------------

expect 2
expect 0 --help
refused 2 "no command \`frob\`" frob
for command in build show peek rdepends sections stats check; do
    refused 2 "usage: pkgcache $command" "$command"
    refused 2 "usage: pkgcache $command" "$command" a b c d
done
refused 2 "usage: pkgcache peek" peek cache
refused 2 "missing: No such file" show missing bash
refused 2 ".: Is a directory" show . bash
refused 2 ".: Is a directory" check .
refused 2 "/dev/null: Not a regular file" check /dev/null
refused 2 "missing: No such file" build missing none
refused 2 ".: Is a directory" build . none
refused 2 "no/cache: No such file" build "$sample" no/cache
mkdir folder
refused 2 "folder: Is a directory" build "$sample" folder
[ -z "$(find . -name '*.??????' -newer expected)" ] || fail "left over: $(ls)"
if [ -w /dev/full ]; then
    "$pkgcache" show cache >/dev/full 2>err
    [ $? -eq 2 ] || fail "a full disk"
fi

echo "pkgcache: $checks runs, $failures failures"
[ "$failures" -eq 0 ]
