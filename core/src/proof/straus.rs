//! Multi-scalar multiplication of few terms by Straus's method ("Addition chains of vectors", American Mathematical
//! Monthly 71, 1964): all terms share the doublings. For public scalars only: they determine which additions are made.

use ark_bls12_381::{G1Affine, G1Projective};
use ark_ec::CurveGroup;
use ark_ff::{AdditiveGroup, BigInt, BigInteger, Zero};

/// Bits of a digit.
const DIGIT: usize = 4;
/// Multiples of a base that a digit can select, zero excluded.
const MULTIPLES: usize = (1 << DIGIT) - 1;
/// Digits in a limb.
const A_LIMB: usize = 64 / DIGIT;

/// Bases with the multiples that a digit can select.
#[derive(Clone, Debug)]
pub(super) struct Bases(Vec<G1Affine>);

impl Bases {
    /// Makes the multiples.
    pub(super) fn new(bases: &[G1Affine]) -> Self {
        let mut multiples = Vec::with_capacity(bases.len() * MULTIPLES);
        for base in bases {
            let mut multiple = G1Projective::zero();
            for _ in 0..MULTIPLES {
                multiple += base;
                multiples.push(multiple);
            }
        }
        Bases(G1Projective::normalize_batch(&multiples))
    }

    /// Σ scalarᵢ·baseᵢ. If one list is longer, its excess does not count.
    pub(super) fn sum<const LIMBS: usize>(&self, scalars: &[BigInt<LIMBS>]) -> G1Projective {
        let longest = scalars.iter().map(|scalar| scalar.num_bits()).max();
        let digits = (longest.unwrap_or(0) as usize).div_ceil(DIGIT);
        let mut sum = G1Projective::zero();
        for place in (0..digits).rev() {
            for _ in 0..DIGIT {
                sum.double_in_place();
            }
            for (multiples, scalar) in self.0.chunks(MULTIPLES).zip(scalars) {
                let limb = scalar.0.get(place / A_LIMB).copied().unwrap_or(0);
                let digit = (limb >> (place % A_LIMB * DIGIT)) as usize & MULTIPLES;
                if let Some(multiple) = digit.checked_sub(1).and_then(|at| multiples.get(at)) {
                    sum += multiple;
                }
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_bls12_381::Fr;
    use ark_ec::AffineRepr;
    use ark_ff::{Field, PrimeField, UniformRand};
    use rand::rngs::OsRng;

    #[test]
    fn sums_are_arkworks_sums() {
        let rng = &mut OsRng;
        let mut points: Vec<G1Affine> = (0..6).map(|_| G1Affine::rand(rng)).collect();
        points[2] = G1Affine::identity();
        points[4] = points[3];
        let bases = Bases::new(&points);
        for special in [Fr::ZERO, Fr::ONE, -Fr::ONE, Fr::from(1u64 << 63)] {
            let mut scalars: Vec<Fr> = (0..7).map(|_| Fr::rand(rng)).collect();
            scalars[0] = special;
            (scalars[3], scalars[4]) = (special, -special);
            let numbers: Vec<_> = scalars.iter().map(|scalar| scalar.into_bigint()).collect();
            for count in [0, 1, 6, 7] {
                let terms = points.iter().zip(&scalars).take(count);
                let expected: G1Projective = terms.map(|(point, scalar)| *point * scalar).sum();
                assert_eq!(bases.sum(&numbers[..count]), expected);
            }
        }
        let short = [BigInt([5, 1 << 63])];
        let wide = [BigInt([5, 1 << 63, 0, 0])];
        assert_eq!(bases.sum(&short), bases.sum(&wide));
        assert_eq!(bases.sum(&wide), points[0].mul_bigint([5, 1 << 63]));
    }
}
