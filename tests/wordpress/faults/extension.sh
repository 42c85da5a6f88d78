# shellcheck shell=bash
# The extension away, as after an upgrade of PHP: php.ini names a file that is not there.

extension_part() {
  local ini=$site/php.d/99-site.ini
  inside begin "$many"
  forget_logs
  forget_calls
  cp "$ini" "$site/run/ini"
  sed -i 's/^extension = .*/extension = "gone.so"/' "$ini"
  reload_fpm
  check 'extension away: pages are as they were written' pages_are old
  cron || true
  inside pass 3600 2>/dev/null
  cron || true
  check 'extension away: the hooks change nothing' is "$(inside state 2>/dev/null)" "$((many + own)) known, $own fresh, $((many + own)) due, 0 refused"
  check 'extension away: Amazon is not asked' is "$(calls)" 0
  check "extension away: no complaint of the plugin's" log_is_calm
  cp "$site/run/ini" "$ini"
  reload_fpm
  check 'extension back: pages are fresh at once' pages_are fresh
  go_on 3600
  check 'extension back: all goes on by itself with the next hourly run' all_is_fresh $((many + own))
  check 'extension back: each picture is asked for once' is "$(calls)" "$(needed)"
}
