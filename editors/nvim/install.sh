#!/bin/sh
# install.sh [--binary FILE]
#
# Installs the command and the Neovim plugin for this user, from this clone: the plugin is a link, so an update of the
# clone is one of the plugin. With a C compiler at hand, the tree-sitter parser too. --binary takes a server that is
# built already.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
nvim=${NVIM:-nvim}
fail() { echo "install.sh: $*" >&2; exit 1; }

command -v "$nvim" >/dev/null || fail "there is no $nvim: install Neovim 0.10 or later, or name it: NVIM=/path/to/nvim"
"$nvim" --headless -u NONE -i NONE -n --cmd 'if has("nvim-0.10") | qall! | else | cquit | endif' ||
    fail "$nvim is too old: install Neovim 0.10 or later, or name it: NVIM=/path/to/nvim"
"$root/editors/install-server.sh" "$@"

site=${XDG_DATA_HOME:-$HOME/.local/share}/nvim/site
mkdir -p "$site/pack/provable/start" "$site/parser"
ln -sfn "$here" "$site/pack/provable/start/provable"

if command -v cc >/dev/null; then
    source=$root/syntaxes/tree-sitter-provable/src
    cc -O2 -shared -fPIC -I "$source" "$source/parser.c" -o "$site/parser/provable.so"
else
    echo "install.sh: no C compiler, so no tree-sitter parser; colours come from the server and syntax/provable.vim"
fi
"$nvim" --headless -u NONE -i NONE -n --cmd "helptags $here/doc" --cmd qall
echo "installed: open a .prov file, and see :help provable"
