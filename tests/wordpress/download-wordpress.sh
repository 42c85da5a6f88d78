#!/usr/bin/env bash
# Fetches a WordPress from Debian's archive, and WordPress's SQLite layer from the npm registry, into target/wordpress/cache/:
#   tests/wordpress/download-wordpress.sh [newest|6.8]
# Both come through the machine's own settings for apt and npm. Nothing is installed, and what is there stays.
set -euo pipefail
# shellcheck source=tests/wordpress/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=scripts/debian-archive.sh
source "$root/scripts/debian-archive.sh"

readonly wanted=${1:-newest}
readonly sqlite_source=${WORDPRESS_SQLITE_PACKAGE:-@wp-playground/cli@3.1.56}

case $wanted in
  newest) suites=(sid forky trixie) ;;
  6.8) suites=(trixie) ;;
  *) die "there is no WordPress '$wanted' here; ask for newest or 6.8" ;;
esac

# The package, the themes it comes with, and the libraries that Debian put in packages of their own and linked to.
download_packages() {
  local mirror=$1 suite=$2 libraries
  rm -rf "$work/debs"
  mkdir -p "$work/debs"
  archive_sees "$mirror" "$suite" || return
  libraries=$(apt_of_our_own apt-cache depends wordpress |
    sed -nE 's/^ *\|?(Depends|Recommends): ((libjs-|libphp-|php-getid3|ca-certificates|wordpress-theme-).*)/\2/p' | sort -u)
  cd "$work/debs" || return
  # shellcheck disable=SC2086 # a list of names
  apt_of_our_own apt-get -q download wordpress $libraries
}

# Debian's own configuration and access rules are left out: they know nothing of a site in a folder.
unpack_packages() {
  local deb link to bundle=$work/tree/etc/ssl/certs/ca-certificates.crt
  rm -rf "$work/tree" "$work/core"
  mkdir "$work/tree"
  for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/tree" || return; done
  mkdir -p "$(dirname "$bundle")"
  find "$work/tree/usr/share/ca-certificates" -name '*.crt' -exec cat {} + >"$bundle" || return
  rm -f "$work/tree/usr/share/wordpress"/{wp-config.php,.htaccess}
  find "$work/tree" -type l -lname '/*' -printf '%p %l\n' | while read -r link to; do ln -sfn "$work/tree$to" "$link"; done
  cp -rL "$work/tree/usr/share/wordpress" "$work/core" || return
  mkdir -p "$work/core/wp-content/uploads"
  compgen -G "$work/core/wp-content/themes/*/style.css" && [ -f "$work/core/wp-includes/version.php" ]
}

core_version() { sed -nE "s/^\\\$wp_version = '([^']+)'.*/\1/p" "$1/wp-includes/version.php"; }

download_core() {
  local mirror suite version
  local -a mirrors
  mapfile -t mirrors < <(debian_mirrors)
  [ ${#mirrors[@]} -gt 0 ] || die "no Debian archive in this machine's apt sources"
  : >"$work/log"
  for suite in "${suites[@]}"; do
    for mirror in "${mirrors[@]}"; do
      if ! (download_packages "$mirror" "$suite" && unpack_packages) >>"$work/log" 2>&1; then
        say "No WordPress from Debian $suite: $(grep '^E: ' "$work/log" | tail -n 1)"
        continue
      fi
      version=$(core_version "$work/core")
      [[ $wanted == newest || $version == "$wanted"* ]] || die "$suite now carries WordPress $version, not $wanted"
      (cd "$work/debs" && printf '%s\n' *.deb) >"$work/core-packages"
      return
    done
  done
  show_tail "$work/log"
  die "could not get WordPress ($wanted) from Debian's archive"
}

download_sqlite() {
  if ! { (cd "$work" && npm pack --silent "$sqlite_source") &&
    tar -xzf "$work"/*.tgz -C "$work" package/sqlite-database-integration.zip &&
    unzip -q "$work/package/sqlite-database-integration.zip" -d "$work/sqlite"; } >"$work/log" 2>&1; then
    show_tail "$work/log"
    die "could not get WordPress's SQLite layer from npm ($sqlite_source)"
  fi
  mv "$work"/sqlite/* "$work/plugin"
}

fetched() { printf '%s (%s)\n' "$(core_version "$cache/$wanted/core")" "$(grep '^wordpress_' "$cache/$wanted/packages")"; }

if [ ! -f "$cache/$wanted/packages" ] || [ ! -d "$cache/sqlite" ]; then
  "$root/scripts/apt-install.sh" npm nodejs unzip
  mkdir -p "$cache"
  work=$(mktemp -d "$cache/.download.XXXXXX")
  # shellcheck disable=SC2034 # read in scripts/debian-archive.sh
  archive_work=$work/apt
  trap 'rm -rf "$work"' EXIT
fi
if [ ! -f "$cache/$wanted/packages" ]; then
  download_core
  rm -rf "${cache:?}/$wanted"
  mkdir "$cache/$wanted"
  mv "$work/core" "$cache/$wanted/core"
  mv "$work/core-packages" "$cache/$wanted/packages"
fi
if [ ! -d "$cache/sqlite" ]; then
  download_sqlite
  mv "$work/plugin" "$cache/sqlite"
fi
say "WordPress $(fetched)"
