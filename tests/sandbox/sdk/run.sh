#!/usr/bin/env bash
# Amazon's own Python SDK, from PyPI, as a client of the stand-in.
#
#     run.sh SANDBOX        the built file; ends in "N passed, N failed"
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/sandbox/start.sh
source "$here/../start.sh"

python=$("$here/../../../scripts/python-with.sh" "$here/requirements.txt")
start_sandbox "$1"
"$python" "$here/check_sdk.py" "$endpoint"
