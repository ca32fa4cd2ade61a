//! Facts 3 and 4: the program table is the statement's program, and each row's position, control bits and operand are
//! those of one of its entries.

use super::context::Sum;
use super::{Basis, Bounded, Context, Fact, Interval, Numerator};
use crate::circuit::builder::Lc;
use crate::circuit::encoding::{OPERANDS, UNFETCHABLE};
use crate::circuit::family::Family;
use crate::circuit::layout::program::{BITS, MULTIPLICITY, OPERAND};
use crate::circuit::layout::statement::{PROGRAM, RHO};
use crate::circuit::tuple::FETCH;
use crate::circuit::variable::Var;

/// That the program table has been written: without it nothing can be fetched.
#[derive(Debug)]
pub(in crate::circuit) struct ProgramTable(());

/// What a row fetched.
pub(in crate::circuit) struct Fetched {
    /// The row's position, now known for an entry's.
    pub pc: Bounded,
    /// The entry's operand.
    pub operand: Bounded,
}

impl ProgramTable {
    /// Entry j is c_j = bits_j + β·operand_j. Horner from the last: e_j = e_{j+1}·ρ + c_j, and e_0 is the statement's.
    /// All entries count, padding too; β and ρ come after the table is committed, so (Schwartz–Zippel) the committed
    /// entries are the program's, whose control bits and operands the verifier's encoding bounds.
    pub fn write(context: &mut Context<'_>) -> Self {
        let layout = context.layout;
        let family = Family::ProgramTable;
        let mut sum: Option<Lc> = None;
        for index in (0..layout.program.rows).rev() {
            let at = |column| -> Var { layout.program.at(index, column) };
            let basis = Basis::of(Fact::Program);
            let bits = Interval::of(0, i128::from(UNFETCHABLE));
            let bits = Bounded::known(at(BITS), bits, basis);
            let operand = context.times_beta(family, at(OPERAND));
            let coefficient = Lc::from(at(BITS)) + operand.lc();
            let position = Bounded::constant(index as i128);
            let tuple = context
                .pack(&FETCH, "entry", &[position, bits], 0)
                .under_beta(operand);
            let multiplicity = Numerator::Multiplicity(at(MULTIPLICITY));
            context.take(Sum::Fetch, family, tuple, multiplicity);
            sum = Some(match sum {
                None => coefficient,
                Some(sum) => Lc::from(context.free_product(family, sum, RHO)) + coefficient,
            });
        }
        let builder = &mut context.builder;
        builder.zero(family, sum.unwrap_or_default() - PROGRAM);
        ProgramTable(())
    }

    /// Requires a row's position, control bits and operand to be an entry's. The position is bounded by what the row
    /// before fetched, so that the sum of position and bits has one reading; then it is an entry's number, and the
    /// operand, which stands under β, that entry's.
    pub fn fetch(
        &self,
        context: &mut Context<'_>,
        row: usize,
        (pc, bits): (Bounded, Bounded),
        operand: Var,
    ) -> Fetched {
        let family = Family::Fetch;
        let scaled = context.times_beta(family, operand);
        // Rows are counted from 1, so that what the first row rests on comes before it.
        let shown = Basis {
            fact: Fact::Fetch,
            row: row + 1,
        };
        let position = pc.lc();
        let tuple = context
            .pack(&FETCH, "row", &[pc, bits], row + 1)
            .under_beta(scaled);
        context.add(Sum::Fetch, family, tuple, Numerator::one());
        let last = context.layout.program.rows.saturating_sub(1) as i128;
        Fetched {
            pc: Bounded::known(position, Interval::of(0, last), shown),
            operand: Bounded::known(operand, OPERANDS, shown),
        }
    }
}
