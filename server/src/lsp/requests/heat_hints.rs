//! Hints with the share of each line in the table that decides which tier the last run takes.

use super::hint::one;
use super::value_hints::runs_of;
use crate::lsp::state::{Session, View};
use std::collections::BTreeMap;
use tower_lsp_server::ls_types::{InlayHint, Range};

/// The least share that is shown, in parts of a thousand.
const LEAST: u64 = 10;

/// The shares of the lines of a range, while the last run is one of the present program and inputs.
pub fn shares(session: &Session, view: &View, range: Range) -> Vec<InlayHint> {
    let Some((program, file, run)) = runs_of(session, view) else {
        return Vec::new();
    };
    let program = program.as_deref().unwrap_or(view);
    let (Some(heat), Some(positions)) = (run.answer.heat, program.positions_of(file)) else {
        return Vec::new();
    };
    let mut lines: BTreeMap<usize, u64> = BTreeMap::new();
    for instruction in &heat.instructions {
        let place = program
            .place(instruction.pc)
            .filter(|place| place.file == file);
        if let Some(place) = place {
            *lines.entry(place.line).or_insert(0) += instruction.used;
        }
    }
    let within = range.start.line as usize..=range.end.line as usize;
    let shown = lines.into_iter().filter(|(line, _)| within.contains(line));
    let hint = |(line, used): (usize, u64)| {
        let share = used.saturating_mul(1000).checked_div(heat.used)?;
        let at = positions.position(program.span_of_line(file, line).end);
        let label = format!("▪ {}.{} %", share / 10, share % 10);
        let tooltip = format!(
            "this line takes {used} of the {} {} of the last run; {} decide its tier",
            heat.used, heat.what, heat.capacity
        );
        (share >= LEAST).then(|| one(at, label, tooltip, None))
    };
    shown.filter_map(hint).collect()
}
