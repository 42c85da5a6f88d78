# shellcheck shell=bash
# What the tests of faults share: a site whose parts can be taken away one by one, its pages, and the stand-in's counters.

for part in process php sandbox database server wordpress; do
  # shellcheck source=/dev/null
  source "$here/lib/$part.sh"
done

# An account may ask ten times a second here, and each page is one of these.
readonly paths=(/ /bread-that-waits/ /sunday-ragu/ /rain-in-york/)

# Pictures besides those of the posts; and how many calls may be under way when the one that asks is struck.
# shellcheck disable=SC2034 # read by the parts
readonly many=120 latency='[{"fault": {"latency_ms": 300}}]' in_flight=5

# How many calls all pictures take, ten each.
needed() { printf '%d' $(((many + own + 9) / 10)); }

# check NAME COMMAND...
check() {
  local name=$1
  shift
  if "$@"; then
    printf 'ok %s\n' "$name"
  else
    printf 'not ok %s%s\n' "$name" "${why:+: $why}"
  fi
  why=''
}

# is IS SHOULD: the same text.
is() {
  why="$1, not $2"
  [ "$1" = "$2" ]
}

# at_most IS MOST
at_most() {
  why="$1, more than $2"
  [ "$1" -le "$2" ]
}

# as_root QUERY...: the database's own administrator, through the socket, whose whole path may be too long.
as_root() { (cd "$site/mariadb" && mariadb --no-defaults --socket=mariadb.sock --user="$(id -un)" --batch --skip-column-names wordpress --execute "$*"); }

inside() { site_php ../faults/inside "$@"; }

behave() { curl -sf -d "{\"account\": \"fine-3.1\", \"requests_per_second\": 0, \"faults\": ${1:-[]}}" "$(sandbox_url)/_sandbox/behaviour" >/dev/null; }

forget_calls() { curl -sf -X POST "$(sandbox_url)/_sandbox/reset" >/dev/null; }

# How many calls the stand-in has had.
calls() {
  curl -sf "$(sandbox_url)/_sandbox/log" |
    php -n -r 'echo count(array_filter(json_decode(stream_get_contents(STDIN), true), fn($call) => str_ends_with($call["path"], "/getItems")));'
}

have_calls() { [ "$(calls)" -ge "$1" ]; }

# What the line in the system's crontab does, to its end.
cron() { (cd "$site" && PHP_INI_SCAN_DIR=$site/php.d php "$site/wordpress/wp-cron.php") >>"$site/log/cron.log" 2>&1; }

# The same, over HTTP: the web server does the work and the caller does not wait for it.
cron_by_web() { curl -s -o "$site/run/answer" --max-time 60 "$(<"$site/run/url")/wp-cron.php?doing_wp_cron" || true; }

# go_on SECONDS: time passes, and the hooks come round until nothing is planned for now.
go_on() {
  local round
  inside pass "$1"
  for round in 1 2 3 4 5; do
    cron || true
    [ "$(inside planned)" -le 1 ] || return 0
    [ "$round" -lt 5 ] && sleep 1
  done
}

# The settings as the administrator sees them: admin_says WORDS.
admin_says() {
  curl -s --max-time 20 --cookie "$cookie" "$(<"$site/run/url")/wp-admin/options-general.php?page=creators-image-refresh" >"$site/run/admin"
  why=$(grep -oE 'id="creators-image-refresh-(summary|last-run)".*' "$site/run/admin" | cut -c 1-300 || true)
  grep -q "$1" "$site/run/admin"
}

page() { curl -s --max-time 20 -w '\n%{http_code}' "$(<"$site/run/url")$1"; }

remember_pages() {
  local path
  mkdir -p "$site/run/pages"
  for path in "${paths[@]}"; do page "$path" >"$site/run/pages/$1${path//\//-}"; done
}

# pages_are old|fresh|either: each is 200, and has these bytes.
pages_are() {
  local path now
  for path in "${paths[@]}"; do
    now=$site/run/pages/now
    page "$path" >"$now"
    case $1 in
      either) cmp -s "$now" "$site/run/pages/old${path//\//-}" || cmp -s "$now" "$site/run/pages/fresh${path//\//-}" ;;
      *) cmp -s "$now" "$site/run/pages/$1${path//\//-}" ;;
    esac && continue
    why="$path answers $(tail -n 1 "$now") with $(wc -c <"$now") bytes"
    return 1
  done
}

# What WordPress's own writes complain of is not the plugin's.
log_is_calm() {
  why=$(cat "$site/log/debug.log" "$site/log/php-errors.log" "$site/log/fpm.log" 2>/dev/null |
    grep -E 'PHP .*creators-image-refresh|database error.*wp_creators_image_refresh_(images|uses)|plugin asks a database' | head -n 1 | cut -c 1-300)
  [ -z "$why" ]
}

forget_logs() { rm -f "$site/log/debug.log" "$site/log/php-errors.log"; : >"$site/log/fpm.log"; }

# The site is as it should be: everything known is there, fresh, and nobody is held responsible.
all_is_fresh() { is "$(inside state)" "$1 known, $1 fresh, 0 due, 0 refused"; }

# make_site OPTION...: with an account and its pages as they were and as they are.
make_site() {
  "$here/site.sh" create --site "$site" "$@" && load_site || return
  mkdir -p "$site/wordpress/wp-content/mu-plugins"
  cp "$here/faults/mu-plugin.php" "$site/wordpress/wp-content/mu-plugins/"
  site_php seed && remember_pages old && site_php activate && site_php configure fine-3.1 && site_php run-cron && remember_pages fresh || return
  # What only the pages have shown is known by now, and what Amazon does not have.
  inside begin 0
  cron
  own=$(inside state)
  own=${own%% *}
  cookie=$(inside cookie)
}

load_site() {
  # shellcheck source=/dev/null
  source "$site/site.conf"
}
