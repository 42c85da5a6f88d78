#!/usr/bin/env bash
# A WordPress on a bare Debian, brought to life with what people install: bare.sh 12|13
#
# A Debian without Rust, compiler or this checkout gets Apache with mod_php, php-fpm, PHP's command line and a WordPress whose
# Amazon pictures are dead. Then come the steps of docs/installation.md and nothing else: the package by apt, the plugin's zip
# by WordPress's own installer. Both are taken away again, and what is left is compared with what there was before. Amazon is
# the stand-in. Needs root, dist/ (make dist) and a WordPress (tests/wordpress/download-wordpress.sh). Prints "ok - …" and "not
# ok - …" lines.
set -euo pipefail
# shellcheck source=packaging/lib/chroot.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/chroot.sh"
# shellcheck source=tests/sandbox/start.sh
source "$root/tests/sandbox/start.sh"

debian=$1
declare -A phps=([12]=8.2 [13]=8.4)
php=${phps[$debian]:?}
dist=$(realpath -m "${OUTPUT:-$root/dist}")
package=php$php-creators-api
deb=$(find "$dist" -name "${package}_*~deb${debian}u1_amd64.deb" | head -n 1)
[ -n "$deb" ] || die "there is no package for Debian $debian in $dist; run make dist"
core=$target/wordpress/cache/newest/core
sqlite=$target/wordpress/cache/sqlite
[ -d "$core" ] && [ -d "$sqlite" ] || die 'there is no WordPress; run tests/wordpress/download-wordpress.sh'
port=${SITE_PORT:-8085}
"$root/scripts/apt-install.sh" curl bc unzip >&2

check() { # check NAME COMMAND…
  local name=$1
  shift
  if "$@"; then echo "ok - Debian $debian: $name"; else echo "not ok - Debian $debian: $name"; fi
}

start_sandbox "$target/debug/sandbox"
machine=$(copy_debian "$(suite_of "$debian")" "bare-$debian")
leave() {
  stop_sandboxes
  inside "$machine" apache2ctl stop >/dev/null 2>&1 || true
  for _ in $(seq 100); do
    [ -e "$machine/run/apache2/apache2.pid" ] || break
    read -rt 0.1 <> <(:) || true
  done
  remove_debian "$machine"
}
trap leave EXIT

# Everything but logs, caches, the database, WordPress's folder for installing, and what apt and dpkg themselves keep of any
# package.
listing() {
  find "$machine" -xdev \( -path "$machine/proc" -o -path "$machine/dev" -o -path "$machine/tmp" -o -path "$machine/run" \
    -o -path "$machine/var/log" -o -path "$machine/var/cache" -o -path "$machine/var/lib/apt" -o -path "$machine/root" \
    -o -path "$machine/srv/site/database" \
    -o -path "$machine/srv/site/wordpress/wp-content/upgrade" -o -path "$machine/var/lib/dpkg" \) -prune \
    -o -printf '%y %m %P %l\n' | sort
  find "$machine/var/lib/dpkg/info" -printf '%P\n' | sort
}

# Dead pictures ask for widgets that Amazon has switched off, fresh ones lie on its host of pictures: the stand-in, here.
page() { curl --silent --show-error --max-time 30 "http://127.0.0.1:$port/one-kettle-for-life/"; }
count() { grep -oE "src=\"$1" "$2" | wc -l; }
dead() { count '(https?:)?//ws-[a-z]+\.amazon-adsystem\.com/widgets/q\?' "$1"; }
fresh() { count "$endpoint/images/I/" "$1"; }
loads() { [[ $(curl --silent --output /dev/null --write-out '%{http_code} %{content_type}' "$1") == '200 image/'* ]]; }
wordpress() {
  inside "$machine" env SITE_FOLDER=/srv/site php -d display_errors=stderr "/srv/tests/wordpress/php/$1.php" "${@:2}"
}

server() {
  inside "$machine" sh -c 'apt-get -q update && apt-get -q -y install apache2 libapache2-mod-php php-cli php-fpm php-sqlite3 \
    php-curl php-xml php-mbstring unzip ca-certificates' >"$chroots/bare-$debian.log" 2>&1
  printf 'Listen 127.0.0.1:%s\n' "$port" >"$machine/etc/apache2/ports.conf"
  printf '%s\n' 'ServerName localhost' "<VirtualHost 127.0.0.1:$port>" 'DocumentRoot /srv/site/wordpress' \
    '<Directory /srv/site/wordpress>' 'Require all granted' 'FallbackResource /index.php' '</Directory>' '</VirtualHost>' \
    >"$machine/etc/apache2/sites-available/000-default.conf"
  # Where Amazon is, for once; php.ini is the owner's own.
  for ini in "$machine"/etc/php/"$php"/{apache2,cli,fpm}/php.ini; do
    printf 'creators_api.api_endpoint = "%s"\ncreators_api.token_endpoint = "%s/token"\n' "$endpoint" "$endpoint" >>"$ini"
  done
}

