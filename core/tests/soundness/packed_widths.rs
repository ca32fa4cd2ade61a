//! What the arguments for "one reading" count on, recomputed from the capacities and the encoding: packed fields keep to
//! their rooms, and no instruction asks for two things of a kind.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_bls12_381::Fr;
use ark_ff::Zero;
use provable::circuit::bounds::Fact;
use provable::circuit::encoding::{BITS, Bit, Entry, UNFETCHABLE, encode, length};
use provable::circuit::layout::program;
use provable::circuit::tuple::*;
use provable::circuit::witness::ExecutionTrace;
use provable::circuit::{Capacities, Circuit, Family};
use provable::lang::isa::{OperandKind, SPECS};
use provable::lang::program::{Instruction, Program};
use provable::vm::{Inputs, Limits, TrapReason, run};
use std::collections::BTreeSet;
use support::forger::Forger;
use support::tiny;

/// For each `range_bits` the fewest rows and many: as many as are written here in no time, and of everything but rows a
/// single one, as no bound depends on more. (A tier's own circuit is checked where it is written.)
fn extremes() -> Vec<Capacities> {
    let mut all = Vec::new();
    for range_bits in 0..32u32 {
        for rows in [1, 2, 1 << range_bits.min(12)] {
            all.push(Capacities {
                rows,
                program: 2,
                range_bits,
                heap: 1,
                stack: 1,
                calls: 1,
                arithmetic: 1,
                bitwise: 1,
                compare: 1,
            });
        }
    }
    all.retain(Capacities::are_sound);
    all
}

/// For every circuit that may be built each packed field is within its room.
#[test]
fn packed_fields_keep_to_their_rooms() {
    let all = extremes();
    assert!(all.iter().any(|capacities| capacities.range_bits == 18));
    for capacities in all {
        let refusal = Circuit::ledger(capacities).err();
        assert_eq!(refusal, None, "{capacities:?}");
    }
}

/// What `has_one_reading` says is so, and of a format with a bit less room it says no.
#[test]
fn a_packed_sum_has_one_reading() {
    for format in FORMATS {
        assert!(format.has_one_reading());
        let ends = |field: &Field| [field.min, field.max];
        for (index, field) in format.fields.iter().enumerate().skip(1) {
            // The most that the fields below can make, and the least.
            let sums = [0, 1].map(|end| {
                let below = format.fields[..index].iter();
                let sum = below.map(|field| ends(field)[end] * (1i128 << field.shift));
                sum.sum::<i128>()
            });
            assert!(2 * (sums[1] - sums[0]) < 1i128 << field.shift, "{field:?}");
        }
    }
    const CLOSE: Format = Format {
        name: "close",
        serves: Fact::Fetch,
        fields: &[
            Field {
                name: "low",
                shift: 0,
                min: 0,
                max: 255,
            },
            Field {
                name: "high",
                shift: 9,
                min: 0,
                max: 1,
            },
        ],
    };
    assert!(!CLOSE.has_one_reading());
    // A digit's fields are below its base, so sums of digits carry nothing.
    for digit in [2u32, 4] {
        let base = 1u64 << digit;
        for (kind, code) in [COP_AND, COP_OR, COP_XOR].into_iter().enumerate() {
            let sum = (0..32 / digit).fold(0, |sum, index| {
                sum + (((kind as u64 + 1) * (base - 1) / 3) << (digit * index))
            });
            assert_eq!(sum, code);
        }
    }
}

/// The number under an empty stack is above what answers for a word: ADD's word and carry, SUB's difference, and every a
/// that a coprocessor's row can have.
#[test]
fn nothing_answers_for_the_empty_stack() {
    let (empty, word) = (i128::from(EMPTY), (1i128 << 32) - 1);
    assert!(word + (1 << 32) < empty);
    assert!(empty - word > word);
    for capacities in extremes() {
        let ledger = Circuit::ledger(capacities).unwrap();
        for table in ["product", "comparison", "bitwise"] {
            let a = ledger.uses[&("coprocessor", table, "a")];
            assert!(a.interval.ends().unwrap().1 < empty, "{table}");
        }
    }
}

/// The numbers that tell things apart: spaces, positions, operations.
#[test]
fn numbers_that_tell_things_apart_are_different() {
    let spaces = [
        Space::Stack,
        Space::Calls,
        Space::Input,
        Space::Output,
        Space::Heap,
    ];
    let spaces: BTreeSet<u8> = spaces.into_iter().map(|space| space as u8).collect();
    assert_eq!(spaces.len(), 5);
    // A padding entry's bits are more than a row's can make.
    assert!(u128::from(UNFETCHABLE) > (1u128 << BITS) - 1);
    // All that an arithmetic row's or a comparison's booleans can make is below the bitwise operations.
    let made: BTreeSet<u64> = (1..=12).collect();
    let asked: BTreeSet<u64> = OPERATIONS.into_iter().collect();
    assert_eq!(asked.len(), OPERATIONS.len());
    assert_eq!(asked.difference(&made).count(), 3);
    // Heap addresses grow by whole limbs a row, and do not come back to one by wrapping around the field's order.
    for capacities in extremes() {
        let distance = capacities.range_bits * capacities.word_limbs() as u32;
        assert!(distance + 17 < 128, "{capacities:?}");
    }
}

