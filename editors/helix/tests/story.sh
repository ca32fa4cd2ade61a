# Sourced by test.sh: one program's life.

printf 'PUSH 2\nADD\nPUHS 3\nWRITE\nHALT\n' >"$scratch/story.prov"
edit "$scratch/story.prov"
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
leave
