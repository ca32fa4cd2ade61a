//! The answer of a coprocessor is a function of the question. `step` lists what is proved.

use crate::support::determinism::Differences;
use crate::support::equations::{Form, add};
use crate::support::tiny_circuits;
use ark_bls12_381::Fr;
use ark_ff::One;
use provable::circuit::builder::recompose;
use provable::circuit::layout::statement::BETA;
use provable::circuit::layout::{Block, arithmetic, compare};
use provable::circuit::operations::*;
use provable::circuit::variable::{ONE, Var};
use provable::circuit::{Circuit, Family};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::{BTreeSet, HashSet};

/// The families from which the bounds of a word follow.
const RANGES: [Family; 4] = [
    Family::RangeSum,
    Family::RangeTable,
    Family::TopSum,
    Family::TopTable,
];

/// Any row.
const ROW: usize = 1;

fn row_of<'a>(circuit: &'a Circuit, block: &Block, dropped: Option<Family>) -> Differences<'a> {
    let own: HashSet<u32> = (0..block.width)
        .map(|column| block.at(ROW, column).0)
        .collect();
    let mut differences = Differences::new(circuit, &own, &own, dropped);
    // The first column is the multiplicity. A row of the arithmetic table has two.
    differences.input(block.at(ROW, 0));
    if block.name == "arithmetic" {
        differences.input(block.at(ROW, arithmetic::ROTATED));
    }
    differences
}

/// Whether the tuples of an answer, which hold operation, carry, a, b and result, are the same in all solutions. A row of the
/// arithmetic table has two, of which the second is that of a rotation.
fn is_determined(differences: &Differences<'_>, tuples: usize) -> bool {
    let terms = differences.terms(&[Family::CoprocessorSum]);
    terms.len() == tuples && terms.into_iter().all(|term| differences.agrees(term))
}

/// The number of the remainder by a power of two, for which no instruction asks. With it, all numbers of the table are there.
const REMAINDER_BY_POWER: u64 = 3;
/// What an arithmetic row can be.
const UPWARD: [u64; 4] = [COP_MUL, COP_SHL, COP_MULHI, COP_ROTL];
const SHIFTS: [u64; 4] = [REMAINDER_BY_POWER, COP_SHL, COP_SHR, COP_ROTL];
const QUOTIENTS: [u64; 4] = [COP_DIV, COP_SHR, COP_MULHI, COP_ROTL];

fn form(parts: &[(Var, i64)], words: &[(&[Var], i64)], bits: u32) -> Form {
    let mut form = Form::new();
    let mut plus = |var: Var, value: Fr| add(&mut form, &Form::from([(var.0, value)]), Fr::one());
    for (var, sign) in parts {
        plus(*var, Fr::from(*sign));
    }
    for (word, sign) in words {
        for (var, value) in recompose(word, bits).0 {
            plus(var, value * Fr::from(*sign));
        }
    }
    form
}

/// Both factors of a derived product.
fn product(circuit: &Circuit, var: u32) -> [Form; 2] {
    let found = circuit.derivations.iter().find(|found| found.var == var);
    let row = found.unwrap().constraint as usize;
    [0, 1].map(|side| {
        let entries = circuit.matrices.abc[side].row(row);
        let value = |index: u32| circuit.matrices.coefficients[index as usize];
        entries.map(|(var, index)| (var, value(index))).collect()
    })
}

/// The factor of a row with a quotient: the word in limbs plus the remainder plus one. It is read from the constraints, because
/// differences do not have the constant.
fn factor_below(circuit: &Circuit, differences: &Differences<'_>, rest: &[Var]) -> Form {
    let (layout, row) = (&circuit.layout, ROW);
    let (limbs, bits) = (layout.capacities.word_limbs(), layout.capacities.range_bits);
    let block = layout.arithmetic;
    let word = |index| block.span(row, arithmetic::LIMB + index * limbs, limbs);
    let (result, other) = (word(1), word(2));
    let at = |column| block.at(row, column);
    // The power's lookup has the factor under β.
    let lookup = differences.terms(&[Family::PowerSum])[0];
    let vars = circuit.matrices.abc[1].row(lookup).map(|(var, _)| var);
    let scaled = vars.max().unwrap();
    let [factor, beta] = product(circuit, scaled);
    assert_eq!(beta, Form::from([(BETA.0, Fr::one())]));
    let mut below = factor.clone();
    add(&mut below, &form(&[], &[(rest, 1)], bits), -Fr::one());
    let below: Vec<(u32, Fr)> = below.into_iter().collect();
    let [(below, one)] = below[..] else {
        panic!("{below:?}");
    };
    assert!(one.is_one());
    let [downward, remainder] = product(circuit, below);
    assert_eq!(
        downward,
        form(&[(ONE, 1), (at(arithmetic::UPWARD), -1)], &[], bits)
    );
    // result + 1 − exchange, which is quotient · (result − other).
    let exchange = remainder.keys().copied().max().unwrap();
    let expected = form(&[(ONE, 1), (Var(exchange), -1)], &[(&result, 1)], bits);
    assert_eq!(remainder, expected);
    let sides = [
        form(&[(at(arithmetic::QUOTIENT), 1)], &[], bits),
        form(&[], &[(&result, 1), (&other, -1)], bits),
    ];
    assert_eq!(product(circuit, exchange), sides);
    factor
}

