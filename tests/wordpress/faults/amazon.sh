# shellcheck shell=bash
# Amazon away for a day, in the ways that the journeys do not try.

# away NAME TAKE_AWAY [FAULTS]: asked at the times that are planned, and again when the day is over. One call would do.
away() {
  local name=$1 take_away=$2 faults=${3:-} waits=() asked
  inside begin 10 alone
  forget_logs
  forget_calls
  "$take_away" "$faults"
  cron
  waits+=("$(inside planned later)")
  inside pass $((waits[0] + 2))
  cron
  waits+=("$(inside planned later)")
  inside pass 80000
  cron
  asked=$(calls_or_none)
  site_php run-once
  check "$name: it is asked more and more rarely" at_most $((waits[0] + 120)) "${waits[1]}"
  check "$name: and left in peace in between" is "$(calls_or_none)" "$asked"
  check "$name: with few calls each time" at_most "$asked" 12
  check "$name: after a day, pages show the last pictures" pages_are fresh
  check "$name: no complaint of the plugin's" log_is_calm
  is_running sandbox || start_sandbox
  behave
  inside pass 100000
  cron
  check "$name: back by itself, and nothing is lost" all_is_fresh $((10 + own))
}

calls_or_none() { is_running sandbox && calls || printf 0; }

no_connection() { stop_process sandbox; }

amazon_part() {
  # A silent server is not waited for as long as it could be.
  printf 'creators_api.timeout = 2\n' >>"$site/php.d/99-site.ini"
  away 'Amazon unreachable' no_connection
  away 'Amazon silent' behave '[{"fault": "hang"}]'
  away 'Amazon impatient' behave '[{"fault": {"throttle": {"hint": "none"}}}]'
  away 'Amazon confused' behave '[{"fault": "not_json"}]'
}
