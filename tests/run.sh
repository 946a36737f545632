#!/usr/bin/env bash
# The whole test suite: everything off screen, then the windows that need a real X server.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

QT_QPA_PLATFORM=offscreen "$bin/python" -m pytest -n auto -m "not xvfb" "$@"

if command -v xvfb-run >/dev/null; then
    QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24" "$bin/python" -m pytest -m xvfb "$@"
elif [ "${CI:-}" = true ]; then
    echo "xvfb-run is missing: the tests on a real X server cannot run" >&2
    exit 1
else
    echo "xvfb-run is missing: the tests on a real X server are left out" >&2
fi
