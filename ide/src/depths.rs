//! Depth hints: the stack depth after each instruction, shown beside it.

use super::snapshot::Snapshot;
use provable::lang::analysis::Depth;
use std::ops::Range;

/// A depth and where to show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepthHint {
    /// The end of the instruction.
    pub offset: usize,
    /// `3`, `2…4`, or `≥1`.
    pub label: String,
    /// The depth before and after, in words.
    pub tooltip: String,
}

/// The depths after the instructions on the lines that a range touches. There is none for an instruction that no path
/// reaches, and none after a CALL that never returns.
pub fn depth_hints(s: &Snapshot, within: Range<usize>) -> Vec<DepthHint> {
    let lines = s.lines_in(&within);
    let first = s.first_instruction_from(lines.start);
    let end = s.first_instruction_from(lines.end);
    let depth = |depths: &[Option<Depth>], index: usize| depths.get(index).copied().flatten();
    (first..end)
        .filter_map(|index| {
            let before = depth(&s.analysis.depth_before, index)?;
            let after = depth(&s.analysis.depth_after, index)?;
            Some(DepthHint {
                offset: s.assembly.span_of(index).end,
                label: short(after),
                tooltip: format!("stack depth: {before} before, {after} after"),
            })
        })
        .collect()
}

fn short(depth: Depth) -> String {
    match (depth.exact(), depth.max) {
        (Some(depth), _) => depth.to_string(),
        (None, Some(max)) => format!("{}…{max}", depth.min),
        (None, None) => format!("≥{}", depth.min),
    }
}
