# shellcheck shell=bash
# What every script of the rig shares: where things stand, how to say something, how to give up.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
[[ $target == /* ]] || target=$root/$target
# shellcheck disable=SC2034 # read by the scripts that source this file
readonly here root target cache="$target/wordpress/cache"

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; exit 1; }

# The end of a log, set off, for the reader of a failure.
show_tail() {
  [ -s "$1" ] || return 0
  printf -- '--- the end of %s\n' "$1" >&2
  tail -n "${2:-20}" "$1" >&2
  printf -- '---\n' >&2
}

# wait_for SECONDS COMMAND...: true as soon as the command is true.
wait_for() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}
