#!/usr/bin/env bash
# Real faults: the database killed, the disk full, workers and servers killed, the extension gone, Amazon away for a day.
#   tests/wordpress/faults.sh [newest|6.8] [PART...]
# Prints "ok NAME" or "not ok NAME" for each thing that must hold. Parts: amazon database tables workers extension disk.
set -euo pipefail
# shellcheck source=tests/wordpress/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=tests/wordpress/faults/common.sh
source "$here/faults/common.sh"

version=${1:-newest}
shift || true
[ $# -gt 0 ] || set -- amazon database tables workers extension disk
readonly one=$target/wordpress/faults other=$target/wordpress/faults-sqlite
site='' own=0 cookie='' other_cookie='' why=''

stop_both() {
  "$here/site.sh" stop --site "$one"
  "$here/site.sh" stop --site "$other"
}
trap stop_both EXIT

wanted() { [[ " ${parts[*]} " == *" $1 "* ]]; }

# run_part NAME SITE
run_part() {
  site=$2
  load_site
  # shellcheck source=/dev/null
  source "$here/faults/$1.sh"
  "$1_part"
}

# A small disk is mounted by whoever may, or where nobody else sees it.
fill_disks() {
  local place as=()
  place=$(mktemp -d)
  if mount -t tmpfs tmpfs "$place" 2>/dev/null; then
    umount "$place"
  elif unshare --map-root-user --mount true 2>/dev/null; then
    as=(unshare --map-root-user --mount)
  else
    say 'skipped: the disk full, since no disk may be mounted here'
    return 0
  fi
  rmdir "$place"
  "${as[@]}" "$here/faults/disk.sh" "$one" "$own" "$cookie"
  "${as[@]}" "$here/faults/disk.sh" "$other" "$own" "$other_cookie"
}

parts=("$@")
"$root/scripts/apt-install.sh" curl
[ -n "${SANDBOX_BINARY:-}" ] || "${CARGO:-cargo}" build --quiet --manifest-path "$root/Cargo.toml" -p sandbox
site=$other
make_site --wordpress "$version" --database sqlite --server builtin
other_cookie=$cookie
site=$one
make_site --wordpress "$version" --database mariadb --server fpm

# Who waits for Amazon does not keep the others waiting.
! wanted amazon || (run_part amazon "$other") >"$one/run/told" 2>&1 &
beside=$!
for part in database tables workers extension; do
  ! wanted "$part" || run_part "$part" "$one"
done
wait "$beside" || true
! wanted amazon || cat "$one/run/told"
! wanted disk || fill_disks
