//! The encoding selects at most one of each choice, operands stay within their intervals, and an instruction without its
//! operand has no row.

use crate::support::false_witness::FalseWitness;
use crate::support::random_programs::{IDIOMS, lines, word};
use crate::support::{PROGRAMS, tiny};
use provable::circuit::ExecutionTrace;
use provable::circuit::Family;
use provable::circuit::encoding::{Bit, Encoding, Entry, NUMBERS, WORDS, encode, length};
use provable::circuit::field::FieldEntry;
use provable::circuit::layout::program;
use provable::circuit::operations::{OPERATIONS, WORD_SHIFT, operation};
use provable::lang::isa::{OperandKind, SPECS};
use provable::lang::program::{Instruction, Program};
use provable::vm::{Inputs, Limits, TrapReason, run};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::BTreeSet;

/// What the argument in `docs/proof-system.md` assumes of every entry.
fn assert_chooses(entry: &Entry, what: &str) {
    use Bit::*;
    let bit = |bit| i32::from(entry.has(bit));
    let count = |bits: &[Bit]| bits.iter().map(|one| bit(*one)).sum::<i32>();
    let binary = count(&[Add, Sub, Cop, CopCarry]);
    // At most one operation; the result is made in one way; at most one cell of the general port.
    assert!(binary <= 1, "{what}");
    let ports = count(&[AtConst, AtAddr, AtDepth, Read, Write, Hash]);
    assert!(ports <= 1, "{what}");
    let made = binary + bit(Imm) + bit(Ret) + count(&[AtConst, AtAddr, AtDepth, Read]);
    assert!(made <= 1, "{what}");
    // The numerators of the memory sum: the stack port, and both of the general port.
    let pops = binary + bit(Drop) - bit(Here);
    assert!((0..=1).contains(&pops) && pops == entry.pops(), "{what}");
    let stack = bit(Push) + bit(Call) - pops - bit(Ret);
    assert!(
        (-1..=1).contains(&stack) && stack == entry.stack_port(),
        "{what}"
    );
    // The stack port puts or takes, and not both.
    assert!(count(&[Push, Call]) <= 1 && pops + bit(Ret) <= 1, "{what}");
    assert!(!entry.any(&[Call, Ret]) || pops + bit(Push) == 0, "{what}");
    // A push that also pops would leave its cell; LOADX does neither.
    let loads = entry.has(AtAddr) && entry.has(Drop);
    assert!(!entry.has(Push) || pops == i32::from(loads), "{what}");
    // The next top: a result, what a pop fills, or the top. Where the result counts, nothing is dropped or `fill` is the top.
    let found = bit(Push) + bit(Result) + binary - bit(Here);
    assert!(
        (0..=1).contains(&found) && (found == 1) == entry.result_is_next_top(),
        "{what}"
    );
    let filled = entry.has(Drop) && !entry.any(&[Push, Here]);
    assert!(found == 0 || !filled, "{what}");
    // What the general port puts is the old top or the new one.
    let old = count(&[AtConst, AtAddr, AtDepth, Write, Hash]) - bit(Push);
    assert!(ports - bit(Read) == 0 || (0..=1).contains(&old), "{what}");
    // Where the next top comes from the port, the cell has to be set. `set` is then 1, or a negative number.
    assert!(count(&[Push, Result]) <= 1, "{what}");
    assert!(
        !(found == 1 && ports == 1) || count(&[Push, Result]) == 1,
        "{what}"
    );
    // The sign of the adder.
    let sign = bit(Add) - bit(Sub) - bit(Imm);
    assert!((-1..=1).contains(&sign), "{what}");
    // `fill` counts once in an address or in what the row cancels.
    assert!(count(&[AtAddr, Here, Hash]) <= 1, "{what}");
    // A jump does not return. A CALL jumps always.
    assert!(!entry.has(Ret) || !entry.any(&[Jz, Jnz]), "{what}");
    assert!(
        !entry.has(Call) || entry.has(Jz) && entry.has(Jnz),
        "{what}"
    );
    // A row that tests C pops nothing, and one that tests the top pops it.
    assert!(
        !entry.any(&[Jz, Jnz]) || binary + ports + bit(Imm) == 0,
        "{what}"
    );
    // Only HALT has the mark of the last row, and it pushes nothing.
    let halts = *entry == Entry::halt();
    assert_eq!(entry.has(Jz) && entry.has(Here), halts, "{what}");
    assert!(!halts || !entry.any(&[Push, Call, Read, Write]), "{what}");
    // A table answers every question. A word in the operand needs `Here`: without it, it would be added to the top.
    let question = operation(entry.operand);
    match question.filter(|_| entry.any(&[Cop, CopCarry])) {
        Some((op, word)) => {
            assert!(OPERATIONS.contains(&op), "{what}");
            assert!(word == 0 || entry.has(Here), "{what}");
        }
        None => assert!(!entry.any(&[Cop, CopCarry]), "{what}"),
    }
    // Number and word.
    let (number, word) = match entry.any(&[Cop, CopCarry]) {
        true => (
            entry.operand & ((1 << WORD_SHIFT) - 1),
            entry.operand >> WORD_SHIFT,
        ),
        false => (entry.operand, 0),
    };
    let within = |value: i128, (min, max): (i128, i128)| (min..=max).contains(&value);
    assert!(within(number, NUMBERS.ends().unwrap()), "{what}");
    assert!(within(word, WORDS.ends().unwrap()), "{what}");
    // The gate adds the operand.
    assert!(!entry.has(Ret) || entry.operand == 0, "{what}");
    let pushes = entry.has(Imm) && !entry.has(Here);
    assert!(!pushes || (0..1 << 32).contains(&entry.operand), "{what}");
    let alone = entry.any(&[Add, Sub]) && !entry.has(Here);
    assert!(!alone || entry.operand == 0, "{what}");
    assert!(!entry.has(Imm) || entry.any(&[Push, Here]), "{what}");
}

