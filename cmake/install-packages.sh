#!/bin/sh
# install-packages.sh -- installs what building and testing need and what is
# not there yet, on Debian and what descends from it.
#
# With --optional instead those that only HTML reports of benchmarks and their
# tests need: without them the rest builds and passes.
#
# Looks for the thing itself rather than for its package, so that a machine
# that has everything, from wherever, needs neither root nor network.
set -eu

missing=""

# need PACKAGE COMMAND...: the package is missing when the command fails.
need() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

if [ "${1:-}" = --optional ]; then
    need nodejs command -v node
    need npm command -v npm
    need chromium command -v chromium
else
    need cmake command -v cmake
    need ninja-build command -v ninja
    need gcc command -v cc
    need g++ command -v c++
    need pkg-config command -v pkg-config
    need libyajl-dev pkg-config --exists yajl
    need libxxhash-dev pkg-config --exists libxxhash
    need liblz4-dev pkg-config --exists liblz4
    need libzstd-dev pkg-config --exists libzstd
    need libcmocka-dev pkg-config --exists cmocka
    need libhiredis-dev pkg-config --exists hiredis
    need redis-server command -v redis-server
    need libnats-dev pkg-config --exists libnats
    need nats-server command -v nats-server
    need liblmdb-dev pkg-config --exists lmdb
fi

[ -n "$missing" ] || exit 0
echo "Missing:$missing"
if ! command -v apt-get >/dev/null; then
    echo "There is no apt-get here to install them with." >&2
    exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Neither root nor sudo: install them first." >&2
        exit 1
    fi
    as_root="sudo"
fi
$as_root apt-get update -q
# shellcheck disable=SC2086 # a list of packages
$as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $missing
