#!/usr/bin/env bash
# A thread-safe PHP from Debian's own source package: php-source.sh VERSION. Prints its prefix, with bin/php and lib/libphp.so
# (embed). As small as the tests allow; built once, kept under target/.
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
# shellcheck source=scripts/debian-archive.sh
source "$root/scripts/debian-archive.sh"

version_of_php=$1
declare -A suites=([8.2]=bookworm [8.4]=trixie)
folder=$work/zts/$version_of_php
prefix=$folder/installed
[ ! -f "$prefix/lib/libphp.so" ] || { printf '%s\n' "$prefix"; exit; }

"$root/scripts/apt-install.sh" dpkg-dev gcc make pkg-config libc6-dev libssl-dev >&2
rm -rf "$folder"
mkdir -p "$folder/download"
archive_work=$folder/apt
suite=${suites[$version_of_php]:?}
# Not every mirror has the sources of each package that it has built.
while read -r mirror suite; do
  archive_sees "$mirror" "$suite" >>"$folder/log" 2>&1 || continue
  sed 's/^deb /deb-src /; s/target=Packages/target=Sources/' "$archive_work/sources.list" >>"$archive_work/sources.list.new"
  mv "$archive_work/sources.list.new" "$archive_work/sources.list"
  apt_of_our_own apt-get -q update >>"$folder/log" 2>&1 &&
    (cd "$folder/download" && apt_of_our_own apt-get -q source --download-only "php$version_of_php") >>"$folder/log" 2>&1 && break
  rm -f "$folder/download"/*
done < <(for mirror in $(debian_mirrors); do echo "$mirror $suite"; done
  for mirror in $(debian_security_mirrors); do echo "$mirror $suite-security"; done)
source_package=$(find "$folder/download" -name '*.dsc' | head -n 1)
[ -n "$source_package" ] || { tail -n 5 "$folder/log" >&2; die "no source of PHP $version_of_php in Debian's archive"; }
# Debian's patches change what configure is made of, and would need all that makes one; what is tested here, they do not touch.
dpkg-source --skip-patches -x "$source_package" "$folder/source" >>"$folder/log" 2>&1
(
  cd "$folder/source"
  ./configure --prefix="$prefix" --enable-zts --enable-embed=shared --disable-all --disable-cgi --disable-phpdbg --enable-pcntl \
    --with-openssl --enable-posix --enable-filter --enable-ctype --enable-tokenizer CFLAGS='-O1 -g0'
  make -j"$(nproc)"
  make install
) >>"$folder/log" 2>&1 || { tail -n 20 "$folder/log" >&2; die "PHP $version_of_php could not be built"; }
cp "$folder/source/run-tests.php" "$prefix/lib/"
rm -rf "$folder/source" "$folder/download" "$archive_work"
printf '%s\n' "$prefix"
