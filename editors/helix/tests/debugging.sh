# Sourced by test.sh: a session with Helix's own debugger, to a breakpoint and back.

printf 'PUSH 3\nagain:\nPUSH 1\nSUB\nDUP\nJNZ again\nWRITE\nHALT\n' >"$scratch/debugging.prov"
edit "$scratch/debugging.prov"
see 'HALT'
# The menu of the debugger stays until it is left, and takes what is typed too early.
debugger() {
    keys Space G
    see 'Launch debug target'
    keys "$1" Escape
    see no 'Launch debug target'
}
keys 5 g g
debugger b
keys : "debug-start launch $scratch/debugging.prov" Enter
see 'the beginning of the run'
debugger c
see 'breakpoint · step 3'
keys : 'debug-eval 10 * top' Enter
see '20'
debugger c
see 'breakpoint · step 7'
# Helix has no keys for the other direction of time; the adapter takes its own commands.
keys : 'debug-eval back 4' Enter
see 'step 3 (all'
keys : 'debug-eval back' Enter
see 'step 2 (all'
debugger n
see 'step 3 (all'
keys : 'debug-eval set top = 1' Enter
see 'this is another run'
debugger t
leave
