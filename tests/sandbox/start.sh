# shellcheck shell=bash
# To be sourced: start_sandbox BINARY [OPTION…] runs the stand-in for Amazon on a free port until the script ends, and
# puts its address into $endpoint.

sandbox_pids=()

stop_sandboxes() {
    [ ${#sandbox_pids[@]} -eq 0 ] || kill "${sandbox_pids[@]}" 2>/dev/null || true
}

start_sandbox() {
    local folder line
    folder=$(mktemp -d)
    mkfifo "$folder/out"
    "$@" --port 0 >"$folder/out" 2>"$folder/err" &
    sandbox_pids+=($!)
    trap stop_sandboxes EXIT
    # Its one line comes when it listens; its end, if it cannot, ends the pipe.
    if ! read -rt 20 line <"$folder/out"; then
        cat "$folder/err" >&2
        return 1
    fi
    # shellcheck disable=SC2034 # read by the scripts that source this file
    endpoint=${line##* }
    rm -rf "$folder"
}
