//! Coordinated lies, each with a name: several cells changed together, everything that follows fixed up.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_bls12_381::Fr;
use ark_ff::Field;
use proptest::prelude::*;
use provable_core::circuit::encoding::{encode, BITS};
use provable_core::circuit::layout::{heap, program, step};
use provable_core::circuit::witness::Recording;
use provable_core::circuit::Circuit;
use provable_core::isa::SPECS;
use provable_core::program::{Instruction, Program};
use provable_core::vm::{Inputs, Limits};
use support::cheat::Cheat;
use support::{assemble, tiny, Case};

type Change = (usize, usize, Fr);

fn at(row: usize, column: usize, value: u64) -> Change {
    (row, column, Fr::from(value))
}

/// Changes step cells `(row, column, value)` and, from a row on, the top; requires an objection.
fn refused(
    circuit: &Circuit,
    name: &str,
    text: &str,
    changes: &[Change],
    top: Option<(usize, u64)>,
) {
    let cheat = Cheat::new(circuit);
    let case = Case::new(circuit, &assemble(text), &[5, 6], &[7, 8]);
    let mut all = Vec::new();
    for (row, column, value) in changes {
        all.push((circuit.layout.step.at(*row, *column), *value));
    }
    if let Some((from, top)) = top {
        for row in from..circuit.layout.step.rows {
            all.push((circuit.layout.step.at(row, step::TOP), Fr::from(top)));
        }
    }
    assert!(
        !cheat.objections(&case, &all).is_empty(),
        "accepted: {name}"
    );
}

const TAPES: &str = "READ,READ,SECRET,SECRET,";

#[test]
fn named_lies_are_refused() {
    let circuit = tiny();
    let lie = |name, text: &str, changes: &[Change], top| {
        refused(&circuit, name, &format!("{TAPES}{text}"), changes, top);
    };
    let stores = "PUSH 1,STORE 0,PUSH 2,STORE 0,LOAD 0,HALT";
    // Rows 4..: PUSH, STORE (time 6), PUSH, STORE (time 8), LOAD (row 8, time 9).
    lie(
        "a stale read",
        stores,
        &[at(8, step::LIMB, 1), at(8, step::AGE, 2)],
        Some((9, 1)),
    );
    lie(
        "a read from the future",
        "PUSH 1,STORE 0,LOAD 0,POP,PUSH 2,STORE 0",
        &[at(6, step::LIMB, 2), (6, step::AGE, -Fr::from(4u64))],
        None,
    );
    lie(
        "a store that takes away nothing",
        stores,
        &[
            at(7, step::AGE, 7),
            at(7, step::SET, 0),
            at(7, step::LIMB, 0),
        ],
        None,
    );
    lie(
        "a replayed read",
        "PUSH 1,STORE 0,LOAD 0,LOAD 0,HALT",
        &[at(7, step::AGE, 1)],
        None,
    );
    lie(
        "two memory operations in the other order",
        stores,
        &[
            at(5, step::TOP, 2),
            at(7, step::TOP, 1),
            at(8, step::LIMB, 1),
        ],
        Some((9, 1)),
    );
    // The value off by one, the address off by 2^60 of it: one packed sum if the value had no challenge.
    let traded = Fr::from(2u64) + Fr::from(1u64);
    lie(
        "a value that trades bits with an address",
        stores,
        &[(8, step::OPERAND, Fr::from(5u64 << 36) - traded)],
        None,
    );
    let eighth = Fr::from(1u64 << 20).inverse().unwrap();
    lie(
        "an address off by one, a value off by 2^-20",
        stores,
        &[
            (7, step::TOP, Fr::from(2u64) + eighth),
            (7, step::OPERAND, Fr::from((5u64 << 36) + 1)),
        ],
        None,
    );
    lie(
        "an input word read twice",
        "HALT",
        &[at(1, step::READ, 0), at(1, step::LIMB, 5)],
        Some((2, 5)),
    );
    lie(
        "an input word skipped",
        "HALT",
        &[at(0, step::READ, 1)],
        None,
    );
    lie(
        "a free operand",
        "PUSH 3,HALT",
        &[at(4, step::OPERAND, 4)],
        Some((5, 4)),
    );
    lie(
        "an instruction from another address",
        "PUSH 3,PUSH 4,HALT",
        &[at(4, step::PC, 5), at(4, step::OPERAND, 4)],
        None,
    );
    lie(
        "a wrong remainder",
        "PUSH 7,PUSH 2,MOD",
        &[at(6, step::LIMB, 3)],
        Some((7, 3)),
    );
    lie(
        "a return to another place",
        "CALL 6,HALT,RET",
        &[at(5, step::LIMB, 6), at(6, step::PC, 6)],
        None,
    );
    let last = circuit.layout.step.rows - 1;
    lie(
        "a machine that has not halted",
        "HALT",
        &[at(last, step::BIT + 20, 0)],
        None,
    );
}

/// A heap address may begin only once: a second first tuple would make a stored cell unset again.
#[test]
fn a_heap_cell_does_not_begin_twice() {
    let circuit = tiny();
    let cheat = Cheat::new(&circuit);
    let case = Case::new(
        &circuit,
        &assemble("PUSH 1,STORE 0,PUSH 2,STORE 0,LOAD 0"),
        &[],
        &[],
    );
    let block = circuit.layout.heap;
    let changes = [(block.at(1, heap::ADDRESS), Fr::from(0u64))];
    assert!(!cheat.objections(&case, &changes).is_empty());
}

