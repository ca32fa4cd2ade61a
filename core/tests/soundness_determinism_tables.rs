//! A coprocessor's answer is a function of the question: `soundness_determinism` says what is proved.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use provable_core::circuit::builder::Var;
use provable_core::circuit::layout::statement::{BETA, GAMMA};
use provable_core::circuit::layout::{arithmetic, bitwise, Block};
use provable_core::circuit::tuple::*;
use provable_core::circuit::{Circuit, Family};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use support::determinism::Differences;
use support::equations::{add, Form};
use support::lie::circuits;

/// One row as good as another.
const ROW: usize = 1;

fn row_of<'a>(circuit: &'a Circuit, block: &Block, dropped: Option<Family>) -> Differences<'a> {
    let own: HashSet<u32> = (0..block.width)
        .map(|column| block.at(ROW, column).0)
        .collect();
    let mut differences = Differences::new(circuit, &own, &own, dropped);
    // The first column counts the askers.
    differences.input(block.at(ROW, 0));
    differences
}

/// Whether the answer's tuple, which holds operation, carry, a, b and result, is the same in all solutions.
fn is_determined(differences: &Differences<'_>) -> bool {
    let terms = differences.terms(&[Family::CoprocessorSum]);
    terms.len() == 1 && differences.agrees(terms[0])
}

/// The forms that have to be zero of a sum of limbs and others.
fn sum(parts: &[&[Var]], bits: u32, constant: Fr) -> Form {
    let mut form = Form::new();
    for part in parts {
        let word = recompose(part, bits).0;
        add(
            &mut form,
            &word
                .into_iter()
                .map(|(var, value)| (var.0, value))
                .collect(),
            Fr::one(),
        );
    }
    add(&mut form, &Form::from([(0, constant)]), Fr::one());
    form
}

/// An arithmetic row of an operation, of all a and b, or of all a and one factor. Whether its answer is determined;
/// `None` if there is none. `table` is any row, of which nothing is known.
fn arithmetic_row(
    circuit: &Circuit,
    table: &Differences<'_>,
    op: u64,
    factor: Option<u32>,
) -> Option<bool> {
    let (layout, row) = (&circuit.layout, ROW);
    let (limbs, bits) = (layout.capacities.word_limbs(), layout.capacities.range_bits);
    let block = layout.arithmetic;
    let word = |index| block.span(row, arithmetic::LIMB + index * limbs, limbs);
    let (a, b, low, slack) = (word(0), word(1), word(3), word(4));
    let mut differences = table.clone();
    for (index, kind) in [COP_MUL, COP_DIV, COP_MOD, COP_SHL].into_iter().enumerate() {
        let chosen = Fr::from(u64::from(kind == op));
        differences.know(block.at(row, arithmetic::KIND + index), chosen);
    }
    differences.input_word(&a, bits);
    differences.input_word(&b, bits);
    if op == COP_SHL || op == COP_SHR {
        // The table of powers is a function of the amount, and so the factor of b.
        differences.input(block.at(row, arithmetic::FACTOR));
    }
    if let Some(factor) = factor {
        differences.know(block.at(row, arithmetic::FACTOR), Fr::from(factor));
        // low + slack = factor − 1, both words: so low is below the factor.
        let rule = sum(&[&low, &slack], bits, Fr::one() - Fr::from(factor));
        if differences.zeros().contains(&rule) {
            let highest = i128::from(factor) - 1;
            if highest < 0 {
                return None;
            }
            differences.bound_word(&low, bits, highest);
        }
    }
    differences.solve();
    Some(is_determined(&differences))
}

#[test]
fn a_product_is_a_function_of_its_factors() {
    for circuit in &circuits() {
        let table = row_of(circuit, &circuit.layout.arithmetic, None);
        for op in [COP_MUL, COP_SHL] {
            assert_eq!(
                arithmetic_row(circuit, &table, op, None),
                Some(true),
                "{op}"
            );
        }
    }
}

#[test]
fn a_quotient_is_a_function_of_the_dividend() {
    let mut rng = StdRng::seed_from_u64(1);
    let powers = (0..32).map(|n| 1u32 << n);
    let mut divisors: BTreeSet<u32> = powers.clone().flat_map(|n| [n - 1, n, n + 1]).collect();
    divisors.extend([10, 100, 1000, u32::MAX - 1, u32::MAX]);
    divisors.extend((0..100).map(|_| rng.gen::<u32>() >> rng.gen_range(0..24)));
    for circuit in &circuits() {
        let table = row_of(circuit, &circuit.layout.arithmetic, None);
        for op in [COP_DIV, COP_MOD] {
            for divisor in &divisors {
                let expected = (*divisor != 0).then_some(true);
                let found = arithmetic_row(circuit, &table, op, Some(*divisor));
                assert_eq!(found, expected, "{op}, {divisor}");
            }
        }
        for power in powers.clone() {
            assert_eq!(
                arithmetic_row(circuit, &table, COP_SHR, Some(power)),
                Some(true),
                "{power}"
            );
        }
    }
}

