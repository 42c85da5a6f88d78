# shellcheck shell=bash
# The plugin's tables locked, broken or gone, while WordPress's own are well.

readonly images=wp_creators_image_refresh_images uses=wp_creators_image_refresh_uses

locked() {
  local holder begun id
  inside begin 0
  forget_logs
  as_root 'SET GLOBAL lock_wait_timeout = 1'
  as_root "LOCK TABLES $images WRITE, $uses WRITE; DO SLEEP(30)" 2>/dev/null &
  holder=$!
  wait_for 5 is_locked
  check 'tables locked: what a process remembers is shown' pages_are either
  inside forget
  begun=$SECONDS
  check 'tables locked: pages come as they were written' pages_are old
  # One wait each.
  check 'tables locked: a page waits once' at_most $((SECONDS - begun)) $((2 * ${#paths[@]}))
  for id in $(as_root "SELECT id FROM information_schema.processlist WHERE info = 'DO SLEEP(30)'"); do as_root "KILL $id"; done
  wait "$holder" 2>/dev/null || true
  as_root 'SET GLOBAL lock_wait_timeout = DEFAULT'
  check 'tables free again: pages are fresh' pages_are fresh
  check "tables locked: no complaint of the plugin's" log_is_calm
}

is_locked() { [ "$(as_root "SHOW OPEN TABLES LIKE '$images'" | cut -f 3)" != 0 ]; }

# broken HOW QUERY...: what somebody does to the tables, and what cures it where the plugin cannot.
broken() {
  local how=$1 query=$2 cure=$3
  inside begin 0
  forget_logs
  forget_calls
  as_root "$query"
  check "tables $how: what a process remembers is shown" pages_are either
  inside forget
  check "tables $how: pages are as they were written" pages_are old
  check "tables $how: the settings say so" admin_says 'cannot be read just now'
  check "tables $how: no complaint of the plugin's" log_is_calm
  if [ -n "$cure" ]; then
    cron || true
    inside forget
    check "tables $how: pages are as they were written after the hooks have come round" pages_are old
    check "tables $how: Amazon is not asked" is "$(calls)" 0
    check "tables $how: the hooks do not complain" log_is_calm
    as_root "$cure"
  fi
  go_on 3600
  go_on 3600
  check "tables $how: all is found and fetched again by itself" pages_are fresh
  check "tables $how: each picture is there again" all_is_fresh "$own"
}

tables_part() {
  locked
  broken dropped "DROP TABLE $images, $uses" ''
  broken renamed "RENAME TABLE $images TO wp_elsewhere" ''
  broken broken "ALTER TABLE $images DISCARD TABLESPACE" "DROP TABLE $images"
}
