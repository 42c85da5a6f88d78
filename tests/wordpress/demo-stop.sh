#!/usr/bin/env bash
# Ends the demo: the processes that its own pid files name, and no other. The site's files stay.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
"$here/site.sh" stop
echo 'The demo is stopped.'
