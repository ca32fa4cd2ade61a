#!/bin/sh
# test.sh [BINARY]
#
# Tests the mode in the Emacs of Debian 13, with its own eglot.
set -eu
. "$(dirname "$0")/../testing.sh"
"$root/editors/from-debian.sh" trixie "$cache/emacs" usr/bin/emacs-nox emacs-nox
emacs=$cache/emacs/usr
version=$(ls "$emacs/share/emacs" | grep '^[0-9]' | head -n 1)
# Emacs looks for its own files where Debian puts them; here they are elsewhere.
EMACSDATA=$emacs/share/emacs/$version/etc
EMACSLOADPATH=$(find "$emacs/share/emacs/$version/lisp" -type d | grep -v obsolete | paste -s -d :)
dump=$(find "$emacs" -name '*.pdmp' | head -n 1)
EMACSPATH=$(dirname "$dump")
export EMACSDATA EMACSLOADPATH EMACSPATH

cat >"$scratch/story.prov" <<'PROGRAM'
PUSH 2
ADD
HALT
PROGRAM
emacs() {
    "$emacs/bin/emacs-nox" --dump-file="$dump" -Q --batch \
        --eval '(setq native-comp-jit-compilation nil native-comp-enable-subr-trampolines nil)' -L "$root/editors/emacs" "$@"
}
emacs -l "$root/editors/emacs/test-colours.el" -f provable-test-colours
emacs -l "$root/editors/emacs/test.el" "$scratch/story.prov" -f provable-test
echo "emacs: passed"
