#!/usr/bin/env bash
# dist/: everything that people install, made from a checkout.
#
#     dist.sh              PHPS="8.2 8.4" chooses the PHPs; OUTPUT is the folder
#     dist.sh --quick      what takes no build: the plugin, the stubs, the licences, the SBOM.
#
# BUILT names a folder with more of PIE's zips, as a release has them. The same commit gives the same bytes. DOWNLOADS_URL is
# where they will lie; the plugin then names it to whoever misses the extension.
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

parts=$root/packaging/parts build=$root/packaging/build
output=$(realpath -m "${OUTPUT:-$root/dist}")
modules=$work/modules
read -ra phps <<<"${PHPS:-8.2 8.4}"
declare -A debian=([8.2]=12 [8.4]=13)

# What was built elsewhere goes into dist/ and into the tarballs, except where the same was built here.
modules_of_built() {
  local zip php arch libc threads module
  for zip in "$BUILT"/php_creators_api-*.zip; do
    [ -e "$output/$(basename "$zip")" ] || cp "$zip" "$output/"
    [[ $(basename "$zip") =~ _php([0-9.]+)-([a-z0-9_]+)-linux-([a-z]+)-([nz]ts)\.zip$ ]] || continue
    php=${BASH_REMATCH[1]} arch=${BASH_REMATCH[2]/arm64/aarch64} libc=${BASH_REMATCH[3]} threads=${BASH_REMATCH[4]}
    module=$modules/$(module_api "$php")-$threads-$arch-$libc.so
    [ -e "$module" ] || unzip -p "$zip" creators_api.so >"$module"
  done
}

"$root/scripts/apt-install.sh" zip unzip python3 >&2
rm -rf "$output" "$modules"
mkdir -p "$output" "$modules"
python3 "$parts/components.py" licences >"$work/LICENSES.txt"
cp "$work/LICENSES.txt" "$output/LICENSES.txt"

if [ "${1:-}" != --quick ]; then
  for php in "${phps[@]}"; do
    headers=$("$build/php-headers.sh" "$php")
    module=$modules/$(module_api "$php")-nts-x86_64-glibc.so
    echo "building the extension for PHP $php"
    "$build/extension.sh" "$headers" "$module"
    "$root/packaging/tests/portable.sh" "$module"
    "$parts/pie-zip.sh" "$module" "$work/LICENSES.txt" "$output" "$php"
    [ -z "${debian[$php]:-}" ] || "$parts/deb.sh" "$module" "$work/LICENSES.txt" "$output" "${debian[$php]}" "$php"
  done
  [ -z "${BUILT:-}" ] || modules_of_built
  for arch in x86_64 aarch64; do
    ! compgen -G "$modules/*-$arch-*.so" >/dev/null ||
      "$parts/tarball.sh" "$modules" "$work/LICENSES.txt" "$output/creators_api-$version-linux-$arch.tar.gz" "$arch"
  done
fi
# What was built is told to the plugin, so that it can name the very file that a server needs.
"$parts/plugin-zip.sh" "$output/$slug-$version.zip" "$output"
"$parts/stubs-zip.sh" "$output/creators-api-stubs-$version.zip"
mapfile -t files < <(find "$output" -type f ! -name LICENSES.txt | sort)
python3 "$parts/components.py" sbom "${files[@]}" >"$output/creators_api-$version.cdx.json"
(cd "$output" && find . -type f ! -name SHA256SUMS -printf '%P\n' | sort | xargs sha256sum >SHA256SUMS)
ls -l "$output"
