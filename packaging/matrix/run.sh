#!/usr/bin/env bash
# The extension in PHPs that no package of this machine has: run.sh SANDBOX [zts-8.2|zts-8.4|arm64]...     Ends in "N passed, N
# failed".
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

sandbox=$(realpath "$1") passed=0 failed=0
shift
[ $# -gt 0 ] || set -- zts-8.2 zts-8.4 arm64
"$root/scripts/apt-install.sh" python3 zip >&2
mkdir -p "$work/matrix"
python3 "$root/packaging/parts/components.py" licences >"$work/LICENSES.txt"
for kind in "$@"; do
  tap=$work/matrix/$kind.tap
  case $kind in
    zts-*) command=("$root/packaging/matrix/zts.sh" "${kind#zts-}" "$sandbox") ;;
    arm64) command=("$root/packaging/matrix/arm64.sh" "$sandbox") ;;
    *) die "there is no '$kind'" ;;
  esac
  "${command[@]}" >"$tap" || echo "not ok - $kind came to its end" >>"$tap"
  cat "$tap"
  passed=$((passed + $(grep -c '^ok - ' "$tap" || true)))
  failed=$((failed + $(grep -c '^not ok - ' "$tap" || true)))
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
