#!/usr/bin/env bash
# The stub as a Composer package, for editors and analysers: stubs-zip.sh OUTPUT
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

output=$(realpath -m "$1") folder=$work/stubs
rm -rf "$folder"
mkdir -p "$folder" "$(dirname "$output")"
cp "$root"/php-stubs/*.stub.php "$root/LICENSE" "$root/LICENSE-APACHE" "$root/LICENSE-MIT" "$folder/"
sed "s/@VERSION@/$version/" "$root/packaging/stubs/composer.json" >"$folder/composer.json"
cp "$root/packaging/stubs/README.md" "$folder/"
zip_folder "$output" "$folder"
