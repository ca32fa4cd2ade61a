#!/bin/sh
# The checks of the extension that need no editor: types, tests, grammar.
set -eu
cd "$(dirname "$0")"

if ! command -v npm >/dev/null; then
    echo "editors/vscode: Node 20 or later with npm is needed to check the extension" >&2
    exit 1
fi
npm ci --no-audit --no-fund
npm run check
npm test
