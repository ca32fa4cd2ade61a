//! From an assignment to raw rows. This is all that the checker knows of the circuit: which column has which name.

use super::{Raw, Row};
use ark_bls12_381::Fr;
use ark_ff::{PrimeField, Zero};
use provable::circuit::layout::{Layout, step};

/// A field element that stands for an integer of either sign, below 2^62 in absolute value.
fn raw(value: Fr) -> Raw {
    let small = |value: Fr| match value.into_bigint().0 {
        [low, 0, 0, 0] if low < 1 << 62 => Some(low as i64),
        _ => None,
    };
    small(value).or_else(|| small(-value).map(|value| -value))
}

/// The same below 2^126.
fn wide(value: Fr) -> Option<i128> {
    let small = |value: Fr| match value.into_bigint().0 {
        [low, high, 0, 0] if high < 1 << 62 => Some(i128::from(low) | i128::from(high) << 64),
        _ => None,
    };
    small(value).or_else(|| small(-value).map(|value| -value))
}

/// | name | column of `layout::step` | name | column |
/// | --- | --- | --- | --- |
/// | `pc` | `PC` | `fill` | `FILL` |
/// | `depth` | `DEPTH` | `fill_age` | `FILL_AGE` |
/// | `calls` | `CALLS` | `age` | `AGE` |
/// | `read` | `READ` | `set` | `SET` |
/// | `written` | `WRITTEN` | `bits` | `BIT` to `LIMB`, in the documentation's order; then `Layout::hash`, if there is one |
/// | `top` | `TOP` | `result` | from `LIMB` on: limbs of `range_bits` bits, lowest first |
/// | `flag` | `FLAG` | `carry` | `CARRY` |
/// | `operand` | `OPERAND` | | |
pub fn rows(layout: &Layout, assignment: &[Fr]) -> Vec<Row> {
    let rows = 0..layout.step.rows;
    rows.map(|row| read(layout, assignment, row)).collect()
}

fn read(layout: &Layout, assignment: &[Fr], row: usize) -> Row {
    let value = |column| assignment[layout.step.at(row, column).0 as usize];
    let at = |column| raw(value(column));
    let base = Fr::from(1u64 << layout.capacities.range_bits);
    let limbs = step::LIMB..step::LIMB + layout.capacities.word_limbs();
    let result = limbs
        .rev()
        .fold(Fr::zero(), |sum, column| sum * base + value(column));
    Row {
        pc: at(step::PC),
        depth: at(step::DEPTH),
        calls: at(step::CALLS),
        read: at(step::READ),
        written: at(step::WRITTEN),
        top: at(step::TOP),
        flag: at(step::FLAG),
        operand: wide(value(step::OPERAND)),
        carry: at(step::CARRY),
        fill: at(step::FILL),
        fill_age: at(step::FILL_AGE),
        age: at(step::AGE),
        set: at(step::SET),
        bits: (step::BIT..step::LIMB)
            .chain(layout.hash())
            .map(at)
            .collect(),
        result: raw(result),
    }
}
