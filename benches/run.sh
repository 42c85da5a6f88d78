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
php -n -d "extension=$extension" -d "extension=$dom" "$here/html.php" \
    "${CARGO_TARGET_DIR:-$root/target}/wordpress/cache/newest/core"

echo
echo "== refreshing: how much of the quota is used =="
# A call counts from its arrival; the quota is what could have arrived from the first call to the last.
report() { # report NAME RATE FILE
    curl -fsS "$endpoint/_sandbox/log" | php -n -r '
        [, $name, $rate, $file] = $argv;
        $own = json_decode(file_get_contents($file));
        $calls = array_filter(json_decode(stream_get_contents(STDIN)), fn ($call) => $call->item_ids !== []);
        $at = array_column($calls, "at_ms");
        $used = (count($at) - 1) / ((max($at) - min($at)) / 1000 * $rate);
        printf("  %-34s %5.2f of the quota  %5.1f calls/s  %3d refused  %6.2f ms CPU/ASIN  %6.1f MB\n", $name, $used,
            (count($at) - 1) / (max($at) - min($at)) * 1000, count(array_filter($calls, fn ($call) => $call->status === 429)),
            $own->cpu * 1000 / max(1, $own->images), $own->memory_kb / 1024);
    ' -- "$1" "$2" "$3"
}
python=$("$root/tests/sandbox/sdk/python.sh")
result=$(mktemp)
for latency in 50 300 1000; do
    for rate in 1 10; do
        calls=$((rate == 1 ? 8 : 30))
        start_sandbox "$sandbox" --latency-ms "$latency" --rate "$rate"
        echo "$rate calls a second, $latency ms latency, $calls calls"
        php -n -d "extension=$extension" -d "creators_api.api_endpoint=$endpoint" \
            -d "creators_api.token_endpoint=$endpoint/token" "$here/refresh.php" fine-3.1 "$rate" "$calls" >"$result"
        report 'creators_api_refresh_images' "$rate" "$result"
        curl -fsS -X POST "$endpoint/_sandbox/reset"
        "$python" "$here/refresh_sdk.py" "$endpoint" fine-3.1 "$rate" "$calls" >"$result"
        report "Amazon's Python SDK in a loop" "$rate" "$result"
        stop_sandboxes
    done
done
