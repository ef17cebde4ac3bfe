#!/bin/sh
# html.sh -- opens the page of made-up results in a headless Chromium, dark and
# light, wide and narrow: all charts are drawn, nothing is logged, nothing is
# asked of a network.
#
#     html.sh PATH/TO/inlay-report-test PATH/TO/inlay-made-up [KEEP]
#
# With a folder KEEP screenshots stay there, to be looked at. Exits with 77,
# which ctest takes for skipped, when there is no Chromium or no page.
set -u

bench=$(realpath "$1")
made_up=$(realpath "$2")
keep=""
if [ $# -gt 2 ]; then
    mkdir -p "$3"
    keep=$(realpath "$3")
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0
checks=0

fail() {
    failures=$((failures + 1))
    echo "FAILED: $*"
}

browser=""
for name in chromium chromium-browser google-chrome; do
    [ -n "$browser" ] || browser=$(command -v "$name" || true)
done
if [ -z "$browser" ]; then
    echo "skipped: no Chromium (Debian: apt-get install chromium)"
    exit 77
fi
"$made_up" >all.json
if ! "$bench" report -o page.html all.json 2>err; then
    echo "skipped: $(cat err)"
    exit 77
fi
"$made_up" --sets 1 --codecs 1 >one.json
"$bench" report -o one.html one.json || fail "one codec"

# A phone is narrower than the narrowest window.
echo '<body style="margin:0"><iframe src="page.html#set=rpc" id="phone"
 style="width:420px;height:9000px;border:0"></iframe>' >phone.html

# browse URL OPTIONS...: the page after a while in `dom`, its console in `log`,
# where a request would stand too: the page's own policy forbids all, and the
# browser says so when one is tried.
browse() {
    url=$1
    shift
    timeout 120 "$browser" --headless=new --no-sandbox --disable-gpu \
        --hide-scrollbars --user-data-dir="$work/profile" \
        --virtual-time-budget=5000 --enable-logging=stderr --v=0 \
        "$@" "file://$work/$url" >dom 2>log ||
        fail "$browser: $url"
}

# check URL CHARTS OPTIONS...
check() {
    url=$1
    charts=$2
    shift 2
    checks=$((checks + 1))
    browse "$url" --dump-dom --window-size=1280,6000 "$@"
    grep -q "data-drawn=\"$charts\"" dom ||
        fail "$url: $(grep -o 'data-drawn="[0-9]*"' dom) and not $charts charts"
    grep -q 'data-errors' dom &&
        fail "$url: $(grep -o 'data-errors="[^"]*"' dom)"
    grep "CONSOLE" log && fail "$url: the console is not empty"
    grep -q "content=\"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'\"" dom ||
        fail "$url: another content security policy"
    [ "$(grep -o '<svg' dom | wc -l)" -ge "$charts" ] || fail "$url: no pictures"
    [ "$(grep -o '<path' dom | wc -l)" -ge 8 ] || fail "$url: empty pictures"
    # What is read: no scripts, no data, no styles.
    sed -e '/<script/,/<\/script>/d' -e '/<style/,/<\/style>/d' dom >text
    grep -oE '>[^<]{0,60}(NaN|undefined|Infinity)[^<]{0,60}' text | head -3 >bad
    [ ! -s bad ] || fail "$url: not a number: $(cat bad)"
}

theme() {
    grep -q "data-theme=\"$1\"" dom || fail "the page is not $1"
}

# Five charts are the heat map, bars, sizes and two of latency.
check 'page.html#set=rpc' 5 --blink-settings=preferredColorScheme=1
theme light
check 'page.html#set=rpc&op=decode&trust=checked,lazy,once,unchecked,floor' 5 \
    --force-dark-mode
theme dark
grep -q "Several trust levels are shown" dom || fail "levels are mixed silently"
for set in log mesh minecraft mk48 telemetry cjk catalogue; do
    check "page.html#set=$set&op=open&trust=checked,lazy,once,unchecked,floor" 3
    grep -q "Latency was measured on" dom || fail "$set: no word on latency"
done
check 'page.html#set=nonsense&op=nonsense&trust=nonsense' 3
check 'one.html' 3

shot() {
    [ -z "$keep" ] || browse "$1" --screenshot="$keep/$2" "--window-size=$3" \
        "${4:---hide-scrollbars}"
}
shot 'page.html#set=rpc' light.png 1280,5600
shot 'page.html#set=log&trust=checked,lazy,unchecked' dark.png 1280,6200 \
    --force-dark-mode
shot phone.html phone.png 500,9000

echo "$checks views, $failures failures"
[ "$failures" -eq 0 ]
