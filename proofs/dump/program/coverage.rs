//! Which cases of each instruction a set of runs has.

use anyhow::{Result, ensure};
use provable::lang::isa::{Op, OperandKind, SPECS};
use provable::lang::program::Program;
use provable::vm::{Inputs, Limits, Machine, TrapReason};
use std::collections::BTreeMap;

/// Each case has to occur so often.
const LEAST: usize = 3;

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    /// It was made, and control went on.
    Done,
    /// It jumped.
    Jumped,
    /// It trapped.
    Trapped,
}

/// How often each case of each instruction, with and without operand, occurs.
#[derive(Default)]
pub struct Coverage(BTreeMap<(Op, bool, Case), usize>);

impl Coverage {
    /// Counts the steps of a run.
    pub fn add(&mut self, program: &Program, inputs: &Inputs, limits: Limits) {
        let mut machine = Machine::new(program, inputs, limits);
        while let Some(instruction) = machine.current() {
            let next = machine.pc().wrapping_add(1);
            let case = match machine.step() {
                Ok(_) if machine.has_ended() || machine.pc() == next => Case::Done,
                Ok(_) => Case::Jumped,
                Err(trap) => match trap.reason {
                    TrapReason::StepLimit { .. } => return,
                    // Of a jump the trap that counts is that of its target.
                    TrapReason::StackUnderflow { .. }
                        if instruction.op.spec().operand == OperandKind::Target =>
                    {
                        return;
                    }
                    _ => Case::Trapped,
                },
            };
            let key = (instruction.op, instruction.operand.is_some(), case);
            *self.0.entry(key).or_default() += 1;
            if machine.has_ended() {
                return;
            }
        }
    }

    /// Whether every case occurs often enough.
    ///
    /// # Errors
    /// When one does not.
    pub fn check(&self) -> Result<()> {
        let mut missing = Vec::new();
        for spec in &SPECS {
            let forms: &[bool] = match spec.operand {
                OperandKind::None => &[false],
                OperandKind::Word | OperandKind::Target => &[true],
                OperandKind::OptionalWord
                | OperandKind::OptionalOffset
                | OperandKind::OptionalAddress
                | OperandKind::OptionalDepth(_) => &[false, true],
            };
            let cases: &[Case] = match spec.op {
                Op::Push | Op::Nop => &[Case::Done],
                Op::Jmp | Op::Call | Op::Ret => &[Case::Jumped, Case::Trapped],
                Op::Jz | Op::Jnz | Op::Jc | Op::Jnc => &[Case::Done, Case::Jumped, Case::Trapped],
                _ => &[Case::Done, Case::Trapped],
            };
            for (form, case) in forms
                .iter()
                .flat_map(|form| cases.iter().map(move |case| (*form, *case)))
            {
                let count = self.0.get(&(spec.op, form, case)).copied().unwrap_or(0);
                if count < LEAST {
                    missing.push(format!(
                        "{} (operand: {form}) {case:?}: {count}",
                        spec.mnemonic
                    ));
                }
            }
        }
        ensure!(
            missing.is_empty(),
            "the runs have too few of these steps; {LEAST} are needed: {}",
            missing.join(", ")
        );
        Ok(())
    }
}
