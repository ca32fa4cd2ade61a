//! Integers in ranges whose weighted sums are given field elements: Σ cᵢ·xᵢ = t.
//!
//! If the ranges of the smaller weights fill the gaps between the larger ones (1, 2, 4, … with 32-bit words), the greedy choice
//! from the greatest weight down finds the numbers, as in writing a number in a base. The weights are divided by one of them,
//! because the whole sum may be multiplied by a fraction.

use super::form::{Form, integer};
use super::system::System;
use ark_bls12_381::Fr;
use ark_ff::{Field, PrimeField, Zero};
use rand::Rng;
use rand::rngs::StdRng;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A natural number below 2^320, lowest limb first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Natural([u64; 5]);

impl Natural {
    fn of(value: Fr) -> Self {
        let [a, b, c, d] = value.into_bigint().0;
        Natural([a, b, c, d, 0])
    }

    fn modulus() -> Self {
        let mut number = Natural::of(-Fr::from(1u64));
        number.add(Natural([1, 0, 0, 0, 0]));
        number
    }

    fn bits(&self) -> u32 {
        let top = (0..5).rev().find(|limb| self.0[*limb] != 0);
        top.map_or(0, |limb| {
            64 * limb as u32 + 64 - self.0[limb].leading_zeros()
        })
    }

    fn add(&mut self, other: Natural) {
        let mut carry = 0u128;
        for (limb, more) in self.0.iter_mut().zip(other.0) {
            let sum = u128::from(*limb) + u128::from(more) + carry;
            (*limb, carry) = (sum as u64, sum >> 64);
        }
    }

    /// Takes away a number that is not greater.
    fn sub(&mut self, other: Natural) {
        let mut borrow = false;
        for (limb, less) in self.0.iter_mut().zip(other.0) {
            let (first, one) = limb.overflowing_sub(less);
            let (second, two) = first.overflowing_sub(u64::from(borrow));
            (*limb, borrow) = (second, one || two);
        }
    }

    fn times(&self, factor: u64) -> Natural {
        let (mut product, mut carry) = ([0u64; 5], 0u128);
        for (limb, value) in product.iter_mut().zip(self.0) {
            let sum = u128::from(value) * u128::from(factor) + carry;
            (*limb, carry) = (sum as u64, sum >> 64);
        }
        Natural(product)
    }

    fn is_less(&self, other: &Natural) -> bool {
        self.0.iter().rev().cmp(other.0.iter().rev()) == Ordering::Less
    }

    /// How often a number fits in, at most `most` times; the remainder stays.
    fn take(&mut self, weight: Natural, most: u64) -> u64 {
        let (mut low, mut high) = (0, most);
        if self.bits() + 1 < weight.bits() {
            return 0;
        }
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            match self.is_less(&weight.times(middle)) {
                true => high = middle - 1,
                false => low = middle,
            }
        }
        self.sub(weight.times(low));
        low
    }
}

/// Weights above this are left out: with a range of 34 bits and 2^16 terms a sum stays below 2^320.
const WIDEST: u32 = 256;

/// Values of all ranged variables that are not solved, such that the system's sums hold; `None` if none are found.
pub fn solve(system: &System, rng: &mut StdRng) -> Option<BTreeMap<u32, i64>> {
    let mut values = BTreeMap::new();
    for sum in system.echelon()? {
        one(system, &sum, &mut values)?;
    }
    for var in system.ranged() {
        if system.is_solved(*var) {
            continue;
        }
        let (low, high) = system.range_of(*var)?;
        values
            .entry(*var)
            .or_insert_with(|| match rng.gen_range(0..4) {
                0 | 1 => low,
                2 => rng.gen_range(low..=high.min(low + 9)),
                _ => rng.gen_range(low..=high),
            });
    }
    Some(values)
}

/// Decides the variables of one sum that are not decided yet.
fn one(system: &System, sum: &Form, values: &mut BTreeMap<u32, i64>) -> Option<()> {
    let mut target = -sum.constant;
    let mut open = Vec::new();
    for (var, weight) in &sum.terms {
        match values.get(var) {
            Some(value) => target -= *weight * integer((*value).into()),
            None => {
                let (low, high) = system.range_of(*var)?;
                target -= *weight * integer(low.into());
                open.push((*var, *weight, low, (high - low) as u64));
            }
        }
    }
    let mut scales: Vec<Fr> = Vec::new();
    let ends = [
        open.len().wrapping_sub(1),
        0,
        open.len() / 2,
        open.len().wrapping_sub(2),
    ];
    for index in ends {
        if let Some((_, weight, _, _)) = open.get(index) {
            scales.extend(weight.inverse());
        }
    }
    if scales.is_empty() {
        return target.is_zero().then_some(());
    }
    for scale in scales {
        for signs in [[true, false], [false, true], [true, true]] {
            for scale in [scale, -scale] {
                if let Some(found) = greedy(&open, target, scale, signs) {
                    values.extend(found);
                    return Some(());
                }
            }
        }
    }
    None
}

/// The greedy choice, with the weights that are positive and those that are negative numbers when multiplied by `scale`,
/// as `signs` tells; the others keep their least values.
fn greedy(
    open: &[(u32, Fr, i64, u64)],
    target: Fr,
    scale: Fr,
    signs: [bool; 2],
) -> Option<Vec<(u32, i64)>> {
    let half = Natural::of(Fr::from_bigint(Fr::MODULUS_MINUS_ONE_DIV_TWO)?);
    let mut target = target * scale;
    let mut weights: Vec<(Natural, usize, bool)> = Vec::new();
    let mut reach = Natural::default();
    for (index, (_, weight, _, span)) in open.iter().enumerate() {
        let weight = *weight * scale;
        let negative = half.is_less(&Natural::of(weight));
        let size = Natural::of(if negative { -weight } else { weight });
        if size.bits() > WIDEST || !signs[usize::from(negative)] {
            continue;
        }
        if negative {
            // From the most down.
            target += Fr::from(*span) * -weight;
        }
        reach.add(size.times(*span));
        weights.push((size, index, negative));
    }
    weights.sort_unstable_by(|one, other| other.0.0.iter().rev().cmp(one.0.0.iter().rev()));
    let mut start = Natural::of(target);
    for _ in 0..4 {
        if reach.is_less(&start) {
            return None;
        }
        let mut rest = start;
        let mut found: Vec<(u32, i64)> = open.iter().map(|(var, _, low, _)| (*var, *low)).collect();
        for (weight, index, negative) in &weights {
            let (_, _, low, span) = open[*index];
            let taken = rest.take(*weight, span);
            let part = if *negative { span - taken } else { taken };
            found[*index].1 = low + part as i64;
        }
        if rest == Natural::default() {
            return Some(found);
        }
        start.add(Natural::modulus());
    }
    None
}
