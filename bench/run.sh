#!/bin/sh
# run.sh -- everything at once: installs rivals, builds, measures, reports.
#
#     sh bench/run.sh [--smoke] [options of inlay-bench run]
#
# Works on a bare Debian. What can't be installed is skipped, and named in the
# report. Results go to build/: inlay-bench.json, inlay-bench.md and, where
# Node.js was there to build the page, inlay-bench.html. Once all is built,
# --smoke takes less than a minute, a full run about a quarter of an hour.
set -eu
cd "$(dirname "$0")/.."

sh cmake/install-packages.sh
sh bench/install-packages.sh
cmake --preset default -DINLAY_BENCH=ON
cmake --build --preset default -j "$(nproc 2>/dev/null || echo 2)" \
    --target inlay-bench

cd build
status=0
rm -f inlay-bench.json inlay-bench.html
./inlay-bench run -o inlay-bench.json "$@" || status=$?
[ -f inlay-bench.json ] || exit "$status"
./inlay-bench report --markdown inlay-bench.json >inlay-bench.md
page=""
if ./inlay-bench report -o inlay-bench.html inlay-bench.json; then
    page=" and .html"
fi
echo "build/inlay-bench.json, .md$page have the results."
exit "$status"
