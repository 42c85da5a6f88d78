#!/usr/bin/env bash
# Puts the built extension where Debian's PHP looks for it, or takes it away again.
#
#     install-extension.sh install|uninstall        PHP_CONFIG=php-config8.2 chooses one of several PHPs
set -euo pipefail

die() { printf 'install-extension: %s\n' "$*" >&2; exit 1; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
library=$root/target/release/libcreators_api.so
php_config=${PHP_CONFIG:-php-config}
command -v "$php_config" >/dev/null || die "there is no $php_config; install php-dev"
version=$("$php_config" --version | cut -d. -f1,2)
folder=$("$php_config" --extension-dir)
ini=/etc/php/$version/mods-available/creators_api.ini
[ -d "${ini%/*}" ] || die "${ini%/*} is missing; this script knows Debian's PHP, elsewhere copy $library into $folder and \
add extension=creators_api to php.ini"
[ -w "$folder" ] && [ -w "${ini%/*}" ] || die "only root can write into $folder; try: sudo make $1"

case ${1:-} in
install)
    [ -f "$library" ] || die "$library is missing; run make build first"
    install -m 644 "$library" "$folder/creators_api.so"
    printf '; priority=20\nextension=creators_api.so\n' >"$ini"
    phpenmod -v "$version" creators_api
    echo "Installed for PHP $version: $folder/creators_api.so, $ini"
    ;;
uninstall)
    phpdismod -v "$version" creators_api || true
    rm -f "$folder/creators_api.so" "$ini"
    echo "Removed from PHP $version."
    ;;
*)
    die 'say install or uninstall'
    ;;
esac
echo "Restart what runs PHP to see it, for example: systemctl restart php$version-fpm"
