#!/usr/bin/env bash
# The plugin end to end, in a real WordPress and a real browser, on two sites that differ in everything:
#   tests/wordpress/run.sh [newest|6.8|network|purges|two-servers|unseen|faults, or one of these with -6.8]...
#   tests/wordpress/run.sh campaigns     what takes too long for every day
# Without an argument: what every change has to pass.
# Screenshots go to target/screenshots/. Needs the extension (make build). Ends in "N passed, N failed".
set -euo pipefail
# shellcheck source=tests/wordpress/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

readonly work=$target/wordpress/e2e
passed=0 failed=0 site=''

stop_site() { [ -z "$site" ] || "$here/site.sh" stop --site "$site"; }
trap stop_site EXIT

prepare() {
  "$root/scripts/apt-install.sh" nodejs npm chromium fonts-ipafont-gothic php-sqlite3 php-mysql mariadb-server-core mariadb-client-core \
    php-xml php-mbstring php-curl php-fpm php-redis redis-server nginx-light
  if [ ! "$here/e2e/node_modules/.package-lock.json" -nt "$here/e2e/package-lock.json" ]; then
    (cd "$here/e2e" && npm ci --silent --no-audit --no-fund) || die 'npm could not fetch what the tests need'
  fi
  "${CARGO:-cargo}" build --quiet --manifest-path "$root/Cargo.toml" -p sandbox
}

# run_on NAME SCREENSHOTS OPTION...
run_on() {
  local name=$1 shots=$2 counts=$work/$1.counts
  site=$work/$1
  shift 2
  printf '\n%s: %s\n' "$name" "$*"
  rm -f "$counts"
  if "$here/site.sh" create --site "$site" "$@" && "$here/site.sh" php --site "$site" -- seed; then
    E2E_SITE=$site E2E_SCREENSHOTS=$shots E2E_COUNTS=$counts \
      node --test-reporter="$here/e2e/reporter.mjs" "$here/e2e/main.mjs" || true
  fi
  add_up "$counts" "$name"
  stop_site
}

add_up() {
  local ok bad
  if read -r ok bad 2>/dev/null <"$1" && [ $((ok + bad)) -gt 0 ]; then
    passed=$((passed + ok)) failed=$((failed + bad))
  else
    say "$2: the tests did not come to their end"
    failed=$((failed + 1))
  fi
}

# A network of sites, and what comes before and after a life with the plugin, seen from PHP: each line that a check prints counts.
# run_network NAME OPTION...
run_network() {
  local step said
  site=$work/$1
  printf '\n%s: a site that is upgraded and deleted, then becomes a network\n' "$1"
  shift
  "$here/site.sh" create --site "$site" "$@" --sandbox off || { failed=$((failed + 1)); return; }
  for step in 'check-uninstall before' 'check-upgrade make 1' 'check-upgrade look' 'check-upgrade make 2' 'check-upgrade look' 'check-upgrade make 3' 'check-upgrade look' 'check-upgrade make 4' 'check-upgrade look' 'check-upgrade make 5' 'check-upgrade look' 'check-upgrade make 6' 'check-upgrade look' 'check-two-copies' 'check-uninstall after' 'check-network make' 'check-network look' 'check-network leave'; do
    # shellcheck disable=SC2086 # a script and its arguments
    said=$("$here/site.sh" php --site "$site" -- $step 2>&1) || said+=$'\n'"not ok $step did not come to its end"
    count "$said"
  done
  stop_site
}

# Killed at so many steps of a refresh, and at each step of what else changes pages. run_purges NAME MOMENTS OPTION...
run_purges() {
  local step said
  site=$work/$1
  local moments=$2
  printf '\n%s: page caches are told whoever is killed\n' "$1"
  shift 2
  "$here/site.sh" create --site "$site" "$@" || { failed=$((failed + 1)); return; }
  for step in activate 'configure fine-3.1' "check-purges $moments"; do
    # shellcheck disable=SC2086 # a script and its arguments
    said=$("$here/site.sh" php --site "$site" -- $step 2>&1) || said+=$'\n'"not ok $step did not come to its end"
    count "$said"
  done
  stop_site
}

# Each line that a check prints counts; the others are shown.
count() {
  grep -vE '^(ok |$)' <<<"$1" || true
  passed=$((passed + $(grep -c '^ok ' <<<"$1" || true))) failed=$((failed + $(grep -c '^not ok ' <<<"$1" || true)))
}

# run_script NAME WHAT [ARGUMENT]...: it keeps and stops sites of its own; what cannot be tried here says so.
run_script() {
  local said name=$1
  printf '\n%s\n' "$2"
  shift 2
  if said=$("$here/$name.sh" "$@" 2>&1) || grep -q '^not ok ' <<<"$said"; then
    count "$said"
  else
    count "$said"$'\n'"not ok $name did not come to its end"
  fi
}

# run KIND
run() {
  local version=newest
  [[ $1 != *-6.8 ]] || version=6.8
  case $1 in
    newest) run_on newest "$target/screenshots" --wordpress newest --database sqlite --server builtin ;;
    6.8) run_on 6.8 "$target/screenshots/wordpress-6.8" --wordpress 6.8 --database mariadb --server fpm ;;
    network) run_network network --wordpress newest --database sqlite --server builtin ;;
    network-6.8) run_network network-6.8 --wordpress 6.8 --database mariadb --server fpm ;;
    purges) run_purges purges "${MOMENTS:-20}" --wordpress newest --database sqlite --server builtin ;;
    purges-6.8) run_purges purges-6.8 "${MOMENTS:-20}" --wordpress 6.8 --database mariadb --server builtin ;;
    two-servers | two-servers-6.8) run_script two-servers "$1: two web servers with one database, under load" "$version" ;;
    unseen | unseen-6.8) run_script unseen "$1: a site that nobody has set up" "$version" ;;
    faults | faults-6.8) run_script faults "$1: the database, the disk, the server, the extension and Amazon taken away" "$version" ;;
    *) die "there is no '$1'; choose of newest, 6.8, network, purges, two-servers, unseen, faults, and the same with -6.8" ;;
  esac
}

run_all() {
  local kind
  for kind in "$@"; do run "$kind"; done
}

# run_side_by_side KINDS KINDS: both wait for pages and clocks most of the time. What the first say is kept until the second have
# ended.
run_side_by_side() {
  local first=$work/first.said sum=$work/first.sum ok=0 bad=1
  rm -f "$sum"
  # shellcheck disable=SC2086 # several kinds
  (trap stop_site EXIT; passed=0 failed=0; export SITE_PORT=8280 SANDBOX_PORT=8299; run_all $1 && printf '%d %d\n' "$passed" "$failed" >"$sum") >"$first" 2>&1 &
  # shellcheck disable=SC2086 # several kinds
  run_all $2
  wait "$!" || true
  cat "$first"
  read -r ok bad 2>/dev/null <"$sum" || true
  passed=$((passed + ok)) failed=$((failed + bad))
}

prepare
mkdir -p "$work"
case $* in
  '')
    run_side_by_side 6.8 newest
    run_side_by_side 'network network-6.8 purges' 'unseen purges-6.8'
    ;;
  campaigns)
    run_side_by_side 'unseen unseen-6.8' 'faults faults-6.8'
    MOMENTS=100 run_side_by_side purges purges-6.8
    # Alone, since they are about rates.
    run_all two-servers two-servers-6.8
    ;;
  *) run_all "$@" ;;
esac
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
