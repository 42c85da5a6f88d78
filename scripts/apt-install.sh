#!/usr/bin/env bash
# Installs those of the named Debian packages that are missing: scripts/apt-install.sh PACKAGE...
# Says nothing where there is nothing to do. Services that come along are neither started nor enabled.
set -euo pipefail

die() { printf 'apt-install: %s\n' "$*" >&2; exit 1; }

have() { command -v "$1" >/dev/null 2>&1; }

# A package also counts as there when another provides its name (php8.2-cli is php-cli), or when its command came from elsewhere.
missing_packages() {
  local installed package
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' 2>/dev/null |
    awk '$1 == "installed" { gsub(/\([^)]*\)|,/, " "); for (i = 2; i <= NF; i++) print $i }')
  installed=$'\n'$installed$'\n'
  for package in "$@"; do
    case $package in
      nodejs) have node && continue ;;
      npm) have npm && continue ;;
      php-dev) have php-config && continue ;;
    esac
    [[ $installed == *$'\n'"$package"$'\n'* ]] || printf '%s\n' "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo env ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
      ${no_proxy:+no_proxy="$no_proxy"} "$@"
  fi
}

service_units() {
  local unit
  for unit in /lib/systemd/system/{nginx,mariadb,apache2,php*-fpm}.service; do
    [ ! -e "$unit" ] || basename "$unit"
  done
}

# Debian starts a web server as soon as it is installed. The rig brings up its own, on its own ports.
readonly policy=/usr/sbin/policy-rc.d
own_policy=no
forbid_services() {
  [ ! -e "$policy" ] || return 0
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
  own_policy=yes
}
allow_services() {
  [ "$own_policy" = no ] || as_root rm -f "$policy"
}

[ $# -gt 0 ] || die 'name the packages to install'
have apt-get || die "this is no Debian; install by hand what these packages carry: $*"

mapfile -t missing < <(missing_packages "$@")
[ ${#missing[@]} -gt 0 ] || exit 0
[ "$(id -u)" -eq 0 ] || have sudo ||
  die "these packages are missing and only root can install them: ${missing[*]}"

printf 'Installing from Debian: %s\n' "${missing[*]}"
log=$(mktemp "${TMPDIR:-/tmp}/apt-install.XXXXXX.log")
units_before=$(service_units)
trap allow_services EXIT
forbid_services
if ! { as_root apt-get update -q &&
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "${missing[@]}"; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  die "could not install ${missing[*]}; the whole log is $log"
fi
rm -f "$log"
if [ -d /run/systemd/system ]; then
  comm -13 <(sort <<<"$units_before") <(service_units | sort) |
    while read -r unit; do as_root systemctl disable --quiet "$unit" || true; done
fi
