#!/bin/sh
# test.sh -- the example with a NATS server of its own, on a port of its own.
#
#     test.sh PATH/TO/nats-service PATH/TO/shop PATH/TO/nats-server
set -u

LC_ALL=C
export LC_ALL
nats=$(realpath "$1")
shop=$(realpath "$2")
server=$3
common=$(realpath "$(dirname "$0")/../common")
work=$(mktemp -d)
cd "$work" || exit 1
# shellcheck source=examples/common/server.sh
. "$common/server.sh"
trap 'servers_stop; rm -rf "$work"' EXIT

# expect STATUS QUESTION: what is printed is in `out`.
expect() {
    status=$1
    shift
    "$nats" ask --wait 5000 "$url" "$@" >out 2>err
    [ $? -eq "$status" ] || fail "not $status: $*"
}

# says TEXT: the complaint is that.
says() {
    grep -qF -e "$1" err || fail "no \`$1\`"
}

# serve NAME: starts a service and waits until it answers.
serve() {
    server_start "$1" "$nats" serve "$url" file
    wait_until "$1 answers" grep -q answering "$1.log"
}

grep -v '^#' "$common/products.tsv" >lines
"$shop" build "$common/products.tsv" file || exit 1
cat >server.conf <<'END'
listen: "127.0.0.1:-1"
max_payload: 1536
END
server_start nats "$server" -c server.conf --ports_file_dir "$work"
# Globbed anew each time.
ports() {
    cat "$work"/*.ports
}
wait_until "the server says where it listens" ports || exit 1
url=$(sed 's/.*"\(nats:[^"]*\)".*/\1/' "$work"/*.ports)

# ---- Nobody there ------------------------------------------------------------

expect 2 facts
says "nobody answers on shop.ask"

# ---- Right -------------------------------------------------------------------

serve one
serve two
while IFS= read -r line; do
    expect 0 find "${line%%	*}"
    [ "$(cat out)" = "$line" ] || fail "another product: ${line%%	*}"
done <lines
expect 0 list B- 3
[ "$(wc -l <out)" -eq 4 ] || fail "not three products and more"
[ "$(tail -n 1 out)" = ... ] || fail "not more"
expect 0 list V
[ "$(wc -l <out)" -eq "$(grep -c '^V' lines)" ] || fail "not all that begin so"
expect 0 price B-1009=2 B-1016 gone B-1006
printf 'total\t41.50 EUR\nmissing\tgone\nscarce\tB-1006\n' | cmp -s - out ||
    fail "another bill"
expect 0 facts
grep -q "^products	$(wc -l <lines)$" out || fail "another number of products"

# ---- Wrong -------------------------------------------------------------------

expect 1 find gone
says "refused: NOT_FOUND: there is no such article"
expect 1 price X-2 B-1009
says "refused: NO_SUM"
expect 1 price X-3=2
says "refused: NO_SUM"

# refused COMPLAINT: what comes of sending `raw`.
refused() {
    "$nats" send "$url" raw >out 2>err
    [ $? -eq 1 ] || fail "not refused: $1"
    says "refused: $1"
}

printf 'is anybody there?' >raw
refused "BAD_FRAME: the bytes do not start with the magic number (byte 0)"
: >raw
refused "BAD_FRAME: the bytes end in the middle of something"
head -c 40 file >raw
refused "BAD_FRAME: the message is of another type (byte 8)"

# ---- Too large ---------------------------------------------------------------

# The server takes 1536 bytes: what we ask must fit, and what is answered.
expect 1 list "" 500
says "refused: TOO_LARGE: the answer is larger than the server takes"
expect 0 list "" 20
long=$(printf '%064d' 0)
# shellcheck disable=SC2046 # a hundred words
expect 2 price $(yes "$long" | head -n 100)
says "Maximum Payload"

# ---- Too slow ----------------------------------------------------------------

server_signal one STOP
server_signal two STOP
"$nats" ask --wait 200 "$url" facts >out 2>err
[ $? -eq 2 ] || fail "an answer from those who sleep"
says "no answer in time"
server_signal one CONT
server_signal two CONT
expect 0 facts

# ---- Stopping ----------------------------------------------------------------

# Clients ask all the time; one service goes, the other goes on.
(for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    "$nats" ask --wait 5000 "$url" find X-1 || echo "round $round"
done) >asked 2>&1 &
asking=$!
sleep 0.1
server_stop one || fail "one did not end well: $(cat one.log)"
wait "$asking"
[ "$(grep -c '^X-1	' asked)" -eq 20 ] || fail "unanswered: $(cat asked)"
expect 0 facts
server_stop two || fail "two did not end well: $(cat two.log)"
for name in one two; do
    grep -q 'answered [1-9]' $name.log || fail "$name had nothing to do"
done
expect 2 facts
says "nobody answers"

# ---- Servers and files that are not there ------------------------------------

"$nats" serve "$url" missing >out 2>err
[ $? -eq 2 ] || fail "no file"
head -c 100 file >short
"$nats" serve "$url" short >out 2>err
[ $? -eq 1 ] || fail "half a file"
server_stop nats
expect 2 facts
"$nats" >out 2>err
[ $? -eq 2 ] || fail "wrong usage"

[ "$failures" -eq 0 ] && echo "request and reply: all as it should be"
exit "$failures"
