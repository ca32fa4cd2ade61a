//! The circuit with fixes reverted, for tests alone. The vulnerability is there again, so a test can show that a search finds it.

use super::checker::Row;
use ark_bls12_381::Fr;
use ark_ff::One;
use provable::circuit::builder::{Builder, Lc, Rule};
use provable::circuit::encoding::Bit;
use provable::circuit::field::pow2;
use provable::circuit::layout::step;
use provable::circuit::sha256::{AGE, WORDS};
use provable::circuit::variable::{ONE, Var};
use provable::circuit::{Circuit, Family};
use std::collections::HashSet;

/// The fixes that are reverted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RevertedFixes {
    /// RET goes to `fill`, which no constraint of its row bounds, in place of the result.
    pub return_to_fill: bool,
    /// The address of a cell is packed with its time. It has no power of β of its own.
    pub packed_address: bool,
}

impl RevertedFixes {
    /// The circuit as it was before the fixes.
    pub const BOTH: RevertedFixes = RevertedFixes {
        return_to_fill: true,
        packed_address: true,
    };
}

/// Reads a row of RET for the checker: where RET goes to `fill`, the result of the row means nothing.
pub fn read_fill(row: &mut Row) {
    if row.bits.get(Bit::Ret as usize) == Some(&Some(1)) {
        row.result = row.fill;
    }
}

/// The first bit of the address in a tuple with packed addresses.
pub const ADDRESS: u32 = 40;

/// The circuit with these fixes reverted.
pub fn with_reverted_fixes(circuit: &Circuit, reverted: RevertedFixes) -> Circuit {
    let mut builder = Builder::new();
    // The first derived variable is β², and the first constraint defines it.
    let squared = Var(circuit.derivations[0].var);
    let products: HashSet<u32> = circuit
        .derivations
        .iter()
        .filter(|found| found.rule == Rule::Product)
        .map(|found| found.constraint)
        .collect();
    for row in 0..circuit.matrices.constraints() {
        let family = circuit.families[row];
        let [mut a, mut b, c] = [0, 1, 2].map(|side| combination(circuit, side, row));
        let ret = step_row_of(circuit, &a, step::BIT + Bit::Ret as usize);
        if let (true, Some(at)) = (reverted.return_to_fill, ret) {
            let own = |column| circuit.layout.step.at(at, column);
            match family {
                Family::Arithmetic => a = a - own(step::BIT + Bit::Ret as usize),
                Family::Jump if products.contains(&(row as u32)) => {
                    let limb = |var: &Var| {
                        let place = circuit.layout.step.place(var.0 as usize);
                        place.is_some_and(|(_, column)| column >= step::LIMB)
                    };
                    b.0.retain(|(var, _)| !limb(var));
                    b = b + own(step::FILL);
                }
                _ => {}
            }
        }
        if reverted.packed_address && row > 0 {
            for (var, value) in &mut b.0 {
                if *var == squared {
                    (*var, *value) = (ONE, *value * pow2(ADDRESS));
                }
            }
        }
        builder.enforce(family, a, b, c);
    }
    let (matrices, families, _) = builder.finish();
    Circuit {
        matrices,
        families,
        ..circuit.clone()
    }
}

/// The circuit without the range lookups of the ages of the rows of SHA-256.
pub fn without_ages(circuit: &Circuit) -> Circuit {
    let block = circuit.layout.sha256;
    let mut builder = Builder::new();
    for row in 0..circuit.matrices.constraints() {
        let [a, b, mut c] = [0, 1, 2].map(|side| combination(circuit, side, row));
        let own = |(var, _): &(Var, Fr)| match block.place(var.0 as usize) {
            Some((_, column)) => (AGE..WORDS).contains(&column),
            None => false,
        };
        // γ and the age: the tuple of a lookup in the range table.
        if circuit.families[row] == Family::Sha256Memory && b.0.len() == 2 && b.0.iter().any(own) {
            c = Lc::zero();
        }
        builder.enforce(circuit.families[row], a, b, c);
    }
    let (matrices, families, _) = builder.finish();
    Circuit {
        matrices,
        families,
        ..circuit.clone()
    }
}

fn combination(circuit: &Circuit, side: usize, row: usize) -> Lc {
    let matrices = &circuit.matrices;
    let entries = matrices.abc[side].row(row);
    Lc(entries
        .map(|(var, index)| (Var(var), matrices.coefficients[index as usize]))
        .collect())
}

/// The step row whose column is in a linear combination, with coefficient 1.
fn step_row_of(circuit: &Circuit, lc: &Lc, column: usize) -> Option<usize> {
    lc.0.iter()
        .filter(|(_, value)| value.is_one())
        .filter_map(|(var, _)| circuit.layout.step.place(var.0 as usize))
        .find(|(_, found)| *found == column)
        .map(|(row, _)| row)
}
