#!/bin/sh
# install.sh [--plugin-only]
#
# Installs the command and the Neovim plugin for this user, from this clone: the plugin is a link, so an update of the
# clone is one of the plugin. With a C compiler at hand, the tree-sitter parser too. --plugin-only leaves out the command.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
nvim=${NVIM:-nvim}

command -v "$nvim" >/dev/null || { echo "install.sh: there is no $nvim; install Neovim 0.10 or later" >&2; exit 1; }
case ${1:-} in
"") cargo install --locked --path "$root/server" ;;
--plugin-only) ;;
*) echo "usage: install.sh [--plugin-only]" >&2; exit 2 ;;
esac

site=${XDG_DATA_HOME:-$HOME/.local/share}/nvim/site
mkdir -p "$site/pack/provable/start" "$site/parser"
ln -sfn "$here" "$site/pack/provable/start/provable"

if command -v cc >/dev/null; then
    source=$root/syntaxes/tree-sitter-provable/src
    cc -O2 -shared -fPIC -I "$source" "$source/parser.c" -o "$site/parser/provable.so"
else
    echo "install.sh: no C compiler, so no tree-sitter parser; colours come from the server and syntax/provable.vim"
fi
"$nvim" --headless -u NONE -i NONE --cmd "helptags $here/doc" --cmd qa
echo "installed: open a .prov file, and see :help provable"
