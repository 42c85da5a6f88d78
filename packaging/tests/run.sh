#!/usr/bin/env bash
# What make dist has made, tried where people install it: run.sh [lintian|bare|layouts|pie|reproducible]...
# Needs root: the bare systems are folders that one changes into. Ends in "N passed, N failed".
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

tests=$root/packaging/tests dist=$(realpath -m "${OUTPUT:-$root/dist}")
passed=0 failed=0
[ "$(id -u)" -eq 0 ] || die 'only root can make the bare systems'

# run NAME COMMAND…: counts its lines; one that ends early has failed.
run() {
  local name=$1
  shift
  if ! "$@" >"$work/$name.tap" 2>"$work/$name.err"; then
    echo "not ok - $name came to its end" >>"$work/$name.tap"
    tail -n 10 "$work/$name.err" >&2
  fi
  cat "$work/$name.tap"
  passed=$((passed + $(grep -c '^ok - ' "$work/$name.tap" || true)))
  failed=$((failed + $(grep -c '^not ok - ' "$work/$name.tap" || true)))
}

lint() {
  "$root/scripts/apt-install.sh" lintian >&2
  local deb
  for deb in "$dist"/*.deb; do
    lintian --fail-on error,warning,info --suppress-tags hardening-no-fortify-functions "$deb" >&2
    echo "ok - lintian finds nothing in $(basename "$deb")"
  done
}

mkdir -p "$work"
for part in "${@:-lintian bare layouts pie reproducible}"; do
  for name in $part; do
    case $name in
      lintian) run lintian lint ;;
      bare)
        "$root/tests/wordpress/download-wordpress.sh" newest >&2
        run bare-12 "$tests/bare.sh" 12
        run bare-13 "$tests/bare.sh" 13
        ;;
      layouts) run layouts "$tests/layouts.sh" ;;
      pie) run pie "$tests/pie.sh" ;;
      reproducible) run reproducible "$tests/reproducible.sh" ;;
      *) die "there is no '$name'" ;;
    esac
  done
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
