#!/usr/bin/env bash
# Memory: nothing is lost, nothing grows.
#
#     leaks.sh EXTENSION SANDBOX        prints "ok - …" and "not ok - …" lines
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/sandbox/start.sh
source "$here/../sandbox/start.sh"
start_sandbox "$2" --rate 0
php=(php -n -d "extension=$1" -d "creators_api.api_endpoint=$endpoint" -d "creators_api.token_endpoint=$endpoint/token")

said=$(USE_ZEND_ALLOC=0 ZEND_DONT_UNLOAD_MODULES=1 valgrind --leak-check=full "${php[@]}" "$here/leaks.php" once 2>&1)
lost=$(sed -nE 's/.*definitely lost: ([0-9,]+) bytes.*/\1/p' <<<"$said")
if [ "$lost" = 0 ]; then echo "ok - valgrind: no byte is lost"; else echo "not ok - valgrind: ${lost:-no answer} bytes are lost"; fi
wrong=$(grep -cE '^==[0-9]+== Invalid (read|write|free)' <<<"$said") || true
if [ "$wrong" = 0 ]; then echo "ok - valgrind: nothing is used that was freed"; else echo "not ok - valgrind: $wrong invalid accesses"; fi

below() { # below NAME LIMIT MODE [FUNCTION PRODUCTS]
    local grown
    grown=$("${php[@]}" "$here/leaks.php" "${@:3}") || grown=failed
    if [[ $grown =~ ^-?[0-9]+$ ]] && [ "$grown" -lt "$2" ]; then
        echo "ok - $1: $grown kB"
    else
        echo "not ok - $1: $grown kB, the limit is $2"
    fi
}
below 'memory does not grow over 9,000 calls' 256 rss
below 'memory for 100,000 pictures with a callback' 16384 many creators_api_refresh_images 100000
below 'memory for 20,000 whole products with a callback' 16384 many creators_api_refresh_items 20000

for way in refreshed 'side by side' 'kept by a callback'; do
    said=$("${php[@]}" -d memory_limit=8M -d display_errors=1 "$here/leaks.php" limit "$way" 2>&1) || true
    if grep -q 'Allowed memory size.*exhausted' <<<"$said" && grep -q '^shutdown functions run' <<<"$said"; then
        echo "ok - a fatal error past the memory limit: $way"
    else
        echo "not ok - a fatal error past the memory limit: $way: ${said: -200}"
    fi
done
