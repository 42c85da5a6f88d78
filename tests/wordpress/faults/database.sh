# shellcheck shell=bash
# The database away: killed at several moments of a refresh, its connections cut, the plugin's tables locked or broken.

kill_mariadb() {
  # Bash is not to tell of it.
  disown "$(process_group mariadb)" 2>/dev/null || true
  kill -KILL -- "-$(process_group mariadb)"
  wait_for 5 is_stopped mariadb
}

# killed_at CALLS: the database goes when that many calls were made, and comes back when the process has ended.
killed_at() {
  local moment=$1 slice begun struck
  inside begin "$many"
  forget_logs
  forget_calls
  behave "$latency"
  begun=$SECONDS
  cron &
  slice=$!
  wait_for 10 have_calls "$moment"
  page /sunday-ragu/ >"$site/run/page" &
  kill_mariadb
  struck=$(calls)
  wait "$slice" || true
  check "database killed after $moment calls: the process ends by itself" at_most $((SECONDS - begun)) 14
  check "database killed after $moment calls: nothing more is asked than was under way" at_most "$(calls)" $((struck + in_flight))
  check "database killed after $moment calls: no complaint of the plugin's" log_is_calm
  start_mariadb
  check "database killed after $moment calls: the pages are back with it" pages_are fresh
  go_on 120
  check "database killed after $moment calls: all goes on by itself and nothing is lost" all_is_fresh $((many + own))
  check "database killed after $moment calls: no call twice but those under way" at_most "$(calls)" $(($(needed) + in_flight))
}

killed_and_back() {
  local slice
  inside begin "$many"
  forget_logs
  forget_calls
  cron &
  slice=$!
  wait_for 10 have_calls 4
  kill_mariadb
  start_mariadb
  wait "$slice"
  check 'database back at once: the same process goes on' all_is_fresh $((many + own))
  check 'database back at once: no call twice but those under way' at_most "$(calls)" $(($(needed) + in_flight))
  check "database back at once: no complaint of the plugin's" log_is_calm
}

cut_off() {
  local slice id times
  inside begin "$many"
  forget_logs
  forget_calls
  cron &
  slice=$!
  for times in 2 5 8; do
    wait_for 10 have_calls "$times"
    for id in $(as_root "SELECT id FROM information_schema.processlist WHERE user = 'wordpress'"); do as_root "KILL $id"; done
  done
  wait "$slice"
  check 'connection cut three times: the same process goes on' all_is_fresh $((many + own))
  check 'connection cut three times: each picture is asked for once' is "$(calls)" "$(needed)"
  check "connection cut three times: no complaint of the plugin's" log_is_calm
}

database_part() {
  killed_at 1
  killed_at 6
  killed_and_back
  cut_off
}
