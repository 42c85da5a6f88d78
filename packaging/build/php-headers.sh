#!/usr/bin/env bash
# The headers of a PHP, and what stands in for its php and php-config where an extension is built from headers alone:
#
#     php-headers.sh VERSION [ARCHITECTURE]     prints a folder with include/, php and php-config; VERSION is 8.2, 8.4 …
#     php-headers.sh --from FOLDER INCLUDE      makes one of headers that are there, for instance /usr/include/php/20220829
#
# PHP itself need not run here. Headers come from Debian's packages, by way of the machine's own apt sources.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=${CARGO_TARGET_DIR:-$root/target}/packaging/php
die() { printf 'php-headers: %s\n' "$*" >&2; exit 1; }
# shellcheck source=scripts/debian-archive.sh
source "$root/scripts/debian-archive.sh"

# define FILE NAME: what a header defines a name as.
define() { sed -nE "s/^# *define +$2 +\"?([^\" ]*)\"?.*/\1/p" "$1" | head -n 1; }

# stand_in FOLDER INCLUDE
stand_in() {
  local folder=$1 include=$2 version api threads=disabled debug=no
  version=$(define "$include/main/php_version.h" PHP_VERSION)
  api=$(define "$include/main/php.h" PHP_API_VERSION)
  [ -n "$version" ] && [ -n "$api" ] || die "$include holds no headers of PHP"
  [ "$(define "$include/main/php_config.h" ZTS)" != 1 ] || threads=enabled
  [ "$(define "$include/main/php_config.h" ZEND_DEBUG)" != 1 ] || debug=yes
  mkdir -p "$folder"
  cat >"$folder/php" <<SH
#!/bin/sh
# What the build asks "php -i" for, read from the headers in $include.
printf '%s => %s\n' 'PHP Version' '$version' 'PHP API' '$api' 'Thread Safety' '$threads' 'Debug Build' '$debug'
SH
  cat >"$folder/php-config" <<SH
#!/bin/sh
case \$1 in
  --includes) echo '-I$include -I$include/main -I$include/TSRM -I$include/Zend -I$include/ext' ;;
  --version) echo '$version' ;;
  --phpapi) echo '$api' ;;
esac
SH
  chmod +x "$folder/php" "$folder/php-config"
}

# The suites of Debian that may carry a PHP.
suites_of() {
  case $1 in
    8.2) echo bookworm ;;
    8.4) echo trixie ;;
    *) echo forky sid ;;
  esac
}

# download VERSION ARCHITECTURE FOLDER: the headers' package alone, unpacked.
download() {
  local suite mirror
  mkdir -p "$work"
  archive_work=$(mktemp -d "$work/apt.XXXXXX")
  mkdir "$archive_work.debs"
  # shellcheck disable=SC2064 # the folder of now
  trap "rm -rf '$archive_work' '$archive_work.debs'" EXIT
  for suite in $(suites_of "$1"); do
    for mirror in $(debian_mirrors); do
      archive_sees "$mirror" "$suite" "$2" &&
        (cd "$archive_work.debs" && apt_of_our_own apt-get -q download "php$1-dev:$2") || continue
      dpkg-deb -x "$archive_work.debs"/*.deb "$archive_work.debs/tree"
      rm -rf "$3"
      mkdir -p "$3"
      mv "$archive_work.debs/tree/usr/include/php"/* "$3/include"
      return
    done
  done
  die "no headers of PHP $1 for $2 in Debian's archive"
}

if [ "$1" = --from ]; then
  stand_in "$2" "$3"
else
  architecture=${2:-$(dpkg --print-architecture)}
  folder=$work/$1-$architecture
  mkdir -p "$work"
  [ -f "$folder/php-config" ] || {
    download "$1" "$architecture" "$folder" >"$work/download.log" 2>&1 || { tail -n 5 "$work/download.log" >&2; exit 1; }
    stand_in "$folder" "$folder/include"
  }
  printf '%s\n' "$folder"
fi
