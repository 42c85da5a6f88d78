#!/usr/bin/env bash
# The phpt files through PHP's own run-tests.php: phpt.sh EXTENSION ENDPOINT OUT
# PHP and PHP_CONFIG choose the PHP, RUN_TESTS its run-tests.php. Every test is one "ok - …" or "not ok - …" line; one that was
# skipped has proven nothing, and has failed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
extension=$1 endpoint=$2 out=$3
php=${PHP:-$(command -v php)}
run_tests=${RUN_TESTS:-$(find "$("${PHP_CONFIG:-php-config}" --prefix)/lib/php" -name run-tests.php | sort -V | tail -n 1)}

# A copy, because run-tests.php leaves its diffs beside the tests.
rm -rf "$out/cases" "$out/sandbox" "$out/examples"
cp -r "$here" "$out/cases"
mkdir -p "$out/sandbox"
cp "$here/../sandbox/accounts.json" "$out/sandbox/"
cp -r "$here/../../examples" "$out/"
CREATORS_API_EXTENSION=$extension NO_INTERACTION=1 TEST_PHP_EXECUTABLE=$php NO_COLOR=1 \
    "$php" -n "$run_tests" -q -n --show-diff -d "extension=$extension" \
    -d "creators_api.api_endpoint=$endpoint" -d "creators_api.token_endpoint=$endpoint/token" \
    "$out/cases" >"$out/phpt.txt" 2>&1 || true
tr '\r' '\n' <"$out/phpt.txt" | sed -E 's/^TEST [0-9]+\/[0-9]+ \[[^]]*\]//' |
    sed -nE -e 's/ \[[^]]*phpt\] *$//' -e 's/^PASS (.*)/ok - \1/p' -e 's/^((FAIL|SKIP|BORK|WARN|LEAK|XFAIL) .*)/not ok - \1/p' -e '/^[0-9]+[-+] /p'
grep -q '^Number of tests' "$out/phpt.txt" || { cat "$out/phpt.txt" >&2; exit 1; }
