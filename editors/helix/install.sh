#!/bin/sh
# install.sh [--binary FILE]
#
# Sets up Helix for this user, from this clone: the command, the language, if no other is configured, and with a C
# compiler the colours. --binary takes a server that is built already.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"$here/../install-server.sh" "$@"
config=${XDG_CONFIG_HOME:-$HOME/.config}/helix
mkdir -p "$config/runtime/grammars" "$config/runtime/queries/provable"

if [ ! -e "$config/languages.toml" ]; then
    cp "$here/languages.toml" "$config/languages.toml"
elif ! grep -q 'name = "provable"' "$config/languages.toml"; then
    echo "add to $config/languages.toml what is in $here/languages.toml"
fi
cp "$here"/queries/*.scm "$config/runtime/queries/provable"
if command -v cc >/dev/null; then
    source=$here/../../syntaxes/tree-sitter-provable/src
    cc -O2 -shared -fPIC -I "$source" "$source/parser.c" -o "$config/runtime/grammars/provable.so"
else
    echo "install.sh: no C compiler, so no colours"
fi
