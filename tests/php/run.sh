#!/usr/bin/env bash
# Tests of the built extension inside PHP: the stub, the phpt files through PHP's own run-tests.php, php-fpm,
# and memory.
#
#     run.sh EXTENSION SANDBOX        the two built files; ends in "N passed, N failed"
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=tests/sandbox/start.sh
source "$root/tests/sandbox/start.sh"
extension=$(realpath "$1") sandbox=$(realpath "$2")
out=${CARGO_TARGET_DIR:-$root/target}/tests/php
rm -rf "$out"
mkdir -p "$out"
passed=0 failed=0

count() { # counts the "ok - …" and "not ok - …" lines of a file
    passed=$((passed + $(grep -c '^ok - ' "$1" || true)))
    failed=$((failed + $(grep -c '^not ok - ' "$1" || true)))
}

start_sandbox "$sandbox"

echo "== stub =="
php -n "$here/stub-drift.php" "$root"/php-stubs/*.stub.php >"$out/stub.txt"
php -n -d "extension=$extension" "$here/stub-drift.php" --loaded >"$out/extension.txt"
if diff -u "$out/stub.txt" "$out/extension.txt"; then
    echo "ok - the stub declares what the extension has" | tee "$out/stub.tap"
else
    echo "not ok - the stub declares what the extension has" | tee "$out/stub.tap"
fi
count "$out/stub.tap"

echo "== phpt =="
bash "$here/phpt.sh" "$extension" "$endpoint" "$out" >"$out/phpt.tap" || echo "not ok - run-tests.php came to its end" >>"$out/phpt.tap"
cat "$out/phpt.tap"
count "$out/phpt.tap"

echo "== php-fpm =="
bash "$here/fpm.sh" "$extension" "$endpoint" >"$out/fpm.tap" || true
cat "$out/fpm.tap"
[ -s "$out/fpm.tap" ] || echo "not ok - php-fpm did not start" >>"$out/fpm.tap"
count "$out/fpm.tap"

echo "== memory =="
bash "$here/leaks.sh" "$extension" "$sandbox" >"$out/leaks.tap" || echo "not ok - leaks.sh came to its end" >>"$out/leaks.tap"
cat "$out/leaks.tap"
count "$out/leaks.tap"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
