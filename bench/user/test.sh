#!/bin/sh
# test.sh -- inlay-bench run with a user's own data: what is measured, and what
# is said of data that is wrong.
#
#     test.sh INLAY-BENCH SOURCE SCRATCH [CODEC]...
#
# Each CODEC has to have figures; those that were not built are not given.
set -u
bench=$1
source=$2
scratch=$3
shift 3
mkdir -p "$scratch"
failures=0

say() {
    echo "bench_user: $*" >&2
    failures=$((failures + 1))
}

# Expects status 2 and a sentence on standard error.
refuses() {
    wanted=$1
    shift
    "$bench" run --smoke -o "$scratch/none.json" "$@" >"$scratch/out" \
        2>"$scratch/err"
    status=$?
    [ $status -eq 2 ] || say "status $status in place of 2: $*"
    grep -q -e "$wanted" "$scratch/err" ||
        say "no \`$wanted\` in: $(cat "$scratch/err")"
}

# Returns whether the last result has figures, not a reason for none.
has() {
    tr -d ' \n' <"$scratch/user.json" |
        grep -q "\"codec\":\"$1\",\"op\":\"$2\",\"[^a]"
}

# Expects figures of $ops by $codecs.
measures() {
    rm -f "$scratch/user.json"
    "$bench" run --smoke --blocks 2 "$@" -o "$scratch/user.json" \
        >"$scratch/out" 2>"$scratch/err" ||
        say "$(cat "$scratch/out" "$scratch/err")"
    for codec in $codecs; do
        for op in $ops; do
            has "$codec" "$op" || say "no $op of $codec: $*"
        done
    done
}

data=$source/bench/user/test
codecs="inlay inlay-once inlay-clamped $*"
ops="read_scalars read_strings"
measures --schema "$data/orders.inlay" --type shop.Orders \
    --json "$data/orders.json" -I "$data/imports"
codecs="inlay $*"
ops=verify
measures --schema "$data/orders.inlay" --type Orders \
    --json "$data/orders.json" -I "$data/imports"
codecs=inlay
ops="encode decode"
measures --schema "$source/tests/vectors/nested.inlay" --type Bag \
    --json "$data/bag.json"

# Without a compiler Inlay is left out with that reason, the rest is measured.
rm -f "$scratch/user.json"
CC=no-such-compiler "$bench" run --smoke --blocks 2 --op verify \
    --schema "$source/tests/vectors/nested.inlay" --type Bag \
    --json "$data/bag.json" -o "$scratch/user.json" >"$scratch/out" \
    2>"$scratch/err"
[ $? -eq 1 ] || say "without a compiler: not status 1"
grep -q "there is no C compiler" "$scratch/err" ||
    say "without a compiler: $(cat "$scratch/err")"
for codec in "$@"; do
    has "$codec" verify || say "without a compiler: no $codec"
done

orders="--schema $data/orders.inlay -I $data/imports"
refuses "no record .Nothing." $orders --type Nothing --json "$data/orders.json"
refuses "no-such.json: No such file" $orders --type Orders \
    --json "$data/no-such.json"
refuses "no-such.inlay" --schema "$data/no-such.inlay" --type Orders \
    --json "$data/orders.json"
refuses "bag.json:1:" $orders --type Orders --json "$data/bag.json"
refuses "orders.inlay:1:" $orders --type Orders --json "$data/orders.inlay"
refuses "missing: --json" $orders --type Orders
refuses "in place of --set" $orders --type Orders --json "$data/orders.json" \
    --set log
refuses "error: " --schema "$data/orders.json" --type Orders \
    --json "$data/orders.json"

[ "$failures" -eq 0 ] && echo "bench_user: all is well"
exit $((failures > 0))
