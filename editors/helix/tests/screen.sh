# Sourced by test.sh: drives Helix in a terminal, which tmux is. Needs $hx and $scratch.

term() { tmux -S "$scratch/tmux" -f /dev/null "$@"; }
stop() { term kill-server 2>/dev/null || true; }
# tmux ends with its last session, and one that is ending takes no new one.
term new-session -d -s keeper cat
screens=0

# edit FILE: Helix with a program, on a fresh screen.
edit() {
    screens=$((screens + 1))
    term new-session -d -s "hx$screens" -x 180 -y 40 "$hx" "$1"
}
leave() { keys : q ! Enter; }

# Waits until the screen shows something, or with "no" first, until it does not; only a failure takes all the time.
patience=300
see() {
    turns=0 wanted=0
    if [ "$1" = no ]; then wanted=1; shift; fi
    while :; do
        found=0
        term capture-pane -p -t "hx$screens" | grep -qF -e "$1" || found=1
        [ $found = $wanted ] && return
        turns=$((turns + 1))
        if [ $turns -gt $patience ]; then
            echo "$0: waited in vain for the screen to show (0) or not to show (1): $wanted \"$1\":" >&2
            term capture-pane -p -t "hx$screens" >&2
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
keys() { term send-keys -t "hx$screens" "$@"; }
