#!/bin/sh
# cross.sh SOURCES INLAY GEN_WALK CROSS_VECTORS -- the runtime without JSON, and
# generated code, on a big-endian machine (s390x) and a 32-bit one (i686). They
# must read and write every message as this machine does.
#
# Wants, in Debian: gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user and
# gcc-i686-linux-gnu libc6-dev-i386-cross. What is missing is skipped; when all
# is, so is the test (status 77).
set -eu

sources=$1
inlay=$2
gen_walk=$3
cross_vectors=$4

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
schemas="aligned evo1 evo2 more nested pin scalars wide everything"

# How a machine's programs are run; fails when they can't be.
runner() {
    case $1 in
    s390x)
        command -v qemu-s390x-static || command -v qemu-s390x
        ;;
    *)
        echo env
        ;;
    esac
}

# Whether there is a compiler that makes programs that run.
usable() {
    command -v "$2" >/dev/null || return 1
    echo 'int main(void) { return 0; }' >"$work/try.c"
    $2 $3 -static -o "$work/try" "$work/try.c" 2>/dev/null || return 1
    run=$(runner "$1") || return 1
    $run "$work/try" 2>/dev/null
}

# Generated code, walkers and messages, all of them here.
prepare() {
    generated="$sources/tests/generated"
    "$inlay" gen --lang c --out "$work" "$generated/everything.inlay" \
        "$generated/everything_common.inlay"
    for name in $schemas; do
        schema=$sources/tests/vectors/$name.inlay
        made_up=10
        if [ "$name" = everything ]; then
            schema=$generated/everything.inlay
            made_up=4
        else
            "$inlay" gen --lang c --out "$work" "$schema"
        fi
        "$gen_walk" "$schema" "$work/walk_$name.c"
        "$cross_vectors" "$schema" "$sources/tests/vectors/vectors.json" \
            $made_up >"$work/$name.lines"
    done
}

# build MACHINE COMPILER FLAGS: a program for each schema.
build() {
    mkdir -p "$work/$1"
    flags="$3 -std=c11 -O1 -Wall -Wextra -Wno-unused-function -Werror
           -I$sources/include -I$sources/tests/generated -I$work"
    objects=""
    for source in "$sources"/codec/*.c; do
        case $source in
        */json_*) continue ;; # wants yajl
        esac
        object=$work/$1/$(basename "$source" .c).o
        $2 $flags -c -o "$object" "$source"
        objects="$objects $object"
    done
    for name in $schemas; do
        # The optimiser takes its time: some schemas are enough for it.
        case $name in
        everything)
            extra="-O0 $work/everything_common.inlay.c"
            ;;
        more | pin)
            extra=-O1
            ;;
        *)
            extra=-O0
            ;;
        esac
        $2 $flags -static -o "$work/$1/$name" "$work/$name.inlay.c" $extra \
            "$work/walk_$name.c" "$sources/tests/cross/cross_main.c" $objects
    done
}

# Runs a machine's programs on all messages.
run_all() {
    run=$(runner "$1")
    for name in $schemas; do
        if ! $run "$work/$1/$name" <"$work/$name.lines" >"$work/$1/$name.out"
        then
            echo "FAILED: $name on $1"
            cat "$work/$1/$name.out"
            exit 1
        fi
    done
}

# A machine's programs said what ours said.
compare() {
    for name in $schemas; do
        if ! cmp -s "$work/here/$name.out" "$work/$1/$name.out"; then
            echo "FAILED: $name on $1, and here:"
            cat "$work/$1/$name.out" "$work/here/$name.out" || true
            return 1
        fi
    done
    echo "$1: $(cat "$work/$1"/*.out | awk '{n += $1} END {print n}') messages"
}

machines=""
if usable s390x s390x-linux-gnu-gcc ""; then
    machines="$machines s390x"
fi
if usable i686 i686-linux-gnu-gcc "-msse2 -mfpmath=sse"; then
    machines="$machines i686"
fi
if [ -z "$machines" ]; then
    echo "skipped: there is no cross compiler"
    exit 77
fi

# Builds and runs for one machine; the log is shown by who waits.
all_of() {
    case $1 in
    here)
        build here "${CC:-cc}" ""
        ;;
    s390x)
        build s390x s390x-linux-gnu-gcc ""
        ;;
    i686)
        build i686 i686-linux-gnu-gcc "-msse2 -mfpmath=sse"
        ;;
    esac
    run_all "$1"
}

prepare
pids=""
for machine in here $machines; do
    (all_of "$machine") >"$work/$machine.log" 2>&1 &
    pids="$pids $!"
done
failed=0
for pid in $pids; do
    wait "$pid" || failed=1
done
for machine in here $machines; do
    cat "$work/$machine.log"
    compare "$machine" || failed=1
done
exit $failed
