#!/bin/sh
# The checks of the extension that need no editor: types, lint, tests, and that it can be packaged without a warning.
set -eu
cd "$(dirname "$0")"
. scripts/dependencies.sh

npm run check
npm run lint
npm test
npm run package -- --without-server
