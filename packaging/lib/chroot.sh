# shellcheck shell=bash
# Bare Debians to try packages in: to be sourced, in place of common.sh. They come from the machine's own apt sources and lie
# under target/.
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=scripts/debian-archive.sh
source "$root/scripts/debian-archive.sh"

chroots=$work/chroots

# The suite of a Debian by its number.
suite_of() {
  case $1 in
    12) echo bookworm ;;
    13) echo trixie ;;
    *) die "no suite is known for Debian $1" ;;
  esac
}

# bare_debian SUITE: the folder of a Debian with nothing but apt, made once and never changed.
bare_debian() {
  local suite=$1 base=$chroots/base-$1 mirror
  [ ! -f "$base.whole" ] || { printf '%s\n' "$base"; return; }
  "$root/scripts/apt-install.sh" debootstrap >&2
  mkdir -p "$chroots"
  for mirror in $(debian_mirrors); do
    rm -rf "$base"
    if debootstrap --variant=minbase --keyring="$(debian_keyring)" "$suite" "$base" "$mirror" >"$base.log" 2>&1; then
      chroot_sources "$base" "$suite" "$mirror"
      touch "$base.whole"
      printf '%s\n' "$base"
      return
    fi
  done
  tail -n 5 "$base.log" >&2
  die "no Debian $suite could be made"
}

# The archive that the machine itself uses, and its way there.
chroot_sources() {
  local security
  {
    printf 'deb %s %s main\n' "$3" "$2"
    for security in $(debian_security_mirrors); do printf 'deb %s %s-security main\n' "$security" "$2"; done
  } >"$1/etc/apt/sources.list"
  {
    printf 'Acquire::Check-Valid-Until "false";\nAcquire::Languages "none";\nAPT::Install-Recommends "false";\n'
    apt-config dump | grep -i '^Acquire::.*proxy' || true
  } >"$1/etc/apt/apt.conf.d/90test"
  printf '#!/bin/sh\nexit 101\n' >"$1/usr/sbin/policy-rc.d"
  chmod 755 "$1/usr/sbin/policy-rc.d"
}

# copy_debian SUITE NAME: a copy to change, with what a program in it needs of the machine.
copy_debian() {
  local base copy=$chroots/$2
  base=$(bare_debian "$1")
  remove_debian "$copy"
  cp -a --reflink=auto "$base" "$copy"
  cp -L /etc/resolv.conf "$copy/etc/resolv.conf"
  printf '127.0.0.1 localhost\n' >"$copy/etc/hosts"
  mount -t proc proc "$copy/proc"
  printf '%s\n' "$copy"
}

remove_debian() {
  [ -d "$1" ] || return 0
  # What ran in it may take a moment to end.
  for _ in $(seq 50); do
    mountpoint -q "$1/proc" || break
    umount "$1/proc" 2>/dev/null || read -rt 0.2 <> <(:) || true
  done
  # What is still mounted is not ours to delete.
  ! grep -q " $1/" /proc/mounts || die "something is still mounted in $1"
  rm -rf --one-file-system "$1"
}

# inside FOLDER COMMAND...
inside() {
  local folder=$1
  shift
  chroot "$folder" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} "$@"
}
