#!/usr/bin/env bash
# The demo: a WordPress whose posts are full of dead Amazon pictures, before our eyes brought back to life. Leaves the site
# running; demo-stop.sh ends it. Needs the extension (make build); builds the stand-in for Amazon where that is missing.
set -euo pipefail
# shellcheck source=tests/wordpress/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

readonly site=$target/wordpress/demo
readonly steps=$target/wordpress/demo.log

step() {
  say "$1"
  shift
  if ! "$@" >"$steps" 2>&1; then
    show_tail "$steps" 40
    show_tail "$site/log/debug.log"
    show_tail "$site/log/sandbox.log"
    die "that failed; more stands in $site/log"
  fi
}

site_php() { "$here/site.sh" php --site "$site" -- "$@"; }

mkdir -p "$target/wordpress"
step 'Building the stand-in for Amazon' "${CARGO:-cargo}" build --quiet --manifest-path "$root/Cargo.toml" -p sandbox
say 'Bringing up a new WordPress'
"$here/site.sh" create --site "$site" --cron on
step 'Writing the posts' site_php seed
step 'Switching the plugin on' site_php activate
step 'Saving the credentials of an account at the stand-in' site_php configure fine-3.1
step 'Looking for dead pictures and fetching fresh links, as WP-Cron would' site_php run-cron
step 'Counting' site_php report
say
cat "$steps"

url=$("$here/site.sh" url --site "$site")
cat <<TEXT

The blog      $url/
A post        $url/five-cookbooks-with-stains/
The settings  $url/wp-admin/options-general.php?page=creators-image-refresh
Log in as     admin, demo-password

It goes on running; make demo-stop ends it.
TEXT
