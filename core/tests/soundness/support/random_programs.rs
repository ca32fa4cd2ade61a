//! Random programs over every instruction. Most of them trap.

use super::assemble;
use provable::circuit::Circuit;
use provable::circuit::ExecutionTrace;
use provable::lang::isa::{Op, OperandKind, SPECS};
use provable::lang::program::{Instruction, Program};
use provable::vm::{Inputs, Limits};
use rand::Rng;
use rand::rngs::StdRng;

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
    let spec = &SPECS[rng.gen_range(0..SPECS.len())];
    let operand = match spec.operand {
        OperandKind::None => None,
        OperandKind::Word => Some(word(rng)),
        OperandKind::Target => Some(rng.gen_range(0..20)),
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
            _ => instructions.push(instruction(rng)),
        }
    }
    Program::new(instructions.into_iter().zip(1..))
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
        longer.push(match rng.gen_range(0..6) {
            0 => Instruction {
                op: Op::Push,
                operand: Some(word(rng)),
            },
            1 => lines("WRITE")[0],
            _ => instruction(rng),
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
