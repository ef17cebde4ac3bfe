#!/bin/sh
# demo.sh -- the main job on real input, from a fresh clone: dpkg's database of
# this machine compiled into one message, mapped, and asked.
#
#     sh examples/demo.sh
#
# Installs what it misses (cmake/install-packages.sh), builds into build/, and
# leaves nothing else behind. Takes the sample in examples/pkgcache where there
# is no dpkg.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
status=/var/lib/dpkg/status
[ -s "$status" ] && [ -r "$status" ] ||
    status=$root/examples/pkgcache/status.sample
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$root/build/examples/pkgcache:$PATH

step() {
    printf '\n== %s\n' "$*"
}

# Prints a command as one would type it, and runs it.
run() {
    printf '$ %s\n' "$*"
    "$@"
}

# The same with only the first lines of what it prints, and the last one.
run_head() {
    lines=$1
    shift
    printf '$ %s\n' "$*"
    "$@" >printed
    head -n "$lines" printed
    echo "... ($(wc -l <printed) lines)"
    tail -n 1 printed
}

# Runs a command that has to refuse its file.
refused() {
    code=0
    run "$@" 2>&1 || code=$?
    echo "(exit status $code)"
    [ "$code" -eq 1 ]
}

# Runs a long command in silence, unless it fails.
quietly() {
    "$@" >log 2>&1 || {
        cat log
        exit 1
    }
}

cd "$work"
step "Building the schema compiler, the runtime and the example"
sh "$root/cmake/install-packages.sh"
cd "$root"
cmake --preset default >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cd "$work"
# Only what the example needs; the rest is built when somebody asks for it.
quietly cmake --build "$root/build" --target pkgcache
tail -n 1 log

step "Compiling the text of dpkg's database into a message"
run pkgcache build "$status" packages.cache
size=$(wc -c <packages.cache)
echo "($(wc -c <"$status") bytes of text, $size bytes in the file)"

step "Verifying all of it"
run pkgcache check packages.cache

step "One package, read where it lies in the mapped file"
run pkgcache show packages.cache bash
pkgcache show packages.cache bash >shown
if [ "$status" = /var/lib/dpkg/status ] && dpkg-query -s bash >queried; then
    cmp shown queried
    echo "(byte for byte what dpkg-query -s bash prints)"
fi
pkgcache show packages.cache >shown
echo >>shown
if cmp -s shown "$status"; then
    echo "(and all packages together are, byte for byte, $status)"
fi

step "Who wants debconf?"
run_head 6 pkgcache rdepends packages.cache debconf

step "Installed size by section"
run_head 6 pkgcache sections packages.cache

step "Sizes and times"
run pkgcache stats packages.cache "$status"

step "A file that was cut short is refused"
head -c $((size / 2)) packages.cache >short.cache
refused pkgcache show short.cache bash

step "So is one with a byte changed"
cp packages.cache changed.cache
printf '\377' |
    dd of=changed.cache bs=1 conv=notrunc seek=$((size / 2)) 2>log
refused pkgcache show changed.cache bash
