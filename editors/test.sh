#!/bin/sh
# test.sh BINARY
#
# Tests every client and grammar with one server, each in the real editor: what the root's test.sh calls. A line a part;
# the log of one that fails is kept. The packages that are missing are installed where this may be done; an editor that
# cannot be had is a failure. Nothing of the user's own configuration is read or written, but for the registry of npm.
set -eu
[ $# = 1 ] || { echo "usage: test.sh BINARY" >&2; exit 2; }
fail() { echo "editors/test.sh: $*" >&2; exit 1; }
[ -f "$1" ] && [ -x "$1" ] || fail "$1 is no program that can be started: build one with cargo build"
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
logs=$root/.cache/logs
mkdir -p "$logs"
# Keys that an earlier version made are no use to this one.
rm -rf "$root/.cache/keys"

# What a command is in; the last three are for the parts of the VS Code server that npm compiles.
missing=
needs() { command -v "$1" >/dev/null || missing="$missing $2"; }
needs chromium chromium
[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || missing="$missing fonts-dejavu-core"
needs tmux tmux
needs cc gcc
needs g++ g++
needs make make
needs python3 python3
if [ -n "$missing" ]; then
    install="apt-get install --yes --no-install-recommends$missing"
    if ! command -v apt-get >/dev/null; then
        fail "these are missing, and there is no apt-get to install them:$missing"
    elif [ "$(id -u)" = 0 ]; then
        as_root="env DEBIAN_FRONTEND=noninteractive"
    elif sudo -n true 2>/dev/null; then
        as_root="sudo env DEBIAN_FRONTEND=noninteractive"
    else
        fail "packages are missing: sudo $install"
    fi
    # The lists of a fresh machine are empty or old.
    { $as_root $install || { $as_root apt-get update && $as_root $install; }; } >"$logs/packages.log" 2>&1 ||
        fail "packages are missing and could not be installed; the log is $logs/packages.log: $install"
fi
command -v npm >/dev/null || fail "the VS Code extension needs Node 20 or later with npm: https://nodejs.org"

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export npm_config_userconfig="${npm_config_userconfig:-$HOME/.npmrc}" npm_config_cache="$root/.cache/npm"
export HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data"
export XDG_STATE_HOME="$home/state" XDG_CACHE_HOME="$home/cache"

status=0
# part NAME COMMAND...: a part that hangs fails too.
part() {
    name=$1 start=$(date +%s)
    shift
    log=$logs/$(echo "$name" | tr -c 'a-z\n' '-').log
    if timeout --kill-after=10 900 "$@" >"$log" 2>&1 </dev/null; then
        printf '%-20s passed in %4d s\n' "$name" $(($(date +%s) - start))
        grep '^REPORT' "$log" || true
        rm "$log"
    else
        printf '%-20s FAILED after %d s; its log is %s, and ends in:\n' "$name" $(($(date +%s) - start)) "$log"
        tail -n 30 "$log"
        status=1
    fi
}

part "tree-sitter" "$root/syntaxes/tree-sitter-provable/test.sh"
part "neovim" "$root/editors/nvim/test.sh" "$binary"
part "helix" "$root/editors/helix/test.sh" "$binary"
part "emacs" "$root/editors/emacs/test.sh" "$binary"
part "vscode checks" "$root/editors/vscode/check.sh"
part "vscode story" "$root/editors/vscode/test.sh" "$binary"
exit $status
