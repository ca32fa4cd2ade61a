//! How much of each capacity a run uses, and whether a tier holds it.

use super::coprocessors::table;
use super::recording::Recording;
use crate::circuit::cost::Table;
use crate::circuit::layout::Layout;

/// How much of each capacity a run uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Rows.
    pub rows: usize,
    /// Program table entries.
    pub program: usize,
    /// Distinct heap cells.
    pub heap: usize,
    /// Words left on the stack.
    pub stack: usize,
    /// Return addresses left.
    pub calls: usize,
    /// Distinct multiplications, divisions and shifts.
    pub arithmetic: usize,
    /// Distinct bitwise operations.
    pub bitwise: usize,
    /// Distinct comparisons.
    pub compare: usize,
}

/// A run that does not fit a tier: which capacity, how much it needs, how much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the run needs {needed} {what}, this tier holds {available}")]
pub struct Shortage {
    /// The capacity, in words.
    pub what: &'static str,
    /// What the run needs.
    pub needed: usize,
    /// What the tier has.
    pub available: usize,
}

impl Recording {
    /// How much of each capacity the run uses.
    pub fn usage(&self) -> Usage {
        let asked = |wanted: Table| {
            let found = self
                .questions
                .keys()
                .filter(|(op, ..)| table(*op) == wanted);
            found.count()
        };
        Usage {
            rows: self.rows.len(),
            program: self.entries.len(),
            heap: self.heap.len(),
            stack: self.stack.len(),
            calls: self.calls.len(),
            arithmetic: asked(Table::Arithmetic),
            bitwise: asked(Table::Bitwise),
            compare: asked(Table::Compare),
        }
    }

    /// Whether the run fits, and if not, the first capacity that is too small.
    ///
    /// # Errors
    /// The shortage.
    pub fn fits(&self, layout: &Layout) -> Result<(), Shortage> {
        let (usage, has) = (self.usage(), layout.capacities);
        for (what, needed, available) in [
            ("rows", usage.rows, has.rows),
            ("program entries", usage.program, has.program),
            ("heap cells", usage.heap, has.heap),
            ("words left on the stack", usage.stack, has.stack),
            ("calls left open", usage.calls, has.calls),
            (
                "distinct multiplications, divisions and shifts",
                usage.arithmetic,
                has.arithmetic,
            ),
            ("distinct bitwise operations", usage.bitwise, has.bitwise),
            ("distinct comparisons", usage.compare, has.compare),
        ] {
            if needed > available {
                return Err(Shortage {
                    what,
                    needed,
                    available,
                });
            }
        }
        Ok(())
    }
}
