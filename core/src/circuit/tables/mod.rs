//! The constraints, one table a file. Each adds its rows, and its terms to the sums.

mod arithmetic;
mod bitwise;
mod cells;
mod compare;
mod lookup;
mod step;

use super::bounds::{Context, Ledger, ProgramTable, Refusal};
use super::builder::Builder;
use super::layout::Layout;

/// Adds every table's constraints and the sums; returns the number of variables, and what was packed or why it may not be.
pub(super) fn synthesize(
    builder: &mut Builder,
    layout: &Layout,
) -> (usize, Result<Ledger, Refusal>) {
    let mut context = Context::new(builder, layout);
    let program = ProgramTable::write(&mut context);
    step::constrain(&mut context, &program);
    cells::constrain(&mut context);
    arithmetic::constrain(&mut context);
    bitwise::constrain(&mut context);
    compare::constrain(&mut context);
    lookup::constrain(&mut context);
    context.close()
}
