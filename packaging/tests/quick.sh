#!/usr/bin/env bash
# Whether dist/ can be made, as far as that needs no build: quick.sh. Ends in "N passed, N failed".
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

output=$work/quick passed=0 failed=0
check() { # check NAME COMMAND…
  local name=$1
  shift
  if "$@" >"$work/quick.log" 2>&1; then
    passed=$((passed + 1))
  else
    printf 'not ok - packaging: %s\n' "$name"
    tail -n 5 "$work/quick.log"
    failed=$((failed + 1))
  fi
}

mkdir -p "$work"
tools=$(dirname "$("$root/scripts/python-with.sh" "$root/packaging/tests/requirements.txt")")
cd "$root"
# What is known of weak versions lies on GitHub, and is another day another thing: it is not asked here.
check 'cargo-deny allows each licence, source and crate' "$tools/cargo-deny" --locked check --hide-inclusion-graph licenses bans sources
check 'GitHub can read the workflows' "$tools/check-jsonschema" --builtin-schema vendor.github-workflows .github/workflows/*.yml
check 'and what keeps their actions new' "$tools/check-jsonschema" --builtin-schema vendor.dependabot .github/dependabot.yml
check 'zizmor finds no fault in them' "$tools/zizmor" --offline --no-progress .github
check 'the plugin, the stubs, the licences and the SBOM are made' env OUTPUT="$output" "$root/packaging/dist.sh" --quick
check 'their sums are right' sh -c "cd '$output' && sha256sum -c SHA256SUMS"
check 'the plugin lies in its own folder' sh -c "unzip -Z1 '$output/$slug-$version.zip' | grep -qx '$slug/$slug.php'"
check 'and nothing beside it' sh -c "! unzip -Z1 '$output/$slug-$version.zip' | grep -v '^$slug/'"
check 'it has no updater' sh -c "! unzip -Z1 '$output/$slug-$version.zip' | grep -q Updates"
sold_copy() {
  unzip -Z1 "$work/sold.zip" | grep -x "$slug/includes/License/Updates.php" &&
    [ "$(unzip -p "$work/sold.zip" "$slug/$slug.php" | grep -cE '^ \* Update (URI|Key): +(https://store.example/|key)$')" = 2 ]
}
UPDATE_URI=https://store.example/ UPDATE_KEY=key "$root/packaging/parts/plugin-zip.sh" "$work/sold.zip"
check 'a sold copy has one, and is told where from and by which key' sold_copy
check 'the SBOM is JSON' python3 -m json.tool "$output/creators_api-$version.cdx.json"
cp -r "$output" "$output.first"
check 'made again, it is the same' sh -c "OUTPUT='$output' '$root/packaging/dist.sh' --quick && diff -r '$output.first' '$output'"
rm -rf "$output.first"
check 'the matrix names every combination once' python3 "$root/packaging/release/files.py" check
check 'this version has its notes' "$root/packaging/release/version.sh" "$version"
check 'and no other is taken for it' sh -c "! '$root/packaging/release/version.sh' 0.0.0"
check 'the tarball'\''s install says its usage' "$root/packaging/tarball/install" --help
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
