#!/bin/sh
# install-server.sh [--binary FILE]
#
# Puts the command `provable` where this user's editors find it: built from this clone, by cargo and into cargo's own
# folder; or, with --binary, a copy of FILE in ~/.local/bin. Each editor's install.sh begins with this.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
fail() { echo "install-server.sh: $*" >&2; exit 1; }

case $#:${1:-} in
0:)
    command -v cargo >/dev/null || fail "building the server needs Rust: https://rustup.rs; or name a built one: --binary FILE"
    cargo install --locked --path "$root/server" --config "$("$root/server/remapped.sh")"
    folder=${CARGO_INSTALL_ROOT:-${CARGO_HOME:-$HOME/.cargo}}/bin
    ;;
2:--binary)
    [ -f "$2" ] && [ -x "$2" ] || fail "$2 is no program that can be started: build one with cargo build --release"
    folder=$HOME/.local/bin
    mkdir -p "$folder"
    # Beside and then over: a server that runs keeps its file.
    cp "$2" "$folder/provable.new"
    mv "$folder/provable.new" "$folder/provable"
    ;;
*)
    echo "usage: $(basename "$0") [--binary FILE]" >&2
    exit 2
    ;;
esac

case :$PATH: in
*":$folder:"*) ;;
*) echo "install-server.sh: $folder is not on your PATH: put it there to use provable in a terminal" ;;
esac
