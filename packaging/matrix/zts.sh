#!/usr/bin/env bash
# The extension in a thread-safe PHP: zts.sh VERSION SANDBOX. The phpt tests, and many threads at once calling every function.
# Prints "ok - …" and "not ok - …" lines; leaves PIE's zip beside the others, in target/packaging/matrix/.
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
# shellcheck source=tests/sandbox/start.sh
source "$root/tests/sandbox/start.sh"

php=$1 sandbox=$2
prefix=$("$root/packaging/matrix/php-source.sh" "$php")
headers=$work/php/$php-zts out=$work/matrix/$php-zts
module=$out/$(module_api "$php")-zts-x86_64-glibc.so
mkdir -p "$out" "$headers"
"$root/packaging/build/php-headers.sh" --from "$headers" "$prefix/include/php"
"$root/packaging/build/extension.sh" "$headers" "$module"
"$root/packaging/tests/portable.sh" "$module" >&2

start_sandbox "$sandbox"
PHP=$prefix/bin/php RUN_TESTS=$prefix/lib/run-tests.php "$root/tests/php/phpt.sh" "$module" "$endpoint" "$out" |
  sed -E "s/^((not )?ok - )/\\1PHP $php zts: /"

# shellcheck disable=SC2046 # a list of options
gcc -O1 -D_GNU_SOURCE -o "$out/threads" "$root/tests/php/threads.c" $("$prefix/bin/php-config" --includes) -L"$prefix/lib" \
  -lphp -lpthread -Wl,-rpath,"$prefix/lib"
# One that lets everybody ask as fast as they can.
start_sandbox "$sandbox" --rate 0
{
  printf 'extension="%s"\n' "$module"
  printf 'creators_api.api_endpoint="%s"\ncreators_api.token_endpoint="%s/token"\n' "$endpoint" "$endpoint"
} >"$out/php.ini"
if said=$("$out/threads" "$out/php.ini" "$root/tests/php/threads.php" 16 2 2>&1); then
  echo "ok - PHP $php zts: every function in many threads: $said"
else
  echo "not ok - PHP $php zts: every function in many threads: $(tail -n 3 <<<"$said" | tr '\n' ' ')"
fi
"$root/packaging/parts/pie-zip.sh" "$module" "$work/LICENSES.txt" "$work/matrix" "$php" x86_64 glibc zts >&2
