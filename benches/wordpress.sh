#!/usr/bin/env bash
# The plugin on a site of its own: pages with and without it, then 100,000 posts and 200,000 pictures, and the
# screen that shows them. MariaDB, php-fpm, nginx.
#
#     wordpress.sh [POSTS PICTURES]
set -euo pipefail
# shellcheck source=tests/wordpress/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../tests/wordpress/lib/common.sh"
benches=$root/benches/wordpress site=$target/wordpress/bench
posts=${1:-100000} pictures=${2:-200000}

trap '"$here/site.sh" stop --site "$site"' EXIT

site_php() { "$here/site.sh" php --site "$site" -- "$@"; }
run() {
  local script=$1
  shift
  PHP_INI_SCAN_DIR=$site/php.d SITE_FOLDER=$site php -d display_errors=stderr "$benches/$script.php" "$@"
}

SITE_OPCACHE=default "$here/site.sh" create --site "$site" --database mariadb --server fpm
site_php seed
sed -i "s/'WP_DEBUG', true/'WP_DEBUG', false/" "$site/wordpress/wp-config.php"
run bare >"$site/run/bare"
site_php activate
site_php configure fine-3.1
site_php run-cron
printf 'auto_prepend_file = "%s"\n' "$benches/cpu.php" >"$site/php.d/zz-bench.ini"
kill -USR2 "$(<"$site/run/fpm.pid")"
# The stand-in refuses nobody here: what is looked for is where the plugin ends.
curl -fsS -d '{"account": "fine-3.1", "requests_per_second": 0}' "http://127.0.0.1:$(<"$site/run/sandbox.port")/_sandbox/behaviour"

echo '-- pages, with the plugin and without it by turns'
run pages 300 8 2
"$benches/instructions.sh" "$site"

echo "-- $posts posts, $pictures pictures"
run fill "$posts" "$pictures"
cat "$site/run/bare"
run scan
run refresh 20 5000

echo '-- the images screen, the export, the commands'
run screen

echo '-- two servers with one database'
run servers 20
