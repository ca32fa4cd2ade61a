//! Scalars in two halves.

use super::Scalar;
use super::digits::Term;
use ark_bls12_381::Fr;
use ark_ff::{BigInteger, PrimeField};
use zeroize::Zeroize;

/// A scalar in two halves: its absolute value is ±low + high·z², z being the curve's parameter.
///
/// z² times a point costs one multiplication (Gallant, Lambert, Vanstone, "Faster point multiplication on elliptic
/// curves with efficient endomorphisms", CRYPTO 2001): with twice the terms of half the length there are half as many
/// windows, and so half as many buckets to weigh.
#[derive(Clone, Copy)]
pub(crate) struct Halves {
    low: u128,
    high: u128,
    low_is_negative: bool,
    is_negative: bool,
}

/// The curve's parameter is minus this (draft-irtf-cfrg-pairing-friendly-curves, section 4.2.1).
const Z: u64 = 0xd201_0000_0001_0000;
const SQUARE: u128 = Z as u128 * Z as u128;

impl Halves {
    /// Nothing of what meets the identity.
    pub(crate) fn new<const WORDS: usize>(base: &[u64; WORDS], scalar: &Scalar) -> Halves {
        let is_negative = *scalar > Fr::MODULUS_MINUS_ONE_DIV_TWO;
        let mut value = *scalar;
        if is_negative {
            value = Fr::MODULUS;
            value.sub_with_borrow(scalar);
        }
        if base.iter().all(|word| *word == 0) {
            value = Scalar::zero();
        }
        let (low, high) = match value.num_bits() {
            0..127 => (wide(&value.0), 0),
            _ => {
                let (quotient, rest) = divide(value.0, Z);
                let (quotient, upper) = divide(quotient, Z);
                let low = u128::from(upper) * u128::from(Z) + u128::from(rest);
                (low, wide(&quotient))
            }
        };
        let low_is_negative = low > SQUARE / 2;
        Halves {
            low: if low_is_negative { SQUARE - low } else { low },
            // Of a scalar below the group's order this has 127 bits; others are none, and may go round.
            high: high.wrapping_add(u128::from(low_is_negative)),
            low_is_negative,
            is_negative,
        }
    }

    /// The halves that are something.
    pub(crate) fn terms(&self, place: usize) -> impl Iterator<Item = Term> {
        let low = Term {
            shifted: self.low,
            base: place as u32,
            is_image: false,
            is_negative: self.is_negative != self.low_is_negative,
        };
        let high = Term {
            shifted: self.high,
            base: place as u32,
            is_image: true,
            is_negative: self.is_negative,
        };
        [low, high].into_iter().filter(|term| term.shifted != 0)
    }
}

/// Scalars are secret.
impl Zeroize for Halves {
    fn zeroize(&mut self) {
        self.low.zeroize();
        self.high.zeroize();
        self.low_is_negative.zeroize();
        self.is_negative.zeroize();
    }
}

/// The lower two words.
fn wide([low, high, ..]: &[u64; 4]) -> u128 {
    u128::from(*high) << 64 | u128::from(*low)
}

/// Quotient and rest.
fn divide(mut value: [u64; 4], by: u64) -> ([u64; 4], u64) {
    let mut rest = 0;
    for word in value.iter_mut().rev() {
        let dividend = u128::from(rest) << 64 | u128::from(*word);
        // Both fit: the rest before is less than the divisor.
        *word = (dividend / u128::from(by)) as u64;
        rest = (dividend % u128::from(by)) as u64;
    }
    (value, rest)
}
