#!/usr/bin/env bash
# The plugin as WordPress installs it: plugin-zip.sh OUTPUT [FOLDER]. What is for developers alone stays out. FOLDER holds what
# was built of the extension: the plugin names it, with its sums, to whoever misses it. DOWNLOADS_URL is where it will lie.
# UPDATE_URI and UPDATE_KEY make it a copy that is sold: the store's address, and the maker's public key
# (packaging/release/sign.php).
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
# list FOLDER: what the plugin's Downloads class reads.
list() {
  python3 - "$1" "$version" "${DOWNLOADS_URL:-}" <<'PYTHON'
import hashlib, json, pathlib, sys

folder, version, url = sys.argv[1:]
kinds = ("php_creators_api-*.zip", "creators_api-*.tar.gz", "*.deb")
files = sorted(path for kind in kinds for path in pathlib.Path(folder).glob(kind))
sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
print(json.dumps({"version": version, "url": url, "files": sums}, indent=2))
PYTHON
}
# A copy that is sold updates itself from its store, by the maker's signature; the plugin directory allows none of that.
if [ -n "${UPDATE_URI:-}" ]; then
  [[ $UPDATE_URI == https://* && -n ${UPDATE_KEY:-} ]] || die 'a copy that updates itself needs UPDATE_URI (https) and UPDATE_KEY'
  sed -i "s|^ \* Domain Path:.*|&\n * Update URI:        $UPDATE_URI\n * Update Key:        $UPDATE_KEY|" \
    "$folder/$slug/$slug.php"
else
  rm "$folder/$slug/includes/License/Updates.php"
fi
[ -z "${2:-}" ] || list "$2" >"$folder/$slug/downloads.json"
zip_folder "$output" "$folder"
