#!/usr/bin/env bash
# Prints the path of a Python that has what a requirements file names; makes one under target/ where there is none yet.
#
#     python-with.sh REQUIREMENTS
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=${CARGO_TARGET_DIR:-$root/target}/python/$(cksum <"$1" | tr -d ' ')

if [ ! -f "$venv/whole" ]; then
    "$root/scripts/apt-install.sh" python3 python3-venv >&2
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$1" >&2
    touch "$venv/whole"
fi
echo "$venv/bin/python"
