#!/bin/sh
# report.sh -- drives `report` and `compare`: exit statuses, messages, files.
#
#     report.sh PATH/TO/inlay-report-test PATH/TO/inlay-made-up
set -u

bench=$(realpath "$1")
made_up=$(realpath "$2")
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

# expect STATUS COMMAND...: leaves what was printed in `out` and `err`.
expect() {
    want=$1
    shift
    checks=$((checks + 1))
    "$@" </dev/null >out 2>err
    got=$?
    [ "$got" -eq "$want" ] || fail "exit status $got, not $want: $*"
}

says() {
    grep -qF -- "$1" err || fail "standard error does not say: $1"
}

prints() {
    grep -qF -- "$1" out || fail "standard output does not have: $1"
}

silent() {
    [ ! -s err ] || fail "something on standard error"
}

small="--sets 1 --codecs 8"
# shellcheck disable=SC2086 # several options
{
    "$made_up" $small >a.json
    "$made_up" $small --seed 7 >noise.json
    "$made_up" $small --slow flatcc --by 1.1 >slow.json
    "$made_up" $small --slow flatcc --by 0.8 >fast.json
    "$made_up" $small --drop flatcc >fewer.json
    "$made_up" $small --cpu "Another CPU" >other.json
    "$made_up" --sets 2 --rust 0 >c.json
    "$made_up" --sets 2 --rust 1 >rust.json
}

# ---- compare ---------------------------------------------------------------

expect 0 "$bench" compare a.json a.json
prints "0 regressed, 0 improved,"
silent
expect 0 "$bench" compare a.json noise.json
prints "0 regressed, 0 improved,"
expect 1 "$bench" compare a.json slow.json
prints "regressed"
prints "flatcc  "
prints "+1" # 10 %, give or take
grep -q "flatcc-verified" out && fail "the other codec did not change"
expect 0 "$bench" compare --threshold 20 a.json slow.json
prints "0 regressed, 0 improved,"
expect 0 "$bench" compare a.json fast.json
prints "improved"
expect 1 "$bench" compare fast.json a.json
expect 0 "$bench" compare a.json fewer.json
prints "only in the old file"
expect 0 "$bench" compare fewer.json a.json
prints "only in the new file"
expect 0 "$bench" compare --all a.json a.json
prints "inlay-verified   encode "
prints "indistinguishable"
expect 0 "$bench" compare a.json other.json
says 'warning: another machine (cpu: "Another CPU", not "Made-up CPU of a test")'
grep -q "$(printf '\033')" out && fail "colours without a terminal"

expect 2 "$bench" compare a.json
says "two files are needed"
expect 2 "$bench" compare a.json missing.json
says "missing.json: No such file"
expect 2 "$bench" compare --threshold x a.json a.json
says "--threshold takes a percentage"
expect 2 "$bench" compare --treshold 5 a.json a.json
says "no option --treshold; see \`inlay-bench compare --help\`"
expect 2 "$bench" compare a.json a.json --threshold
says "--threshold needs a value"
printf '{"format": "inlay-bench 1"' >half.json
expect 2 "$bench" compare half.json a.json
says "half.json: not JSON"
expect 0 "$bench" compare --help
prints "usage: inlay-bench compare"

# ---- report ----------------------------------------------------------------

expect 0 "$bench" report --markdown a.json
prints "Inlay's authors wrote this suite"
prints "| *noise floor* |"
prints "Simple Binary Encoding: not found"
silent
expect 0 "$bench" report --markdown -o a.md a.json
cmp -s a.md - <out && fail "-o wrote to standard output"
[ -s a.md ] || fail "-o wrote nothing"
expect 0 "$bench" report --markdown c.json rust.json
prints "| bincode 2 |"
prints "| **Inlay, verified** |"
prints "run 2 of 2"
expect 2 "$bench" report --markdown a.json other.json
says 'other.json: machine.cpu: "Another CPU", not "Made-up CPU of a test"'
expect 2 "$bench" report --markdown a.json a.json
says "was measured before, in a.json"
expect 2 "$bench" report --markdown
says "a result file is needed"
expect 2 "$bench" report --markdown half.json
says "half.json: not JSON"
expect 2 "$bench" report --markdown -o /no/such/folder/x a.json
says "/no/such/folder/x: No such file"
expect 2 "$bench" report --mark down
[ -c /dev/full ] && {
    expect 2 "$bench" report --markdown -o /dev/full a.json
    says "/dev/full: No space left"
}
expect 0 "$bench" report --help
prints "usage: inlay-bench report"

# ---- The page, as text; html.sh looks at it --------------------------------

if "$bench" report -o a.html a.json 2>err; then
    checks=$((checks + 1))
    : >out
    # The note of every codec would end the script element.
    [ "$(grep -c '</script> & <b>' a.html)" -eq 0 ] || fail "not escaped"
    grep -qF '\u003c/script\u003e \u0026 \u003cb\u003e' a.html ||
        fail "no note in the page"
    grep -q '@@' a.html && fail "a mark is left in the page"
    grep -q "default-src 'none'" a.html || fail "no content security policy"
    grep -qE '(src|href)="?https?:' a.html && fail "the page needs a network"
else
    : >out
    grep -qE "Node.js|INLAY_BENCH_HTML|npm" err || fail "no reason why no page"
    echo "no HTML reports in this build: $(cat err)"
fi

echo "$checks commands, $failures failures"
[ "$failures" -eq 0 ]
