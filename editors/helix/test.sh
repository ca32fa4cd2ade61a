#!/bin/sh
# Tests the set-up in the Helix of Debian 13, as a user sees it: in a terminal, which tmux is.
set -eu
. "$(dirname "$0")/../testing.sh"
command -v tmux >/dev/null || { echo "$0: this needs tmux" >&2; exit 1; }
"$root/editors/from-debian.sh" trixie "$cache/helix" usr/lib/hx/hx hx
hx=$cache/helix/usr/lib/hx/hx
export HELIX_RUNTIME="$cache/helix/usr/lib/hx/runtime" PATH="$(dirname "$PROVABLE"):$PATH" COLORTERM=truecolor
"$hx" --version

"$root/editors/helix/install.sh"
cat >"$XDG_CONFIG_HOME/helix/config.toml" <<'TOML'
[editor]
end-of-line-diagnostics = "hint"
[editor.lsp]
display-inlay-hints = true
display-messages = true
TOML
# Without colours in its own text. Text objects and indents are not provided.
missing() { "$hx" --health provable | sed 's/\x1b\[[0-9;]*m//g' | grep '✘' | grep -v -e Textobject -e Indent || true; }
[ -z "$(missing)" ] || { echo "$0: Helix misses: $(missing)" >&2; exit 1; }
[ -n "$(PATH=/usr/bin:/bin missing)" ] || { echo "$0: Helix does not say that the binary is missing" >&2; exit 1; }

term() { tmux -S "$scratch/tmux" -f /dev/null "$@"; }
stop() { term kill-server 2>/dev/null || true; }

# Waits until the screen shows something, or with "no" first, until it does not; only a failure takes all the time.
patience=300
see() {
    turns=0 wanted=0
    if [ "$1" = no ]; then wanted=1; shift; fi
    while :; do
        found=0
        term capture-pane -p -t hx | grep -qF -e "$1" || found=1
        [ $found = $wanted ] && return
        turns=$((turns + 1))
        if [ $turns -gt $patience ]; then
            echo "$0: waited in vain for the screen to show (0) or not to show (1): $wanted \"$1\":" >&2
            term capture-pane -p -t hx >&2
            exit 1
        fi
        sleep 0.1
    done
}
# Helix fetches hints again after an edit only: makes edits that come to nothing until the screen shows something.
see_after_edit() {
    edits=0
    until (patience=10; see "$1") 2>/dev/null; do
        edits=$((edits + 1))
        [ $edits -lt 20 ] || see "$1"
        # One at a time: Helix may send two edits made at once in the wrong order.
        keys '>'
        see '      ADD'
        keys u
        see no '      ADD'
    done
}
keys() { term send-keys -t hx "$@"; }

printf 'PUSH 2\nADD\nPUHS 3\nWRITE\nHALT\n' >"$scratch/story.prov"
term new-session -d -s hx -x 180 -y 40 "$hx" "$scratch/story.prov"
see 'there is no instruction `PUHS`'
keys 3 g g Space a
see 'Change to `PUSH`'
keys Enter
see 'ADD needs 2 words; the stack holds 1'
# Without the insert mode, whose pop-ups would have a say in what keys mean.
keys g g x y p
see no 'ADD needs 2 words'

# The menu ends with Run, Prove and Verify.
keys 3 g g Space a
see 'Run this program'
keys Up Up Up Enter
see_after_edit '⇒ 4'
see 'halted after 6 steps, output 3'
keys Space a
see 'Prove this program'
keys Up Up Enter
see 'proved and verified, 240 bytes'
see_after_edit 'verified, commitment'
keys g g x d
see no 'verified, commitment'
keys u
see 'verified, commitment'
keys Space a
see "Verify this program's proof"
keys Up Enter
see 'the proof is valid'
keys : q ! Enter
echo "helix: passed"
