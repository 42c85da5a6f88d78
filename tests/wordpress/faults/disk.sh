#!/usr/bin/env bash
# The disk full: faults/disk.sh SITE OWN COOKIE puts the database of a site onto a small disk, which is filled in the middle of
# a refresh. A process of its own, because a disk may have to be mounted where nobody else sees it.
set -euo pipefail
# shellcheck source=tests/wordpress/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
# shellcheck source=tests/wordpress/faults/common.sh
source "$here/faults/common.sh"

# InnoDB's log small, and what it writes on its way on the same disk. It removes old versions of rows in the background, and
# ends itself where it has no room for that (seen with 10.11); what that comes to is a database killed, which is another test.
export SITE_MARIADB_OPTIONS='--innodb-log-file-size=8M --tmpdir=tmp --innodb-force-recovery=2'
site=$1 own=$2 cookie=$3 why=''
load_site
folder=$site/database
[ "$database" = sqlite ] || folder=$site/mariadb

leave() {
  "$here/site.sh" stop --site "$site"
  ! mountpoint -q "$folder" || umount "$folder"
}

# The database stays what it was, on another disk.
onto_small_disk() {
  if [ "$database" = mariadb ]; then
    mkdir -p "$folder/tmp"
    "$here/site.sh" start --site "$site"
  fi
  "$here/site.sh" stop --site "$site"
  mv "$folder" "$folder.before"
  mkdir "$folder"
  mount -t tmpfs -o size=64m tmpfs "$folder"
  cp -a "$folder.before/." "$folder"
  rm -rf "$folder.before"
  "$here/site.sh" start --site "$site"
  load_site
}

fill_disk() { ! cat /dev/zero >"$folder/ballast" 2>/dev/null; }

# How many calls there were whose answers were not kept.
lost() {
  local due
  due=$(inside state)
  due=${due##*fresh, }
  printf '%d' $(($(calls) - (600 + own - ${due%% *}) / 10))
}

# told_when_pressed WORDS
told_when_pressed() {
  why=$(inside press 2>>"$site/log/cron.log" | cut -c 1-300)
  grep -q "$1" <<<"$why"
}

database_waits() { [ "$database" = sqlite ] || database_answers; }

full_disk() {
  local slice begun asked
  # More than the free places in a file of tables take.
  inside begin 600
  forget_logs
  forget_calls
  behave '[{"fault": {"latency_ms": 100}}]'
  begun=$SECONDS
  cron &
  slice=$!
  wait_for 10 have_calls 8
  fill_disk
  check "$database, disk full: there is no byte left" is "$(df --output=avail "$folder" | tail -n 1 | tr -d ' ')" 0
  check "$database, disk full: pages stand while it happens" pages_are either
  wait "$slice" || true
  check "$database, disk full: the process ends by itself" at_most $((SECONDS - begun)) 20
  check "$database, disk full: no more answers are lost than were under way" at_most "$(lost)" "$in_flight"
  asked=$(calls)
  site_php run-once 2>>"$site/log/cron.log" || true
  site_php run-once 2>>"$site/log/cron.log" || true
  check "$database, disk full: no further run asks what cannot be kept" is "$(calls)" "$asked"
  check "$database, disk full: pages stand" pages_are either
  check "$database, disk full: no complaint of the plugin's" log_is_calm
  # One that has no room for a single byte has none for that either; who asks for something is told all the same.
  [ "$database" = sqlite ] || check "$database, disk full: the settings say so" admin_says 'accepts no changes'
  check "$database, disk full: who presses the button is told" told_when_pressed 'accepts no changes'
  check "$database, disk full: and has one call made at most that cannot be kept" at_most "$(lost)" $((in_flight + 1))

  rm "$folder/ballast"
  database_waits || start_mariadb
  go_on 120
  check "$database, disk free again: all goes on by itself and nothing is lost" all_is_fresh $((600 + own))
  check "$database, disk free again: pages are fresh" pages_are fresh
  check "$database, disk free again: no call twice but those whose answers could not be kept" at_most "$(calls)" $(((600 + own + 9) / 10 + in_flight + 1))
}

trap leave EXIT
onto_small_disk
full_disk
