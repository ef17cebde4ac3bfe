#!/bin/sh
# install-packages.sh -- installs the libraries that the benchmarks compare us
# with and that are not there yet, on Debian and what descends from it.
#
# Each for itself: what a distribution does not have is said and left out, and
# the benchmarks run without it.
set -u

missing=""

# want PACKAGE COMMAND...: the package is missing when the command fails.
want() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

want libmsgpack-dev pkg-config --exists msgpack
want libsimdjson-dev pkg-config --exists simdjson
want rapidjson-dev pkg-config --exists RapidJSON
want libjson-c-dev pkg-config --exists json-c
want libcjson-dev pkg-config --exists libcjson
want libcbor-dev pkg-config --exists libcbor
want libbson-dev pkg-config --exists libbson-1.0
want valgrind command -v valgrind
want libjemalloc2 sh -c "ldconfig -p | grep libjemalloc.so.2"
want libmimalloc2.0 sh -c "ldconfig -p | grep libmimalloc.so.2"
want nodejs command -v node
want npm command -v npm
want libzmq3-dev test -e /usr/include/zmq.h
want libnng-dev test -e /usr/include/nng/nng.h
want libzstd-dev pkg-config --exists libzstd
want liblz4-dev pkg-config --exists liblz4
want libflatbuffers-dev pkg-config --exists flatbuffers
want flatbuffers-compiler command -v flatc
want capnproto command -v capnp
want libcapnp-dev pkg-config --exists capnp
want libprotobuf-dev pkg-config --exists protobuf
want protobuf-compiler command -v protoc
want liblmdb-dev test -e /usr/include/lmdb.h
want libcdb-dev test -e /usr/include/cdb.h
want libhiredis-dev pkg-config --exists hiredis
want redis-server command -v redis-server
want libsqlite3-dev pkg-config --exists sqlite3
want libprotobuf-c-dev pkg-config --exists libprotobuf-c
want protobuf-c-compiler command -v protoc-c

[ -n "$missing" ] || exit 0
echo "Missing:$missing"
if ! command -v apt-get >/dev/null; then
    echo "There is no apt-get here to install them with: left out." >&2
    exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Neither root nor sudo: left out." >&2
        exit 0
    fi
    as_root="sudo"
fi
$as_root apt-get update -q
skipped=""
for package in $missing; do
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "$package" ||
        skipped="$skipped $package"
done
[ -z "$skipped" ] || echo "Left out, could not be installed:$skipped" >&2
