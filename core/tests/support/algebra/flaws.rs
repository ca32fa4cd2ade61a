//! The circuit with a fix of November 2026 taken back, to see that the search would have found what the fix is for.

use super::layout::STEP;
use super::wiring::Wiring;
use crate::support::checker::Row;
use ark_bls12_381::Fr;
use ark_ff::Zero;
use provable_core::circuit::builder::{pow2, Rule, ONE};
use provable_core::circuit::encoding::Bit;
use provable_core::circuit::layout::step;
use provable_core::circuit::matrices::{Matrices, Matrix};
use provable_core::circuit::{Circuit, Family};
use std::collections::BTreeMap;

/// The sides of a constraint as sums of variables.
type Sides = [BTreeMap<u32, Fr>; 3];

/// Writes each constraint anew.
fn rewritten(circuit: &Circuit, mut change: impl FnMut(usize, &mut Sides)) -> Circuit {
    let matrices = &circuit.matrices;
    let mut columns: [Vec<u32>; 3] = Default::default();
    let mut ends: [Vec<u32>; 3] = Default::default();
    let mut indices: [Vec<u32>; 3] = Default::default();
    let mut coefficients = matrices.coefficients.clone();
    for row in 0..matrices.constraints() {
        let mut sides: Sides = [0, 1, 2].map(|side| {
            let terms = matrices.abc[side].row(row);
            terms
                .map(|(var, index)| (var, matrices.coefficients[index as usize]))
                .collect()
        });
        change(row, &mut sides);
        for (side, sum) in sides.into_iter().enumerate() {
            for (var, value) in sum.into_iter().filter(|(_, value)| !value.is_zero()) {
                let known = coefficients.iter().position(|known| *known == value);
                let index = known.unwrap_or_else(|| {
                    coefficients.push(value);
                    coefficients.len() - 1
                });
                columns[side].push(var);
                indices[side].push(index as u32);
            }
            ends[side].push(columns[side].len() as u32);
        }
    }
    let [a, b, c] = [0, 1, 2].map(|side| Matrix {
        ends: std::mem::take(&mut ends[side]).into(),
        columns: std::mem::take(&mut columns[side]).into(),
        coefficients: std::mem::take(&mut indices[side]).into(),
    });
    let matrices = Matrices {
        abc: [a, b, c],
        coefficients,
    };
    Circuit {
        matrices,
        ..circuit.clone()
    }
}

/// A RET goes to what the memory gives and not to the row's range-checked result.
pub fn returns_to_memory(circuit: &Circuit) -> Circuit {
    let wiring = Wiring::new(circuit);
    let block = circuit.layout.step;
    let mut owners = vec![usize::MAX; circuit.matrices.constraints()];
    for (row, constraints) in wiring.rows[STEP].iter().enumerate() {
        for constraint in constraints {
            owners[*constraint as usize] = row;
        }
    }
    rewritten(circuit, |constraint, sides| {
        let row = owners[constraint];
        if row == usize::MAX {
            return;
        }
        let at = |column| block.at(row, column).0;
        let ret = at(step::BIT + Bit::Ret as usize);
        let [a, b, c] = sides;
        match circuit.families[constraint] {
            // The product ret·(r − pc − 1), whose first factor is the bit alone.
            Family::Jump if a.len() == 1 && a.contains_key(&ret) => {
                for column in step::LIMB..block.width {
                    b.remove(&at(column));
                }
                b.insert(at(step::FILL), Fr::from(1u64));
            }
            // The constraint, which makes no variable.
            Family::Arithmetic if c.is_empty() => drop(a.remove(&ret)),
            _ => {}
        }
    })
}

/// Such a RET's result means nothing.
pub fn read_memory(row: &mut Row) {
    if row.bits.get(Bit::Ret as usize) == Some(&Some(1)) {
        row.result = row.fill;
    }
}

/// A cell's address shares the packed sum with its time, space and set: β² is a number.
pub fn packed_addresses(circuit: &Circuit) -> Circuit {
    let squared = circuit.derivations.iter().find(|derivation| {
        derivation.rule == Rule::Product
            && circuit.families[derivation.constraint as usize] == Family::BetaSquared
    });
    let Some(squared) = squared.copied() else {
        return circuit.clone();
    };
    rewritten(circuit, |constraint, sides| {
        if constraint == squared.constraint as usize {
            return;
        }
        for side in sides {
            if let Some(value) = side.remove(&squared.var) {
                *side.entry(ONE.0).or_default() += value * pow2(40);
            }
        }
    })
}
