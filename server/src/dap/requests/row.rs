//! The row of the step table that the next step becomes in a proof, and what constrains it: for users who learn how
//! proofs work.

use crate::dap::protocol::inspect::Evaluate;
use crate::dap::session::Session;
use provable::circuit::describe::families;
use provable::circuit::encoding::{Bit, Encoding, Entry};
use provable::lang::program::Program;
use provable::lang::quote::plural;
use std::fmt::Write;
use std::ops::Range;

/// Whether a text asks for the row: `row`, unless the program has a name for something else there, or in a hover the mnemonic of the instruction that is next.
pub fn is_asked(session: &Session<'_>, asked: &Evaluate, context: &str) -> bool {
    let text = asked.expression.trim();
    let next = session.recording.machine().current();
    let mnemonic = next.map(|instruction| instruction.op.spec().mnemonic);
    let is_named = || session.scope(asked.frame_id).value(text) != Err(None);
    text == "row" && !is_named()
        || context == "hover" && mnemonic.is_some_and(|own| own.eq_ignore_ascii_case(text))
}

/// The rows that execute the next instruction. Several instructions may share them.
pub fn describe(session: &Session<'_>) -> String {
    let machine = session.recording.machine();
    let program = &session.debuggee.program;
    let encoding: Encoding = Encoding::new(program);
    let index = machine.pc() as usize;
    // After the last instruction, one row halts.
    let end = encoding.position(index).unwrap_or(0);
    let (instructions, rows) = encoding
        .group(index)
        .unwrap_or((index..index + 1, end..end + 1));
    let mut text = String::new();
    if instructions.len() > 1 {
        let first = instructions.start;
        let _ = writeln!(
            text,
            "{} instructions share {}, from instruction {first} on{}",
            instructions.len(),
            plural(rows.len(), "row"),
            shown(program, &instructions)
        );
    }
    for position in rows.clone() {
        let Some(entry) = encoding.entries.get(position as usize) else {
            continue;
        };
        if position > rows.start {
            let _ = write!(text, "\nand then: pc {position}");
        } else if index == instructions.start {
            let top = machine.stack().last();
            let top = top.map_or_else(|| "2^33, no word".to_owned(), u32::to_string);
            let _ = write!(
                text,
                "row: pc {position}, depth {}, calls {}, read {}, written {}, top {top}, flag {}",
                machine.stack().len(),
                machine.calls().len(),
                machine.public_read(),
                machine.outputs().len(),
                u8::from(machine.carry()),
            );
        } else {
            let _ = write!(text, "row: pc {position}");
        }
        let _ = write!(text, "\n  bits: {}", bits(entry));
        for family in families(entry) {
            let _ = write!(text, "\n  {family:?}: {}", family.purpose());
        }
    }
    text
}

/// The instructions that share rows, as a text writes them.
fn shown(program: &Program, instructions: &Range<usize>) -> String {
    let group = program.instructions().get(instructions.clone());
    let texts = group.unwrap_or(&[]).iter().map(|instruction| {
        let mnemonic = instruction.op.spec().mnemonic;
        match instruction.operand {
            Some(operand) => format!("{mnemonic} {operand}"),
            None => mnemonic.to_owned(),
        }
    });
    let texts: Vec<String> = texts.collect();
    format!(": {}", texts.join(", "))
}

/// The names of the control bits that are set.
fn bits(entry: &Entry) -> String {
    let set = Bit::ALL.iter().filter(|bit| entry.has(**bit));
    let names: Vec<String> = set.map(|bit| format!("{bit:?}")).collect();
    match names.is_empty() {
        true => "none".to_owned(),
        false => names.join(", "),
    }
}
