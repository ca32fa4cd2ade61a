#!/bin/sh
# Tests the grammar: the generated parser is the grammar's, the corpus, every example, the queries.
# TREE_SITTER names a tree-sitter 0.26; without it, Debian's is fetched into .cache.
set -eu
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ -z "${TREE_SITTER:-}" ]; then
    "$root/editors/from-debian.sh" testing "$root/.cache/tree-sitter" usr/bin/tree-sitter tree-sitter-cli
    TREE_SITTER=$root/.cache/tree-sitter/usr/bin/tree-sitter
fi
# Where it keeps what it compiles, and the settings it would read.
export HOME="$scratch" XDG_CACHE_HOME="$scratch/cache" XDG_CONFIG_HOME="$scratch/config"
mkdir -p "$XDG_CONFIG_HOME/tree-sitter"
echo '{ "parser-directories": ["/nowhere"] }' >"$XDG_CONFIG_HOME/tree-sitter/config.json"

fail() { echo "tree-sitter-provable: $*" >&2; exit 1; }

cp -R . "$scratch/again"
(cd "$scratch/again" && "$TREE_SITTER" generate --abi 14)
diff -r src "$scratch/again/src" >/dev/null || fail "src is not what grammar.js generates: run tree-sitter generate --abi 14"

"$TREE_SITTER" test

for program in "$root"/examples/*.prov; do
    tree=$("$TREE_SITTER" parse -p . "$program") || fail "$program does not parse"
    case $tree in
    *"(unknown "*) fail "$program has an instruction that the grammar does not know" ;;
    esac
done

for query in queries/*.scm; do
    "$TREE_SITTER" query -p . "$query" "$root/examples/fibonacci.prov" >"$scratch/captures" || fail "$query does not load"
    grep -q capture "$scratch/captures" || fail "$query finds nothing"
done
echo "tree-sitter-provable: passed"
