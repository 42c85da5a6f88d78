#!/usr/bin/env bash
# The extension for whoever has no package of it: tarball.sh MODULES LICENCES OUTPUT [ARCH]
# MODULES is a folder of modules, each called as the tarball's own install looks for it.
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

modules=$1 licences=$2 output=$(realpath -m "$3") arch=${4:-x86_64}
parent=$work/tarball name=creators_api-$version-linux-$arch
rm -rf "$parent"
mkdir -p "$parent/$name/modules" "$(dirname "$output")"
install -m 644 "$modules"/*-"$arch"-*.so "$parent/$name/modules/"
install -m 755 "$root/packaging/tarball/install" "$parent/$name/"
install -m 644 "$root/packaging/tarball/README.md" "$root/LICENSE-MIT" "$root/LICENSE-APACHE" "$parent/$name/"
install -m 644 "$licences" "$parent/$name/LICENSES.txt"
(cd "$parent/$name" && find . -type f ! -name SHA256SUMS -printf '%P\n' | sort | xargs sha256sum >SHA256SUMS)
tar_folder "$output" "$parent" "$name"
