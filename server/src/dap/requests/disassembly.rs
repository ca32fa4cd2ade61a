//! `disassemble`: the instructions as the machine has them. An instruction's address is its index, as in `JMP 4`.

use crate::dap::debuggee::instruction_reference;
use crate::dap::protocol::inspect::{Disassemble, DisassembledInstruction};
use crate::dap::protocol::{Answer, Problem, Request, body};
use crate::dap::session::Session;
use serde_json::json;

/// The most instructions in one answer.
const MOST: u64 = 10_000;

pub fn disassemble(session: &Session<'_>, request: &Request) -> Answer {
    let wanted: Disassemble = request.arguments()?;
    let start = instruction_reference(&wanted.memory_reference)
        .ok_or_else(|| Problem::new("there is no such instruction"))?
        .saturating_add(wanted.offset.unwrap_or(0))
        .saturating_add(wanted.instruction_offset.unwrap_or(0));
    let count = i64::try_from(wanted.instruction_count.min(MOST)).unwrap_or(0);
    // As many as are asked for, also beyond the program: clients rely on the number.
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
    let place = debuggee.levels(index).first().copied();
    let line = place.map_or(1, |place| debuggee.line_column(place).0);
    DisassembledInstruction {
        instruction: debuggee.instruction_text(index),
        symbol: debuggee.label_at(index).map(str::to_owned),
        location: Some(debuggee.source(place.map_or(0, |place| place.file))),
        line: Some(session.settings.line_out(line)),
        presentation_hint: None,
        ..nothing
    }
}