/// The control.
#[test]
fn without_its_constraints_an_answer_is_open() {
    let circuit = &circuits()[0];
    let open = |op, factor, family| {
        assert_eq!(
            arithmetic_row(
                circuit,
                &row_of(circuit, &circuit.layout.arithmetic, Some(family)),
                op,
                factor
            ),
            Some(false),
            "{op}, {family:?}"
        );
    };
    open(COP_MUL, None, Family::ArithmeticTable);
    open(COP_MUL, None, Family::RangeSum);
    open(COP_DIV, Some(7), Family::ArithmeticTable);
    open(COP_SHR, Some(8), Family::RangeTable);
    assert!(!bitwise_row(circuit, [0, 0], Some(Family::BitwiseTable)));
    assert!(!bitwise_row(circuit, [1, 0], Some(Family::NibbleTable)));
}

/// A table's entries, from its constraints γ − (x + y·β + …): for each, the numbers before the constant, β and the rest.
fn entries(circuit: &Circuit, family: Family) -> Vec<[Fr; 3]> {
    let matrices = &circuit.matrices;
    let constant = |row: &usize| {
        let statement = circuit.layout.committed_start() as u32;
        let squared = circuit
            .families
            .iter()
            .position(|family| *family == Family::Powers);
        let (squared, _) = matrices.abc[2].row(squared.unwrap()).next().unwrap();
        let side: Vec<(u32, u32)> = matrices.abc[1].row(*row).collect();
        let known = |var: u32| var < statement || var == squared;
        let table =
            side.iter().any(|(var, _)| *var == GAMMA.0) && side.iter().all(|(var, _)| known(*var));
        table.then(|| {
            let of = |wanted: u32| {
                let found = side.iter().find(|(var, _)| *var == wanted);
                found.map_or(Fr::zero(), |(_, index)| {
                    -matrices.coefficients[*index as usize]
                })
            };
            [of(0), of(BETA.0), of(squared)]
        })
    };
    let rows = 0..matrices.constraints();
    rows.filter(|row| circuit.families[*row] == family)
        .filter_map(|row| constant(&row))
        .collect()
}

#[test]
fn the_tables_are_functions() {
    for circuit in &circuits() {
        let range = entries(circuit, Family::RangeTable);
        let range: BTreeSet<Fr> = range.into_iter().map(|[value, ..]| value).collect();
        let expected = 0..1u64 << circuit.layout.capacities.range_bits;
        assert_eq!(range, expected.map(Fr::from).collect());
        let powers = entries(circuit, Family::PowersOfTwo);
        let powers: BTreeMap<Fr, Fr> = powers.into_iter().map(|[n, power, _]| (n, power)).collect();
        let expected = (0..32u64).map(|n| (Fr::from(n), Fr::from(1u64 << n)));
        assert_eq!(powers, expected.collect());
        let nibbles = entries(circuit, Family::NibbleTable);
        let nibbles: BTreeMap<[Fr; 2], Fr> =
            nibbles.into_iter().map(|[x, y, z]| ([x, y], z)).collect();
        let pairs = (0..16u64).flat_map(|x| (0..16u64).map(move |y| (x, y)));
        let expected = pairs.map(|(x, y)| ([x, y].map(Fr::from), Fr::from(x & y)));
        assert_eq!(nibbles, expected.collect());
    }
}

/// The three values that a nibble lookup binds.
fn looked_up(circuit: &Circuit, row: usize) -> [u32; 3] {
    let matrices = &circuit.matrices;
    let under = |var: u32| {
        let definition = circuit
            .derivations
            .iter()
            .find(|found| found.var == var)
            .unwrap();
        let factor = matrices.abc[0]
            .row(definition.constraint as usize)
            .next()
            .unwrap()
            .0;
        (
            factor,
            matrices.abc[1]
                .row(definition.constraint as usize)
                .next()
                .unwrap()
                .0,
        )
    };
    let mut vars: Vec<u32> = matrices.abc[1].row(row).map(|(var, _)| var).collect();
    vars.retain(|var| *var != GAMMA.0);
    let ((y, beta), (z, squared)) = (under(vars[1]), under(vars[2]));
    assert!(vars.len() == 3 && beta == BETA.0 && squared != BETA.0);
    [vars[0], y, z]
}

/// Whether a bitwise row's answer is determined, for all a and b.
fn bitwise_row(circuit: &Circuit, kinds: [u64; 2], dropped: Option<Family>) -> bool {
    let (block, row) = (circuit.layout.bitwise, ROW);
    let mut differences = row_of(circuit, &block, dropped);
    for (index, kind) in kinds.into_iter().enumerate() {
        differences.know(block.at(row, bitwise::KIND + index), Fr::from(kind));
    }
    let nibbles = |from: usize| block.span(row, bitwise::NIBBLE + from, 8);
    for word in [nibbles(0), nibbles(8)] {
        differences.input_word(&word, 4);
    }
    let lookups = differences.terms(&[Family::NibbleSum]);
    let lookups: Vec<[u32; 3]> = lookups.iter().map(|row| looked_up(circuit, *row)).collect();
    for [x, y, z] in &lookups {
        // The table has no other numbers.
        for var in [x, y, z] {
            differences.bound(Var(*var), 0, 15);
        }
    }
    differences.solve();
    // The same x and y have the same AND.
    for [x, y, z] in lookups {
        if differences.is_same(Var(x)) && differences.is_same(Var(y)) {
            differences.input(Var(z));
        }
    }
    differences.solve();
    is_determined(&differences)
}

#[test]
fn a_bitwise_answer_is_a_function_of_its_operands() {
    for circuit in &circuits() {
        for kinds in [[1, 0], [0, 1], [0, 0]] {
            assert!(bitwise_row(circuit, kinds, None), "{kinds:?}");
        }
    }
}
