//! How much of each capacity a run uses, and whether a tier holds the run.

use super::cost::Table;
use super::execution_trace::ExecutionTrace;
use super::layout::{Capacities, Layout};
use super::operations::table;
use std::fmt;

/// How much of each capacity a run uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Rows.
    pub rows: usize,
    /// Program table entries.
    pub program: usize,
    /// Distinct heap cells.
    pub heap: usize,
    /// Words that remain on the stack.
    pub stack: usize,
    /// Return addresses that remain on the call stack.
    pub calls: usize,
    /// Distinct multiplications, divisions and shifts.
    pub arithmetic: usize,
    /// Distinct bitwise operations.
    pub bitwise: usize,
    /// Distinct comparisons.
    pub compare: usize,
    /// Executions of SHA256.
    pub sha256: usize,
}

/// How much of one table of a tier a run uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableUse {
    /// The capacity's name in [`Capacities`], and in the JSON that the command line prints.
    pub table: &'static str,
    /// What the table holds, for people.
    pub what: &'static str,
    /// Rows that the run needs.
    pub used: usize,
    /// Rows that the tier has.
    pub capacity: usize,
}

impl TableUse {
    /// Whether the table holds what the run needs.
    pub fn fits(&self) -> bool {
        self.used <= self.capacity
    }
}

/// A run does not fit a tier: the tables that are too small for it, at least one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Shortage {
    /// The tables, in the order of [`Usage::tables`].
    pub tables: Vec<TableUse>,
}

impl fmt::Display for Shortage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the run needs ")?;
        for (place, table) in self.tables.iter().enumerate() {
            let (between, holder) = match place {
                0 => ("", "this tier"),
                _ => ("; ", "it"),
            };
            let TableUse {
                what,
                used,
                capacity,
                ..
            } = table;
            write!(f, "{between}{used} {what}, {holder} holds {capacity}")?;
        }
        Ok(())
    }
}

impl Usage {
    /// What the run uses of every table of a circuit with these capacities. The table of SHA-256 is left out if the
    /// circuit has none and the run needs none.
    pub fn tables(&self, has: &Capacities) -> Vec<TableUse> {
        let mut tables = [
            ("rows", "rows", self.rows, has.rows),
            ("program", "program entries", self.program, has.program),
            ("heap", "heap cells", self.heap, has.heap),
            ("stack", "words left on the stack", self.stack, has.stack),
            ("calls", "calls left open", self.calls, has.calls),
            (
                "arithmetic",
                "distinct multiplications, divisions and shifts",
                self.arithmetic,
                has.arithmetic,
            ),
            (
                "bitwise",
                "distinct bitwise operations",
                self.bitwise,
                has.bitwise,
            ),
            ("compare", "distinct comparisons", self.compare, has.compare),
            ("sha256", "executions of SHA256", self.sha256, has.sha256),
        ]
        .map(|(table, what, used, capacity)| TableUse {
            table,
            what,
            used,
            capacity,
        })
        .to_vec();
        tables.retain(|table| table.table != "sha256" || table.used + table.capacity > 0);
        tables
    }

    /// Whether a run that uses this much fits.
    ///
    /// # Errors
    /// Every table that is too small.
    pub fn fits(&self, has: &Capacities) -> Result<(), Shortage> {
        let mut tables = self.tables(has);
        tables.retain(|table| !table.fits());
        match tables.is_empty() {
            true => Ok(()),
            false => Err(Shortage { tables }),
        }
    }
}

impl ExecutionTrace {
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
            sha256: self.compressions.len(),
        }
    }

    /// Whether the run fits.
    ///
    /// # Errors
    /// Every capacity that is too small.
    pub fn fits(&self, layout: &Layout) -> Result<(), Shortage> {
        self.usage().fits(&layout.capacities)
    }
}
