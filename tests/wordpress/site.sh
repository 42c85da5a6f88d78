#!/usr/bin/env bash
# A WordPress site in a folder, with everything that runs for it: tests/wordpress/site.sh VERB [OPTION...] [-- ARGUMENT...]
#
#   create    stop and remove what is in the folder, make a clean site with an administrator and an editor, start it
#   start     start what was made (again), with the options it was made with or those given now
#   stop      stop what this folder's pid files name
#   php       run one of php/*.php inside the site:  site.sh php -- seed
#   url       print the address of the site
#
#   --site FOLDER                 target/wordpress/demo
#   --wordpress newest|6.8        --database sqlite|mariadb       --server builtin|fpm
#   --extension on|off            --sandbox on|off                --cron on|off     (WordPress's own cron on page views)
#   --servers 1|2                 (2: a second php-fpm and nginx, with --server fpm; its address stands in run/url-2)
#
# SITE_PORT (8080) and SANDBOX_PORT (8099) name the wanted ports; one that is taken is replaced by a free one.
set -euo pipefail
# shellcheck source=tests/wordpress/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
for part in process php sandbox database server wordpress; do
  # shellcheck source=/dev/null
  source "$here/lib/$part.sh"
done

usage() { sed -n '2,/^set -e/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; }

one_of() {
  local option=$1 value=$2 allowed
  shift 2
  for allowed in "$@"; do [ "$value" != "$allowed" ] || return 0; done
  die "$option is one of: $* (not '$value')"
}

# Options that were not given keep the value with which the site was made.
load_options() {
  # shellcheck disable=SC2034 # read in lib/
  wordpress=newest database=sqlite server=builtin servers=1 extension=on sandbox=on cron=off port='' sandbox_port='' database_port='' database_password=''
  # shellcheck source=/dev/null
  [ "$verb" = create ] || source "$site/site.conf"
  local option
  for option in "${given[@]}"; do printf -v "${option%%=*}" '%s' "${option#*=}"; done
}

save_options() {
  local name
  for name in wordpress database server servers extension sandbox cron port sandbox_port database_port database_password; do
    printf '%s=%q\n' "$name" "${!name}"
  done >"$site/site.conf"
}

install_packages() {
  local packages=(php-cli php-xml php-mbstring php-curl)
  case $database in
    sqlite) packages+=(php-sqlite3) ;;
    mariadb) packages+=(php-mysql mariadb-server-core mariadb-client-core) ;;
  esac
  [ "$server" = builtin ] || packages+=(php-fpm nginx-light)
  "$root/scripts/apt-install.sh" "${packages[@]}"
}

create() {
  install_packages
  check_extension
  "$here/download-wordpress.sh" "$wordpress"
  stop
  rm -rf "$site"
  mkdir -p "$site"/{run,log,database}
  database_password=$(random_text)
  database_password=${database_password//[^A-Za-z0-9]/}
  copy_wordpress
  write_wp_config
  "create_$database"
  start install
}

# Half a site is not left running.
start() {
  local then=${1:-}
  stop
  check_extension
  trap stop EXIT
  [ "$sandbox" = off ] || start_sandbox
  write_php_settings
  [ "$database" = sqlite ] || start_mariadb
  start_server
  [ -z "$then" ] || site_php "$then" || die "php/$then.php failed"
  save_options
  is_serving || die "the site does not answer on $(<"$site/run/url")"
  trap - EXIT
}

stop() {
  local name
  [ -d "$site/run" ] || return 0
  for name in nginx-2 fpm-2 nginx php fpm mariadb sandbox; do stop_process "$name"; done
}

is_serving() {
  PHP_INI_SCAN_DIR=$site/php.d php -r '
    $page = @file_get_contents($argv[1] . "/wp-login.php", false, stream_context_create(["http" => ["timeout" => 20]]));
    exit($page !== false && str_contains($page, "loginform") ? 0 : 1);' -- "$(<"$site/run/url")" && return
  show_tail "$site/log/debug.log"
  show_tail "$site/log/php-errors.log"
  return 1
}

[ $# -gt 0 ] || { usage; exit 2; }
verb=$1
shift
site=$target/wordpress/demo
given=()
while [ $# -gt 0 ]; do
  case $1 in
    --) shift; break ;;
    --site) site=$(realpath -m "${2:?}") ;;
    --wordpress) one_of "$1" "${2:-}" newest 6.8 ;;&
    --database) one_of "$1" "${2:-}" sqlite mariadb ;;&
    --server) one_of "$1" "${2:-}" builtin fpm ;;&
    --servers) one_of "$1" "${2:-}" 1 2 ;;&
    --extension | --sandbox | --cron) one_of "$1" "${2:-}" on off ;;&
    --wordpress | --database | --server | --servers | --extension | --sandbox | --cron) given+=("${1#--}=$2") ;;
    *) usage; die "there is no option '$1'" ;;
  esac
  shift 2
done

case $verb in
  create) load_options; create ;;
  stop) stop ;;
  start | php | url)
    [ -f "$site/site.conf" ] || die "there is no site in $site"
    load_options
    case $verb in
      start) start ;;
      php) site_php "$@" ;;
      url) cat "$site/run/url" ;;
    esac
    ;;
  *) usage; die "there is no verb '$verb'" ;;
esac
