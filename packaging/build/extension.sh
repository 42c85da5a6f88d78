#!/usr/bin/env bash
# The extension as people get it: one file for every Linux since glibc 2.17, the same bytes wherever and whenever it is built.
#
#     extension.sh FOLDER-OF-HEADERS OUTPUT [TARGET]       headers by php-headers.sh
#
# TARGET is Rust's name of it: x86_64-unknown-linux-gnu, or aarch64, or musl in place of gnu; Rust's library for it must be there.
# CREATORS_API_COMMIT names the commit where there is no git. Needs Rust.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
"$root/scripts/apt-install.sh" gcc libc6-dev clang libclang-dev >&2
headers=$1 output=$2 rust_target=${3:-x86_64-unknown-linux-gnu}
built=${CARGO_TARGET_DIR:-$root/target}
[[ $built == /* ]] || built=$PWD/$built
ZIG_PYTHON=$("$root/scripts/python-with.sh" "$root/packaging/requirements.txt")
ZIG_TARGET=${rust_target/-unknown-linux-gnu/-linux-gnu.2.17}
export ZIG_PYTHON ZIG_TARGET=${ZIG_TARGET/-unknown-linux-musl/-linux-musl}
export ZIG_GLOBAL_CACHE_DIR=$built/zig ZIG_LOCAL_CACHE_DIR=$built/zig

# Beside the ordinary build, whose settings are others. All PHPs share it: only what knows PHP is built again for each.
export CARGO_TARGET_DIR=$built/portable
export CREATORS_API_COMMIT=${CREATORS_API_COMMIT:-$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null || true)}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH
export PHP=$headers/php PHP_CONFIG=$headers/php-config

# No path of the machine that builds stands in what it builds. C's own notes of where it was compiled go with the debug symbols.
name=${rust_target//-/_}
cargo_home=${CARGO_HOME:-$HOME/.cargo}
export "CC_$name=$here/zig-cc" "CFLAGS_$name=-g0 -ffile-prefix-map=$built=/target -ffile-prefix-map=$cargo_home=/cargo"
RUSTFLAGS="-Clinker=$here/zig-cc"
for pair in "$root=/creators_api" "$CARGO_TARGET_DIR=/target" "$cargo_home=/cargo"; do
  RUSTFLAGS+=" --remap-path-prefix=$pair"
done
# A module is loaded into a PHP that has brought musl with it.
[[ $rust_target != *-musl ]] || RUSTFLAGS+=' -Ctarget-feature=-crt-static'
export RUSTFLAGS

# The settings of the release, whatever quicker ones a developer's environment names.
unset "${!CARGO_PROFILE_RELEASE_@}"
cargo build --manifest-path "$root/Cargo.toml" --release --locked --quiet -p creators_api --target "$rust_target"
mkdir -p "$(dirname "$output")"
install -m 644 "$CARGO_TARGET_DIR/$rust_target/release/libcreators_api.so" "$output"
