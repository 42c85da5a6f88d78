#!/usr/bin/env bash
# The tarball's install, on the layouts of systems that it is for: layouts.sh
#
# Real here: Debian 12 with its command line, php-fpm and Apache's mod_php. Imitated, by Debian's PHP with the folders of each
# for its settings and extensions: the RHEL family, cPanel's ea-php, LiteSpeed's lsphp, Docker's php images, a PHP of one's own
# without a folder of .ini files. Needs root and dist/ (make dist). Prints "ok - …" and "not ok - …" lines.
set -euo pipefail
# shellcheck source=packaging/lib/chroot.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/chroot.sh"

dist=$(realpath -m "${OUTPUT:-$root/dist}")
tarball=$dist/creators_api-$version-linux-x86_64.tar.gz
[ -f "$tarball" ] || die "$tarball is missing; run make dist"
machine=$(copy_debian bookworm layouts)
trap 'remove_debian "$machine"' EXIT

check() { # check NAME COMMAND…
  local name=$1
  shift
  if "$@"; then echo "ok - install: $name"; else echo "not ok - install: $name"; fi
}

inside "$machine" sh -c 'apt-get -q update && apt-get -q -y install php-cli php-fpm apache2 libapache2-mod-php' \
  >"$chroots/layouts.log" 2>&1
tar -xzf "$tarball" -C "$machine/srv"
folder=/srv/$(basename "$tarball" .tar.gz | sed 's/-linux.*//')-linux-x86_64
(cd "$machine$folder" && sha256sum --quiet -c SHA256SUMS) && echo 'ok - install: the tarball is whole'

# imitate BINARY EXTENSIONS SCAN|- INI: a PHP with these folders. Without SCAN it reads its php.ini alone.
imitate() {
  local binary=$1 extensions=$2 scan=$3 ini=$4 settings
  mkdir -p "$machine$(dirname "$binary")" "$machine$extensions" "$machine$(dirname "$ini")"
  [ "$scan" = - ] || mkdir -p "$machine$scan"
  printf 'memory_limit = 256M\ndisable_functions = phpinfo\nextension_dir = "%s"\n' "$extensions" >"$machine$ini"
  chmod 640 "$machine$ini"
  settings="PHP_INI_SCAN_DIR='$scan'"
  [ "$scan" != - ] || settings="PHP_INI_SCAN_DIR=''"
  printf '#!/bin/sh\n%s exec /usr/bin/php8.2 -c %s "$@"\n' "export $settings;" "$ini" >"$machine$binary"
  chmod 755 "$machine$binary"
}

remi=/opt/remi/php82/root/usr cpanel=/opt/cpanel/ea-php82/root lsphp=/usr/local/lsws/lsphp82 docker=/usr/local/etc/php
readonly scanned=(
  "$remi/bin/php $remi/lib64/php/modules /etc/opt/remi/php82/php.d /etc/opt/remi/php82/php.ini"
  "$cpanel/usr/bin/php $cpanel/usr/lib64/php/modules $cpanel/etc/php.d $cpanel/etc/php.ini"
  "$lsphp/bin/php $lsphp/lib/php/20220829 $lsphp/etc/php/8.2/mods-available $lsphp/etc/php/8.2/litespeed/php.ini"
  "/usr/local/bin/php /usr/local/lib/php/extensions/no-debug-non-zts-20220829 $docker/conf.d $docker/php.ini"
)
readonly own='/opt/php82/bin/php /opt/php82/lib/php/extensions/no-debug-non-zts-20220829 - /opt/php82/lib/php.ini'
# The RHEL family's own PHP is /usr/bin/php, where Debian's stands here.
readonly rhel='/usr/bin/php82-rhel /usr/lib64/php/modules /etc/php.d /etc/php.ini'

for layout in "${scanned[@]}" "$own" "$rhel"; do
  # shellcheck disable=SC2086 # four words
  imitate $layout
done
snapshot() {
  (cd "$machine" && find etc opt usr var/lib/php -printf '%y %m %P %l\n' | sort &&
    find etc opt usr/local -type f -exec md5sum {} + | sort)
}
snapshot >"$work/layouts.before"

install() { inside "$machine" "$folder/install" "$@"; }
said=$(install)
for layout in "${scanned[@]}" "$own" '/usr/bin/php '; do
  check "it finds ${layout%% *}" grep -q "^${layout%% *} .*PHP 8.2, nts, glibc" <<<"$said"
done
check 'asked for nothing, it changes nothing' diff "$work/layouts.before" <(snapshot)

loaded() { grep -qx creators_api <<<"$(inside "$machine" "$1" -m 2>/dev/null)"; }
for layout in "${scanned[@]}" "$own" "$rhel"; do
  read -r php extensions scan ini <<<"$layout"
  said=$(install "$php") || true
  check "$php has it" loaded "$php"
  check "$php: in its own folder" test -f "$machine$extensions/creators_api.so"
  check "$php: the rest of its php.ini is as it was" grep -q '^memory_limit = 256M' "$machine$ini"
  check "$php: it says what to restart" grep -q 'Restart what runs this PHP' <<<"$said"
  install "$php" >/dev/null
  check "$php: a second time does no harm" loaded "$php"
  install --remove "$php" >/dev/null
done
check 'taken away from each, nothing is left' diff "$work/layouts.before" <(snapshot)

install /usr/bin/php8.2 >/dev/null
for sapi in cli fpm apache2; do
  check "Debian's PHP has it for $sapi" test -L "$machine/etc/php/8.2/$sapi/conf.d/20-creators_api.ini"
done
check 'php-fpm loads it' loaded php-fpm8.2
install --remove --all >/dev/null
check "taken away from Debian's PHP, nothing is left" diff "$work/layouts.before" <(snapshot)

install --all >/dev/null
check 'all at once: the first and the last have it' eval 'loaded /usr/bin/php && loaded /opt/php82/bin/php'
install --remove --all >/dev/null
check 'and away again, nothing is left' diff "$work/layouts.before" <(snapshot)

# What cannot be served is said, and left alone.
printf 'no module\n' >"$machine$folder/modules/20220829-nts-x86_64-glibc.so"
check 'a file that PHP does not load: it says so' eval '! install /opt/php82/bin/php >/dev/null 2>&1'
check 'and undoes everything' diff "$work/layouts.before" <(snapshot)
rm "$machine$folder/modules/20220829-nts-x86_64-glibc.so"
check 'no file for this PHP: it says so' eval '! install /opt/php82/bin/php >/dev/null 2>&1'
