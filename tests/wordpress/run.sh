#!/usr/bin/env bash
# The plugin end to end, in a real WordPress and a real browser, on two sites that differ in everything:
#   tests/wordpress/run.sh [newest|6.8]...
# Screenshots go to target/screenshots/. Needs the extension (make build). Ends in "N passed, N failed".
set -euo pipefail
# shellcheck source=tests/wordpress/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

readonly work=$target/wordpress/e2e
passed=0 failed=0 site=''

stop_site() { [ -z "$site" ] || "$here/site.sh" stop --site "$site"; }
trap stop_site EXIT

prepare() {
  "$root/scripts/apt-install.sh" nodejs npm chromium fonts-ipafont-gothic
  if [ ! "$here/e2e/node_modules/.package-lock.json" -nt "$here/e2e/package-lock.json" ]; then
    (cd "$here/e2e" && npm ci --silent --no-audit --no-fund) || die 'npm could not fetch what the tests need'
  fi
  "${CARGO:-cargo}" build --quiet --manifest-path "$root/Cargo.toml" -p sandbox
}

# run_on NAME SCREENSHOTS OPTION...
run_on() {
  local name=$1 shots=$2 counts=$work/$1.counts
  site=$work/$1
  shift 2
  printf '\n%s: %s\n' "$name" "$*"
  rm -f "$counts"
  if "$here/site.sh" create --site "$site" "$@" && "$here/site.sh" php --site "$site" -- seed; then
    E2E_SITE=$site E2E_SCREENSHOTS=$shots E2E_COUNTS=$counts \
      node --test-reporter="$here/e2e/reporter.mjs" "$here/e2e/main.mjs" || true
  fi
  add_up "$counts" "$name"
  stop_site
}

add_up() {
  local ok bad
  if read -r ok bad 2>/dev/null <"$1" && [ $((ok + bad)) -gt 0 ]; then
    passed=$((passed + ok)) failed=$((failed + bad))
  else
    say "$2: the tests did not come to their end"
    failed=$((failed + 1))
  fi
}

prepare
mkdir -p "$work"
[ $# -gt 0 ] || set -- newest 6.8
for version in "$@"; do
  case $version in
    newest) run_on newest "$target/screenshots" --wordpress newest --database sqlite --server builtin ;;
    6.8) run_on 6.8 "$target/screenshots/wordpress-6.8" --wordpress 6.8 --database mariadb --server fpm ;;
    *) die "there is no site '$version'; choose of newest and 6.8" ;;
  esac
done
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
