# Sourced by test.sh: what Helix says when the server is not what it should be, and how it is mended. README.md tells a
# user what to make of it.

binary=$HOME/.local/bin/provable
printf 'PUSH 2\nADD\nHALT\n' >"$scratch/failures.prov"
restart() { keys : l s p - r e s t a r t Enter; }
serves() { see 'ADD needs 2 words'; }
# Puts a shell script in the binary's place.
stand_in() {
    rm -f "$binary"
    printf '#!/bin/sh\n%s\n' "$1" >"$binary"
    chmod +x "$binary"
}
mend() {
    cp "$PROVABLE" "$binary.new"
    mv "$binary.new" "$binary"
    restart
    serves
    leave
}

# Missing: said when one asks for it.
rm "$binary"
edit "$scratch/failures.prov"
see 'HALT'
restart
see "command 'provable' not found"
mend

# Too old to serve an editor, as it says itself.
stand_in 'echo "error: unrecognized subcommand" >&2; exit 2'
edit "$scratch/failures.prov"
see 'Language server exited'
mend

# Crashing at start, for any reason.
stand_in 'exit 3'
edit "$scratch/failures.prov"
see 'Language server exited'
mend

# Killed while it serves.
stand_in "echo \$\$ >'$scratch/pid'; exec '$PROVABLE' \"\$@\""
edit "$scratch/failures.prov"
serves
kill -9 "$(cat "$scratch/pid")"
see 'Language server exited'
mend
