//! The tables of constants are functions, and a bitwise row is the sum of its digits. `step` lists what is proved.

use crate::support::determinism::Differences;
use crate::support::equations::Form;
use crate::support::shifts;
use crate::support::tiny_circuits;
use ark_bls12_381::Fr;
use ark_ff::{BigInteger, One, PrimeField, Zero};
use provable::circuit::builder::recompose;
use provable::circuit::layout::bitwise;
use provable::circuit::layout::statement::{BETA, GAMMA};
use provable::circuit::{Capacities, Circuit, Family};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A table's entries, from its constraints γ − (x + y·β): for each, the numbers before the constant and β.
fn entries(circuit: &Circuit, family: Family) -> Vec<[Fr; 2]> {
    let matrices = &circuit.matrices;
    let constant = |row: &usize| {
        let statement = circuit.layout.committed_start() as u32;
        let side: Vec<(u32, u32)> = matrices.abc[1].row(*row).collect();
        let table = side.iter().any(|(var, _)| *var == GAMMA.0)
            && side.iter().all(|(var, _)| *var < statement);
        table.then(|| {
            let of = |wanted: u32| {
                let found = side.iter().find(|(var, _)| *var == wanted);
                found.map_or(Fr::zero(), |(_, index)| {
                    -matrices.coefficients[*index as usize]
                })
            };
            [of(0), of(BETA.0)]
        })
    };
    let rows = 0..matrices.constraints();
    rows.filter(|row| circuit.families[*row] == family)
        .filter_map(|row| constant(&row))
        .collect()
}

/// A tuple of small fields: a, op, result, b.
fn fields(tuple: Fr) -> [u64; 4] {
    let [_, op, _, result, b] = shifts();
    let bits = tuple.into_bigint().to_bits_le();
    let field = |from: u32, to: u32| {
        let bits = bits[from as usize..to as usize].iter().rev();
        bits.fold(0, |sum, bit| 2 * sum + u64::from(*bit))
    };
    [
        field(0, result),
        field(op, b),
        field(result, op),
        field(b, 255),
    ]
}

#[test]
fn the_constant_tables_are_functions() {
    let nibbles = Circuit::new(Capacities {
        bitwise: 90,
        ..tiny_circuits()[0].layout.capacities
    })
    .unwrap();
    let [short, full] = tiny_circuits();
    let mut wide = BTreeSet::new();
    for circuit in &[short, full, nibbles] {
        let capacities = circuit.layout.capacities;
        let numbers = |family| -> BTreeSet<Fr> {
            let entries = entries(circuit, family);
            entries.into_iter().map(|[value, _]| value).collect()
        };
        let below = |bits: u32| (0..1u64 << bits).map(Fr::from).collect();
        assert_eq!(numbers(Family::RangeTable), below(capacities.range_bits));
        match capacities.top_bits() < capacities.range_bits {
            true => assert_eq!(numbers(Family::TopTable), below(capacities.top_bits())),
            false => assert!(numbers(Family::TopTable).is_empty()),
        }
        let powers = entries(circuit, Family::PowersOfTwo);
        let powers: BTreeMap<Fr, Fr> = powers.into_iter().map(|[n, power]| (n, power)).collect();
        let expected = (0..32u64).map(|n| (Fr::from(n), Fr::from(1u64 << n)));
        assert_eq!(powers, expected.collect());
        let bits = capacities.digit_bits();
        wide.insert(bits);
        let digits: BTreeSet<[u64; 4]> = numbers(Family::DigitTable)
            .into_iter()
            .map(fields)
            .collect();
        assert_eq!(digits.len(), 3 << (2 * bits));
        for [x, op, result, y] in digits {
            let one = (1 << bits) / 3;
            assert!(x < 1 << bits && y < 1 << bits);
            let expected = match op / one {
                1 => x & y,
                2 => x | y,
                3 => x ^ y,
                _ => panic!("{op}"),
            };
            assert!(
                op % one == 0 && result == expected,
                "{x} {op} {y}: {result}"
            );
        }
    }
    assert_eq!(wide, BTreeSet::from([2, 4]));
}

/// So a row of AND, OR or XOR has that operation in each digit, and its answer follows from the answers of its digits.
#[test]
fn a_bitwise_row_is_the_sum_of_its_digits() {
    for circuit in &tiny_circuits() {
        let block = circuit.layout.bitwise;
        let bits = circuit.layout.capacities.digit_bits();
        let digits = block.span(1, bitwise::DIGIT, block.width - bitwise::DIGIT);
        assert_eq!(digits.len() as u32 * bits, 32);
        let own: HashSet<u32> = block
            .span(1, 0, block.width)
            .iter()
            .map(|var| var.0)
            .collect();
        let differences = Differences::new(circuit, &own, &own, None);
        let tuple = |row: usize| -> Form {
            let side = circuit.matrices.abc[1].row(row);
            let side = side.filter(|(var, _)| *var != GAMMA.0);
            side.map(|(var, index)| (var, -circuit.matrices.coefficients[index as usize]))
                .collect()
        };
        let looked_up = differences.terms(&[Family::DigitSum]);
        let looked_up: BTreeSet<Form> = looked_up.into_iter().map(tuple).collect();
        let own = digits.iter().map(|var| Form::from([(var.0, Fr::one())]));
        assert_eq!(looked_up, own.collect());
        let answer = differences.terms(&[Family::CoprocessorSum]);
        assert_eq!(answer.len(), 1);
        let sum = recompose(&digits, bits).0.into_iter();
        let sum: Form = sum.map(|(var, value)| (var.0, value)).collect();
        assert_eq!(tuple(answer[0]), sum);
    }
}
