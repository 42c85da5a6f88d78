#!/usr/bin/env bash
# composer.json as PIE and Composer read it, config.m4 as phpize does, and the stubs as Composer installs them: pie.sh
# In a bare Debian 13, whose Composer knows extensions. Cargo is a stand-in there: that a build by it works is shown elsewhere,
# that phpize, configure and make lead to it and put its module in place is shown here. Needs root. Prints "ok - …" and "not ok
# - …" lines.
set -euo pipefail
# shellcheck source=packaging/lib/chroot.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/chroot.sh"

"$root/scripts/apt-install.sh" python3 unzip >&2
dist=$(realpath -m "${OUTPUT:-$root/dist}")
machine=$(copy_debian trixie pie)
trap 'remove_debian "$machine"' EXIT
check() { # check NAME COMMAND…
  local name=$1
  shift
  if "$@" >"$work/pie.log" 2>&1; then
    echo "ok - PIE: $name"
  else
    echo "not ok - PIE: $name"
    tail -n 5 "$work/pie.log"
  fi
}

inside "$machine" sh -c 'apt-get -q update && apt-get -q -y install composer php-cli php-dev clang make' >"$chroots/pie.log" 2>&1
mkdir -p "$machine/srv/source/packaging"
# Composer's own schema knows one way to download, PIE since 1.4 a list of them: the one line that is left out.
python3 -c 'import json, sys; file = json.load(sys.stdin); del file["php-ext"]["download-url-method"]; print(json.dumps(file))' \
  <"$root/composer.json" >"$machine/srv/source/composer.json"
cp -r "$root/packaging/pie" "$machine/srv/source/packaging/"
check 'composer.json is valid' inside "$machine" env COMPOSER_ALLOW_SUPERUSER=1 \
  composer validate --strict /srv/source/composer.json
unzip -p "$dist/php_creators_api-${version}_php8.4-x86_64-linux-glibc-nts.zip" creators_api.so >"$machine/srv/built.so"
in_source() { inside "$machine" sh -c "cd /srv/source/packaging/pie && $1"; }
configure='./configure --enable-creators_api --with-php-config=/usr/bin/php-config'
check 'without Rust, configure says what to install' \
  in_source "phpize && ! $configure >said 2>&1 && grep -q 'install Rust 1.88' said"
printf '#!/bin/sh\nmkdir -p "$CARGO_TARGET_DIR/release" && cp /srv/built.so "$CARGO_TARGET_DIR/release/libcreators_api.so"\n' \
  >"$machine/usr/local/bin/cargo"
chmod 755 "$machine/usr/local/bin/cargo"
check 'phpize, configure and make bring the module' in_source "$configure && make && test -s modules/creators_api.so"
check 'make install puts it in place' in_source 'make install'
check 'and PHP loads it from there' sh -c "chroot '$machine' php -d extension=creators_api -m | grep -cx creators_api"

# The stubs, as a project takes them from its vendor folder; Packagist is not asked.
mkdir -p "$machine/srv/stubs" "$machine/srv/project"
unzip -q "$dist/creators-api-stubs-$version.zip" -d "$machine/srv/stubs"
printf '{"repositories": [{"type": "path", "url": "/srv/stubs"}, {"packagist.org": false}]}\n' >"$machine/srv/project/composer.json"
check 'the composer.json of the stubs is valid' inside "$machine" env COMPOSER_ALLOW_SUPERUSER=1 \
  composer validate --strict --no-check-version /srv/stubs/composer.json
in_project() { inside "$machine" env COMPOSER_ALLOW_SUPERUSER=1 sh -c "cd /srv/project && $1"; }
stubs=creators-image-refresh/creators-api-stubs
check 'Composer installs the stubs' in_project "composer require --no-interaction --dev $stubs:$version"
check 'which declare what the extension does' in_project "grep -q 'function creators_api_refresh_images' vendor/$stubs/*.stub.php"
