#!/usr/bin/env bash
# The extension in PHPs that no package of Debian has: run.sh SANDBOX [8.2|8.4]...     Ends in "N passed, N failed".
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

sandbox=$(realpath "$1") passed=0 failed=0
shift
mkdir -p "$work/matrix"
for php in "${@:-8.2 8.4}"; do
  for one in $php; do
    tap=$work/matrix/$one.tap
    "$root/packaging/matrix/zts.sh" "$one" "$sandbox" >"$tap" || echo "not ok - PHP $one zts came to its end" >>"$tap"
    cat "$tap"
    passed=$((passed + $(grep -c '^ok - ' "$tap" || true)))
    failed=$((failed + $(grep -c '^not ok - ' "$tap" || true)))
  done
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
