#!/usr/bin/env bash
# Looks for pages that src/html gets wrong, for so many seconds: tests/fuzz/run.sh [SECONDS]
#
# First how time grows with a page's size, then libFuzzer, led by coverage. No nightly Rust: the flags of cargo-fuzz that
# stable Rust takes as well. What is found is left in target/fuzz/found; run it again with
#
#     target/fuzz/TARGET/release/pages target/fuzz/found/crash-…
set -euo pipefail

cd "$(dirname "$0")"
seconds=${1:-60}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/../../target}/fuzz
target=$(rustc -vV | sed -n 's/^host: //p')

cargo run --quiet --locked --release --bin linear

flags='--cfg fuzzing -Cpasses=sancov-module'
for flag in level=4 inline-8bit-counters pc-table trace-compares; do
  flags+=" -Cllvm-args=-sanitizer-coverage-$flag"
done
# With a target of their own the flags are not those of build scripts.
RUSTFLAGS=$flags cargo build --quiet --locked --release --bin pages --target "$target"

mkdir -p "$CARGO_TARGET_DIR/corpus" "$CARGO_TARGET_DIR/found"
number=0
while IFS= read -r page; do
  number=$((number + 1))
  printf '%s' "$page" >"$CARGO_TARGET_DIR/corpus/seed-$number"
done <seeds.txt
"$CARGO_TARGET_DIR/$target/release/pages" "$CARGO_TARGET_DIR/corpus" \
  -artifact_prefix="$CARGO_TARGET_DIR/found/" -dict=dictionary.txt -max_total_time="$seconds" \
  -max_len=4000 -timeout=5 -rss_limit_mb=2048 -print_final_stats=1
