//! Decompositions of scalars: GLV's, or into halves.

use super::input::Scalar;
use super::term::{Part, Term};
use ark_bls12_381::Fr;
use ark_ff::{BigInteger, PrimeField};
use zeroize::Zeroize;

/// The components of a scalar: its absolute value is ±low + high·m, where m is z², z being the curve's parameter, or 2^127.
///
/// The point z²·P costs one multiplication in the field, by an endomorphism (Gallant, Lambert, Vanstone, "Faster point
/// multiplication on elliptic curves with efficient endomorphisms", CRYPTO 2001). With twice the terms of half the length
/// there are half as many windows, and so half as many buckets to reduce. But the components are dense even when the scalar
/// has few bits. With m = 2^127 they are as sparse as the scalar, and high has windows of its own.
#[derive(Clone, Copy)]
pub(crate) struct Decomposition {
    low: u128,
    high: u128,
    is_sparse: bool,
    low_is_negative: bool,
    is_negative: bool,
}

/// −z (draft-irtf-cfrg-pairing-friendly-curves, section 4.2.1).
const MINUS_Z: u64 = 0xd201_0000_0001_0000;
const Z_SQUARED: u128 = MINUS_Z as u128 * MINUS_Z as u128;

/// The bits of the lower half of a sparse scalar. The upper half is no longer, for an absolute value has at most 254 bits.
pub(crate) const LOWER_BITS: u32 = 127;
/// A scalar is sparse if at most so many of its sixteen words of 16 bits are not zero. It has one or two digits for each,
/// of about eighteen that the components of a dense scalar have.
const SPARSE_WORDS: usize = 4;

/// Whether [`Decomposition::new`] cuts the scalar into halves when it may.
pub(crate) fn is_sparse(scalar: &Scalar) -> bool {
    is_sparse_value(&absolute_value(scalar).0)
}

fn is_sparse_value(value: &Scalar) -> bool {
    let words = value
        .0
        .iter()
        .flat_map(|word| (0..4).map(move |at| word >> (16 * at) & 0xffff));
    value.num_bits() >= LOWER_BITS && words.filter(|word| *word != 0).count() <= SPARSE_WORDS
}

/// The absolute value of a scalar, and whether it is negative: above half the group's order.
fn absolute_value(scalar: &Scalar) -> (Scalar, bool) {
    if *scalar <= Fr::MODULUS_MINUS_ONE_DIV_TWO {
        return (*scalar, false);
    }
    let mut value = Fr::MODULUS;
    value.sub_with_borrow(scalar);
    (value, true)
}

impl Decomposition {
    /// Both components are zero if the base is the identity. Sparse scalars are cut into halves only if `may_cut`.
    pub(crate) fn new<const WORDS: usize>(
        base: &[u64; WORDS],
        scalar: &Scalar,
        may_cut: bool,
    ) -> Self {
        let (mut value, is_negative) = absolute_value(scalar);
        if base.iter().all(|word| *word == 0) {
            value = Scalar::zero();
        }
        let is_sparse = may_cut && is_sparse_value(&value);
        let (low, high) = match value.num_bits() {
            0..LOWER_BITS => (low_words(&value.0), 0),
            _ if is_sparse => (
                low_words(&value.0) & (u128::MAX >> (u128::BITS - LOWER_BITS)),
                low_words(&(value >> LOWER_BITS).0),
            ),
            _ => {
                let (quotient, remainder) = divide(value.0, MINUS_Z);
                let (quotient, upper) = divide(quotient, MINUS_Z);
                let low = u128::from(upper) * u128::from(MINUS_Z) + u128::from(remainder);
                (low, low_words(&quotient))
            }
        };
        let low_is_negative = !is_sparse && low > Z_SQUARED / 2;
        Decomposition {
            low: if low_is_negative {
                Z_SQUARED - low
            } else {
                low
            },
            // At most 127 bits for a scalar below the group's order. Larger ones are not scalars, and may wrap.
            high: high.wrapping_add(u128::from(low_is_negative)),
            is_sparse,
            low_is_negative,
            is_negative,
        }
    }

    /// Whether the components are halves of a sparse scalar.
    pub(crate) fn is_sparse(&self) -> bool {
        self.is_sparse
    }

    /// The terms of the components that are not zero.
    pub(crate) fn terms(&self, base: usize) -> impl Iterator<Item = Term> {
        let low = Term {
            magnitude: self.low,
            base: base as u32,
            part: Part::Low,
            is_negative: self.is_negative != self.low_is_negative,
        };
        let high = Term {
            magnitude: self.high,
            base: base as u32,
            part: match self.is_sparse {
                true => Part::Upper,
                false => Part::Endomorphism,
            },
            is_negative: self.is_negative,
        };
        [low, high].into_iter().filter(|term| term.magnitude != 0)
    }
}

/// Scalars are secret.
impl Zeroize for Decomposition {
    fn zeroize(&mut self) {
        self.low.zeroize();
        self.high.zeroize();
        self.is_sparse.zeroize();
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
