#!/bin/sh
# test.sh [BINARY]
#
# Tests the set-up in the Helix of Debian 13, as a user sees it: in a terminal, which tmux is.
set -eu
. "$(dirname "$0")/../testing.sh"
command -v tmux >/dev/null || { echo "$0: this needs tmux: apt-get install tmux" >&2; exit 1; }
"$root/editors/from-debian.sh" trixie "$cache/helix" usr/lib/hx/hx hx
hx=$cache/helix/usr/lib/hx/hx
export HELIX_RUNTIME="$cache/helix/usr/lib/hx/runtime" PATH="$HOME/.local/bin:$PATH" COLORTERM=truecolor
"$hx" --version

"$root/editors/helix/install.sh" --binary "$PROVABLE"
cat >"$XDG_CONFIG_HOME/helix/config.toml" <<'TOML'
[editor]
end-of-line-diagnostics = "hint"
[editor.lsp]
display-inlay-hints = true
display-messages = true
TOML
# Without colours in its own text. Indents are not provided.
missing() { "$hx" --health provable | sed 's/\x1b\[[0-9;]*m//g' | grep '✘' | grep -v Indent || true; }
[ -z "$(missing)" ] || { echo "$0: Helix misses: $(missing)" >&2; exit 1; }
[ -n "$(PATH=/usr/bin:/bin missing)" ] || { echo "$0: Helix does not say that the binary is missing" >&2; exit 1; }

for part in screen story debugging failures; do
    . "$root/editors/helix/tests/$part.sh"
done
echo "helix: passed"
