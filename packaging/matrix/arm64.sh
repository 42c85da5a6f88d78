#!/usr/bin/env bash
# The extension for arm64, built here and tried in Debian 12's PHP 8.2 for arm64, which qemu runs: arm64.sh SANDBOX
# Compiler, Rust's library for arm64 and that PHP are Debian's packages (rustc-web comes with bookworm-security), unpacked under
# target/ and not installed. Prints "ok - …" and "not ok - …" lines; leaves PIE's zip in target/packaging/matrix/.
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
# shellcheck source=scripts/debian-archive.sh
source "$root/scripts/debian-archive.sh"
# shellcheck source=tests/sandbox/start.sh
source "$root/tests/sandbox/start.sh"

sandbox=$1 php=8.2 triple=aarch64-unknown-linux-gnu
folder=$work/arm64 out=$work/matrix/arm64
module=$out/$(module_api "$php")-nts-aarch64-glibc.so
mkdir -p "$folder" "$out"
"$root/scripts/apt-install.sh" qemu-user-static libc6-dev-arm64-cross php-dev >&2

# packages NAME PACKAGE…: a folder of that name with these of Debian 12 and all that they need. What is as good on this machine,
# and what would be mixed up with its own C library, stays out.
packages() {
  local tree=$folder/$1 deb mirror
  shift
  [ ! -f "$tree.whole" ] || return 0
  archive_work=$folder/apt
  rm -rf "$tree" "$tree.debs" "$archive_work"
  mkdir -p "$tree" "$tree.debs/partial" "$archive_work"/{lists,cache/archives}/partial
  : >"$archive_work/status"
  for mirror in "$(debian_mirrors | head -n 1) bookworm" "$(debian_security_mirrors | head -n 1) bookworm-security"; do
    printf 'deb [arch=amd64,arm64 target=Packages signed-by=%s] %s main\n' "$(debian_keyring)" "$mirror"
  done >"$archive_work/sources.list"
  apt_of_two update
  apt_of_two install -y --download-only -o Dir::Cache::archives="$tree.debs" "$@"
  for deb in "$tree.debs"/*.deb; do
    case ${deb##*/} in
      libc6*_amd64.deb | libgcc*_amd64.deb | gcc* | cpp* | binutils* | lib?san*) ;;
      *) dpkg-deb -x "$deb" "$tree" ;;
    esac
  done
  rm -rf "$tree.debs"
  touch "$tree.whole"
}
apt_of_two() {
  apt_of_our_own apt-get -q -o APT::Architectures::=amd64 -o APT::Architectures::=arm64 -o APT::Install-Recommends=false "$@" \
    >>"$folder/log" 2>&1 || { tail -n 5 "$folder/log" >&2; die "Debian's archive does not give: $*"; }
}
packages rust rustc-web libstd-rust-web-dev:arm64
packages php.tree "php$php-cli:arm64"

# program NAME COMMAND…: an executable that calls another.
program() {
  printf '#!/bin/sh\n%s "$@"\n' "${*:2}" >"$folder/$1"
  chmod 755 "$folder/$1"
}
libraries=$folder/rust/usr/lib/x86_64-linux-gnu:$folder/rust/lib/x86_64-linux-gnu
program rustc "LD_LIBRARY_PATH='$libraries' exec '$folder/rust/usr/bin/rustc'"
# PHP calls itself by the name that it was called by.
program php "exec qemu-aarch64-static -0 '$folder/php' -L '$folder/php.tree' '$folder/php.tree/usr/bin/php$php'"

headers=$("$root/packaging/build/php-headers.sh" "$php" arm64)
RUSTC=$folder/rustc BINDGEN_EXTRA_CLANG_ARGS='-isystem /usr/aarch64-linux-gnu/include' \
  "$root/packaging/build/extension.sh" "$headers" "$module" "$triple"
"$root/packaging/tests/portable.sh" "$module" >&2

start_sandbox "$sandbox"
PHP=$folder/php "$root/tests/php/phpt.sh" "$module" "$endpoint" "$out" | sed -E "s/^((not )?ok - )/\\1PHP $php arm64: /"
"$root/packaging/parts/pie-zip.sh" "$module" "$work/LICENSES.txt" "$work/matrix" "$php" arm64 glibc nts >&2
