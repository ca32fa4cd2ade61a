//! The constraints, one file for each table. Each table adds its rows, and its terms to the sums.

mod arithmetic;
mod bitwise;
mod cells;
mod compare;
mod lookup;
mod sha256;
mod step;

use super::bounds::{Context, Ledger, ProgramTable, Refusal};
use super::builder::Builder;
use super::layout::Layout;

/// Adds the constraints of every table, and the sums. Returns the number of variables, and the ledger of what was
/// packed or the reason why it may not be packed.
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
    sha256::constrain(&mut context);
    context.close()
}
