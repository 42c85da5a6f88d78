#!/usr/bin/env bash
# Two php-fpm workers refresh at the same time: both finish, and no connection serves two processes. What asks for too much
# memory costs its own request alone.
#
#     fpm.sh EXTENSION ENDPOINT        prints "ok - …" and "not ok - …" lines
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
extension=$1 endpoint=$2
folder=$(mktemp -d)
fpm=$(command -v php-fpm || find /usr/sbin -name 'php-fpm*' | sort -V | tail -n 1)

cat >"$folder/fpm.conf" <<CONF
[global]
error_log = $folder/fpm.log
daemonize = no
[www]
listen = $folder/fpm.sock
pm = static
pm.max_children = 2
user = $(id -un)
group = $(id -gn)
php_admin_value[creators_api.api_endpoint] = $endpoint
CONF

as_root=()
[ "$(id -u)" -ne 0 ] || as_root=(--allow-to-run-as-root)
"$fpm" -n "${as_root[@]}" -y "$folder/fpm.conf" -d "extension=$extension" \
    -d "creators_api.token_endpoint=$endpoint/token" >"$folder/out" 2>&1 &
master=$!
cleanup() {
    kill "$master" 2>/dev/null || true
    wait "$master" 2>/dev/null || true
    rm -rf "$folder"
}
trap cleanup EXIT
for _ in $(seq 100); do
    [ -S "$folder/fpm.sock" ] && break
    kill -0 "$master" || { cat "$folder/out" "$folder/fpm.log"; exit 1; }
    read -rt 0.05 <> <(:) || true
done

request() { # one page that refreshes 25 products whose ASINs begin with $1
    SCRIPT_FILENAME="$here/fpm-page.php" REQUEST_METHOD=GET QUERY_STRING="prefix=$1" \
        cgi-fcgi -bind -connect "$folder/fpm.sock" | sed -n '/^{/p'
}

status=0
check() { # check NAME COMMAND…
    local name=$1
    shift
    if "$@"; then echo "ok - $name"; else echo "not ok - $name"; status=1; fi
}

# Twice, so that the second round meets the connections that the first has left.
for round in 1 2; do
    request "B0FPMA$round" >"$folder/a$round" &
    first=$!
    request "B0FPMB$round" >"$folder/b$round"
    wait "$first"
done
answers=$(cat "$folder"/[ab][12])
php -n -r '
    $answers = array_map("json_decode", explode("\n", trim($argv[1])));
    $workers = array_unique(array_column($answers, "pid"));
    $check = fn (bool $is, string $name) => print(($is ? "ok" : "not ok") . " - $name\n");
    $whole = array_filter($answers, fn ($answer) => $answer->images === 25 && $answer->stopped === null);
    $check(count($whole) === 4, "four pages in php-fpm refreshed all their pictures");
    $check(count($workers) === 2, "two workers did the work");
    $log = json_decode(file_get_contents("$argv[2]/_sandbox/log"));
    $owners = [];
    foreach ($log as $entry) {
        foreach ($answers as $answer) {
            if (preg_grep("/^{$answer->prefix}/", $entry->item_ids)) {
                $owners[$entry->peer_port][$answer->pid] = true;
            }
        }
    }
    $shared = array_filter($owners, fn (array $pids) => count($pids) > 1);
    $check($owners !== [] && $shared === [], "no connection served two workers");
    exit(count($whole) === 4 && count($workers) === 2 && $owners !== [] && $shared === [] ? 0 : 1);
' "$answers" "$endpoint" || status=1
too_much=$(SCRIPT_FILENAME="$here/fpm-page.php" REQUEST_METHOD=GET QUERY_STRING=memory=1 \
    cgi-fcgi -bind -connect "$folder/fpm.sock" 2>&1)
check "past the memory limit there is a fatal error" grep -q 'Allowed memory size.*exhausted' <<<"$too_much"
check "no worker of php-fpm died" bash -c "! grep -E 'exited on signal|WARNING.*child' '$folder/fpm.log'"
exit "$status"