/// Every instruction alone, with operands of every size.
#[test]
fn each_entry_selects_at_most_one_of_each_choice() {
    let words = [0, 1, 2, 31, 32, 1 << 31, u32::MAX];
    let operands = words.into_iter().map(Some).chain([None]);
    for operand in operands {
        for spec in &SPECS {
            let op = spec.op;
            let instruction = Instruction { op, operand };
            for entry in encode::<i128>(instruction, 7) {
                if entry != Entry::padding() {
                    assert_chooses(&entry, &format!("{instruction:?}"));
                }
            }
        }
    }
}

/// Every entry of programs: the known ones, the idioms, and random sequences of both.
#[test]
fn each_entry_of_a_group_selects_at_most_one_of_each_choice() {
    let assert_all = |program: &Program| {
        let encoding = Encoding::<i128>::new(program);
        assert_eq!(encoding.entries.len(), length(program));
        for entry in encoding.entries {
            if entry != Entry::padding() {
                assert_chooses(&entry, &format!("{program:?}"));
            }
        }
    };
    for (_, text, ..) in PROGRAMS {
        assert_all(&Program::new(lines(text).into_iter().zip(1..)));
    }
    let mut rng = StdRng::seed_from_u64(1);
    for _ in 0..20_000 {
        let mut instructions = Vec::new();
        for _ in 0..rng.gen_range(1..4) {
            instructions.extend(lines(IDIOMS[rng.gen_range(0..IDIOMS.len())]));
        }
        for instruction in &mut instructions {
            if instruction.operand.is_some() && rng.gen_range(0..4) == 0 {
                instruction.operand = Some(word(&mut rng));
            }
        }
        assert_all(&Program::new(instructions.into_iter().zip(1..)));
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

/// A label at an instruction within an idiom: the same text has more rows then, and a jump has a position to go to.
#[test]
fn a_group_has_no_target_but_its_first_instruction() {
    for idiom in IDIOMS {
        let idiom = lines(idiom);
        let plain = Encoding::<i128>::new(&Program::new(idiom.iter().copied().zip(1..)));
        let groups = (0..idiom.len()).map(|index| plain.group(index).unwrap());
        let inside: Vec<usize> = groups
            .enumerate()
            .filter(|(index, (group, _))| group.start != *index)
            .map(|(index, _)| index)
            .collect();
        assert!(!inside.is_empty(), "{idiom:?} is one group");
        for index in inside {
            assert_eq!(plain.position(index), None, "{idiom:?} {index}");
            for jump in ["JMP", "JZ", "JNZ", "JC", "JNC", "CALL"] {
                let mut labelled = idiom.clone();
                labelled.extend(lines(&format!("HALT,{jump} {index}")));
                let encoding = Encoding::<i128>::new(&Program::new(labelled.into_iter().zip(1..)));
                let position = encoding.position(index).unwrap();
                let (group, rows) = encoding.group(index).unwrap();
                assert_eq!((group.start, rows.start), (index, position), "{idiom:?}");
                let last = encoding.entries.len() - 2;
                let target = last as i128 + 1 + encoding.entries[last].operand;
                assert_eq!(target, i128::from(position), "{idiom:?} {jump} {index}");
            }
        }
    }
}
