#!/usr/bin/env bash
# The plugin as WordPress installs it: plugin-zip.sh OUTPUT. What is for developers alone stays out.
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

output=$(realpath -m "$1") folder=$work/plugin
rm -rf "$folder"
mkdir -p "$folder/$slug" "$(dirname "$output")"
(cd "$root/wp-plugin" && git ls-files -z --cached --others --exclude-standard -- . ':!docs' |
  xargs -0 cp --parents --target-directory="$folder/$slug")

# What the plugin directory refuses, and what must not be missing.
refused=$(find "$folder" -name '.*' -o -type l -o -name '*.so' -o -name '*.sh' -o -name '*.exe' -o -name '*.phar' \
  -o -name '*.zip' -o -name 'node_modules' -o -name '*.map' -o -name '*.log')
[ -z "$refused" ] || die "the plugin directory refuses: $refused"
for needed in "$slug.php" readme.txt LICENSE uninstall.php includes/autoload.php; do
  [ -f "$folder/$slug/$needed" ] || die "the plugin lacks $needed"
done
for po in "$folder/$slug"/languages/*.po; do
  [ -f "${po%.po}.l10n.php" ] || die "$po is not compiled; run make languages"
done
zip_folder "$output" "$folder"
