#!/usr/bin/env bash
# A site that nobody has seen: 150 posts made from a seed, with dead pictures in every markup, an account that stands in
# wp-config.php alone, and nobody who ever opens the settings. Nothing runs but the plugin's two cron hooks.
#   tests/wordpress/unseen.sh [newest|6.8] [SEED]
set -euo pipefail
# shellcheck source=tests/wordpress/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

readonly version=${1:-newest} seed=${2:-20261120}
readonly site=$target/wordpress/unseen-$version
trap '"$here/site.sh" stop --site "$site"' EXIT

run() {
  local script=$1
  shift
  "$here/site.sh" php --site "$site" -- "$script" "$@"
}

# What a fixed account needs, past every form.
fix_account() {
  php -n -r '
    [, $accounts, $name, $file] = $argv;
    $account = array_column(json_decode(file_get_contents($accounts), true), null, "name")[$name];
    $lines = "<?php\n";
    foreach (["CREDENTIAL_ID" => $account["credential_id"], "CREDENTIAL_SECRET" => $account["credential_secret"],
      "MARKETPLACE" => key($account["partner_tags"]), "PARTNER_TAG" => current($account["partner_tags"])[0]] as $field => $value) {
      $lines .= "define( " . var_export("CREATORS_IMAGE_REFRESH_$field", true) . ", " . var_export($value, true) . " );\n";
    }
    file_put_contents($file, $lines . substr(file_get_contents($file), 6));
  ' -- "$root/tests/sandbox/accounts.json" fine-3.1 "$site/wordpress/wp-config.php"
}

"${CARGO:-cargo}" build --quiet --manifest-path "$root/Cargo.toml" -p sandbox
"$here/site.sh" create --site "$site" --wordpress "$version" --database mariadb --server fpm
fix_account
mkdir -p "$site/wordpress/wp-content/mu-plugins"
cp "$here/unseen/mu-plugin.php" "$site/wordpress/wp-content/mu-plugins/"
run ../unseen/fill "$seed" >"$site/run/pictures.json"
run ../unseen/check remember

run activate
run run-cron
# What no scan sees, a custom field for instance, is met at the first visit and known at the second.
run ../unseen/check visit
run ../unseen/check visit
run run-cron

{
  run ../unseen/check alive "$site/run/pictures.json"
  run check-visitors
  run check-page-buffer
  run deactivate
  run ../unseen/check old
} | tee "$site/run/told"

failed=$(grep -vcE '^(ok|skipped) ' "$site/run/told" || true)
printf '\nseed %s: %d failed\n' "$seed" "$failed"
[ "$failed" -eq 0 ] && [ "$(grep -c '^ok ' "$site/run/told")" -gt 5 ]
