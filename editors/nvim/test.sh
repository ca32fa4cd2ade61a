#!/bin/sh
# test.sh [BINARY]
#
# Tests the plugin in the Neovim of Debian 13 (0.10) and in the newest that Debian has: each test in an editor of its
# own, without a user's configuration, and the installation as a user starts it.
#
# If the newest cannot be had, that is reported; without the other, the test fails.
set -eu
. "$(dirname "$0")/../testing.sh"
tests=$root/editors/nvim/tests

fetch() {
    "$root/editors/from-debian.sh" "$1" "$cache/neovim-$1" usr/bin/nvim neovim || return
    export VIMRUNTIME="$cache/neovim-$1/usr/share/nvim/runtime" NVIM="$cache/neovim-$1/usr/bin/nvim"
}

printf 'PUSH 2\nADD\nHALT\n' >"$scratch/wrong.prov"
export WRONG="$scratch/wrong.prov" INSTALLED="$HOME/.local/bin/provable"

run() {
    echo "--- $("$NVIM" --version | head -n 1)"
    for test in story failures endings debugging neotest syntax help; do
        "$NVIM" --headless -u NONE -i NONE -n -l "$tests/$test.lua"
        echo
    done
    # As a user has it: nothing of it on PATH. The script ends Neovim, unless it breaks off.
    rm -rf "$XDG_DATA_HOME" "$HOME/.local"
    "$root/editors/nvim/install.sh" --binary "$PROVABLE"
    "$NVIM" --headless -i NONE -n "$root/examples/fibonacci.prov" +"luafile $tests/installed.lua" +cquit
    echo
}

fetch trixie
run
if fetch testing; then
    run
else
    echo "REPORT: the newest Neovim cannot be had, so the plugin is not tested in it" >&2
fi
echo "nvim: passed"
