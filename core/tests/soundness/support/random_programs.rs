//! Random programs over every instruction. Most of them trap.

use super::assemble;
use provable::circuit::Circuit;
use provable::circuit::ExecutionTrace;
use provable::lang::isa::{Op, OperandKind, SPECS};
use provable::lang::program::{Instruction, Program};
use provable::vm::{Inputs, Limits};
use rand::Rng;
use rand::rngs::StdRng;

/// Instructions that share rows. The words and addresses of an idiom may be others, as long as equal ones stay equal.
pub const IDIOMS: &[&str] = &[
    "PUSH 3,ADD",
    "PUSH 3,SUB",
    "PUSH 3,MUL",
    "PUSH 3,SWAP 1,LT",
    "PUSH 3,SWAP 1,GT",
    "PUSH 3,SWAP 1,MULHI",
    "PUSH 3,ROTR",
    "DUP 0,ADD 3",
    "DUP 0,SUB 3",
    "DUP 0,PUSH 3,MUL",
    "DUP 0,PUSH 3,SWAP 1,EQ",
    "DUP 0,NOT",
    "DUP 0,STORE 1",
    "DUP 0,PUSH 1,STORE",
    "STORE 1,LOAD 1",
    "PUSH 1,LOAD",
    "PUSH 1,STORE",
    "EQ 0,JZ 0",
    "EQ 0,JNZ 0",
    "PUSH 0,EQ,JNZ 0",
    "EQ 0,ASSERT",
    "POP,JMP 0",
    "DUP 1,STORE",
    "SWAP 1,STORE",
    "SWAP 1,ADD",
    "SWAP 1,LT",
    "SWAP 1,GT",
    "DUP 0,SHL 5,SWAP 1,SHR 27,OR",
    "DUP 0,PUSH 5,SHR,SWAP 1,PUSH 27,SHL,XOR",
    "DUP 0,SHL 5,SWAP 1,SHR 27,ADD",
    "DUP 0,SHR 5,DUP 1,SHL 27,ADD",
    "DUP 1,SHL 5,DUP 2,SHR 27,OR",
    "DUP 0,DUP 0,SHL 5,SWAP 1,SHR 27,XOR",
    "PUSH 7,LOAD 0,STORE",
    "LOAD 1,LOAD 0,STORE",
    "DUP 0,DUP 2,STORE",
    "DUP 1,DUP 1,STORE",
];

/// An idiom, with other words in some of its places.
pub fn idiom(rng: &mut StdRng) -> Vec<Instruction> {
    let mut instructions = lines(IDIOMS[rng.gen_range(0..IDIOMS.len())]);
    for instruction in &mut instructions {
        let changes = rng.gen_range(0..3) == 0;
        let operand = match instruction.op.spec().operand {
            OperandKind::Word | OperandKind::OptionalWord => Some(word(rng)),
            OperandKind::Target => Some(rng.gen_range(0..20)),
            OperandKind::OptionalAddress => Some(rng.gen_range(0..3)),
            OperandKind::OptionalDepth(_) => Some(rng.gen_range(0..3)),
            _ => None,
        };
        let target = instruction.op.spec().operand == OperandKind::Target;
        if instruction.operand.is_some() && (changes || target) {
            instruction.operand = operand;
        }
    }
    instructions
}

/// A word. Shifts by 32 or more, divisors that are zero and sums with a carry are likely.
pub fn word(rng: &mut StdRng) -> u32 {
    match rng.gen_range(0..4) {
        0 | 1 => rng.gen_range(0..4),
        2 => rng.gen_range(30..34),
        _ => rng.r#gen(),
    }
}

