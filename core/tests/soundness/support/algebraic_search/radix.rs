//! A sum of integers with weights of very different sizes is several sums. Its low part alone must be a multiple of a number that
//! divides all the rest.

use super::form::{Form, integer};
use super::system::{Contradiction, System};
use ark_bls12_381::Fr;
use ark_ff::{BigInteger, Field, PrimeField, Zero};

/// Sums with more terms are not split.
const MANY: usize = 16;
/// The greatest power of two to split at.
const LAST: u32 = 100;

/// The number of bits of an integer of either sign.
fn bits(value: Fr) -> u32 {
    let size = |value: Fr| value.into_bigint().num_bits();
    size(value).min(size(-value))
}

/// The two sums that a sum is, where there is a gap to split it at.
pub fn split(system: &System, form: &Form) -> Result<Option<[Form; 2]>, Contradiction> {
    if form.terms.len() < 2 || form.terms.len() > MANY {
        return Ok(None);
    }
    // No sum may wrap around p.
    let wide = |(var, weight): &(u32, Fr)| {
        let (low, high) = system.range_of(*var).unwrap_or((i64::MIN, i64::MAX));
        let most = low.unsigned_abs().max(high.unsigned_abs());
        bits(*weight) + 64 - most.leading_zeros()
    };
    if form.terms.iter().map(wide).max() > Some(245) || bits(form.constant) > 245 {
        return Ok(None);
    }
    let ends = form.terms.iter().map(|(_, weight)| {
        let limbs = weight.into_bigint().0;
        let low = limbs.iter().position(|limb| *limb != 0).unwrap_or(3);
        64 * low as u32 + limbs[low].trailing_zeros()
    });
    let mut places: Vec<u32> = ends.filter(|place| (1..=LAST).contains(place)).collect();
    places.extend([40, 64, LAST]);
    let found = places.into_iter().find_map(|place| at(system, form, place));
    found.transpose()
}

/// The same for a split at one power of two, if what is below it stays below it.
fn at(system: &System, form: &Form, zeros: u32) -> Option<Result<[Form; 2], Contradiction>> {
    let step = 1i128 << zeros;
    let (mut least, mut most) = (0i128, 0i128);
    let (mut low, mut high) = (Form::default(), Form::default());
    let scale = integer(step).inverse()?;
    for (var, weight) in &form.terms {
        let part = residue(*weight, zeros).rem_euclid(step);
        let part = if part > step / 2 { part - step } else { part };
        let rest = *weight - integer(part);
        if part != 0 {
            let (first, last) = system.range_of(*var)?;
            let ends = [first, last].map(|end| part.checked_mul(i128::from(end)));
            let [one, other] = [ends[0]?, ends[1]?];
            least = least.checked_add(one.min(other))?;
            most = most.checked_add(one.max(other))?;
            low.terms.push((*var, integer(part)));
        }
        if !rest.is_zero() {
            high.terms.push((*var, rest * scale));
        }
    }
    if low.terms.is_empty() || high.terms.is_empty() || most.checked_sub(least)? >= step {
        return None;
    }
    // The low part is the one number between its ends that makes the rest divisible.
    let residue = residue(form.constant, zeros);
    let value = least + (-residue - least).rem_euclid(step);
    if value > most {
        return Some(Err(Contradiction));
    }
    low.constant = -integer(value);
    high.constant = (form.constant + integer(value)) * scale;
    Some(Ok([low, high]))
}

/// An integer of either sign modulo a power of two.
fn residue(value: Fr, zeros: u32) -> i128 {
    let low = |value: Fr| {
        let limbs = value.into_bigint().0;
        let number = u128::from(limbs[1]) << 64 | u128::from(limbs[0]);
        (number & ((1 << zeros) - 1)) as i128
    };
    let negative = (-value).into_bigint() < value.into_bigint();
    match negative && !value.is_zero() {
        true => -low(-value),
        false => low(value),
    }
}
