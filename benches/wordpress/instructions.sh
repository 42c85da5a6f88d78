#!/usr/bin/env bash
# Instructions of PHP's process for each page, with the plugin and without it: instructions.sh SITE. A machine that is busy or
# slow changes nothing of them. Each page is warm, its files are known, and its queries are answered by the database, which is not
# counted.
set -euo pipefail
site=$(realpath "$1")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly site root pages=(/ /one-kettle-for-life/ /letter-from-the-garden/)
"$root/scripts/apt-install.sh" valgrind curl
work=$(mktemp -d)
port=$(php -r '$s = stream_socket_server("tcp://127.0.0.1:0"); echo parse_url("tcp://" . stream_socket_get_name($s, false), PHP_URL_PORT);')

# The server has no prepended file for what its router includes.
printf '<?php require "%s"; return require "%s";\n' "$root/benches/wordpress/cpu.php" "$root/tests/wordpress/php/router.php" >"$work/router.php"
SITE_FOLDER=$site PHP_INI_SCAN_DIR=$site/php.d valgrind --tool=callgrind --instr-atstart=no --callgrind-out-file="$work/count" \
  php -d opcache.enable_cli=1 -d opcache.revalidate_freq=3600 -S "127.0.0.1:$port" -t "$site/wordpress" "$work/router.php" >"$work/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
host=$(<"$site/run/url")
view() { curl -fsS -o /dev/null -H "Host: ${host#http://}" -H "X-Bench: $2" "http://127.0.0.1:$port$1"; }
for ((i = 0; i < 100; i++)); do
  curl -s -o /dev/null "http://127.0.0.1:$port/readme.html" && break
  sleep 0.2
done
for page in "${pages[@]}"; do
  for plugin in on off on off on off; do view "$page" "$plugin"; done
done
callgrind_control -i on "$server" >/dev/null 2>&1

# counted PAGE PLUGIN: what is done once a page is out belongs to it.
counted() {
  callgrind_control -z "$server" >/dev/null 2>&1
  sleep 0.3
  view "$1" "$2"
  sleep 1
  rm -f "$work"/count*
  callgrind_control --dump=page "$server" >/dev/null 2>&1
  sleep 0.3
  sed -n 's/^summary: //p' "$work"/count*
}
for page in "${pages[@]}"; do
  with=$(counted "$page" on)
  without=$(counted "$page" off)
  awk -v page="$page" -v with="$with" -v without="$without" \
    'BEGIN { printf "  %-28s million instructions  with %.2f  without %.2f  ratio %.4f\n", page, with / 1e6, without / 1e6, without / with }'
done
