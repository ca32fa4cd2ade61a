//! What the arguments for "one reading" count on, recomputed from the capacities and the encoding: packed fields keep to
//! their rooms, and no instruction asks for two things of a kind.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_ff::Zero;
use provable_core::circuit::encoding::{encode, length, Bit, Entry, BITS, UNFETCHABLE};
use provable_core::circuit::layout::program;
use provable_core::circuit::tuple::*;
use provable_core::circuit::witness::Recording;
use provable_core::circuit::{Capacities, Family};
use provable_core::isa::{OperandKind, SPECS};
use provable_core::program::{Instruction, Program};
use provable_core::proof::tier::TIERS;
use provable_core::vm::{run, Inputs, Limits, TrapReason};
use std::collections::BTreeSet;
use support::forger::Forger;
use support::tiny;

/// Every tier, and the most that each `range_bits` may go with.
fn extremes() -> Vec<Capacities> {
    let mut all: Vec<Capacities> = TIERS.iter().map(|tier| tier.capacities).collect();
    let most = 1 << 17;
    for range_bits in 0..32 {
        for heap in (0..=17).map(|bits| 1 << bits) {
            for rows in [1, 1 << range_bits.min(17), most] {
                all.push(Capacities {
                    rows,
                    program: most,
                    range_bits: range_bits.max(1),
                    heap,
                    stack: most,
                    calls: most,
                    arithmetic: most,
                    bitwise: most,
                    compare: most,
                });
            }
        }
    }
    all.retain(Capacities::are_sound);
    all
}

#[test]
fn packed_fields_keep_to_their_rooms() {
    let all = extremes();
    assert!(all.iter().any(|capacities| capacities.range_bits == 18));
    for capacities in all {
        let (rows, range) = (capacities.rows as i128, 1i128 << capacities.range_bits);
        // A removed tuple's least time, and the latest a push may claim.
        let (earliest, latest) = (1 - range, rows + range - 1);
        assert!(latest - earliest < 1 << TIME_BITS, "{capacities:?}");
        let base = |space: Space| i128::from(space.base_integer());
        let word = (1i128 << 32) - 1;
        let step = base(Space::Heap) + word.max(i128::from(EMPTY));
        let distance = capacities.range_bits * capacities.word_limbs() as u32;
        let table = base(Space::Heap) + ((capacities.heap as i128) << distance);
        let key = step.max(table);
        assert!(key << TIME_BITS < 1 << (SET_SHIFT - 1), "{capacities:?}");
        // The least key is positive and in no space; no depth or position reaches the next space, and RET's −1 reaches
        // no cell of the stack.
        assert!(base(Space::Stack) - word - 2 * rows > 0);
        assert!(rows < (1 << SPACE_BITS) - 1);
        let spaces = [Space::Stack, Space::Calls, Space::Input, Space::Output];
        assert!(spaces.iter().all(|space| base(*space) < base(Space::Heap)));
        // pc under the control bits, which a padding entry exceeds whatever pc adds.
        assert!(word + rows < 1 << 40 && capacities.program as i128 <= word);
        assert!(u128::from(UNFETCHABLE) > (1u128 << BITS) - 1);
        // A word's limbs, whole, stay far below the field's order.
        assert!(distance + capacities.range_bits < 128);
    }
}

/// What a coprocessor row may say where its answer is a fraction: times a denominator d below 2^33 everything is an
/// integer, and fields that differ then differ by less than the distance to the next field, or by more.
#[test]
fn coprocessor_fields_keep_to_their_rooms() {
    use coprocessor_shift::{B, C, OP, RESULT};
    let bits = |value: i128| 128 - value.unsigned_abs().leading_zeros();
    let word = (1i128 << 32) - 1;
    let a = word.max(i128::from(EMPTY));
    // A comparison's a reaches from −2^32 to 2^33.
    assert!(a < 1 << (OP - 2) && 2 * word < 1 << (OP - 2));
    let op = i128::from(OPERATIONS.into_iter().max().unwrap());
    assert!(op <= word && bits(op) < C - OP);
    // a, op and c: both sides are below this, and differ by less than twice as much.
    let low = 1i128 << (C + 1);
    let denominator = 1i128 << 33;
    assert!(bits(denominator) - 1 + bits(low) - 1 < RESULT);
    // Numerators: a product of two words, a word, or a − q·(rest + 1); on the other side a word times d.
    let numerator = (word + 1) * (word + 2) + denominator * word;
    assert!(bits(numerator) < B - RESULT);
    // b, a word or up to 2^33, times d, on both sides; all of it does not wrap around the field's order.
    let second = denominator * denominator * 2 + numerator;
    assert!(bits(second) + B < 254 - 1);
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
    // All that an arithmetic row's or a comparison's booleans can make is below the bitwise operations.
    let made: BTreeSet<u64> = (1..=12).collect();
    let asked: BTreeSet<u64> = OPERATIONS.into_iter().collect();
    assert_eq!(asked.len(), OPERATIONS.len());
    assert_eq!(asked.difference(&made).count(), 3);
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
                // A sum's operand adds nothing; a push of a word or of the top spills the top.
                assert!(!entry.any(&[Add, Sub]) || entry.operand.is_zero(), "{op:?}");
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
        assert!(Recording::new(&program, &Inputs::default(), Limits::default()).is_err());
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
