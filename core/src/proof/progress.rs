//! Ranges of progress: parts of long work, by what they cost.

use crate::progress::Progress;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// A range of the whole work. It consists of steps; their costs are in one unit, which the caller chooses. Steps may be
/// done by several threads at once.
pub(super) struct ProgressRange<'a> {
    progress: &'a dyn Progress,
    range: Range<f64>,
    /// The cost of the steps that are done. It is locked during a report, so that reported fractions never decrease.
    done: Mutex<u64>,
    cost: u64,
}

impl<'a> ProgressRange<'a> {
    /// The range between two fractions.
    pub(super) fn new(progress: &'a dyn Progress, range: Range<f64>) -> Self {
        ProgressRange {
            progress,
            range,
            done: Mutex::new(0),
            cost: 0,
        }
    }

    /// The same range, once the cost of all its steps is known.
    pub(super) fn costing(mut self, cost: u64) -> Self {
        self.cost = cost;
        self
    }

    /// Reports the name of the work that begins.
    pub(super) fn begin(&self, name: &str) {
        self.advance(name, 0);
    }

    /// Reports that a step of this cost is done.
    pub(super) fn advance(&self, name: &str, cost: u64) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        *done = done.saturating_add(cost).min(self.cost);
        let Range { start, end } = self.range;
        let part = *done as f64 / self.cost.max(1) as f64;
        // Rounding must not let a fraction pass the start of the next range.
        let fraction = (start + (end - start) * part).min(end);
        self.progress.phase(name, fraction);
    }

    /// Whether the work is cancelled. Then the result of the computation is not used.
    pub(super) fn is_cancelled(&self) -> bool {
        self.progress.is_cancelled()
    }
}
