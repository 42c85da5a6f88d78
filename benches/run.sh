#!/usr/bin/env bash
# The extension beside what users would take instead, in one run, as ratios.
#
#     run.sh EXTENSION SANDBOX        the two built files
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/.." && pwd)
extension=$(realpath "$1") sandbox=$(realpath "$2")
# shellcheck source=tests/sandbox/start.sh
source "$root/tests/sandbox/start.sh"

echo "== finding and rewriting pictures =="
"$root/tests/wordpress/download-wordpress.sh" newest
dom=$(php-config --extension-dir)/dom.so
target=${CARGO_TARGET_DIR:-$root/target}
CARGO_TARGET_DIR=$target/bench cargo build --quiet --release --locked --manifest-path "$here/html/Cargo.toml"
php -n -d "extension=$extension" -d "extension=$dom" "$here/html.php" "$target/wordpress/cache/newest/core" \
    "$target/bench/release/html-bench"

echo
echo "== refreshing: how much of the quota is used =="
sdk=$("$root/scripts/python-with.sh" "$root/tests/sandbox/sdk/requirements.txt")
paapi=$("$root/scripts/python-with.sh" "$here/requirements.txt")
result=$(mktemp)

# A call counts from its arrival; the quota is what could have arrived from the first call to the last.
report() { # report NAME RATE
    curl -fsS "$endpoint/_sandbox/log" | php -n -r '
        [, $name, $rate, $file] = $argv;
        $own = json_decode(file_get_contents($file));
        $calls = array_filter(json_decode(stream_get_contents(STDIN)), fn ($call) => $call->item_ids !== []);
        $at = array_column($calls, "at_ms");
        $rate_seen = (count($at) - 1) / (max($at) - min($at)) * 1000;
        $quota = $rate > 0 ? sprintf("%5.2f of the quota", $rate_seen / $rate) : "no limit          ";
        printf("  %-30s %s  %7.1f calls/s  %2d refused  %5d pictures  %5.0f us CPU/picture  %5.1f MB\n", $name, $quota, $rate_seen,
            count(array_filter($calls, fn ($call) => $call->status === 429)), $own->images,
            $own->cpu * 1e6 / max(1, $own->images), $own->memory_kb / 1024);
    ' -- "$1" "$2" "$result"
    curl -fsS -X POST "$endpoint/_sandbox/reset"
}

compare() { # compare LATENCY RATE CALLS: each client against a stand-in of its own
    start_sandbox "$sandbox" --latency-ms "$1" --rate "$2"
    php -n -d "extension=$extension" -d "creators_api.api_endpoint=$endpoint" \
        -d "creators_api.token_endpoint=$endpoint/token" "$here/refresh.php" fine-3.1 "$2" "$3" >"$result"
    report 'creators_api_refresh_images' "$2"
    "$sdk" "$here/refresh.py" sdk "$endpoint" fine-3.1 "$2" "$3" >"$result" 2>/dev/null
    report "Amazon's Python SDK in a loop" "$2"
    "$paapi" "$here/refresh.py" paapi "$endpoint" fine-3.1 "$2" "$3" >"$result" 2>/dev/null
    report 'python-amazon-paapi' "$2"
    stop_sandboxes
}

for latency in 50 300 1000; do
    for rate in 1 10; do
        calls=$((rate == 1 ? 11 : 41))
        echo "$latency ms latency, $rate calls a second, $calls calls"
        compare "$latency" "$rate" "$calls"
    done
done
echo 'no latency, no limit, 500 calls'
compare 0 0 500
rm -f "$result"

echo
echo "== refreshing: a quota that Amazon halves while processes take turns =="
start_sandbox "$sandbox" --latency-ms 100
CREATORS_API_EXTENSION=$extension php -n -d "extension=$extension" -d "creators_api.api_endpoint=$endpoint" \
    -d "creators_api.token_endpoint=$endpoint/token" "$here/lowered.php" 20
stop_sandboxes

echo
echo "== the plugin on a large site =="
"$here/wordpress.sh"
