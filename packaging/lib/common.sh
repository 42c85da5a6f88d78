# shellcheck shell=bash
# What the scripts of packaging/ share: to be sourced. Everything that they write bears the time of the last commit.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
[[ $target == /* ]] || target=$root/$target
version=$(sed -nE '0,/^version/s/^version = "(.*)"/\1/p' "$root/Cargo.toml")
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 315532800)}
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC
umask 022
# shellcheck disable=SC2034 # read by the scripts that source this file
readonly root target version work="$target/packaging" slug=creators-image-refresh

die() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; exit 1; }

# The numbers under which Zend knows the versions of PHP: a module built for one does not load in another.
module_api() {
  case $1 in
    8.1) echo 20210902 ;;
    8.2) echo 20220829 ;;
    8.3) echo 20230831 ;;
    8.4) echo 20240924 ;;
    8.5) echo 20250925 ;;
    8.6) echo 20260924 ;;
    *) die "nobody knows the number of PHP $1's modules" ;;
  esac
}

# same_time FOLDER: one time and one mode for everything in it, so that archives are the same bytes whenever they are made.
same_time() {
  chmod -R u=rwX,go=rX "$1"
  find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}

# zip_folder ZIP FOLDER: what is in the folder, in the order of names.
zip_folder() {
  same_time "$2"
  rm -f "$1"
  (cd "$2" && find . -mindepth 1 -printf '%P\n' | sort | zip -X -q -9 -@ "$1")
}

# tar_folder ARCHIVE PARENT NAME
tar_folder() {
  same_time "$2/$3"
  tar --create --sort=name --owner=0 --group=0 --numeric-owner --format=ustar --directory="$2" "$3" | gzip -n -9 >"$1"
}
