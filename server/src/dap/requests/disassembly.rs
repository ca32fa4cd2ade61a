//! `disassemble`: the instructions as the machine has them. An instruction's address is its index, as in `JMP 4`.

use super::breakpoints::instruction_of;
use super::frames::source;
use crate::dap::Debuggee;
use crate::dap::protocol::inspect::{Disassemble, DisassembledInstruction};
use crate::dap::protocol::{Problem, Request, body};
use crate::dap::session::Session;
use provable::lang::isa::OperandKind;
use serde_json::{Value, json};

/// Instructions that are given at a time.
const MOST: u64 = 10_000;

pub fn disassemble(session: &Session<'_>, request: &Request) -> Result<Value, Problem> {
    let wanted: Disassemble = request.arguments()?;
    let start = instruction_of(&wanted.memory_reference)
        .ok_or_else(|| Problem::new("there is no such instruction"))?
        .saturating_add(wanted.offset.unwrap_or(0))
        .saturating_add(wanted.instruction_offset.unwrap_or(0));
    let count = i64::try_from(wanted.instruction_count.min(MOST)).unwrap_or(0);
    // As many as were asked for, also where there are none: clients count on it.
    let instructions: Vec<DisassembledInstruction> = (start..start.saturating_add(count))
        .map(|at| one(session, at))
        .collect();
    Ok(json!({ "instructions": body(instructions)? }))
}

fn one(session: &Session<'_>, at: i64) -> DisassembledInstruction {
    let debuggee = session.debuggee;
    let index = u32::try_from(at)
        .ok()
        .filter(|index| *index <= debuggee.length());
    let nothing = DisassembledInstruction {
        address: at.to_string(),
        presentation_hint: Some("invalid"),
        ..DisassembledInstruction::default()
    };
    let Some(index) = index else {
        return nothing;
    };
    DisassembledInstruction {
        instruction: text_of(debuggee, index),
        symbol: debuggee.label_at(index).map(str::to_owned),
        location: Some(source(debuggee)),
        line: Some(session.settings.line_out(debuggee.line(index))),
        presentation_hint: None,
        ..nothing
    }
}

/// An instruction as a program would have it, with labels for places.
pub fn text_of(debuggee: &Debuggee, index: u32) -> String {
    let Some(instruction) = debuggee.program.instructions().get(index as usize) else {
        return "(the end of the program)".into();
    };
    let spec = instruction.op.spec();
    match (instruction.operand, spec.operand) {
        (None, _) => spec.mnemonic.to_owned(),
        (Some(target), OperandKind::Target) => match debuggee.label_at(target) {
            Some(label) => format!("{} {label}", spec.mnemonic),
            None => format!("{} {target}", spec.mnemonic),
        },
        (Some(word), _) => format!("{} {word}", spec.mnemonic),
    }
}
