#!/usr/bin/env bash
# The extension for one PHP as PIE looks for it: pie-zip.sh MODULE LICENCES FOLDER PHP [ARCH LIBC THREADS OS]. Prints the zip's
# name.
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

module=$1 licences=$2 output=$(realpath -m "$3") php=$4 arch=${5:-x86_64} libc=${6:-glibc} threads=${7:-nts} os=${8:-linux}
name=php_creators_api-${version}_php$php-$arch-$os-$libc-$threads.zip
folder=$work/pie
rm -rf "$folder"
mkdir -p "$folder" "$output"
install -m 644 "$module" "$folder/creators_api.so"
install -m 644 "$licences" "$folder/LICENSES.txt"
zip_folder "$output/$name" "$folder"
echo "$name"
