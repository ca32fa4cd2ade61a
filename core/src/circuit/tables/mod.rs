//! The constraints, one table a file. Each adds its rows and leaves its terms in [`Sums`].

pub(super) mod arithmetic;
pub(super) mod bitwise;
pub(super) mod cells;
pub(super) mod compare;
pub(super) mod lookup;
pub(super) mod program;
pub(super) mod step;

use super::builder::{Builder, Lc, Var};
use super::layout::{Block, Layout};

/// The sums that must be zero, gathered table by table. The memory sum shares with none: its tuples have no free
/// multiplicity, and a table entry with one would forge a cell.
#[derive(Debug, Default)]
pub(super) struct Sums {
    pub memory: Lc,
    pub range: Lc,
    pub top: Lc,
    pub fetch: Lc,
    pub coprocessor: Lc,
    pub digit: Lc,
    pub power: Lc,
}

/// What every table's constraints need.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub builder: &'a mut Builder,
    pub layout: &'a Layout,
    pub sums: Sums,
    next: usize,
}

impl<'a> Context<'a> {
    pub fn new(builder: &'a mut Builder, layout: &'a Layout) -> Self {
        let next = layout.committed_end();
        Context {
            builder,
            layout,
            sums: Sums::default(),
            next,
        }
    }

    /// A fresh variable of the remaining witness.
    pub fn fresh(&mut self) -> Var {
        let var = Var(self.next as u32);
        self.next += 1;
        var
    }

    /// How many variables there are so far.
    pub fn variables(&self) -> usize {
        self.next
    }

    /// The limbs of a word in a committed block.
    pub fn limbs(&self, block: &Block, row: usize, column: usize) -> Vec<Var> {
        block.span(row, column, self.layout.capacities.word_limbs())
    }
}

/// Adds every table's constraints and the sums; returns the number of variables.
pub(super) fn synthesize(builder: &mut Builder, layout: &Layout) -> usize {
    let mut context = Context::new(builder, layout);
    step::constrain(&mut context);
    cells::constrain(&mut context);
    program::constrain(&mut context);
    arithmetic::constrain(&mut context);
    bitwise::constrain(&mut context);
    compare::constrain(&mut context);
    lookup::constrain(&mut context);
    lookup::sums(&mut context);
    context.variables()
}
