//! What is counted and said while a movement passes breakpoints.

use super::Stop;
use crate::dap::expression::View;
use std::collections::HashMap;

/// Lines that log points print in one movement: more, nobody reads, and a loop can make any number of them.
const LINES: usize = 10_000;

/// Hits of one movement, counted from the beginning of the run if it started there.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    hits: HashMap<u64, u64>,
    /// Whether log points are heard: not while hits are only counted, nor on the way back.
    pub is_heard: bool,
    lines: Vec<String>,
    printed: usize,
    complaint: Option<String>,
    has_complained: bool,
}

impl Tally {
    /// Counts a hit of a breakpoint; whether it does not stop the program.
    pub(super) fn lets_pass(&mut self, stop: &Stop, view: View<'_>) -> bool {
        if let Some(condition) = &stop.rule.condition {
            match condition.value(view) {
                Ok(0) => return true,
                Ok(_) => {}
                Err(error) => {
                    self.complaint.get_or_insert_with(|| {
                        format!(
                            "the condition of breakpoint {} has no value at step {}: {error}",
                            stop.id,
                            view.machine.steps()
                        )
                    });
                    return true;
                }
            }
        }
        if let Some(condition) = stop.rule.hits {
            let hits = self.hits.entry(stop.id).or_insert(0);
            *hits += 1;
            if !condition.holds(*hits) {
                return true;
            }
        }
        match &stop.rule.log {
            None => false,
            Some(template) => {
                if self.is_heard && self.printed < LINES {
                    self.printed += 1;
                    self.lines.push(template.fill(view));
                    if self.printed == LINES {
                        let end = "… log points say no more until the program stops";
                        self.lines.push(end.into());
                    }
                }
                true
            }
        }
    }

    /// What log points said since this was asked last.
    pub fn take_lines(&mut self) -> Vec<String> {
        std::mem::take(&mut self.lines)
    }

    /// The first condition that had no value, once.
    pub fn take_complaint(&mut self) -> Option<String> {
        let complaint = self.complaint.take()?;
        let is_first = !std::mem::replace(&mut self.has_complained, true);
        is_first.then_some(complaint)
    }
}
