//! GLV decomposition of scalars.

use super::input::Scalar;
use super::term::Term;
use ark_bls12_381::Fr;
use ark_ff::{BigInteger, PrimeField};
use zeroize::Zeroize;

/// The components of a scalar: its absolute value is ±low + high·z², z being the curve's parameter.
///
/// The point z²·P costs one multiplication in the field, by an endomorphism (Gallant, Lambert, Vanstone, "Faster point
/// multiplication on elliptic curves with efficient endomorphisms", CRYPTO 2001). With twice the terms of half the length
/// there are half as many windows, and so half as many buckets to reduce.
#[derive(Clone, Copy)]
pub(crate) struct GlvDecomposition {
    low: u128,
    high: u128,
    low_is_negative: bool,
    is_negative: bool,
}

/// −z (draft-irtf-cfrg-pairing-friendly-curves, section 4.2.1).
const MINUS_Z: u64 = 0xd201_0000_0001_0000;
const Z_SQUARED: u128 = MINUS_Z as u128 * MINUS_Z as u128;

impl GlvDecomposition {
    /// Both components are zero if the base is the identity.
    pub(crate) fn new<const WORDS: usize>(base: &[u64; WORDS], scalar: &Scalar) -> Self {
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
            0..127 => (low_words(&value.0), 0),
            _ => {
                let (quotient, remainder) = divide(value.0, MINUS_Z);
                let (quotient, upper) = divide(quotient, MINUS_Z);
                let low = u128::from(upper) * u128::from(MINUS_Z) + u128::from(remainder);
                (low, low_words(&quotient))
            }
        };
        let low_is_negative = low > Z_SQUARED / 2;
        GlvDecomposition {
            low: if low_is_negative {
                Z_SQUARED - low
            } else {
                low
            },
            // At most 127 bits for a scalar below the group's order. Larger ones are not scalars, and may wrap.
            high: high.wrapping_add(u128::from(low_is_negative)),
            low_is_negative,
            is_negative,
        }
    }

    /// The terms of the components that are not zero.
    pub(crate) fn terms(&self, base: usize) -> impl Iterator<Item = Term> {
        let low = Term {
            magnitude: self.low,
            base: base as u32,
            endomorphism: false,
            is_negative: self.is_negative != self.low_is_negative,
        };
        let high = Term {
            magnitude: self.high,
            base: base as u32,
            endomorphism: true,
            is_negative: self.is_negative,
        };
        [low, high].into_iter().filter(|term| term.magnitude != 0)
    }
}

/// Scalars are secret.
impl Zeroize for GlvDecomposition {
    fn zeroize(&mut self) {
        self.low.zeroize();
        self.high.zeroize();
        self.low_is_negative.zeroize();
        self.is_negative.zeroize();
    }
}

/// The lower two words.
fn low_words([low, high, ..]: &[u64; 4]) -> u128 {
    u128::from(*high) << 64 | u128::from(*low)
}

/// Quotient and remainder.
fn divide(mut value: [u64; 4], divisor: u64) -> ([u64; 4], u64) {
    let mut remainder = 0;
    for word in value.iter_mut().rev() {
        let dividend = u128::from(remainder) << 64 | u128::from(*word);
        // Both fit into 64 bits, as the previous remainder is less than the divisor.
        *word = (dividend / u128::from(divisor)) as u64;
        remainder = (dividend % u128::from(divisor)) as u64;
    }
    (value, remainder)
}
