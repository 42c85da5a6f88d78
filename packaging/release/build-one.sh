#!/usr/bin/env bash
# One file of a release: build-one.sh PHP OS ARCH LIBC THREADS OUTPUT
# Headers come from PHP's official image (OS linux; needs docker) or from the php-config of this machine (darwin).
# Untried outside the release workflow: no docker runs where this is developed. What it calls is what make dist calls.
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

php=$1 os=$2 arch=$3 libc=$4 threads=$5 output=$6
rust_arch=${arch/arm64/aarch64}
headers=$work/php/$php-$arch-$libc-$threads module=$work/modules/$php-$arch-$libc-$threads.so
mkdir -p "$work/php" "$work/modules" "$output"
python3 "$root/packaging/parts/components.py" licences >"$work/LICENSES.txt"

if [ "$os" = darwin ]; then
  rustup target add "$rust_arch-apple-darwin"
  PHP=$(php-config --php-binary) PHP_CONFIG=$(command -v php-config) \
    RUSTFLAGS='-Clink-arg=-undefined -Clink-arg=dynamic_lookup' \
    cargo build --release --locked -p creators_api --target "$rust_arch-apple-darwin"
  cp "$target/$rust_arch-apple-darwin/release/libcreators_api.dylib" "$module"
else
  tag=$php-$([ "$threads" = zts ] && echo zts || echo cli)$([ "$libc" = musl ] && echo -alpine || true)
  triple=$rust_arch-unknown-linux-$([ "$libc" = musl ] && echo musl || echo gnu)
  container=$(docker create "php:$tag")
  rm -rf "$headers"
  mkdir -p "$headers"
  docker cp -q "$container:/usr/local/include/php" "$headers/include"
  docker rm -f "$container" >/dev/null
  "$root/packaging/build/php-headers.sh" --from "$headers" "$headers/include"
  rustup target add "$triple"
  "$root/packaging/build/extension.sh" "$headers" "$module" "$triple"
  [ "$libc" = musl ] || "$root/packaging/tests/portable.sh" "$module"
  # Loaded in a clean container of what it is for.
  docker run --rm --volume "$module:/creators_api.so:ro" "php:$tag" sh -c \
    'set -e; with="php -d extension=/creators_api.so"; $with --ri creators_api
    $with -r "exit(count(creators_api_marketplaces()) > 20 ? 0 : 1);"'
fi
"$root/packaging/parts/pie-zip.sh" "$module" "$work/LICENSES.txt" "$output" "$php" "$arch" "$libc" "$threads" "$os"