/// Any instruction.
pub fn instruction(rng: &mut StdRng) -> Instruction {
    let spec = loop {
        let spec = &SPECS[rng.gen_range(0..SPECS.len())];
        // The tests of SHA-256 have circuits with its table.
        if spec.op != Op::Sha256 {
            break spec;
        }
    };
    let operand = match spec.operand {
        OperandKind::None => None,
        OperandKind::Word => Some(word(rng)),
        OperandKind::Target => Some(rng.gen_range(0..20)),
        OperandKind::OptionalWord => rng.r#gen::<bool>().then(|| word(rng)),
        OperandKind::OptionalOffset => {
            [None, Some(0), Some(1), Some(u32::MAX), Some(2)][rng.gen_range(0..5)]
        }
        OperandKind::OptionalAddress => rng.r#gen::<bool>().then(|| rng.gen_range(0..3)),
        OperandKind::OptionalDepth(_) => Some(rng.gen_range(0..4)),
    };
    Instruction {
        op: spec.op,
        operand,
    }
}

pub fn lines(text: &str) -> Vec<Instruction> {
    assemble(text).instructions().to_vec()
}

pub fn program(rng: &mut StdRng) -> Program {
    let mut instructions = Vec::new();
    for _ in 0..rng.gen_range(0..5) {
        let operand = Some(word(rng));
        let op = Op::Push;
        instructions.push(Instruction { op, operand });
    }
    for _ in 0..rng.gen_range(1..12) {
        // Independent draws seldom make a call that returns, or a load of a stored cell.
        let here = instructions.len();
        match rng.gen_range(0..40) {
            0 => instructions.extend(lines(&format!("CALL {},JMP {},RET", here + 2, here + 3))),
            1 => instructions.extend(lines("DUP 0,STORE 5,LOAD 5")),
            2..8 => instructions.extend(idiom(rng)),
            // An address and a distance that reach a stored cell, or none.
            8 => {
                let (base, distance) = (word(rng), [0, 1, u32::MAX][rng.gen_range(0..3)]);
                let near = base.wrapping_add([0, 0, 1][rng.gen_range(0..3)]);
                instructions.extend(lines(&format!(
                    "PUSH {base},PUSH 7,PUT {distance},LOADX {distance},PUSH {near},LOADX {distance}"
                )));
            }
            _ => instructions.push(instruction(rng)),
        }
    }
    let program = Program::new(instructions.into_iter().zip(1..));
    let count = if rng.gen_range(0..3) == 0 { 2 } else { 0 };
    program.with_data((0..count).map(|address| (address, word(rng))))
}

/// A program that halts, grown instruction by instruction. An instruction with which it would trap, loop or not fit is left out. The
/// program begins by reading all public input.
pub fn growing(inputs: &Inputs, circuit: &Circuit, rng: &mut StdRng) -> Program {
    let limits = Limits {
        max_steps: circuit.layout.capacities.rows as u64,
        ..Limits::default()
    };
    let made = |instructions: &[Instruction]| Program::new(instructions.iter().copied().zip(1..));
    let words = inputs.public.len();
    let mut kept = lines("READ,").repeat(words);
    for _ in 0..rng.gen_range(4..40) {
        let mut longer = kept.clone();
        longer.extend(match rng.gen_range(0..8) {
            0 => vec![Instruction {
                op: Op::Push,
                operand: Some(word(rng)),
            }],
            1 => lines("WRITE"),
            2 | 3 => idiom(rng),
            _ => vec![instruction(rng)],
        });
        if rng.gen_range(0..8) == 0 {
            let (one, other) = (
                rng.gen_range(0..longer.len()),
                rng.gen_range(0..longer.len()),
            );
            longer.swap(one, other);
        }
        if rng.gen_range(0..12) == 0 {
            let here = longer.len() as u32;
            longer.extend(lines(&format!("CALL {},JMP {},RET", here + 2, here + 3)));
        }
        let trace = ExecutionTrace::new(&made(&longer), inputs, limits);
        if trace.is_ok_and(|trace| trace.fits(&circuit.layout).is_ok()) {
            kept = longer;
        }
    }
    made(&kept)
}
