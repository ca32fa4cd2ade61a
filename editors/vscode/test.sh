#!/bin/sh
# test.sh [--update-screenshots] [SERVER]
# test.sh --web FOLDER
#
# The extension in the real VS Code, served to a browser: installed by install.sh, tested inside the extension host, used by
# hand, and with everything wrong that can be. What this needs is installed into .cache/code-server at the repository's root,
# once. Screenshots of each stage land in test/screenshots.
#
# SERVER is the server to test; without it, it is built unoptimised. --update-screenshots makes those of the READMEs anew and tests
# nothing; the time that they show is that of SERVER, so it should be optimised.
#
# --web tests the extension in VS Code for the Web instead, with the server in the WebAssembly files of FOLDER. Its screenshots
# land in test/screenshots/web.
set -eu
given=$(pwd)
cd "$(dirname "$0")"
here=$(pwd)
cache=$(cd ../.. && pwd)/.cache/code-server

update=
web=
if [ "${1:-}" = --web ]; then
    [ $# -eq 2 ] || { echo "usage: test.sh --web FOLDER" >&2; exit 2; }
    case $2 in
    /*) web=$2 ;;
    *) web=$given/$2 ;;
    esac
elif [ "${1:-}" = --update-screenshots ]; then
    update=$1
    shift
fi
if [ ! -x /usr/bin/chromium ]; then
    echo "editors/vscode/test.sh: the editor is tested in a browser: apt-get install chromium fonts-dejavu-core" >&2
    exit 1
fi
. scripts/dependencies.sh

versions="node-linux-$(node -p process.arch)@24.21.0 code-server@4.139.1 playwright-core@1.65.1"
if [ "$(cat "$cache/stamp" 2>/dev/null)" != "$versions" ]; then
    rm -rf "$cache"
    mkdir -p "$cache"
    cd "$cache"
    echo '{ "private": true }' >package.json
    # shellcheck disable=SC2086 # one word a package
    npm install --ignore-scripts --no-audit --no-fund $versions
    cd node_modules/code-server/lib/vscode
    npm install --ignore-scripts --omit=dev --no-audit --no-fund
    node=$(echo "$cache"/node_modules/node-linux-*)
    # Without these two, the log of the extension host and every output channel stay empty.
    PATH="$node/bin:$PATH" npm_config_nodedir="$node" npm rebuild @vscode/spdlog @vscode/native-watchdog
    echo "$versions" >"$cache/stamp"
    cd "$here"
fi

if [ -n "$web" ]; then
    npm run package -- --without-server --wasm "$web"
    version=$(node -p 'require("./package.json").version')
    exec node test/web/main.mjs --cache "$cache" --package "$here/provable-$version.vsix"
fi

if [ $# -gt 0 ]; then
    case $1 in
    /*) server=$1 ;;
    *) server=$given/$1 ;;
    esac
else
    (cd ../.. && cargo build --locked --package provable-server)
    target=${CARGO_TARGET_DIR:-$here/../../target}
    server=$(cd "$target/debug" && pwd)/provable
fi
[ -x "$server" ] || { echo "editors/vscode/test.sh: there is no server $server" >&2; exit 1; }

# shellcheck disable=SC2086 # nothing, or one word
exec node test/story/main.mjs --cache "$cache" --server "$server" $update
