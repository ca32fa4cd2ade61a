//! A run that traps has no witness.

use crate::support::assert_refused::{assert_refused, unchanged_tables};
use crate::support::false_witness::Claim;
use provable::circuit::Family::{self, *};
use provable::circuit::field::FieldEntry;

/// The rows of each program follow the circuit's rules until a rule cannot hold. That rule is the one that is there for the trap.
/// (LOAD of a cell never stored is in `stale_memory`, RET without a CALL in `call_stack`.)
#[test]
fn a_trap_has_no_witness() {
    let traps: &[(&str, &[Family])] = &[
        ("POP", &[MemorySum]),
        ("NOT", &[CoprocessorSum]),
        ("DUP 0", &[RangeSum]),
        ("SWAP 0", &[RangeSum]),
        ("PUSH 1,DUP 1", &[RangeSum]),
        ("PUSH 1,SWAP 1", &[RangeSum]),
        ("PUSH 1,ADD", &[CarryBit]),
        ("PUSH 1,SUB", &[RangeSum]),
        ("PUSH 1,EQ", &[CoprocessorSum]),
        ("PUSH 1,LT", &[CoprocessorSum]),
        ("PUSH 1,GT", &[CoprocessorSum]),
        ("PUSH 1,MUL", &[CoprocessorSum]),
        ("PUSH 1,AND", &[CoprocessorSum]),
        ("PUSH 1,STORE", &[MemorySum]),
        ("STORE 0", &[MemorySum]),
        ("WRITE", &[MemorySum]),
        ("JZ 1", &[MemorySum]),
        ("JNZ 1", &[MemorySum]),
        ("ASSERT", &[MemorySum]),
        ("PUSH 0,ASSERT", &[FetchSum]),
        ("PUSH 5,PUSH 0,DIV", &[CoprocessorSum]),
        ("PUSH 5,PUSH 0,MOD", &[CoprocessorSum]),
        ("PUSH 5,PUSH 32,SHL", &[CoprocessorSum]),
        ("PUSH 5,PUSH 32,SHR", &[CoprocessorSum]),
        ("LOAD 7", &[SetBit]),
        ("PUSH 7,LOAD", &[SetBit]),
        ("READ", &[MemorySum]),
        ("JMP 9", &[FetchSum]),
        ("CALL 9", &[FetchSum]),
    ];
    // A place outside the program has no instruction. The rows claim to halt there.
    let halts = |_, claim: &mut Claim| {
        if claim.entry == FieldEntry::padding() {
            claim.halt();
        }
    };
    for (text, families) in traps {
        assert_refused(text, (&[], &[]), families, halts, unchanged_tables);
    }
}
