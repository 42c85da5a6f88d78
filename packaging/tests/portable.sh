#!/usr/bin/env bash
# A module that loads on every Linux since glibc 2.17: portable.sh MODULE...
# No symbol of a newer glibc, nothing needed but libc and its parts, no path of the machine that built it.
set -euo pipefail

"$(dirname "${BASH_SOURCE[0]}")/../../scripts/apt-install.sh" binutils >&2
readonly newest=2.17
failed=0
complain() { printf 'portable: %s\n' "$*" >&2; failed=1; }

for module in "$@"; do
  versions=$(objdump -T "$module" | grep -oE 'GLIBC_[0-9.]+' | sort -uV)
  [ -n "$versions" ] || complain "$module names no version of glibc at all"
  last=$(tail -n 1 <<<"$versions")
  [ "$(printf '%s\n' "GLIBC_$newest" "$last" | sort -V | tail -n 1)" = "GLIBC_$newest" ] ||
    complain "$module needs $last: $(objdump -T "$module" | grep -F "$last" | awk '{ print $NF }' | tr '\n' ' ')"
  foreign=$(objdump -p "$module" | awk '$1 == "NEEDED" { print $2 }' |
    grep -vxE 'lib(c|m|dl|rt|pthread|util)\.so\.[0-9]+|ld-linux-[a-z0-9-]+\.so\.[0-9]+' || true)
  [ -z "$foreign" ] || complain "$module needs $foreign"
  ! grep -qaE "${HOME:-/root}/|$(pwd)/" "$module" || complain "$module holds a path of this machine"
  [ "$failed" -ne 0 ] ||
    printf 'portable: %s: glibc %s, %s bytes\n' "$(basename "$module")" "${last#GLIBC_}" "$(stat -c %s "$module")"
done
exit "$failed"
