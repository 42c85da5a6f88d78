#!/usr/bin/env bash
# Two builds of one commit are the same bytes: in two folders of unlike depth, at two times.
#
#     reproducible.sh        PHPS="8.2" chooses the PHPs. Prints "ok - …" and "not ok - …" lines.
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

one=$work/reproducible/one two=$work/reproducible/another/folder/two
commit=$(git -C "$root" rev-parse HEAD)
rm -rf "$work/reproducible"
for folder in "$one" "$two"; do
  mkdir -p "$folder"
  git clone --quiet --no-hardlinks "$root" "$folder/source"
  git -C "$folder/source" checkout --quiet --detach "$commit"
  # What was downloaded may be shared; what was built is not.
  mkdir -p "$folder/target"
  [ ! -d "$target/python" ] || ln -s "$target/python" "$folder/target/python"
  (
    unset SOURCE_DATE_EPOCH CREATORS_API_COMMIT OUTPUT
    export CARGO_TARGET_DIR=$folder/target PHPS=${PHPS:-8.2}
    cd "$folder/source"
    packaging/dist.sh
  ) >"$folder/log" 2>&1 || { tail -n 20 "$folder/log" >&2; die 'the build failed'; }
  # The next one is not made within the same second.
  read -rt 1.1 <> <(:) || true
done
if diff -r "$one/source/dist" "$two/source/dist"; then
  echo "ok - two builds are the same bytes: $(find "$one/source/dist" -type f | wc -l) files"
else
  echo 'not ok - two builds are the same bytes'
fi