#[test]
fn no_instruction_asks_for_two_things_of_a_kind() {
    use Bit::*;
    let choices: [&[Bit]; 6] = [
        // The stack port; the next top; what the result is; what the general port removes or adds, and where.
        &[Push, Call, Ret, Add, Sub, Cop, CopCarry, Drop],
        &[Push, Result, Add, Sub, Cop, CopCarry, Drop],
        &[
            Add, Sub, Imm, Keep, Cop, CopCarry, AtConst, AtTop, AtDepth, Read,
        ],
        &[AtConst, AtTop, AtDepth, Read, Write],
        // What jumps: one with a test, or Ret.
        &[Jz, Ret],
        &[Jnz, Ret],
    ];
    let operands = [None, Some(0), Some(1), Some(2), Some(u32::MAX)];
    for spec in &SPECS {
        for operand in operands {
            let op = spec.op;
            let entries = encode(Instruction { op, operand }, 7);
            assert_eq!(entries.len(), length(Instruction { op, operand }));
            for entry in entries.iter().filter(|entry| **entry != Entry::padding()) {
                for choice in choices {
                    let set = choice.iter().filter(|bit| entry.has(**bit)).count();
                    assert!(set <= 1, "{op:?} {operand:?}: {choice:?}");
                }
                assert!(
                    !entry.has(Call) || entry.has(Jz) && entry.has(Jnz),
                    "{op:?}"
                );
                // The selectors of what a port puts and of r's sum are sums and differences of bits: 0 or 1 where they
                // are used.
                let bit = |bit| i32::from(entry.has(bit));
                if entry.any(&[AtConst, AtTop, AtDepth, Write]) {
                    let old = bit(AtConst) + bit(AtDepth) + bit(Write) - bit(Push);
                    assert!((0..=1).contains(&old), "{op:?} {operand:?}");
                }
                // A question is one that a table answers.
                let asks = entry.any(&[Cop, CopCarry]);
                let known = OPERATIONS.iter().any(|op| Fr::from(*op) == entry.operand);
                assert!(!asks || known, "{op:?}");
                // A sum's operand adds nothing; a push of a word or of the top spills the top.
                let adds = entry.any(&[Add, Sub, Ret]);
                assert!(!adds || entry.operand.is_zero(), "{op:?}");
                assert!(!entry.has(Imm) || entry.has(Push), "{op:?}");
                // What Keep marks without a push is HALT, the last row's.
                let halts = *entry == Entry::halt(7);
                assert!(!entry.has(Keep) || entry.has(Push) != halts, "{op:?}");
            }
        }
    }
}

/// A program built by hand may lack an operand (assembling never makes one). The machine traps on such an instruction,
/// and no row can execute it: neither what the statement's program says nor what stands there with an operand.
#[test]
fn an_instruction_without_its_operand_is_executed_by_none() {
    let circuit = tiny();
    let mut lacking = 0;
    for spec in &SPECS {
        if !matches!(spec.operand, OperandKind::Word | OperandKind::Target) {
            continue;
        }
        lacking += 1;
        // Jumps that are taken, jumps that are not, a word: with the operand all go on to HALT.
        let text = format!("PUSH 0,{} 2,HALT", spec.mnemonic);
        let mut forger = Forger::new(&circuit, &text, (&[], &[]), |_, _| {});
        assert!(forger.objections().0.is_empty(), "{text}");
        let mut instructions = forger.case.program.instructions().to_vec();
        instructions[1].operand = None;
        let program = Program::new(instructions.into_iter().zip(1..));
        let truth = run(&program, &Inputs::default(), Limits::default());
        let reason = truth.trap().map(|trap| &trap.reason);
        assert_eq!(reason, Some(&TrapReason::OperandMissing), "{text}");
        assert!(ExecutionTrace::new(&program, &Inputs::default(), Limits::default()).is_err());
        forger.case.program = program;
        let objections = forger.objections().0;
        assert_eq!(objections, BTreeSet::from([Family::ProgramTable]), "{text}");
        let (table, entry) = (circuit.layout.program, Entry::padding());
        forger.put(table.at(1, program::BITS), entry.bits);
        forger.put(table.at(1, program::OPERAND), entry.operand);
        let objections = forger.objections().0;
        assert_eq!(objections, BTreeSet::from([Family::FetchSum]), "{text}");
    }
    assert_eq!(lacking, 7);
}
