#!/usr/bin/env bash
# Real faults: the database killed, the disk full, workers and servers killed, the extension gone, Amazon away for a day.
#   tests/wordpress/faults.sh [newest|6.8] [PART...]
# Prints "ok NAME" or "not ok NAME" for each thing that must hold.
set -euo pipefail
# shellcheck source=tests/wordpress/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=tests/wordpress/faults/common.sh
source "$here/faults/common.sh"

version=${1:-newest}
shift || true
[ $# -gt 0 ] || set -- database tables workers extension amazon disk
site=$target/wordpress/faults own=0 cookie='' why=''
trap '"$here/site.sh" stop --site "$site"' EXIT

# A small disk is mounted by whoever may, or where nobody else sees it.
disk_part() {
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
  "${as[@]}" "$here/faults/disk.sh" "$site" "$own" "$cookie"
  site=$target/wordpress/faults-sqlite
  make_site --wordpress "$version" --database sqlite --server builtin
  "${as[@]}" "$here/faults/disk.sh" "$site" "$own" "$cookie"
}

"$root/scripts/apt-install.sh" curl
make_site --wordpress "$version" --database mariadb --server fpm
for part in "$@"; do
  if [ "$part" != disk ]; then
    # shellcheck source=/dev/null
    source "$here/faults/$part.sh"
  fi
  "${part}_part"
done
