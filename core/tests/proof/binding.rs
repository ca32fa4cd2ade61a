//! The commitment is binding: no committed column is lost in the reduction.

use ark_bls12_381::Fr;
use ark_ff::{Field, Zero};
use provable::circuit::matrices::Matrices;
use provable::circuit::{Capacities, Circuit};
use std::collections::BTreeMap;
use std::ops::Range;

/// The stacked matrices have full column rank on the committed block and the blind. The circuits have rows between the first and the
/// last or none, a table of top limbs, and bitwise digits of four bits.
#[test]
fn committed_columns_are_independent() {
    for (rows, range_bits, bitwise) in [(2, 4, 1), (3, 5, 1), (4, 4, 90)] {
        let circuit = Circuit::new(Capacities {
            rows,
            program: 2,
            range_bits,
            heap: 2,
            stack: 1,
            calls: 1,
            arithmetic: 1,
            bitwise,
            compare: 1,
            sha256: 0,
        })
        .unwrap();
        let layout = &circuit.layout;
        let committed = layout.committed_start()..layout.committed_end();
        let shape =
            format!("{rows} rows, range table 2^{range_bits}, {bitwise} bitwise operations");
        assert_eq!(
            rank(&circuit.matrices, &committed),
            committed.len(),
            "{shape}"
        );
    }
}

/// The rank of the stacked matrices on these variables.
fn rank(matrices: &Matrices, variables: &Range<usize>) -> usize {
    let mut pivots: BTreeMap<usize, BTreeMap<usize, Fr>> = BTreeMap::new();
    for matrix in &matrices.abc {
        for row in 0..matrices.constraints() {
            let mut reduced = BTreeMap::new();
            for (var, coefficient) in matrix.row(row) {
                let var = var as usize;
                if variables.contains(&var) {
                    reduced.insert(var, matrices.coefficients[coefficient as usize]);
                }
            }
            // Eliminate the lowest column until the row is a new pivot or nothing is left.
            while let Some((column, value)) = reduced.first_key_value() {
                let (column, value) = (*column, *value);
                let Some(pivot) = pivots.get(&column) else {
                    let scale = value.inverse().unwrap();
                    reduced.values_mut().for_each(|value| *value *= scale);
                    pivots.insert(column, reduced);
                    break;
                };
                for (other, weight) in pivot {
                    *reduced.entry(*other).or_default() -= value * weight;
                }
                reduced.retain(|_, value| !value.is_zero());
            }
        }
    }
    pivots.len()
}
