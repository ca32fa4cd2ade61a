//! How much each instruction takes of the table that decides the tier of a run.

use super::execution::Execution;
use super::protocol::{Heat, InstructionHeat};
use provable::circuit::profile::{Bottleneck, Entries, profile};
use provable::progress::Progress;

/// The heat of a run that halted after `steps` steps; none if it is cancelled.
pub fn heat(execution: &Execution, steps: u64, progress: &dyn Progress) -> Option<Heat> {
    let Execution {
        program,
        inputs,
        limits,
        ..
    } = execution;
    let profile = profile(program, inputs, *limits, steps, &Entries, progress).ok()?;
    let table = Bottleneck::of(&profile.usage).table;
    let used = |usage: &provable::circuit::Usage| usage.of(table.table).unwrap_or(0) as u64;
    let each = (0u32..).zip(&profile.instructions);
    let instructions = each.map(|(pc, one)| InstructionHeat {
        pc,
        used: used(&one.usage),
    });
    Some(Heat {
        what: table.what.to_owned(),
        used: used(&profile.usage),
        capacity: table.capacity as u64,
        instructions: instructions.filter(|one| one.used > 0).collect(),
    })
}
