//! The encoding selects at most one of each choice, and an instruction without its operand has no row.

use crate::support::false_witness::FalseWitness;
use crate::support::tiny;
use ark_bls12_381::Fr;
use ark_ff::Zero;
use provable::circuit::ExecutionTrace;
use provable::circuit::Family;
use provable::circuit::encoding::{Bit, encode, length};
use provable::circuit::field::FieldEntry;
use provable::circuit::layout::program;
use provable::circuit::operations::OPERATIONS;
use provable::lang::isa::{OperandKind, SPECS};
use provable::lang::program::{Instruction, Program};
use provable::vm::{Inputs, Limits, TrapReason, run};
use std::collections::BTreeSet;

#[test]
fn each_entry_selects_at_most_one_of_each_choice() {
    use Bit::*;
    let choices: [&[Bit]; 6] = [
        // The stack port; the next top; the result; the cell of the general port.
        &[Push, Call, Ret, Add, Sub, Cop, CopCarry, Drop],
        &[Push, Result, Add, Sub, Cop, CopCarry, Drop],
        &[
            Add, Sub, Imm, Keep, Cop, CopCarry, AtConst, AtTop, AtDepth, Read,
        ],
        &[AtConst, AtTop, AtDepth, Read, Write],
        // A jump with a test, or Ret.
        &[Jz, Ret],
        &[Jnz, Ret],
    ];
    let operands = [None, Some(0), Some(1), Some(2), Some(u32::MAX)];
    for spec in &SPECS {
        for operand in operands {
            let op = spec.op;
            let entries = encode(Instruction { op, operand }, 7);
            assert_eq!(entries.len(), length(Instruction { op, operand }));
            for entry in entries
                .iter()
                .filter(|entry| **entry != FieldEntry::padding())
            {
                for choice in choices {
                    let set = choice.iter().filter(|bit| entry.has(**bit)).count();
                    assert!(set <= 1, "{op:?} {operand:?}: {choice:?}");
                }
                assert!(
                    !entry.has(Call) || entry.has(Jz) && entry.has(Jnz),
                    "{op:?}"
                );
                // The selectors of what a port adds and of the sum of r are sums and differences of bits. They are 0 or 1
                // where they are used.
                let bit = |bit| i32::from(entry.has(bit));
                if entry.any(&[AtConst, AtTop, AtDepth, Write]) {
                    let old = bit(AtConst) + bit(AtDepth) + bit(Write) - bit(Push);
                    assert!((0..=1).contains(&old), "{op:?} {operand:?}");
                }
                // A table answers every question.
                let asks = entry.any(&[Cop, CopCarry]);
                let known = OPERATIONS.iter().any(|op| Fr::from(*op) == entry.operand);
                assert!(!asks || known, "{op:?}");
                // A sum's operand adds unchanged_tables; a push of a word or of the top spills the top.
                let adds = entry.any(&[Add, Sub, Ret]);
                assert!(!adds || entry.operand.is_zero(), "{op:?}");
                assert!(!entry.has(Imm) || entry.has(Push), "{op:?}");
                // Keep without a push is the mark of HALT, which the last row has.
                let halts = *entry == FieldEntry::halt(7);
                assert!(!entry.has(Keep) || entry.has(Push) != halts, "{op:?}");
            }
        }
    }
}

/// A program made by hand may lack an operand; assembling never makes one. The machine traps on such an instruction. No row can
/// execute it: neither with the program of the statement, nor with a table that has an operand there.
#[test]
fn an_instruction_without_its_operand_is_refused() {
    let circuit = tiny();
    let mut lacking = 0;
    for spec in &SPECS {
        if !matches!(spec.operand, OperandKind::Word | OperandKind::Target) {
            continue;
        }
        lacking += 1;
        // Jumps that are taken, jumps that are not, a word: with the operand all go on to HALT.
        let text = format!("PUSH 0,{} 2,HALT", spec.mnemonic);
        let mut witness = FalseWitness::new(&circuit, &text, (&[], &[]), |_, _| {});
        assert!(witness.violations().0.is_empty(), "{text}");
        let mut instructions = witness.case.program.instructions().to_vec();
        instructions[1].operand = None;
        let program = Program::new(instructions.into_iter().zip(1..));
        let truth = run(&program, &Inputs::default(), Limits::default());
        let reason = truth.trap().map(|trap| &trap.reason);
        assert_eq!(reason, Some(&TrapReason::OperandMissing), "{text}");
        assert!(ExecutionTrace::new(&program, &Inputs::default(), Limits::default()).is_err());
        witness.case.program = program;
        let violations = witness.violations().0;
        assert_eq!(violations, BTreeSet::from([Family::ProgramTable]), "{text}");
        let (table, entry) = (circuit.layout.program, FieldEntry::padding());
        witness.put(table.at(1, program::BITS), entry.bits);
        witness.put(table.at(1, program::OPERAND), entry.operand);
        let violations = witness.violations().0;
        assert_eq!(violations, BTreeSet::from([Family::FetchSum]), "{text}");
    }
    assert_eq!(lacking, 7);
}
