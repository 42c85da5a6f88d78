#!/usr/bin/env bash
# Generated and hostile pages, before and after rewriting, in html5ever, in parse5 and in Chromium:
#
#     tests/html-trees/run.sh [PAGES] [PAGES_IN_CHROMIUM]
#
# To each of them, with scripts and without, the tree of a page is the same but for its pictures, and in Chromium no
# handler runs that did not run before. A little more than half of all generated pages have something to rewrite.
set -euo pipefail

cd "$(dirname "$0")"
pages=${1:-3000} in_chromium=${2:-500}
pairs=$(mktemp "${TMPDIR:-/tmp}/html-trees.XXXXXX.jsonl")
trap 'rm -f "$pairs"' EXIT

[ -d node_modules/parse5 ] && [ -d node_modules/playwright-core ] || npm ci --silent --no-audit --no-fund
HTML_TREES=$pages HTML_TREES_PAIRS=$pairs \
  cargo test --locked --quiet --no-default-features --manifest-path ../../Cargo.toml -p creators_api --test html_trees
node parse5.mjs "$pairs"
node chromium.mjs "$pairs" "$in_chromium"
