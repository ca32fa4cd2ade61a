//! The behaviour of the machine, as specifications.

mod data;
mod inputs;
mod instructions;
mod limits;
pub(in crate::vm) mod properties;
mod sha256;
mod trace;
mod traps;

use super::{Inputs, Limits, Outcome, run};
use crate::lang::isa::{Op, OperandKind};
use crate::lang::program::{Instruction, Program};

/// A program from `"PUSH 1; ADD"`, one instruction a line from line 1.
fn program(text: &str) -> Program {
    let instructions = text
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    Program::new(
        instructions
            .zip(1..)
            .map(|(part, line)| (instruction(part), line)),
    )
}

fn instruction(text: &str) -> Instruction {
    let (mnemonic, operand) = text.split_once(' ').unwrap_or((text, ""));
    let op = Op::from_mnemonic(mnemonic).expect(text);
    let operand = match op.spec().operand {
        OperandKind::OptionalDepth(default) if operand.is_empty() => Some(default),
        OperandKind::OptionalOffset if operand.is_empty() => Some(0),
        OperandKind::OptionalOffset => Some(operand.parse::<i64>().expect(text) as u32),
        _ if operand.is_empty() => None,
        _ => Some(operand.parse().expect(text)),
    };
    Instruction { op, operand }
}

fn inputs(public: &[u32], secret: &[u32]) -> Inputs {
    Inputs {
        public: public.to_vec(),
        secret: secret.to_vec(),
    }
}

fn outcome(text: &str) -> Outcome {
    run(&program(text), &Inputs::default(), Limits::default())
}
