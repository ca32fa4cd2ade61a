//! The public input and output are those of the statement, word by word. A false witness with other tapes is refused.

use crate::support::assert_refused::{assert_refused, unchanged_rows, unchanged_tables};
use crate::support::false_witness::reads;
use provable::circuit::Family::*;

#[test]
fn an_input_word_out_of_order_is_refused() {
    let both = (&[5, 6][..], &[6, 6][..]);
    let claims = reads(0, 6, 0);
    assert_refused(
        "READ,WRITE,READ,WRITE",
        both,
        &[MemorySum],
        claims,
        unchanged_tables,
    );
}

#[test]
fn other_tapes_are_refused() {
    for (text, tapes) in [
        ("READ,WRITE", (&[5, 6][..], &[5][..])),
        ("READ,WRITE", (&[][..], &[0][..])),
        ("READ,READ,POP,WRITE", (&[5][..], &[5][..])),
        ("PUSH 1,WRITE,PUSH 2,WRITE", (&[][..], &[2, 1][..])),
        ("PUSH 1,WRITE", (&[][..], &[1, 0][..])),
        ("PUSH 1,WRITE", (&[][..], &[][..])),
        // The same words on both tapes do not cancel.
        ("NOP", (&[5][..], &[5][..])),
    ] {
        assert_refused(text, tapes, &[MemorySum], unchanged_rows, unchanged_tables);
    }
}
