# shellcheck shell=bash
# Processes of the web server killed in the middle of a slice that wp-cron.php has begun, and time limits that strike there.

# struck NAME COMMAND...: what happens in the middle of a slice.
struck() {
  local name=$1 made
  shift
  inside begin "$many"
  forget_logs
  forget_calls
  behave "$latency"
  cron_by_web
  wait_for 10 have_calls 4
  "$@"
  made=$(calls)
  check "$name: pages stand" pages_are fresh
  check "$name: it ends the slice" at_most "$(calls)" $((made + 1))
  check "$name: no complaint of the plugin's" log_is_calm
  go_on 120
  check "$name: all goes on by itself and nothing is lost" all_is_fresh $((many + own))
  check "$name: no call twice but those under way" at_most "$(calls)" $(($(needed) + in_flight))
}

kill_workers() {
  local worker
  for worker in $(group_members "$(process_group fpm)"); do
    [ "$worker" = "$(process_group fpm)" ] || kill -KILL "$worker"
  done
}

restart_fpm() {
  stop_process fpm
  start_fpm ''
  stop_process nginx
  start_nginx '' "$port"
}

reload_fpm() {
  local before
  before=$(group_members "$(process_group fpm)")
  kill -USR2 "$(process_group fpm)"
  wait_for 10 are_others "$before"
}

are_others() { [ "$(group_members "$(process_group fpm)")" != "$1" ] && port_answers "$(<"$site/run/fpm.port")"; }

# Waiting for Amazon does not count for PHP's own limit; work does.
work_for_long() {
  printf '<?php\nadd_action( "creators_image_refresh_images_updated", static function () { set_time_limit( 1 ); while ( true ); } );\n' >"$site/wordpress/wp-content/mu-plugins/long.php"
}

time_limit() {
  local made
  inside begin "$many"
  forget_logs
  forget_calls
  work_for_long
  cron_by_web
  wait_for 10 grep -qs 'Maximum execution time' "$site/log/debug.log"
  rm "$site/wordpress/wp-content/mu-plugins/long.php"
  made=$(calls)
  check 'PHP ends the slice: pages stand' pages_are fresh
  check 'PHP ends the slice: nothing more is asked' at_most "$(calls)" "$made"
  go_on 120
  check 'PHP ends the slice: all goes on by itself and nothing is lost' all_is_fresh $((many + own))
  check 'PHP ends the slice: no call twice but those under way' at_most "$(calls)" $(($(needed) + in_flight))
}


workers_part() {
  struck 'worker killed' kill_workers
  struck 'php-fpm reloaded' reload_fpm
  struck 'php-fpm restarted' restart_fpm
  time_limit
}
