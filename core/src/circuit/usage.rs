//! How much of each capacity a run uses, and whether a tier holds the run.

use super::cost::Table;
use super::execution_trace::ExecutionTrace;
use super::layout::{Capacities, Layout};
use super::operations::table;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{AddAssign, Sub};

/// How much of each capacity a run, or a part of a run, uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// The tables of a circuit, in the order of [`Usage::counts`]: the name of each, and what it holds, for people.
pub const TABLES: [(&str, &str); 9] = [
    ("rows", "rows"),
    ("program", "program entries"),
    ("heap", "heap cells"),
    ("stack", "words left on the stack"),
    ("calls", "calls left open"),
    (
        "arithmetic",
        "distinct multiplications, divisions and shifts",
    ),
    ("bitwise", "distinct bitwise operations"),
    ("compare", "distinct comparisons"),
    ("sha256", "executions of SHA256"),
];

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
    /// What is used of each table, in the order of [`TABLES`].
    pub fn counts(&self) -> [usize; 9] {
        [
            self.rows,
            self.program,
            self.heap,
            self.stack,
            self.calls,
            self.arithmetic,
            self.bitwise,
            self.compare,
            self.sha256,
        ]
    }

    /// What is used of the table of this name; `None` if no table has it.
    pub fn of(&self, table: &str) -> Option<usize> {
        let mut all = TABLES.iter().zip(self.counts());
        all.find(|((name, _), _)| *name == table)
            .map(|(_, count)| count)
    }

    /// Of each table the result of `with` for both counts.
    fn zip(self, other: Usage, with: impl Fn(usize, usize) -> usize) -> Usage {
        Usage {
            rows: with(self.rows, other.rows),
            program: with(self.program, other.program),
            heap: with(self.heap, other.heap),
            stack: with(self.stack, other.stack),
            calls: with(self.calls, other.calls),
            arithmetic: with(self.arithmetic, other.arithmetic),
            bitwise: with(self.bitwise, other.bitwise),
            compare: with(self.compare, other.compare),
            sha256: with(self.sha256, other.sha256),
        }
    }

    /// What the run uses of every table of a circuit with these capacities. The table of SHA-256 is left out if the
    /// circuit has none and the run needs none.
    pub fn tables(&self, has: &Capacities) -> Vec<TableUse> {
        let all = TABLES.iter().zip(self.counts().into_iter().zip([
            has.rows,
            has.program,
            has.heap,
            has.stack,
            has.calls,
            has.arithmetic,
            has.bitwise,
            has.compare,
            has.sha256,
        ]));
        let all = all.map(|((table, what), (used, capacity))| TableUse {
            table,
            what,
            used,
            capacity,
        });
        let mut tables: Vec<TableUse> = all.collect();
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

impl AddAssign for Usage {
    fn add_assign(&mut self, other: Usage) {
        *self = self.zip(other, usize::saturating_add);
    }
}

/// What was used since: of each table the difference, which is 0 at least.
impl Sub for Usage {
    type Output = Usage;

    fn sub(self, other: Usage) -> Usage {
        self.zip(other, usize::saturating_sub)
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