blog() {
  local site=$machine/srv/site
  mkdir -p "$site"/{run,database} "$machine/srv/tests/sandbox"
  cp -r "$core" "$site/wordpress"
  cp -r "$root/tests/wordpress/theme" "$site/wordpress/wp-content/themes/salt-and-margins"
  cp -r "$sqlite" "$site/wordpress/wp-content/plugins/sqlite-database-integration"
  sed -e "s#'{SQLITE_IMPLEMENTATION_FOLDER_PATH}'#'/srv/site/wordpress/wp-content/plugins/sqlite-database-integration'#" \
    -e 's#{SQLITE_PLUGIN}#sqlite-database-integration/load.php#' "$sqlite/db.copy" >"$site/wordpress/wp-content/db.php"
  printf 'http://127.0.0.1:%s\n' "$port" >"$site/run/url"
  {
    printf "<?php\ndefine( 'DB_NAME', 'wordpress' );\n"
    printf "define( 'DB_USER', '' );\ndefine( 'DB_PASSWORD', '' );\ndefine( 'DB_HOST', '' );\n"
    printf "define( 'DB_CHARSET', 'utf8mb4' );\ndefine( 'DB_COLLATE', '' );\ndefine( 'DB_DIR', '/srv/site/database/' );\n"
    printf "define( 'DB_FILE', 'site.sqlite' );\ndefine( 'FS_METHOD', 'direct' );\ndefine( 'WP_HTTP_BLOCK_EXTERNAL', true );\n"
    for key in {AUTH,SECURE_AUTH,LOGGED_IN,NONCE}_{KEY,SALT}; do
      printf "define( '%s', '%s' );\n" "$key" "$(head -c 48 /dev/urandom | base64 -w 0)"
    done
    printf "defined( 'DISABLE_WP_CRON' ) || define( 'DISABLE_WP_CRON', true );\n\$table_prefix = 'wp_';\n"
    printf "defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );\nrequire_once ABSPATH . 'wp-settings.php';\n"
  } >"$site/wordpress/wp-config.php"
  # What makes the blog, and later stands in for the owner's clicks.
  mkdir -p "$machine/srv/tests/wordpress"
  cp -r "$root/tests/wordpress"/{php,posts,widgets} "$machine/srv/tests/wordpress/"
  cp "$root/packaging/tests"/plugin-{install,names,delete}.php "$machine/srv/tests/wordpress/php/"
  cp "$root/tests/sandbox/accounts.json" "$machine/srv/tests/sandbox/"
  wordpress install
  wordpress seed
  inside "$machine" chown -R www-data:www-data /srv/site
}

enabled() { for sapi in apache2 cli fpm; do [ -L "$machine/etc/php/$php/$sapi/conf.d/20-creators_api.ini" ] || return 1; done; }
loads_in_fpm() { grep -qx creators_api <<<"$(inside "$machine" "php-fpm$php" -m)"; }

server
blog
inside "$machine" apache2ctl start
page >"$work/before.html"
pictures=$(dead "$work/before.html")
check "the $pictures pictures are dead before" test "$pictures" -gt 0 -a "$(fresh "$work/before.html")" = 0
listing >"$work/before.txt"

# What PIE would fetch, before anything is installed.
pie=$(find "$dist" -name "php_creators_api-*_php$php-x86_64-linux-glibc-nts.zip" | head -n 1)
mkdir -p "$machine/tmp/pie"
unzip -q -o "$pie" -d "$machine/tmp/pie"
pie_loads() { grep -qx creators_api <<<"$(inside "$machine" php -d extension=/tmp/pie/creators_api.so -m)"; }
check "PIE's zip loads in the PHP $php that it names" pie_loads

cp "$deb" "$dist/$slug-$version.zip" "$machine/tmp/"
started=$(date +%s.%N)
wordpress plugin-install "/tmp/$slug-$version.zip"
named=$(wordpress plugin-names)
inside "$machine" apt-get -q -y install "/tmp/$(basename "$deb")" >>"$chroots/bare-$debian.log" 2>&1 || true
inside "$machine" apache2ctl restart
wordpress configure fine-3.1
wordpress run-cron
page >"$work/after.html"
ended=$(date +%s.%N)
printf '# Debian %s: package, plugin, credentials, first refresh and page took %.1f s\n' "$debian" "$(bc <<<"$ended - $started")"
check "without the extension, the plugin's page names the package and its sum" \
  test "$named" = "$(cd "$dist" && sha256sum "$(basename "$deb")")"
check 'the extension is on in Apache, on the command line and in php-fpm' enabled
check 'php-fpm loads it' loads_in_fpm
check 'all of them are alive' test "$(dead "$work/after.html") $(fresh "$work/after.html")" = "0 $pictures"
check 'and load' loads "$(grep -oE "$endpoint/images/I/[^\"]+" "$work/after.html" | head -n 1)"
inside "$machine" php --ri creators_api | grep -E '^(Version|Commit|Target)' | sed 's/^/# /'

wordpress plugin-delete
inside "$machine" apt-get -q -y purge "$package" >>"$chroots/bare-$debian.log" 2>&1 || true
inside "$machine" apache2ctl restart
rm -f "$machine"/tmp/*.deb "$machine"/tmp/*.zip
page >"$work/back.html"
check 'the page is what it was, byte for byte' cmp "$work/before.html" "$work/back.html"
listing >"$work/afterwards.txt"
check "nothing is left" diff "$work/before.txt" "$work/afterwards.txt"
