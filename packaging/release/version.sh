#!/usr/bin/env bash
# Whether a tag may become a release: version.sh TAG. Prints what CHANGELOG.md says of it; fails where the sources carry another
# version, or CHANGELOG.md says nothing.
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

tag=$1
[ "$tag" = "$version" ] || die "the tag is $tag, the sources are $version"
notes=$(awk -v head="## $version" 'index($0, head) == 1 { on = 1; next } /^## / { on = 0 } on' "$root/CHANGELOG.md")
[ -n "${notes//[[:space:]]/}" ] || die "CHANGELOG.md has no section ## $version"
printf '%s\n' "$notes"
