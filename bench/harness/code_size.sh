#!/bin/sh
# code_size.sh -- writes code_size.c: text bytes per codec and data set.
#
#     code_size.sh OUT.c CODEC LIBRARY.a [CODEC LIBRARY.a]...
#
# An object file belongs to the set that its name begins with.
set -eu
LC_ALL=C
export LC_ALL

out=$1
shift
{
    echo '// code_size.c -- made by code_size.sh from object files.'
    echo
    echo '#include "bench/harness/code_size.h"'
    echo
    echo 'const bench_code_size bench_code_sizes[] = {'
    while [ $# -ge 2 ]; do
        size "$2" 2>/dev/null | awk -v codec="$1" '
            NR > 1 {
                name = $6
                sub(/[._].*/, "", name)
                if (name == "articles") name = "cjk"
                if (name ~ /^(log|mesh|minecraft|mk48|rpc|telemetry|cjk|catalogue)$/)
                    bytes[name] += $1
            }
            END {
                for (name in bytes)
                    printf "    {\"%s\", \"%s\", %d},\n", codec, name, bytes[name]
            }' | sort
        shift 2
    done
    echo '    {0, 0, 0},'
    echo '};'
    echo
    echo 'const size_t bench_code_size_count ='
    echo '    sizeof bench_code_sizes / sizeof bench_code_sizes[0] - 1;'
} >"$out.new"
mv "$out.new" "$out"
