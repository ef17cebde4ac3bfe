# server.sh -- starting and stopping servers in a test. To be read by `.`, in
# the test's own folder; what was started is stopped at the end, whatever comes.
#
#   server_start NAME COMMAND...   starts one; what it prints goes to NAME.log
#   server_stop NAME               stops it by SIGTERM and waits for its end;
#                                  gives its exit status
#   server_signal NAME SIGNAL      sends it something else
#   wait_until WHAT COMMAND...     tries until the command succeeds, 10 s at most
#   fail WHAT                      counts a failure and says so
#
# shellcheck shell=sh

failures=0
server_names=""

fail() {
    failures=$((failures + 1))
    echo "FAILED: $*"
    for file in out err; do
        [ ! -s "$file" ] || sed "s/^/  $file: /" "$file" | head -n 5
    done
}

server_start() {
    server_name=$1
    shift
    "$@" >"$server_name.log" 2>&1 &
    echo $! >"$server_name.pid"
    server_names="$server_names $server_name"
}

server_signal() {
    kill -s "$2" "$(cat "$1.pid")"
}

server_stop() {
    [ -e "$1.pid" ] || return 0
    server_pid=$(cat "$1.pid")
    rm "$1.pid"
    kill -s CONT "$server_pid" 2>kill.log
    kill -s TERM "$server_pid" 2>kill.log
    wait "$server_pid"
}

servers_stop() {
    for server_each in $server_names; do
        server_stop "$server_each"
    done
}

wait_until() {
    wait_what=$1
    wait_left=200
    shift
    until "$@" >wait.log 2>&1; do
        wait_left=$((wait_left - 1))
        if [ "$wait_left" -eq 0 ]; then
            fail "in vain: $wait_what: $(cat wait.log)"
            return 1
        fi
        sleep 0.05
    done
}
