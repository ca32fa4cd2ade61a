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

/// A witness that the program table has been written. Without it nothing can be fetched.
#[derive(Debug)]
pub(in crate::circuit) struct ProgramTable(());

/// What a row fetched.
pub(in crate::circuit) struct Fetched {
    /// The row's position. After the fetch it is known to be the position of an entry.
    pub pc: Bounded,
    /// The entry's operand.
    pub operand: Bounded,
}

impl ProgramTable {
    /// Entry j is c_j = bits_j + β·operand_j. Horner's rule from the last entry: e_j = e_{j+1}·ρ + c_j, and e_0 is the
    /// statement's. All entries count, also the padding. β and ρ are drawn after the table is committed. So, by the
    /// Schwartz–Zippel lemma, the committed entries are those of the program, and the verifier's encoding bounds their
    /// control bits and operands.
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

    /// Requires a row's position, control bits and operand to be those of an entry. The fetch of the row before bounds
    /// the position, so the sum of position and bits has a unique decoding. Then the position is the number of an
    /// entry, and the operand, which stands under β, is the operand of that entry.
    pub fn fetch(
        &self,
        context: &mut Context<'_>,
        row: usize,
        (pc, bits): (Bounded, Bounded),
        operand: Var,
    ) -> Fetched {
        let family = Family::Fetch;
        let scaled = context.times_beta(family, operand);
        // Rows are counted from 1, so that the basis of the first row comes before it.
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
