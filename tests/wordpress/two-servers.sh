#!/usr/bin/env bash
# Two web servers, each with a php-fpm of its own, one database, one Amazon: whoever refreshes, tests or visits at the same
# time, Amazon sees at most the agreed rate of each account. Each of them does a slice alone before they come at once. Prints
# "ok" or "not ok" for each thing that must hold.
#   tests/wordpress/two-servers.sh [newest|6.8]
set -euo pipefail
# shellcheck source=tests/wordpress/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

readonly version=${1:-newest}
readonly site=$target/wordpress/two-servers-$version
trap '"$here/site.sh" stop --site "$site"' EXIT

run() { "$here/site.sh" php --site "$site" -- "$@"; }

[ -n "${SANDBOX_BINARY:-}" ] || "${CARGO:-cargo}" build --quiet --manifest-path "$root/Cargo.toml" -p sandbox
"$here/site.sh" create --site "$site" --wordpress "$version" --database mariadb --server fpm --servers 2
run seed
run activate
run configure fine-3.1
run ../two-servers/accounts fine-3.2 fine-3.3
mkdir -p "$site/wordpress/wp-content/mu-plugins"
cp "$here/two-servers/mu-plugin.php" "$site/wordpress/wp-content/mu-plugins/"
printf '10\n' >"$site/run/rate"
run run-cron
rm "$site/run/slices"

{
  run ../two-servers/alone
  run ../two-servers/load 1 160
  run ../two-servers/load 10 1800
} | tee "$site/run/told"

failed=$(grep -vcE '^(ok|   ) ' "$site/run/told" || true)
printf '\ntwo servers, WordPress %s: %d failed\n' "$version" "$failed"
[ "$failed" -eq 0 ] && [ "$(grep -c '^ok ' "$site/run/told")" -gt 15 ]
