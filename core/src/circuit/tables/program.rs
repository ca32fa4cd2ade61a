//! The program table: committed entries whose evaluation at ρ the verifier computes from the program's text.

use super::Context;
use crate::circuit::builder::{Family, Lc, Var};
use crate::circuit::layout::program::{BITS, MULTIPLICITY, OPERAND};
use crate::circuit::layout::statement::{BETA, GAMMA, PROGRAM, RHO};
use crate::circuit::tuple::fetch;
use ark_bls12_381::Fr;

/// Entry j is c_j = bits_j + β·operand_j. Horner from the last: e_j = e_{j+1}·ρ + c_j, and e_0 is the statement's.
/// All entries count, padding too; β and ρ come after the table is committed, so (Schwartz–Zippel) the committed
/// entries are the program's.
pub fn constrain(context: &mut Context<'_>) {
    let layout = context.layout;
    let mut sum: Option<Lc> = None;
    for index in (0..layout.program.rows).rev() {
        let at = |column| -> Var { layout.program.at(index, column) };
        let operand = context.fresh();
        context
            .builder
            .product(Family::ProgramTable, operand, at(OPERAND), BETA);
        let term = context.fresh();
        let tuple = fetch(Lc::constant(index as u64), at(BITS)) + operand;
        context
            .builder
            .term(Family::ProgramTable, term, GAMMA, tuple, at(MULTIPLICITY));
        context.sums.fetch.0.push((term, -Fr::from(1u64)));
        let coefficient = at(BITS) + operand;
        sum = Some(match sum {
            None => coefficient,
            Some(sum) => {
                let shifted = context.fresh();
                context
                    .builder
                    .product(Family::ProgramTable, shifted, sum, RHO);
                shifted + coefficient
            }
        });
    }
    context
        .builder
        .zero(Family::ProgramTable, sum.unwrap_or_default() - PROGRAM);
}