/// What traps has no witness. For each trapping program, honest runs of the program with the trapping instruction
/// replaced by something harmless, claimed for the trapping program.
#[test]
fn a_trap_has_no_witness() {
    let circuit = tiny();
    let cheat = Cheat::new(&circuit);
    for (text, trap) in [
        ("POP,HALT", 0),
        ("NOT,HALT", 0),
        ("DUP 0,HALT", 0),
        ("SWAP 0,HALT", 0),
        ("PUSH 1,DUP 1,HALT", 1),
        ("PUSH 1,SWAP 1,HALT", 1),
        ("PUSH 1,ADD,HALT", 1),
        ("PUSH 1,SUB,HALT", 1),
        ("PUSH 1,EQ,HALT", 1),
        ("PUSH 1,MUL,HALT", 1),
        ("PUSH 1,AND,HALT", 1),
        ("PUSH 1,STORE,HALT", 1),
        ("STORE 0,HALT", 0),
        ("LOAD,HALT", 0),
        ("WRITE,HALT", 0),
        ("JZ 1,HALT", 0),
        ("JNZ 1,HALT", 0),
        ("ASSERT,HALT", 0),
        ("PUSH 0,ASSERT,HALT", 1),
        ("PUSH 5,PUSH 0,DIV,HALT", 2),
        ("PUSH 5,PUSH 0,MOD,HALT", 2),
        ("PUSH 5,PUSH 32,SHL,HALT", 2),
        ("PUSH 5,PUSH 32,SHR,HALT", 2),
        ("LOAD 7,HALT", 0),
        ("PUSH 7,LOAD,HALT", 1),
        ("RET,HALT", 0),
        ("READ,HALT", 0),
        ("JMP 9,HALT", 0),
    ] {
        let real = assemble(text);
        for harmless in [
            "NOP", "POP", "PUSH 0", "PUSH 1", "DUP 0", "ADD", "HALT", "JMP 2", "STORE 0", "SECRET",
        ] {
            let mut instructions = real.instructions().to_vec();
            instructions[trap] = assemble(harmless).instructions()[0];
            let fake = Program::new(instructions.into_iter().map(|instruction| (instruction, 1)));
            let inputs = Inputs {
                public: vec![],
                secret: vec![3],
            };
            if Recording::new(&fake, &inputs, Limits::default()).is_err() {
                continue;
            }
            let mut case = Case::new(&circuit, &fake, &[], &[3]);
            case.program = real.clone();
            let entry = encode(real.instructions()[trap], trap as u32);
            let (steps, table) = (circuit.layout.step, circuit.layout.program);
            for bit in 0..BITS {
                case.assignment[steps.at(trap, step::BIT + bit).0 as usize] =
                    Fr::from(entry.bits >> bit & 1);
            }
            case.assignment[steps.at(trap, step::OPERAND).0 as usize] = entry.operand;
            case.assignment[table.at(trap, program::BITS).0 as usize] = entry.bits.into();
            case.assignment[table.at(trap, program::OPERAND).0 as usize] = entry.operand;
            case.complete();
            cheat.fix_up(&mut case.assignment);
            assert!(
                !cheat.failures(&case.assignment).is_empty(),
                "{text} as {harmless}"
            );
        }
    }
}

fn instruction() -> impl Strategy<Value = Instruction> {
    let word = prop_oneof![0u32..12, any::<u32>()];
    (0..SPECS.len(), word, any::<bool>()).prop_map(|(index, word, with)| {
        use provable_core::isa::OperandKind::*;
        let spec = &SPECS[index];
        let operand = match spec.operand {
            None => Option::None,
            Word => Some(word),
            Target => Some(word % 14),
            OptionalAddress => with.then_some(word % 3),
            OptionalDepth(_) => Some(word % 4),
        };
        Instruction {
            op: spec.op,
            operand,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever the interpreter accepts, and fits, has a satisfying witness.
    #[test]
    fn random_programs_that_halt_are_satisfied(
        pushes in prop::collection::vec(any::<u32>(), 0..5),
        body in prop::collection::vec(instruction(), 1..12),
    ) {
        thread_local!(static CIRCUIT: Circuit = tiny());
        let push = |word| Instruction { op: provable_core::isa::Op::Push, operand: Some(word) };
        let all = pushes.into_iter().map(push).chain(body);
        let program = Program::new(all.map(|instruction| (instruction, 1)));
        let limits = Limits { max_steps: 32, ..Limits::default() };
        for public in [vec![], vec![9], vec![9, 4_000_000_000]] {
            let inputs = Inputs { public: public.clone(), secret: vec![1, 2, 3] };
            let Ok(recording) = Recording::new(&program, &inputs, limits) else { continue };
            CIRCUIT.with(|circuit| {
                if recording.fits(&circuit.layout).is_ok() {
                    Case::new(circuit, &program, &public, &[1, 2, 3]).expect_satisfied("random");
                }
            });
        }
    }
}
