#!/bin/sh
# install.sh [--editor COMMAND] [--binary FILE]
#
# Builds the server and the extension from this clone and installs the extension, the server inside, into each of code,
# codium, code-server and cursor that is on the PATH, or into the editor that --editor names. --binary takes a server that
# is built already.
set -eu
given=$(pwd)
cd "$(dirname "$0")"
known="code codium code-server cursor"
editors=
binary=

fail() { echo "install.sh: $*" >&2; exit 1; }
usage() { echo "usage: install.sh [--editor COMMAND] [--binary FILE]" >&2; exit 2; }

while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || usage
    case $1 in
    --editor) editors=$2 ;;
    --binary) binary=$2 ;;
    *) usage ;;
    esac
    shift 2
done

# All that may be missing is asked for before anything is built.
if [ -n "$editors" ]; then
    command -v "$editors" >/dev/null || fail "there is no editor $editors: give its command, or its path from the root"
else
    for editor in $known; do
        command -v "$editor" >/dev/null && editors="$editors$editor
"
    done
    [ -n "$editors" ] || fail "none of $known is on the PATH: put your editor's command there, or name it with --editor COMMAND"
fi
if [ -n "$binary" ]; then
    case $binary in
    /*) ;;
    *) binary=$given/$binary ;;
    esac
    [ -x "$binary" ] || fail "$binary is no program that can be started: build one with cargo build --release"
else
    command -v cargo >/dev/null || fail "building the server needs Rust: https://rustup.rs; or give a server with --binary FILE"
fi
. scripts/dependencies.sh

if [ -n "$binary" ]; then
    npm run package -- --binary "$binary"
else
    npm run package
fi
package=$(ls -t provable-*-*.vsix | head -n 1)

echo "$editors" | while IFS= read -r editor; do
    [ -n "$editor" ] || continue
    "$editor" --install-extension "$package" --force || fail "$editor did not take the extension $(pwd)/$package"
    echo "install.sh: installed $package into $(command -v "$editor")"
done
echo "install.sh: open a .prov file, or run 'Get Started: Open Walkthrough…' and choose 'A first proof'; reload windows that are open"
