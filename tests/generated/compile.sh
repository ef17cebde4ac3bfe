#!/bin/sh
# compile.sh INLAY INCLUDE_DIR SCHEMA... (imported ones first) -- generated code compiles without a
# warning: as C11 and as C++17, with every compiler that is here, headers by
# themselves, twice and before anything else, and every macro in use.
set -eu

inlay=$1
include=$2
shift 2

flags="-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# try NAME COMMAND...: runs a compiler, and shows what it says when it fails.
try() {
    name=$1
    shift
    if ! "$@" >"$work/log" 2>&1; then
        echo "FAILED: $name: $*"
        head -n 20 "$work/log"
        failed=1
    fi
}

# Uses every macro of a header: records are initialised, constants evaluated.
write_uses() {
    echo "#include \"$1.inlay.h\""
    echo "#include \"$1.inlay.h\""
    echo "#include <stdio.h>"
    echo "int use_$1(void);"
    echo "int use_$1(void)"
    echo "{"
    sed -n 's/^#define \([A-Z0-9_]*\)_INIT\([ \\].*\)*$/\1/p' \
        "$work/$1.inlay.h" | while read -r upper; do
        lower=$(echo "$upper" | tr 'A-Z' 'a-z')
        # Constants may end so, too.
        if grep -q "^struct ${lower}\$\|^struct ${lower} {" \
            "$work/$1.inlay.h"; then
            echo "    $lower v_$lower = ${upper}_INIT;"
            echo "    printf(\"%zu\", ${lower}_encoded_size(&v_$lower));"
        fi
    done
    sed -n 's/^#define \([A-Z0-9_]*\) [^{].*$/\1/p' "$work/$1.inlay.h" |
        grep -v '_INIT$\|_H$' | while read -r name; do
        echo "    printf(\"%g\", (double)($name));"
    done
    echo "    return 0;"
    echo "}"
}

for schema in "$@"; do
    stem=$(basename "$schema" .inlay)
    "$inlay" gen --lang c --out "$work" "$schema"
    write_uses "$stem" >"$work/use_$stem.c"
    echo "#include \"$stem.inlay.h\"" >"$work/alone_$stem.c"
    for cc in gcc clang; do
        if ! command -v $cc >/dev/null; then
            continue
        fi
        # Only the optimiser of gcc has warnings of its own.
        test $cc = gcc && how="-c -O1 -o /dev/null" || how=-fsyntax-only
        try "$stem" $cc -std=c11 $flags -Wstrict-prototypes \
            -Wmissing-prototypes -Wcast-qual -I"$include" $how \
            "$work/$stem.inlay.c"
        try "$stem alone" $cc -std=c11 $flags -I"$include" -fsyntax-only \
            "$work/alone_$stem.c"
        try "$stem macros" $cc -std=c11 $flags -I"$include" -fsyntax-only \
            "$work/use_$stem.c"
    done
    for cxx in g++ clang++; do
        if ! command -v $cxx >/dev/null; then
            continue
        fi
        try "$stem" $cxx -std=c++17 $flags -I"$include" -fsyntax-only \
            -x c++ "$work/$stem.inlay.c"
        try "$stem alone" $cxx -std=c++17 $flags -I"$include" -fsyntax-only \
            -x c++ "$work/alone_$stem.c"
    done
done
exit $failed
