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
        ("PUSH 1,NOP,ADD", &[CarryBit]),
        ("PUSH 1,ADD", &[CarryBit]),
        ("ADD 0", &[CarryBit]),
        ("PUSH 1,NOP,SUB", &[RangeSum]),
        ("SUB 1", &[RangeSum]),
        ("SUB 4294967295", &[RangeSum]),
        ("PUSH 1,NOP,EQ", &[CoprocessorSum]),
        ("EQ 1", &[CoprocessorSum]),
        ("LT 1", &[CoprocessorSum]),
        ("GT 1", &[CoprocessorSum]),
        ("MUL 1", &[CoprocessorSum]),
        ("PUSH 1,NOP,MUL", &[CoprocessorSum]),
        ("MULHI 1", &[CoprocessorSum]),
        ("AND 1", &[CoprocessorSum]),
        ("PUSH 1,NOP,AND", &[CoprocessorSum]),
        ("ROTL 1", &[CoprocessorSum]),
        ("ROTR 1", &[CoprocessorSum]),
        ("PUSH 1,NOP,ROTL", &[CoprocessorSum]),
        ("PUSH 1,NOP,ROTR", &[CoprocessorSum]),
        ("DUP 0,ADD 1", &[CarryBit]),
        ("DUP 0,SUB 1", &[RangeSum]),
        ("DUP 0,MUL 3", &[CoprocessorSum]),
        ("DUP 0,XOR 3", &[CoprocessorSum]),
        ("DUP 0,EQ 3", &[CoprocessorSum]),
        ("DUP 0,STORE 3", &[HeapTable]),
        ("STORE 3,LOAD 3", &[HeapTable]),
        ("STORE 0", &[HeapTable, MemorySum]),
        ("PUSH 1,PUT 0", &[RangeSum]),
        ("PUSH 1,PUT 2147483648", &[RangeSum]),
        ("LOADX 2147483648", &[RangeSum, SetBit]),
        ("LOAD", &[RangeSum, SetBit]),
        ("WRITE", &[MemorySum]),
        ("JZ 1", &[MemorySum]),
        ("JNZ 1", &[MemorySum]),
        ("POP,JMP 2", &[MemorySum]),
        ("ASSERT", &[MemorySum]),
        ("EQ 0,ASSERT", &[FetchSum, MemorySum]),
        ("EQ 0,JZ 2", &[MemorySum]),
        ("PUSH 0,ASSERT", &[FetchSum]),
        ("PUSH 5,EQ 0,ASSERT", &[FetchSum]),
        ("PUSH 1,POP,JMP 9", &[FetchSum]),
        ("PUSH 5,PUSH 0,DIV", &[CoprocessorSum]),
        ("PUSH 5,PUSH 0,NOP,DIV", &[CoprocessorSum]),
        ("PUSH 5,PUSH 0,MOD", &[CoprocessorSum]),
        ("DUP 0,MOD 0", &[CoprocessorSum]),
        ("PUSH 5,PUSH 32,SHL", &[CoprocessorSum]),
        ("PUSH 5,PUSH 32,NOP,SHL", &[CoprocessorSum]),
        ("PUSH 5,PUSH 32,SHR", &[CoprocessorSum]),
        ("PUSH 5,ROTL 32", &[CoprocessorSum]),
        ("PUSH 5,ROTR 32", &[CoprocessorSum]),
        ("PUSH 5,ROTL 4294967295", &[CoprocessorSum]),
        ("PUSH 5,ROTR 4294967295", &[CoprocessorSum]),
        ("PUSH 5,PUSH 32,NOP,ROTL", &[CoprocessorSum]),
        ("PUSH 5,PUSH 32,NOP,ROTR", &[CoprocessorSum]),
        ("PUSH 5,PUSH 4294967295,NOP,ROTR", &[CoprocessorSum]),
        ("PUSH 5,DUP 0,ROTL 32", &[CoprocessorSum]),
        ("LOAD 7", &[SetBit]),
        ("PUSH 7,LOAD", &[SetBit]),
        ("PUSH 7,LOADX 1", &[SetBit]),
        // An address and a distance that make none: 2^32, which the heap's table does not have, and −1.
        ("PUSH 4294967295,LOADX 1", &[RangeSum, SetBit]),
        ("PUSH 0,LOADX 4294967295", &[MemorySum, SetBit]),
        ("PUSH 4294967295,PUSH 5,PUT 1", &[RangeSum]),
        ("PUSH 4294967295,PUSH 5,PUT 2147483647", &[RangeSum]),
        ("PUSH 0,PUSH 5,PUT 4294967295", &[MemorySum]),
        ("PUSH 2147483647,PUSH 5,PUT 2147483648", &[MemorySum]),
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
