//! Counts the hits of breakpoints during a movement, and collects what log points print.

use super::stop::Stop;
use crate::dap::expression::View;
use std::collections::HashMap;

/// The most lines that log points print in one movement: a loop could print any number of them.
const LINES: usize = 10_000;

/// Hits of one movement, counted from the beginning of the run if it started there.
#[derive(Clone, Debug, Default)]
pub struct HitCounter {
    hits: HashMap<u64, u64>,
    /// Whether log points print: not while hits are only counted, nor on the way back.
    pub logs: bool,
    lines: Vec<String>,
    printed: usize,
    condition_error: Option<String>,
    is_error_reported: bool,
}

impl HitCounter {
    /// Counts a hit of a breakpoint; whether it does not stop the program.
    pub(super) fn passes(&mut self, stop: &Stop, view: View<'_>) -> bool {
        if let Some(condition) = &stop.rule.condition {
            match condition.value(view) {
                Ok(0) => return true,
                Ok(_) => {}
                Err(error) => {
                    self.condition_error.get_or_insert_with(|| {
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
                if self.logs && self.printed < LINES {
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

    /// What log points printed since the last call.
    pub fn take_lines(&mut self) -> Vec<String> {
        std::mem::take(&mut self.lines)
    }

    /// The first condition that had no value, once.
    pub fn take_condition_error(&mut self) -> Option<String> {
        let condition_error = self.condition_error.take()?;
        let is_first = !std::mem::replace(&mut self.is_error_reported, true);
        is_first.then_some(condition_error)
    }
}
