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
[ $# -gt 0 ] || set -- database
site=$target/wordpress/faults own=0 why=''
trap '"$here/site.sh" stop --site "$site"' EXIT

"$root/scripts/apt-install.sh" curl
make_site --wordpress "$version" --database mariadb --server fpm
for part in "$@"; do
  # shellcheck source=/dev/null
  source "$here/faults/$part.sh"
  "${part}_part"
done
