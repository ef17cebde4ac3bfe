#!/bin/sh
# test.sh -- the example with a Redis of its own, on a socket in a folder of its
# own.
#
#     test.sh PATH/TO/redis-cache PATH/TO/shop PATH/TO/redis-server .../redis-cli
set -u

LC_ALL=C
export LC_ALL
cache=$(realpath "$1")
shop=$(realpath "$2")
redis=$3
cli=$4
common=$(realpath "$(dirname "$0")/../common")
work=$(mktemp -d)
cd "$work" || exit 1
# shellcheck source=examples/common/server.sh
. "$common/server.sh"
trap 'servers_stop; rm -rf "$work"' EXIT

# expect STATUS COUNTERS ARTICLE...: what is printed is in `out`.
expect() {
    status=$1
    counters=$2
    shift 2
    "$cache" --ttl "${ttl:-60000}" --wait 2000 socket file "$@" >out 2>err
    [ $? -eq "$status" ] || fail "not $status: $*"
    tail -n 1 err | grep -qx "$counters" ||
        fail "not \`$counters\` but \`$(tail -n 1 err)\`: $*"
}

redis() {
    "$cli" -s socket "$@"
}

grep -v '^#' "$common/products.tsv" >lines
cut -f 1 lines >articles
count=$(wc -l <lines)
all=$(tr '\n' ' ' <articles)
"$shop" build "$common/products.tsv" file || exit 1
server_start redis "$redis" --port 0 --unixsocket "$work/socket" \
    --save "" --appendonly no --dir "$work"
wait_until "redis answers" redis ping || exit 1

# ---- Hits and misses ---------------------------------------------------------

expect 0 "hits 0, misses 1, refused 0, stored 1" X-1
grep '^X-1	' lines | cmp -s - out || fail "X-1 from the file"
expect 0 "hits 1, misses 0, refused 0, stored 0" X-1
grep '^X-1	' lines | cmp -s - out || fail "X-1 from Redis"

# shellcheck disable=SC2086 # all of them
expect 0 "hits 1, misses $((count - 1)), refused 0, stored $((count - 1))" $all
cmp -s lines out || fail "all, most of them from the file"
# shellcheck disable=SC2086
expect 0 "hits $count, misses 0, refused 0, stored 0" $all
cmp -s lines out || fail "all from Redis"
# More than a batch, and some of them several times.
# shellcheck disable=SC2086
expect 0 "hits $((3 * count)), misses 0, refused 0, stored 0" $all $all $all
cat lines lines lines | cmp -s - out || fail "three times all"

expect 1 "hits 1, misses 1, refused 0, stored 0" none X-1
grep -q 'no article `none`' err || fail "an article that there is not"
long=$(printf '%0200d' 0)
expect 1 "hits 0, misses 1, refused 0, stored 0" "$long"

# ---- Values wear a frame -----------------------------------------------------

key=$(redis --raw keys '*:X-1')
redis --raw get "$key" | head -c -1 >value
[ "$(head -c 4 value)" = INLY ] || fail "the magic"
[ "$(redis pttl "$key")" -gt 0 ] || fail "no end to its life"

# put FILE: as the value of X-1.
put() {
    redis -x set "$key" <"$1" >cli.log
}

# refused COMPLAINT: what is there for X-1 is refused, and then put right.
refused() {
    expect 0 "hits 0, misses 1, refused 1, stored 1" X-1
    grep -qF -e "X-1 in Redis: $1" err || fail "no \`$1\`"
    grep '^X-1	' lines | cmp -s - out || fail "X-1 after: $1"
    expect 0 "hits 1, misses 0, refused 0, stored 0" X-1
}

size=$(wc -c <value)
at=0
while [ "$at" -lt "$size" ]; do
    head -c "$at" value >short
    put short
    refused "the bytes end"
    at=$((at + 7))
done
at=0
while [ "$at" -lt "$size" ]; do
    old=$(od -An -t u1 -j "$at" -N 1 value)
    cp value hurt
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\$(printf '%03o' $((old ^ 64)))" |
        dd of=hurt bs=1 seek="$at" conv=notrunc 2>dd
    put hurt
    refused ""
    at=$((at + 5))
done
printf 'plain text of somebody else' >hurt
put hurt
refused "the bytes do not start with the magic number"
: >hurt
put hurt
refused "the bytes end"
cat value value >hurt
put hurt
refused "the file's structure is damaged"
# A catalogue is good Inlay, but no product.
put file
refused "the message is of another type"
redis del "$key" >cli.log
redis lpush "$key" a list >cli.log
expect 0 "hits 0, misses 1, refused 0, stored 1" X-1
expect 0 "hits 1, misses 0, refused 0, stored 0" X-1

# ---- Time, editions ----------------------------------------------------------

redis flushall >cli.log
ttl=100
expect 0 "hits 0, misses 1, refused 0, stored 1" X-1
sleep 0.2
expect 0 "hits 0, misses 1, refused 0, stored 1" X-1
ttl=60000
sed 's/^X-1	.*/X-1	Another	1.00 EUR	1		/' lines >changed
"$shop" build changed file
expect 0 "hits 0, misses 1, refused 0, stored 1" X-1
grep -q "Another" out || fail "an old edition came from Redis"

# ---- Redis in trouble --------------------------------------------------------

# Full: what is there still serves.
redis config set maxmemory 1 >cli.log
redis config set maxmemory-policy noeviction >cli.log
expect 0 "hits 0, misses 1, refused 0, stored 0" X-2
grep -q "OOM" err || fail "nothing of memory"
expect 0 "hits 1, misses 0, refused 0, stored 0" X-1
redis config set maxmemory 0 >cli.log

# Stopped: it is waited for once, and not long.
server_signal redis STOP
"$cache" --wait 100 socket file X-1 X-2 >out 2>err || fail "Redis sleeps"
[ "$(grep -c 'going on without' err)" -eq 1 ] || fail "not one complaint"
[ "$(wc -l <out)" -eq 2 ] || fail "not both products"
server_signal redis CONT
expect 0 "hits 1, misses 0, refused 0, stored 0" X-1

server_stop redis
expect 0 "hits 0, misses 2, refused 0, stored 0" X-1 X-2
grep -q "going on without" err || fail "Redis is gone"

"$cache" socket >out 2>err
[ $? -eq 2 ] || fail "wrong usage"
"$cache" socket missing X-1 >out 2>err
[ $? -eq 2 ] || fail "no file"

[ "$failures" -eq 0 ] && echo "cache-aside: all as it should be"
exit "$failures"