/// Whether the answer of an arithmetic row is determined: for all a and b, or for all a and one factor. `None` if there is no answer.
/// `table` is any row, of which nothing is known.
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
    let (a, result, other, rest) = (word(0), word(1), word(2), word(3));
    let mut differences = table.clone();
    for (column, ops) in [
        (arithmetic::UPWARD, UPWARD),
        (arithmetic::SHIFT, SHIFTS),
        (arithmetic::QUOTIENT, QUOTIENTS),
    ] {
        differences.know(block.at(row, column), Fr::from(ops.contains(&op)));
    }
    let longest = (1i128 << 32) - 1;
    differences.input_word(&a, bits);
    if !differences.lacks(&RANGES) {
        differences.bound_word(&result, bits, longest);
        differences.bound_word(&other, bits, longest);
    }
    if SHIFTS.contains(&op) {
        differences.input(block.at(row, arithmetic::AMOUNT));
    }
    match factor {
        // b is the factor; the table of powers is a function of the amount, and so the factor of b.
        None => differences.input_word(&rest, bits),
        Some(factor) => {
            // The remainder is at most factor − 1, as what is in limbs is at least zero.
            let form = factor_below(circuit, table, &rest);
            let highest = i128::from(factor) - 1;
            if highest < 0 {
                return None;
            }
            match op {
                COP_MOD | REMAINDER_BY_POWER => differences.bound_word(&result, bits, highest),
                _ => differences.bound_word(&other, bits, highest),
            }
            differences.know_form(form, Fr::from(factor));
        }
    }
    differences.solve();
    Some(is_determined(&differences, 2))
}

#[test]
fn a_product_is_a_function_of_its_factors() {
    for circuit in &tiny_circuits() {
        let table = row_of(circuit, &circuit.layout.arithmetic, None);
        for op in UPWARD {
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
    divisors.extend((0..100).map(|_| rng.r#gen::<u32>() >> rng.gen_range(0..24)));
    for circuit in &tiny_circuits() {
        let table = row_of(circuit, &circuit.layout.arithmetic, None);
        for op in [COP_DIV, COP_MOD] {
            for divisor in &divisors {
                let expected = (*divisor != 0).then_some(true);
                let found = arithmetic_row(circuit, &table, op, Some(*divisor));
                assert_eq!(found, expected, "{op}, {divisor}");
            }
        }
        for power in powers.clone() {
            for op in [COP_SHR, REMAINDER_BY_POWER] {
                let found = arithmetic_row(circuit, &table, op, Some(power));
                assert_eq!(found, Some(true), "{op}, {power}");
            }
        }
    }
}

/// The control.
#[test]
fn without_its_constraints_an_answer_is_undetermined() {
    let circuit = &tiny_circuits()[0];
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
    open(COP_MUL, None, Family::RangeSum);
    open(COP_MUL, None, Family::TopSum);
    open(COP_MUL, None, Family::TopTable);
    for family in [
        Family::CompareTable,
        Family::RangeSum,
        Family::RangeTable,
        Family::TopSum,
    ] {
        assert!(!compare_row(circuit, COP_LT, Some(family)), "{family:?}");
    }
}

/// Whether the answer of a row of a comparison is determined, for all a and b.
fn compare_row(circuit: &Circuit, op: u64, dropped: Option<Family>) -> bool {
    let (layout, row) = (&circuit.layout, ROW);
    let (limbs, bits) = (layout.capacities.word_limbs(), layout.capacities.range_bits);
    let block = layout.compare;
    let word = |index| block.span(row, compare::LIMB + index * limbs, limbs);
    let (b, difference) = (word(0), word(1));
    let mut differences = row_of(circuit, &block, dropped);
    for (index, kind) in [COP_EQ, COP_GT].into_iter().enumerate() {
        differences.know(block.at(row, compare::KIND + index), Fr::from(kind == op));
    }
    differences.input_word(&b, bits);
    let carry = block.at(row, compare::CARRY);
    let a = form(&[(carry, -(1 << 32))], &[(&b, 1), (&difference, 1)], bits);
    differences.input_form(a);
    if !differences.lacks(&RANGES) {
        differences.bound_word(&difference, bits, (1 << 32) - 1);
    }
    differences.solve();
    is_determined(&differences, 1)
}

#[test]
fn a_comparison_is_a_function_of_its_operands() {
    for circuit in &tiny_circuits() {
        for op in [COP_EQ, COP_LT, COP_GT] {
            assert!(compare_row(circuit, op, None), "{op}");
        }
    }
}
